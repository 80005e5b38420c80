/** Random clusters with one small VM on the move, and random things done to it meanwhile. */
import fc from 'fast-check';
import type { Command, LiveMigrationChange } from '../../src/engine/command.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import type { TrackingPolicy, WriterSpec } from '../../src/engine/settings.ts';
import { cluster } from './clusterBuilder.ts';

export const policies: readonly TrackingPolicy[] = [
  'sync-per-round',
  'clear-on-send',
  'skip-redirtied',
  'sync-when-rest-small',
];

/** From a few bytes a second to far more than the network carries. */
const rate = fc.oneof(
  fc.integer({ min: 0, max: 300_000 }),
  fc.double({ min: 0, max: 30_000, noNaN: true }),
);

export function writerArbitrary(memoryMiB: number): fc.Arbitrary<WriterSpec> {
  return fc
    .record({
      kind: fc.constantFrom('uniform', 'sweep', 'once', 'hot', 'power-law'),
      pagesPerSecond: rate,
      startMiB: fc.nat(memoryMiB - 1),
      size: fc.double({ min: 0, max: 1, noNaN: true }),
      from: fc.option(fc.integer({ min: 0, max: 800 }), { nil: undefined }),
      to: fc.option(fc.integer({ min: 0, max: 2000 }), { nil: undefined }),
      hotShare: fc.double({ min: 0, max: 1, noNaN: true }),
      hotPart: fc.double({ min: 0, max: 1, noNaN: true }),
      exponent: fc.double({ min: 0.1, max: 4, noNaN: true }),
    })
    .map((drawn): WriterSpec => {
      const sizeMiB = Math.max(1, Math.round(drawn.size * (memoryMiB - drawn.startMiB)));
      const region = {
        pagesPerSecond: drawn.pagesPerSecond,
        startMiB: drawn.startMiB,
        sizeMiB,
        ...(drawn.from === undefined ? {} : { fromMs: drawn.from }),
        ...(drawn.to === undefined ? {} : { toMs: drawn.to }),
      };
      const { kind, hotShare, exponent } = drawn;
      if (kind === 'hot') {
        return {
          kind,
          ...region,
          hotShare,
          hotMiB: Math.max(1, Math.round(drawn.hotPart * sizeMiB)),
        };
      }
      return kind === 'power-law' ? { kind, ...region, exponent } : { kind, ...region };
    });
}

const settingsArbitrary = fc.record({
  setupMs: fc.integer({ min: 0, max: 100 }),
  resumeMs: fc.integer({ min: 0, max: 100 }),
  deviceStateMB: fc.double({ min: 0, max: 2, noNaN: true }),
  maxRounds: fc.integer({ min: 1, max: 12 }),
  stopBelowMs: fc.double({ min: 0, max: 60, noNaN: true }),
  tracking: fc.constantFrom(...policies),
  lookEveryMs: fc.oneof(fc.constant(100), fc.double({ min: 0, max: 200, noNaN: true })),
  diskMoveMs: fc.integer({ min: 0, max: 100 }),
  pageHeaderBytes: fc.constantFrom(0, 8, 9, 333),
});

const bandwidth = fc.double({ min: 20, max: 2000, noNaN: true });

const changeArbitrary: fc.Arbitrary<LiveMigrationChange> = fc
  .tuple(
    settingsArbitrary,
    bandwidth,
    fc.subarray(
      [
        'setupMs',
        'resumeMs',
        'deviceStateMB',
        'maxRounds',
        'stopBelowMs',
        'tracking',
        'lookEveryMs',
        'diskMoveMs',
        'pageHeaderBytes',
        'migrationMBps',
      ] as const,
      { minLength: 1 },
    ),
  )
  .map(([settings, migrationMBps, keys]) => {
    const all: Record<string, unknown> = { ...settings, migrationMBps };
    return Object.fromEntries(keys.map((key) => [key, all[key]]));
  });

function commandArbitrary(memoryMiB: number): fc.Arbitrary<Command> {
  const atMs = fc.oneof(
    fc.integer({ min: 0, max: 1500 }),
    fc.double({ min: 0, max: 1500, noNaN: true }),
  );
  return fc.oneof(
    { arbitrary: fc.tuple(atMs, changeArbitrary).map(changeCommand), weight: 4 },
    {
      arbitrary: fc
        .tuple(atMs, fc.array(writerArbitrary(memoryMiB), { maxLength: 2 }))
        .map(([ms, writers]): Command => ({ atMs: ms, do: 'set-writers', vm: 'vm1', writers })),
      weight: 3,
    },
    {
      arbitrary: atMs.map((ms): Command => ({ atMs: ms, do: 'cancel-migration', vm: 'vm1' })),
      weight: 1,
    },
  );
}

function changeCommand([atMs, change]: [number, LiveMigrationChange]): Command {
  return { atMs, do: 'set-live-migration', ...change };
}

/** @param maxCommands  Commands besides the migration itself. */
export function scenarioArbitrary(maxCommands: number): fc.Arbitrary<Scenario> {
  return fc
    .integer({ min: 16, max: 64 })
    .chain((memoryMiB) =>
      fc.record({
        memoryMiB: fc.constant(memoryMiB),
        touchedMiB: fc.oneof(fc.constant(memoryMiB), fc.nat(memoryMiB)),
        writers: fc.array(writerArbitrary(memoryMiB), { maxLength: 3 }),
        seed: fc.nat(),
        volume: fc.constantFrom('csv' as const, 'cluster-disk' as const),
        migrationMBps: bandwidth,
        liveMigration: settingsArbitrary,
        startMs: fc.integer({ min: 0, max: 300 }),
        commands: fc.array(commandArbitrary(memoryMiB), { maxLength: maxCommands }),
      }),
    )
    .map(({ memoryMiB, touchedMiB, writers, startMs, commands, ...rest }) =>
      cluster({
        ...rest,
        vms: [{ memoryMiB, touchedMiB, writers }],
        commands: [
          ...commands,
          { atMs: startMs, do: 'live-migrate' as const, vm: 'vm1', to: 'node2' },
        ].toSorted((a, b) => a.atMs - b.atMs),
        untilMs: 60_000,
      }),
    );
}

/** Several VMs on a few nodes, moved about, cancelled and changed at any time; most wait in the queue at some time. */
export function busyClusterArbitrary(maxCommands = 25): fc.Arbitrary<Scenario> {
  const vm = fc
    .record({
      memoryMiB: fc.integer({ min: 16, max: 24 }),
      touched: fc.double({ min: 0, max: 1, noNaN: true }),
      node: fc.nat(2),
      ownDisk: fc.boolean(),
      writers: fc.array(writerArbitrary(16), { maxLength: 2 }),
    })
    .map(({ memoryMiB, touched, node, ownDisk, writers }) => ({
      memoryMiB,
      touchedMiB: Math.round(memoryMiB * touched),
      node: `node${node + 1}`,
      ownDisk,
      writers,
    }));
  const vmId = fc.integer({ min: 1, max: 4 }).map((n) => `vm${n}`);
  const command = fc
    .tuple(
      fc.double({ min: 0, max: 3000, noNaN: true }),
      vmId,
      fc.nat(2),
      commandArbitrary(16),
      fc.nat(5),
    )
    .map(([atMs, vmName, to, other, choice]): Command => {
      if (choice > 1) return { atMs, do: 'live-migrate', vm: vmName, to: `node${to + 1}` };
      return 'vm' in other ? { ...other, vm: vmName } : other;
    });
  return fc
    .record({
      vms: fc.array(vm, { minLength: 4, maxLength: 4 }),
      liveMigration: settingsArbitrary,
      migrationMBps: bandwidth,
      seed: fc.nat(),
      commands: fc.array(command, { minLength: 3, maxLength: maxCommands }),
    })
    .map(({ vms, commands, ...rest }) => {
      const scenario = cluster({
        ...rest,
        // Room for four VMs at the most: sometimes there is none.
        nodes: [96, 96, 96],
        vms: vms.map(({ ownDisk, ...spec }, i) => ({
          ...spec,
          volume: ownDisk ? `disk${i + 1}` : 'lun1',
        })),
        commands: commands.toSorted((a, b) => a.atMs - b.atMs),
        untilMs: 60_000,
      });
      const disks = vms.flatMap(({ ownDisk, node }, i) => {
        const id = `disk${i + 1}`;
        return ownDisk ? [{ id, name: id, kind: 'cluster-disk' as const, owner: node }] : [];
      });
      return { ...scenario, volumes: [...scenario.volumes, ...disks] };
    });
}
