/** The settings that a command can change while a run goes on. Units are in the names. */

interface WriterRegion {
  readonly pagesPerSecond: number;
  readonly startMiB: number;
  readonly sizeMiB: number;
  /** Times of the guest's clock, which stands still while the VM is paused. */
  readonly fromMs?: number;
  readonly toMs?: number;
}

export type WriterSpec =
  | (WriterRegion & { readonly kind: 'uniform' | 'sweep' | 'once' })
  | (WriterRegion & { readonly kind: 'hot'; readonly hotShare: number; readonly hotMiB: number })
  | (WriterRegion & { readonly kind: 'power-law'; readonly exponent: number });

/** How the dirty bitmap is read. The rules are LM5 to LM8 of `README.md`. */
export type TrackingPolicy =
  | 'sync-per-round'
  | 'clear-on-send'
  | 'skip-redirtied'
  | 'sync-when-rest-small';

export interface LiveMigrationSpec {
  readonly setupMs: number;
  readonly resumeMs: number;
  readonly deviceStateMB: number;
  /** null: no limit. */
  readonly maxRounds: number | null;
  readonly stopBelowMs: number;
  readonly tracking: TrackingPolicy;
  /** How often `sync-when-rest-small` looks at the rest of a round. */
  readonly lookEveryMs: number;
  readonly diskMoveMs: number;
  readonly pageHeaderBytes: number;
}
