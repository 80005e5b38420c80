/** Scenarios for tests of the engine: a whole cluster from the few numbers a test is about. */
import type { Command } from '../../src/engine/command.ts';
import type {
  ClientSpec,
  FailoverSpec,
  NetworkSpec,
  QuickMigrationSpec,
  Scenario,
  VmSpec,
  VolumeKind,
  VolumeSpec,
} from '../../src/engine/scenario.ts';
import type { LiveMigrationSpec, WriterSpec } from '../../src/engine/settings.ts';

/** A page of 4,096 bytes and no header at this rate takes exactly 1 ms: moments can be read off. */
export const ONE_PAGE_A_MS = 4.096;

export interface ClusterOptions {
  readonly seed?: number;
  readonly nodes?: readonly number[];
  readonly vms?: readonly Partial<VmSpec>[];
  /** Kind of the only volume; not together with `volumes`. */
  readonly volume?: VolumeKind;
  /** One entry for each volume, instead of the one CSV. */
  readonly volumes?: readonly Partial<VolumeSpec>[];
  /** Short for `network.migrationMBps`. */
  readonly migrationMBps?: number;
  readonly network?: Partial<NetworkSpec>;
  readonly liveMigration?: Partial<LiveMigrationSpec>;
  readonly quickMigration?: Partial<QuickMigrationSpec>;
  readonly failover?: Partial<FailoverSpec>;
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
  lookEveryMs: 100,
  diskMoveMs: 3000,
  pageHeaderBytes: 0,
};

const plainNetwork: NetworkSpec = {
  migrationMBps: ONE_PAGE_A_MS,
  clusterMBps: 117,
  storageMBps: 268,
};

const plainFailover: FailoverSpec = {
  heartbeatMs: 1000,
  missedHeartbeats: 5,
  regroupMs: 2000,
  diskTakeoverMs: 3000,
  bootMs: 60_000,
  quorum: 'automatic',
  failback: false,
};

/**
 * Nodes `node1`, `node2`, … with the memory given (MiB), VMs `vm1`, `vm2`, … on the first of them, volumes `lun1`,
 * `lun2`, … owned by it (one CSV unless others are given), all VMs on the first. VM 1 goes to node 2 at once
 * unless other commands are given.
 */
export function cluster(options: ClusterOptions = {}): Scenario {
  const { vms = [{}], nodes = [65_536, 65_536], volume: kind = 'csv' } = options;
  const { volumes = [{ kind }], migrationMBps = plainNetwork.migrationMBps } = options;
  return {
    title: 'Test',
    seed: options.seed ?? 1,
    nodes: nodes.map((memoryMiB, i) => ({ id: `node${i + 1}`, name: `Node ${i + 1}`, memoryMiB })),
    volumes: volumes.map((volume, i) => ({
      id: `lun${i + 1}`,
      name: `LUN ${i + 1}`,
      kind: 'csv',
      owner: 'node1',
      ...volume,
    })),
    vms: vms.map((vm, i) => ({
      id: `vm${i + 1}`,
      name: `vm-${i + 1}`,
      node: 'node1',
      volume: 'lun1',
      memoryMiB: 16,
      touchedMiB: vm.memoryMiB ?? 16,
      writers: [],
      clients: [],
      possibleOwners: null,
      ...vm,
    })),
    network: { ...plainNetwork, migrationMBps, ...options.network },
    liveMigration: { ...plainSettings, ...options.liveMigration },
    quickMigration: { secondsPerGiB: 8, ...options.quickMigration },
    failover: { ...plainFailover, ...options.failover },
    commands: options.commands ?? [migrate()],
    untilMs: options.untilMs ?? 600_000,
  };
}

export function migrate(atMs = 0, vm = 'vm1', to = 'node2'): Command {
  return { atMs, do: 'live-migrate', vm, to };
}

export function quickMigrate(atMs = 0, vm = 'vm1', to = 'node2'): Command {
  return { atMs, do: 'quick-migrate', vm, to };
}

export function cancel(atMs: number, vm = 'vm1'): Command {
  return { atMs, do: 'cancel-migration', vm };
}

export function setWriters(atMs: number, writers: readonly WriterSpec[], vm = 'vm1'): Command {
  return { atMs, do: 'set-writers', vm, writers };
}

export function moveVolume(atMs: number, volume = 'lun1', to = 'node2'): Command {
  return { atMs, do: 'move-volume', volume, to };
}

export function makeCsv(atMs: number, volume = 'lun1'): Command {
  return { atMs, do: 'make-csv', volume };
}

export function makeClusterDisk(atMs: number, volume = 'lun1'): Command {
  return { atMs, do: 'make-cluster-disk', volume };
}

export function crashNode(atMs: number, node = 'node1'): Command {
  return { atMs, do: 'crash-node', node };
}

export function repairNode(atMs: number, node = 'node1'): Command {
  return { atMs, do: 'repair-node', node };
}

export function drainNode(atMs: number, node = 'node1'): Command {
  return { atMs, do: 'drain-node', node };
}

export function resumeNode(atMs: number, node = 'node1'): Command {
  return { atMs, do: 'resume-node', node };
}

/** @param volume  Without it, the paths to all volumes. */
export function cutStoragePath(atMs: number, node = 'node1', volume?: string): Command {
  return { atMs, do: 'cut-storage-path', node, ...(volume === undefined ? {} : { volume }) };
}

/** @param volume  Without it, the paths to all volumes. */
export function repairStoragePath(atMs: number, node = 'node1', volume?: string): Command {
  return { atMs, do: 'repair-storage-path', node, ...(volume === undefined ? {} : { volume }) };
}

/** @param node  Without it, the links of all nodes. */
export function cutMigrationNetwork(atMs: number, node?: string): Command {
  return { atMs, do: 'cut-migration-network', ...(node === undefined ? {} : { node }) };
}

/** @param node  Without it, the links of all nodes. */
export function repairMigrationNetwork(atMs: number, node?: string): Command {
  return { atMs, do: 'repair-migration-network', ...(node === undefined ? {} : { node }) };
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
