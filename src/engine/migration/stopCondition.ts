/** When pre-copy ends, and why. Rules LM3 and LM4. */
import type { Nanoseconds } from '../../base/units.ts';

export type StopReason = 'small-enough' | 'round-limit';

export interface StopCondition {
  /** What is left may take this long on the network. */
  readonly stopBelowNs: Nanoseconds;
  /** null: no limit. */
  readonly maxRounds: number | null;
}

/** The reason to stop after round `round` with `pagesLeft` pages to send, or null to go on. */
export function stopReason(
  condition: StopCondition,
  round: number,
  pagesLeft: number,
  pageNs: number,
): StopReason | null {
  if (pagesLeft * pageNs <= condition.stopBelowNs) return 'small-enough';
  return condition.maxRounds !== null && round >= condition.maxRounds ? 'round-limit' : null;
}

/** The most pages that may be left when pre-copy stops. */
export function stopThresholdPages(stopBelowNs: Nanoseconds, pageNs: number): number {
  return Math.floor(stopBelowNs / pageNs);
}
