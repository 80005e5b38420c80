/** What happened, in the order it happened: the log of the Lab and `events` of the report. */
import type { Nanoseconds } from '../base/units.ts';

export type ClusterEventKind =
  | 'migration-requested'
  | 'migration-queued'
  | 'setup-started'
  | 'shell-created'
  | 'tracking-started'
  | 'round-started'
  | 'pre-copy-stopped'
  | 'vm-paused'
  | 'last-pages-sent'
  | 'device-state-sent'
  | 'disk-moved'
  | 'memory-across'
  // Quick migration
  | 'save-started'
  | 'state-saved'
  | 'restore-started'
  // Resource groups, in the order of their dependencies
  | 'resource-offline'
  | 'resource-online'
  // Volumes
  | 'volume-move-started'
  | 'volume-moved'
  | 'volume-move-failed'
  | 'coordinator-lost'
  | 'coordinator-moved'
  | 'volume-converted'
  | 'storage-path-cut'
  | 'storage-path-repaired'
  | 'io-redirected'
  | 'io-direct'
  | 'io-stalled'
  | 'io-resumed'
  // Failures
  | 'node-crashed'
  | 'node-down-noticed'
  | 'cluster-regrouped'
  | 'node-repaired'
  | 'quorum-lost'
  | 'quorum-regained'
  | 'vm-crashed'
  | 'vm-stopped'
  | 'vm-waits-for-disk'
  | 'memory-lost'
  | 'vm-placed'
  | 'vm-blocked'
  | 'vm-boot-started'
  | 'vm-started'
  | 'migration-network-cut'
  | 'migration-network-repaired'
  // Maintenance
  | 'drain-started'
  | 'drain-blocked'
  | 'drain-completed'
  | 'node-resumed'
  | 'failback-blocked'
  | 'memory-compared'
  | 'vm-resumed'
  | 'migration-completed'
  | 'migration-cancelled'
  | 'migration-failed'
  | 'writers-changed'
  | 'settings-changed'
  | 'command-refused'
  // The run itself
  | 'run-spent';

export interface ClusterEvent {
  readonly atNs: Nanoseconds;
  readonly kind: ClusterEventKind;
  /** Index of the VM it is about, or -1. */
  readonly vm: number;
  readonly text: string;
}
