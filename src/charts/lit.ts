/** What is pointed at or focused somewhere, as time: it is marked wherever else it is shown, by shape and in ink. */
import type { Segment } from './phases.ts';

export interface LitSpan {
  /** A phase has a length; an event has none. */
  readonly fromNs: number;
  readonly toNs: number;
  /** A moment that gets a mark of its own, or null. */
  readonly momentNs: number | null;
}

/** Whether a segment is meant: the one in which an event happens, or those that a phase covers. */
export function isLit({ startNs, endNs }: Segment, lit: readonly LitSpan[]): boolean {
  return lit.some(({ fromNs, toNs }) => {
    if (toNs === fromNs) return startNs <= fromNs && fromNs < endNs;
    return startNs < toNs && fromNs < endNs;
  });
}

/** A segment as what is lit. */
export function litSegment({ startNs, endNs }: Segment): LitSpan {
  return { fromNs: startNs, toNs: endNs, momentNs: null };
}
