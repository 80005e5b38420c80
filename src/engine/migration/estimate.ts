/**
 * The textbook's closed form of pre-copy: a guest that writes new pages at a constant rate, over and over in
 * order, with `sync-per-round`. An oracle for the engine, and what a person can work out on paper.
 * Left out: everything that makes real guests differ (hot pages, untouched pages). Source: facts G1.
 */
import { NS_PER_S } from '../../base/units.ts';
import { stopReason, type StopReason } from './stopCondition.ts';

export interface EstimateInput {
  /** Pages that hold something. */
  readonly pages: number;
  /** Pages the guest writes in turn (its writable working set). */
  readonly workingSetPages: number;
  readonly dirtyPagesPerSecond: number;
  readonly sentPagesPerSecond: number;
  readonly stopBelowSeconds: number;
  readonly maxRounds: number;
  readonly setupSeconds: number;
  /** Device state, storage hand-over and resume. */
  readonly handOverSeconds: number;
}

export interface Estimate {
  /** Pages sent in each round, with a fraction. */
  readonly rounds: readonly { readonly pages: number; readonly seconds: number }[];
  readonly pagesLeft: number;
  readonly blackoutSeconds: number;
  readonly totalSeconds: number;
  readonly pagesSent: number;
  readonly stopReason: StopReason;
}

/** V(n+1) = min(D x V(n) / B, W), until what is left takes at most `stopBelowSeconds`. */
export function estimate(input: EstimateInput): Estimate {
  const { dirtyPagesPerSecond, sentPagesPerSecond, workingSetPages } = input;
  const rounds: { pages: number; seconds: number }[] = [];
  const condition = {
    stopBelowNs: input.stopBelowSeconds * NS_PER_S,
    maxRounds: input.maxRounds,
  };
  const pageNs = NS_PER_S / sentPagesPerSecond;
  let left = input.pages;
  let reason: StopReason | null = null;
  while (reason === null) {
    const seconds = left / sentPagesPerSecond;
    rounds.push({ pages: left, seconds });
    left = Math.min(dirtyPagesPerSecond * seconds, workingSetPages);
    reason = stopReason(condition, rounds.length, left, pageNs);
  }
  const copied = rounds.reduce((sum, round) => sum + round.pages, 0) + left;
  return {
    rounds,
    pagesLeft: left,
    blackoutSeconds: left / sentPagesPerSecond + input.handOverSeconds,
    totalSeconds: input.setupSeconds + copied / sentPagesPerSecond + input.handOverSeconds,
    pagesSent: copied,
    stopReason: reason,
  };
}
