/**
 * A scenario with every default filled in: the set-up, the seed and the timed commands. It is the
 * whole recording of a run: nothing else can change what happens. The file format (`src/scenario`)
 * parses to this type, and its field names are the same.
 */
import type { Command } from './command.ts';
import type { LiveMigrationSpec, WriterSpec } from './settings.ts';

export interface NodeSpec {
  readonly id: string;
  readonly name: string;
  readonly memoryMiB: number;
}

export type VolumeKind = 'cluster-disk' | 'csv';

export interface VolumeSpec {
  readonly id: string;
  readonly name: string;
  readonly kind: VolumeKind;
  /** Node id: owner of a cluster disk, coordinator of a CSV. */
  readonly owner: string;
}

export type ClientKind = 'windows-lan' | 'linux-lan' | 'ping';

export interface ClientSpec {
  readonly kind: ClientKind;
  readonly count: number;
  readonly requestEveryMs: number;
}

export interface VmSpec {
  readonly id: string;
  readonly name: string;
  readonly node: string;
  readonly volume: string;
  readonly memoryMiB: number;
  readonly touchedMiB: number;
  readonly writers: readonly WriterSpec[];
  readonly clients: readonly ClientSpec[];
  /** Node ids that may host the VM; null: all. */
  readonly possibleOwners: readonly string[] | null;
}

export interface NetworkSpec {
  readonly migrationMBps: number;
  readonly clusterMBps: number;
  readonly storageMBps: number;
}

export interface QuickMigrationSpec {
  /** Save, disk move and restore in all; null: as fast as the storage path carries, and the disk move on top. */
  readonly secondsPerGiB: number | null;
}

/** `automatic`: with an odd number of nodes their majority, with an even number a disk witness votes too. */
export type QuorumMode = 'automatic' | 'node-majority' | 'node-and-disk-majority';

export interface FailoverSpec {
  readonly heartbeatMs: number;
  readonly missedHeartbeats: number;
  readonly regroupMs: number;
  readonly diskTakeoverMs: number;
  readonly bootMs: number;
  readonly quorum: QuorumMode;
  /** Whether VMs go back to their first node when it is up again. */
  readonly failback: boolean;
}

export interface Scenario {
  readonly title: string;
  readonly seed: number;
  readonly nodes: readonly NodeSpec[];
  readonly volumes: readonly VolumeSpec[];
  readonly vms: readonly VmSpec[];
  readonly network: NetworkSpec;
  readonly liveMigration: LiveMigrationSpec;
  readonly quickMigration: QuickMigrationSpec;
  readonly failover: FailoverSpec;
  /** In order of time; equal times keep their order. */
  readonly commands: readonly Command[];
  readonly untilMs: number;
}
