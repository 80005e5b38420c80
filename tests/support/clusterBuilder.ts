/** Scenarios for tests of the engine: a whole cluster from the few numbers a test is about. */
import type { Command } from '../../src/engine/command.ts';
import type { ClientSpec, Scenario, VmSpec, VolumeKind } from '../../src/engine/scenario.ts';
import type { LiveMigrationSpec, WriterSpec } from '../../src/engine/settings.ts';

/** A page of 4,096 bytes and no header at this rate takes exactly 1 ms: moments can be read off. */
export const ONE_PAGE_A_MS = 4.096;

export interface ClusterOptions {
  readonly seed?: number;
  readonly nodes?: readonly number[];
  readonly vms?: readonly Partial<VmSpec>[];
  readonly volume?: VolumeKind;
  readonly migrationMBps?: number;
  readonly liveMigration?: Partial<LiveMigrationSpec>;
  readonly commands?: readonly Command[];
  readonly untilMs?: number;
}

const plainSettings: LiveMigrationSpec = {
  setupMs: 0,
  resumeMs: 0,
  deviceStateMB: 0,
  maxRounds: 10,
  stopBelowMs: 5,
  tracking: 'sync-per-round',
  diskMoveMs: 3000,
  pageHeaderBytes: 0,
};

/**
 * Nodes `node1`, `node2`, … with the memory given (MiB), VMs `vm1`, `vm2`, … on the first of them, all on
 * one volume `lun1`. VM 1 goes to node 2 at once unless other commands are given.
 */
export function cluster(options: ClusterOptions = {}): Scenario {
  const { vms = [{}], nodes = [65_536, 65_536] } = options;
  return {
    title: 'Test',
    seed: options.seed ?? 1,
    nodes: nodes.map((memoryMiB, i) => ({ id: `node${i + 1}`, name: `Node ${i + 1}`, memoryMiB })),
    volumes: [{ id: 'lun1', name: 'LUN 1', kind: options.volume ?? 'csv', owner: 'node1' }],
    vms: vms.map((vm, i) => ({
      id: `vm${i + 1}`,
      name: `vm-${i + 1}`,
      node: 'node1',
      volume: 'lun1',
      memoryMiB: 16,
      touchedMiB: vm.memoryMiB ?? 16,
      writers: [],
      clients: [],
      ...vm,
    })),
    network: {
      migrationMBps: options.migrationMBps ?? ONE_PAGE_A_MS,
      clusterMBps: 117,
      storageMBps: 268,
    },
    liveMigration: { ...plainSettings, ...options.liveMigration },
    quickMigration: { secondsPerGiB: 8 },
    failover: {
      heartbeatMs: 1000,
      missedHeartbeats: 5,
      regroupMs: 2000,
      diskTakeoverMs: 3000,
      bootMs: 60_000,
    },
    commands: options.commands ?? [migrate()],
    untilMs: options.untilMs ?? 600_000,
  };
}

export function migrate(atMs = 0, vm = 'vm1', to = 'node2'): Command {
  return { atMs, do: 'live-migrate', vm, to };
}

export function cancel(atMs: number, vm = 'vm1'): Command {
  return { atMs, do: 'cancel-migration', vm };
}

export function setWriters(atMs: number, writers: readonly WriterSpec[], vm = 'vm1'): Command {
  return { atMs, do: 'set-writers', vm, writers };
}

export function writer(
  kind: 'uniform' | 'sweep' | 'once',
  pagesPerSecond: number,
  sizeMiB: number,
  startMiB = 0,
): WriterSpec {
  return { kind, pagesPerSecond, startMiB, sizeMiB };
}

export function clients(
  kind: ClientSpec['kind'],
  count: number,
  requestEveryMs = 1000,
): ClientSpec {
  return { kind, count, requestEveryMs };
}
