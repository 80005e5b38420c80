/** One node at one moment, and what is cut off from it. Rules FO1, FO2, ST3. */
import type { Nanoseconds } from '../../base/units.ts';

/** A crash that the others have not dealt with yet. */
export interface NodeFailure {
  readonly sinceNs: Nanoseconds;
  /** Heartbeats are being missed, then the others regroup. */
  readonly stage: 'unnoticed' | 'regrouping';
  readonly endNs: Nanoseconds;
  /** VMs that stopped with the node: until the others know, they take them for running. */
  readonly silent: readonly number[];
}

export interface NodeState {
  up: boolean;
  /** Since when, or null while it is up. */
  downSinceNs: Nanoseconds | null;
  failure: NodeFailure | null;
  /** Whether the cluster counts it in. */
  member: boolean;
  /** Paused for maintenance: no VM is placed here. */
  paused: boolean;
  /** While it is drained: the VMs that still have to leave, those on their way here included. */
  leaving: readonly number[] | null;
  /** After a repair, with failback: the VMs that have not been asked yet to come back. */
  returning: readonly number[];
  migrationNetwork: boolean;
  /** Whether it reaches each volume, by volume index. */
  storagePaths: readonly boolean[];
  /** Whether it reaches the disk witness. */
  witnessPath: boolean;
}
