/**
 * Any scenario that a file can describe, but small enough to run in a few milliseconds: VMs of 16 to 64 MiB,
 * runs of some seconds, moderate rates. Nodes are sometimes full, so some commands are refused. Failures are noticed
 * and VMs boot within such a run often enough.
 */
import fc from 'fast-check';
import type { Command, LiveMigrationChange, Operation } from '../../src/engine/command.ts';
import type {
  ClientSpec,
  FailoverSpec,
  QuickMigrationSpec,
  Scenario,
  VmSpec,
  VolumeSpec,
} from '../../src/engine/scenario.ts';
import type { LiveMigrationSpec, WriterSpec } from '../../src/engine/settings.ts';
import { isBlank, plainName } from '../../src/scenario/names.ts';

const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .map(plainName)
  .filter((text) => !isBlank(text));

/** Whole numbers mostly, any fraction sometimes. */
function between(min: number, max: number): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: Math.ceil(min), max: Math.floor(max) }) },
    { weight: 1, arbitrary: fc.double({ min, max, noNaN: true }) },
  );
}

const settings: {
  readonly [Key in keyof LiveMigrationSpec]: fc.Arbitrary<LiveMigrationSpec[Key]>;
} = {
  setupMs: between(0, 500),
  resumeMs: between(0, 200),
  deviceStateMB: between(0, 4),
  maxRounds: fc.option(fc.integer({ min: 1, max: 12 }), { nil: null, freq: 3 }),
  // Short, for several rounds; not 0, which makes a round of each page when there is no limit.
  stopBelowMs: between(4, 60),
  tracking: fc.constantFrom(
    'sync-per-round',
    'clear-on-send',
    'skip-redirtied',
    'sync-when-rest-small',
  ),
  lookEveryMs: fc.oneof(fc.constant(100), between(0, 500)),
  diskMoveMs: between(0, 3000),
  pageHeaderBytes: fc.integer({ min: 0, max: 64 }),
};

const liveMigration: fc.Arbitrary<LiveMigrationSpec> = fc.record(settings);
const migrationMBps = between(10, 100);

const liveMigrationChange: fc.Arbitrary<LiveMigrationChange> = fc
  .record({ ...settings, migrationMBps }, { requiredKeys: [] })
  .filter((change) => Object.keys(change).length > 0);

function writer(memoryMiB: number): fc.Arbitrary<WriterSpec> {
  const region = fc
    .integer({ min: 0, max: memoryMiB - 1 })
    .chain((startMiB) =>
      fc.record({
        pagesPerSecond: between(0, 20_000),
        startMiB: fc.constant(startMiB),
        sizeMiB: fc.integer({ min: 1, max: memoryMiB - startMiB }),
        period: fc.record(
          { fromMs: between(0, 2000), toMs: between(2001, 6000) },
          { requiredKeys: [] },
        ),
      }),
    )
    .map(({ period, ...rest }) => ({ ...rest, ...period }));
  return region.chain((where) =>
    fc.oneof(
      fc.constantFrom('uniform', 'sweep', 'once').map((kind) => ({ kind, ...where })),
      fc
        .record({
          kind: fc.constant('hot'),
          hotShare: between(0, 1),
          hotMiB: fc.integer({ min: 1, max: where.sizeMiB }),
        })
        .map((rest) => ({ ...where, ...rest })),
      fc
        .record({ kind: fc.constant('power-law'), exponent: between(0.3, 3) })
        .map((rest) => ({ ...where, ...rest })),
    ),
  );
}

function writers(memoryMiB: number): fc.Arbitrary<WriterSpec[]> {
  return fc.array(writer(memoryMiB), { maxLength: 3 });
}

const client: fc.Arbitrary<ClientSpec> = fc.record({
  kind: fc.constantFrom('windows-lan', 'linux-lan', 'ping'),
  count: fc.integer({ min: 1, max: 20 }),
  requestEveryMs: between(10, 2000),
});

/** On one of the two CSVs of all nodes, or on the cluster disk of its node. */
type Storage = 'csv1' | 'csv2' | 'disk';

const vmPlan = fc.integer({ min: 16, max: 64 }).chain((memoryMiB) =>
  fc.record({
    name,
    place: fc.nat(15),
    storage: fc.constantFrom<Storage[]>('csv1', 'csv1', 'csv2', 'disk', 'disk', 'disk'),
    /** Bit i: node i may host the VM; null: all nodes. */
    owners: fc.option(fc.nat(15), { nil: null, freq: 2 }),
    memoryMiB: fc.constant(memoryMiB),
    touchedMiB: fc.oneof(fc.constant(memoryMiB), fc.integer({ min: 0, max: memoryMiB })),
    writers: writers(memoryMiB),
    clients: fc.array(client, { maxLength: 2 }),
  }),
);

/** The cluster that commands speak about. */
interface Parts {
  readonly vms: readonly VmSpec[];
  readonly volumeIds: readonly string[];
  readonly nodeIds: readonly string[];
}

function vmOperation({ vms, nodeIds }: Parts): fc.Arbitrary<Operation> {
  const vmIds = vms.map(({ id }) => id);
  const moving = fc.constantFrom(...vms).chain(({ id, node }) =>
    fc.record({
      do: fc.constantFrom('live-migrate', 'live-migrate', 'quick-migrate'),
      vm: fc.constant(id),
      // Away from where it begins; back again would often be refused.
      to: fc.constantFrom(...nodeIds.filter((other) => other !== node)),
    }),
  );
  const cancelling = fc.record({
    do: fc.constant('cancel-migration'),
    vm: fc.constantFrom(...vmIds),
  });
  const rewriting = fc.constantFrom(...vms).chain(({ id, memoryMiB }) =>
    fc.record({
      do: fc.constant('set-writers'),
      vm: fc.constant(id),
      writers: writers(memoryMiB),
    }),
  );
  return fc.oneof(
    { weight: 4, arbitrary: moving },
    { weight: 1, arbitrary: cancelling },
    { weight: 2, arbitrary: rewriting },
  );
}

function volumeOperation({ volumeIds, nodeIds }: Parts): fc.Arbitrary<Operation> {
  const volume = fc.constantFrom(...volumeIds);
  return fc.oneof(
    fc.record({ do: fc.constant('move-volume'), volume, to: fc.constantFrom(...nodeIds) }),
    fc.record({ do: fc.constantFrom('make-csv', 'make-cluster-disk'), volume }),
  );
}

function nodeOperation({ volumeIds, nodeIds }: Parts): fc.Arbitrary<Operation> {
  const node = fc.constantFrom(...nodeIds);
  const power = fc.record({
    do: fc.constantFrom('crash-node', 'crash-node', 'repair-node', 'drain-node', 'resume-node'),
    node,
  });
  const storagePath = fc.record(
    {
      do: fc.constantFrom('cut-storage-path', 'repair-storage-path'),
      node,
      volume: fc.constantFrom(...volumeIds),
    },
    { requiredKeys: ['do', 'node'] },
  );
  const migrationNetwork = fc.record(
    { do: fc.constantFrom('cut-migration-network', 'repair-migration-network'), node },
    { requiredKeys: ['do'] },
  );
  return fc.oneof(
    { weight: 2, arbitrary: power },
    { weight: 1, arbitrary: storagePath },
    { weight: 1, arbitrary: migrationNetwork },
  );
}

function command(parts: Parts): fc.Arbitrary<Command> {
  const changing = liveMigrationChange.map((change) => ({
    ...change,
    do: 'set-live-migration' as const,
  }));
  const operation = fc.oneof(
    { weight: 7, arbitrary: vmOperation(parts) },
    { weight: 2, arbitrary: changing },
    { weight: 2, arbitrary: volumeOperation(parts) },
    { weight: 4, arbitrary: nodeOperation(parts) },
  );
  // Equal times happen, also with each other's phases.
  const atMs = fc.oneof(fc.constantFrom(0, 100, 1000), between(0, 5000));
  return fc.tuple(atMs, operation).map(([time, rest]) => ({ atMs: time, ...rest }));
}

const quickMigration: fc.Arbitrary<QuickMigrationSpec> = fc.record({
  secondsPerGiB: fc.option(between(0, 60), { nil: null, freq: 4 }),
});

const failover: fc.Arbitrary<FailoverSpec> = fc.record({
  heartbeatMs: between(1, 500),
  missedHeartbeats: fc.integer({ min: 1, max: 6 }),
  regroupMs: between(0, 1000),
  diskTakeoverMs: between(0, 1000),
  bootMs: fc.oneof(
    { weight: 3, arbitrary: between(0, 3000) },
    { weight: 1, arbitrary: between(3000, 100_000) },
  ),
  quorum: fc.constantFrom('automatic', 'node-majority', 'node-and-disk-majority'),
  failback: fc.boolean(),
});

export const arbitraryScenario: fc.Arbitrary<Scenario> = fc
  .record({
    title: name,
    seed: fc.oneof(fc.nat(1000), fc.maxSafeNat()),
    nodeNames: fc.array(name, { minLength: 2, maxLength: 4 }),
    spareMiB: fc.array(fc.integer({ min: 16, max: 256 }), { minLength: 4, maxLength: 4 }),
    plans: fc.array(vmPlan, { minLength: 1, maxLength: 4 }),
    network: fc.record({
      migrationMBps,
      clusterMBps: between(1, 200),
      storageMBps: between(1, 500),
    }),
    liveMigration,
    quickMigration,
    failover,
    untilMs: fc.oneof(
      { weight: 1, arbitrary: between(1, 5000) },
      { weight: 3, arbitrary: between(5000, 20_000) },
    ),
  })
  .chain(({ nodeNames, spareMiB, plans, ...rest }) => {
    const nodeIds = nodeNames.map((_, place) => `node${place + 1}`);
    const vms = plans.map(({ place, storage, owners, ...plan }, index): VmSpec => {
      const home = place % nodeIds.length;
      const node = nodeIds[home] ?? '';
      const possibleOwners =
        owners === null
          ? null
          : nodeIds.filter((_, other) => other === home || (owners >> other) % 2 === 1);
      const volume = storage === 'disk' ? diskOf(node) : storage;
      return { ...plan, id: `vm${index + 1}`, node, volume, possibleOwners };
    });
    const nodes = nodeNames.map((nodeName, place) => ({
      id: nodeIds[place] ?? '',
      name: nodeName,
      memoryMiB: vms
        .filter(({ node }) => node === nodeIds[place])
        .reduce((sum, { memoryMiB }) => sum + memoryMiB, spareMiB[place] ?? 0),
    }));
    // A disk for each node: VMs of one node may share it, and then cannot move alone.
    const volumes: VolumeSpec[] = [
      { id: 'csv1', name: 'Cluster Shared Volume 1', kind: 'csv', owner: nodeIds[0] ?? '' },
      { id: 'csv2', name: 'Cluster Shared Volume 2', kind: 'csv', owner: nodeIds.at(-1) ?? '' },
      ...nodeIds.map((owner): VolumeSpec => {
        return { id: diskOf(owner), name: 'Disk', kind: 'cluster-disk', owner };
      }),
    ];
    const parts: Parts = { vms, volumeIds: volumes.map(({ id }) => id), nodeIds };
    return fc.array(command(parts), { minLength: 1, maxLength: 8 }).map((commands): Scenario => {
      const inOrder = commands.toSorted((a, b) => a.atMs - b.atMs);
      // A clone: the objects of `fc.record` have no prototype now and then, those of a file always.
      return structuredClone({ ...rest, nodes, volumes, vms, commands: inOrder });
    });
  });

function diskOf(node: string): string {
  return `disk-${node}`;
}
