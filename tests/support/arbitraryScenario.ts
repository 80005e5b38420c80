/**
 * Any scenario that a file can describe, but small enough to run in a few milliseconds: VMs of 16 to 64 MiB,
 * runs of some seconds, moderate rates. Nodes are sometimes full, so some commands are refused.
 */
import fc from 'fast-check';
import type { Command, LiveMigrationChange } from '../../src/engine/command.ts';
import type { ClientSpec, Scenario, VmSpec, VolumeSpec } from '../../src/engine/scenario.ts';
import type { LiveMigrationSpec, WriterSpec } from '../../src/engine/settings.ts';

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });

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

/** On the CSV of all nodes, or on the cluster disk of its node. */
type Storage = 'csv' | 'disk';

const vmPlan = fc.integer({ min: 16, max: 64 }).chain((memoryMiB) =>
  fc.record({
    name,
    place: fc.nat(15),
    storage: fc.constantFrom<Storage[]>('csv', 'csv', 'csv', 'disk'),
    memoryMiB: fc.constant(memoryMiB),
    touchedMiB: fc.oneof(fc.constant(memoryMiB), fc.integer({ min: 0, max: memoryMiB })),
    writers: writers(memoryMiB),
    clients: fc.array(client, { maxLength: 2 }),
  }),
);

function command(vms: readonly VmSpec[], nodeIds: readonly string[]): fc.Arbitrary<Command> {
  const moving = fc.constantFrom(...vms).chain(({ id, node }) =>
    fc.record({
      do: fc.constant('live-migrate'),
      vm: fc.constant(id),
      // Away from where it begins; back again would often be refused.
      to: fc.constantFrom(...nodeIds.filter((other) => other !== node)),
    }),
  );
  const cancelling = fc.record({
    do: fc.constant('cancel-migration'),
    vm: fc.constantFrom(...vms.map(({ id }) => id)),
  });
  const rewriting = fc.constantFrom(...vms).chain(({ id, memoryMiB }) =>
    fc.record({
      do: fc.constant('set-writers'),
      vm: fc.constant(id),
      writers: writers(memoryMiB),
    }),
  );
  const changing = liveMigrationChange.map((change) => ({
    ...change,
    do: 'set-live-migration' as const,
  }));
  const operation = fc.oneof(
    { weight: 4, arbitrary: moving },
    { weight: 1, arbitrary: cancelling },
    { weight: 2, arbitrary: rewriting },
    { weight: 2, arbitrary: changing },
  );
  // Equal times happen, also with each other's phases.
  const atMs = fc.oneof(fc.constantFrom(0, 100, 1000), between(0, 5000));
  return fc.tuple(atMs, operation).map(([time, rest]) => ({ atMs: time, ...rest }));
}

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
    quickMigration: fc.record({ secondsPerGiB: between(0, 20) }),
    failover: fc.record({
      heartbeatMs: between(1, 2000),
      missedHeartbeats: fc.integer({ min: 1, max: 10 }),
      regroupMs: between(0, 5000),
      diskTakeoverMs: between(0, 5000),
      bootMs: between(0, 100_000),
    }),
    untilMs: fc.oneof(
      { weight: 1, arbitrary: between(1, 5000) },
      { weight: 3, arbitrary: between(5000, 20_000) },
    ),
  })
  .chain(({ nodeNames, spareMiB, plans, ...rest }) => {
    const nodeIds = nodeNames.map((_, place) => `node${place + 1}`);
    const vms = plans.map(({ place, storage, ...plan }, index): VmSpec => {
      const node = nodeIds[place % nodeIds.length] ?? '';
      return { ...plan, id: `vm${index + 1}`, node, volume: volumeOf(storage, node) };
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
      ...nodeIds.map((owner): VolumeSpec => {
        return { id: volumeOf('disk', owner), name: 'Disk', kind: 'cluster-disk', owner };
      }),
    ];
    return fc
      .array(command(vms, nodeIds), { minLength: 1, maxLength: 8 })
      .map((commands): Scenario => {
        const inOrder = commands.toSorted((a, b) => a.atMs - b.atMs);
        // A clone: the objects of `fc.record` have no prototype now and then, those of a file always.
        return structuredClone({ ...rest, nodes, volumes, vms, commands: inOrder });
      });
  });

function volumeOf(storage: Storage, node: string): string {
  return storage === 'csv' ? 'csv1' : `disk-${node}`;
}
