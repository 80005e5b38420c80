/** Random clusters with volumes of both kinds, full and empty nodes, and anything that can be commanded in them. */
import fc from 'fast-check';
import type { Operation } from '../../src/engine/command.ts';
import type { Scenario, VmSpec } from '../../src/engine/scenario.ts';
import { policies, writerArbitrary } from './clusterArbitrary.ts';
import { cluster } from './clusterBuilder.ts';

const NODES = 4;
const VOLUMES = 4;
const VMS = 5;

const nodeId = fc.integer({ min: 1, max: NODES }).map((n) => `node${n}`);
const volumeId = fc.integer({ min: 1, max: VOLUMES }).map((n) => `lun${n}`);
const vmId = fc.integer({ min: 1, max: VMS }).map((n) => `vm${n}`);

/** Any command about the nodes, volumes and VMs of `wholeClusterArbitrary`; ids of nodes it has not are drawn again. */
export const operationArbitrary: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('live-migrate' as const, 'quick-migrate' as const),
      vm: vmId,
      to: nodeId,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel-migration' as const), vm: vmId }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('set-writers' as const),
      vm: vmId,
      writers: fc.array(writerArbitrary(16), { maxLength: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('set-live-migration' as const),
      migrationMBps: fc.double({ min: 20, max: 2000, noNaN: true }),
      tracking: fc.constantFrom(...policies),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('move-volume' as const), volume: volumeId, to: nodeId }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('make-csv' as const, 'make-cluster-disk' as const),
      volume: volumeId,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'crash-node' as const,
        'repair-node' as const,
        'repair-node' as const,
        'drain-node' as const,
        'resume-node' as const,
      ),
      node: nodeId,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record(
      {
        do: fc.constantFrom('cut-storage-path' as const, 'repair-storage-path' as const),
        node: nodeId,
        volume: volumeId,
      },
      { requiredKeys: ['do', 'node'] },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record(
      {
        do: fc.constantFrom('cut-migration-network' as const, 'repair-migration-network' as const),
        node: nodeId,
      },
      { requiredKeys: ['do'] },
    ),
  },
);

const vmArbitrary = fc.record({
  memoryMiB: fc.integer({ min: 16, max: 24 }),
  touched: fc.double({ min: 0, max: 1, noNaN: true }),
  node: fc.integer({ min: 0, max: NODES - 1 }),
  volume: fc.integer({ min: 0, max: VOLUMES - 1 }),
  writers: fc.array(writerArbitrary(16), { maxLength: 2 }),
  possibleOwners: fc.option(fc.uniqueArray(nodeId, { minLength: 1, maxLength: NODES }), {
    freq: 5,
    nil: null,
  }),
});

/** Four nodes, four volumes, five VMs; times short enough that much happens in a few seconds. */
export const wholeClusterArbitrary: fc.Arbitrary<Scenario> = fc
  .record({
    nodes: fc.array(fc.integer({ min: 24, max: 120 }), { minLength: NODES, maxLength: NODES }),
    kinds: fc.array(fc.constantFrom('csv' as const, 'cluster-disk' as const), {
      minLength: VOLUMES,
      maxLength: VOLUMES,
    }),
    owners: fc.array(fc.integer({ min: 0, max: NODES - 1 }), {
      minLength: VOLUMES,
      maxLength: VOLUMES,
    }),
    vms: fc.array(vmArbitrary, { minLength: VMS, maxLength: VMS }),
    seed: fc.nat(),
    secondsPerGiB: fc.option(fc.integer({ min: 0, max: 300 }), { freq: 5, nil: null }),
    tracking: fc.constantFrom(...policies),
    migrationMBps: fc.double({ min: 5, max: 200, noNaN: true }),
    quorum: fc.constantFrom('automatic' as const, 'node-majority' as const),
    failback: fc.boolean(),
    bootMs: fc.integer({ min: 0, max: 3000 }),
  })
  .map((drawn) => {
    const { kinds, owners, vms, nodes, seed, secondsPerGiB, tracking, migrationMBps } = drawn;
    const specs = vms.map(({ touched, node, volume, ...vm }): Partial<VmSpec> => {
      const home = `node${(kinds[volume] === 'csv' ? node : owners[volume]!) + 1}`;
      const { possibleOwners } = vm;
      return {
        ...vm,
        node: home,
        volume: `lun${volume + 1}`,
        touchedMiB: Math.round(vm.memoryMiB * touched),
        possibleOwners: possibleOwners === null ? null : [...new Set([home, ...possibleOwners])],
      };
    });
    // What a node has to hold at the start fits on it, and a little more.
    const held = (node: number): number =>
      specs.reduce((sum, vm) => sum + (vm.node === `node${node + 1}` ? vm.memoryMiB! : 0), 0);
    const base = cluster({
      seed,
      nodes: nodes.map((memoryMiB, node) => Math.max(memoryMiB, held(node))),
      vms: specs,
      commands: [],
      migrationMBps,
      network: { storageMBps: 12 },
      liveMigration: {
        tracking,
        maxRounds: 1 + (seed % 3),
        setupMs: 50,
        resumeMs: 300,
        deviceStateMB: 9,
        diskMoveMs: 1500,
      },
    });
    return {
      ...base,
      volumes: kinds.map((kind, i) => ({
        id: `lun${i + 1}`,
        name: `LUN ${i + 1}`,
        kind,
        owner: `node${owners[i]! + 1}`,
      })),
      quickMigration: { secondsPerGiB },
      failover: {
        heartbeatMs: 100,
        missedHeartbeats: 5,
        regroupMs: 200,
        diskTakeoverMs: 300,
        bootMs: drawn.bootMs,
        quorum: drawn.quorum,
        failback: drawn.failback,
      },
    };
  });

/** The same clusters with what is done to them in their recording. */
export const wholeRecordingArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(
    wholeClusterArbitrary,
    fc.array(fc.tuple(fc.double({ min: 0, max: 12_000, noNaN: true }), operationArbitrary), {
      minLength: 12,
      maxLength: 30,
    }),
  )
  .map(([scenario, operations]) => ({
    ...scenario,
    commands: operations
      .map(([atMs, operation]) => ({ atMs, ...operation }))
      .toSorted((a, b) => a.atMs - b.atMs),
    untilMs: 20_000,
  }));
