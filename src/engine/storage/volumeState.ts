/** One volume at one moment: a cluster disk with its owner, or a CSV with its coordinator. Rules ST1 to ST7. */
import type { Nanoseconds } from '../../base/units.ts';
import type { VolumeKind } from '../scenario.ts';

export interface VolumeChange {
  /** A planned move, or a take-over after a crash. */
  readonly why: 'move' | 'take-over';
  readonly to: number;
  readonly startNs: Nanoseconds;
  /** Infinity while that is open: a coordinator's crash is settled by the regroup. */
  readonly endNs: Nanoseconds;
}

export interface VolumeState {
  kind: VolumeKind;
  /** Node index: owner of a cluster disk, coordinator of a CSV; -1 while nobody is. */
  owner: number;
  change: VolumeChange | null;
}
