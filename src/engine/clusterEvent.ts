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
  | 'memory-compared'
  | 'vm-resumed'
  | 'migration-completed'
  | 'migration-cancelled'
  | 'migration-failed'
  | 'writers-changed'
  | 'settings-changed'
  | 'command-refused';

export interface ClusterEvent {
  readonly atNs: Nanoseconds;
  readonly kind: ClusterEventKind;
  /** Index of the VM it is about, or -1. */
  readonly vm: number;
  readonly text: string;
}
