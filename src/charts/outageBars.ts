/**
 * Bars of one lane of the storage screen: a row for each VM, hatched while nobody gets an answer. All lanes have the
 * same time axis. Places are shares of the width, 0 to 1, so that the page may be as wide as it likes.
 */

export interface TimeSpan {
  readonly fromNs: number;
  readonly toNs: number;
}

export interface BarPart {
  readonly left: number;
  readonly width: number;
  /** Too narrow for a hatch to be seen. */
  readonly isThin: boolean;
}

export interface OutageAxis {
  /** At its right end. */
  readonly endNs: number;
  readonly ticks: readonly { readonly share: number; readonly text: string }[];
}

const NS_PER_S = 1_000_000_000;

/** Seconds between two ticks: they read well as minutes and seconds. */
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600] as const;

/** At most five ticks: more cannot be read at a glance. */
const MOST_STEPS = 4;

/** Of the width of the bars. Chosen so that a hatch of 7 px has room on a phone. */
const THIN = 0.03;

/** An axis from 0 to a round time not before `endNs`. */
export function outageAxis(endNs: number): OutageAxis {
  const seconds = Math.max(endNs / NS_PER_S, 1);
  const step =
    steps.find((each) => each * MOST_STEPS >= seconds) ?? Math.ceil(seconds / MOST_STEPS);
  const count = Math.ceil(seconds / step);
  const ticks = Array.from({ length: count + 1 }, (_, tick) => ({
    share: tick / count,
    text: `${tick * step}\u00a0s`,
  }));
  return { endNs: count * step * NS_PER_S, ticks };
}

/** Where a time stands on the axis; times outside stand at its nearest end. */
export function shareOf(axis: OutageAxis, ns: number): number {
  return Math.min(1, Math.max(0, ns / axis.endNs));
}

export function outageParts(axis: OutageAxis, spans: readonly TimeSpan[]): BarPart[] {
  return spans.map(({ fromNs, toNs }) => {
    const left = shareOf(axis, fromNs);
    const width = shareOf(axis, toNs) - left;
    return { left, width, isThin: width < THIN };
  });
}
