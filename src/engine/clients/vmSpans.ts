/** What clients meet at a VM over time: the spans in which not everything is answered at once. */
import type { Nanoseconds } from '../../base/units.ts';
import type { Interval, VmState } from '../cluster/vmState.ts';

/** What a VM's clients have met so far. */
export type VmHistory = Pick<VmState, 'outages' | 'stalls' | 'redirected'>;

export interface Span {
  readonly fromNs: Nanoseconds;
  /** Infinite while it lasts. */
  readonly toNs: Nanoseconds;
  /** `stopped`: nobody answers. `stalled`: the guest acknowledges, but its disk does not answer. */
  readonly kind: 'stopped' | 'stalled';
  /** After it the guest knows no connection from before. */
  readonly restart: boolean;
}

/** In order of time, none over another: where the VM is stopped, its disk does not matter. */
export function spansOf({ outages, stalls }: VmHistory): Span[] {
  const stops = outages.map(({ fromNs, toNs, lostNs }): Span => {
    return { fromNs, toNs: toNs ?? Infinity, kind: 'stopped', restart: lostNs !== null };
  });
  if (stalls.length === 0) return stops;
  const spans = [...stops];
  for (const { fromNs, toNs } of stalls) {
    let restNs = fromNs;
    const stalled = (untilNs: Nanoseconds): void => {
      if (restNs >= untilNs) return;
      spans.push({ fromNs: restNs, toNs: untilNs, kind: 'stalled', restart: false });
    };
    for (const stop of stops) {
      if (stop.toNs <= restNs) continue;
      if (stop.fromNs >= (toNs ?? Infinity)) break;
      stalled(stop.fromNs);
      restNs = stop.toNs;
    }
    stalled(toNs ?? Infinity);
  }
  // Where an outage that took no time and a stall begin together, the outage stays first.
  return spans.toSorted((a, b) => a.fromNs - b.fromNs);
}

export function isWithin(intervals: readonly Interval[], ns: Nanoseconds): boolean {
  return intervals.some(({ fromNs, toNs }) => ns >= fromNs && (toNs === null || ns < toNs));
}

/** A place in a list of spans that moves on with time. */
export class SpanCursor {
  /** First span that is not over. */
  #next = 0;
  /** Whether the guest has started anew since this was last set to false. */
  restarted = false;
  readonly #spans: readonly Span[];

  constructor(spans: readonly Span[]) {
    this.#spans = spans;
  }

  /** The first span that is not over, or null after the last. */
  get span(): Span | null {
    return this.#spans[this.#next] ?? null;
  }

  /** Leaves the present span behind. */
  pass(): void {
    if (this.span?.restart === true) this.restarted = true;
    this.#next++;
  }

  /** The span in which `ns` lies, or null while all is well. Times must not go back. */
  at(ns: Nanoseconds): Span | null {
    for (;;) {
      const { span } = this;
      if (span === null || span.fromNs > ns) return null;
      if (span.toNs > ns) return span;
      this.pass();
    }
  }
}
