/** The magnifier of a lane: what is under 4 px wide on the common axis, on an axis of its own. */
import { secondsText } from '../base/numberText.ts';
import type { ClientTrail } from '../protocol/outline.ts';
import { isThin, type BarSpan } from './compareBar.ts';
import { xOf, type TimeAxis } from './compareAxis.ts';

export interface Magnifier {
  /** As wide as the common one. */
  readonly axis: TimeAxis;
  /** What it shows on the common axis. */
  readonly left: number;
  readonly right: number;
  /** "50.0 s to 51.5 s" */
  readonly stretch: string;
  /** How many times wider. */
  readonly factor: number;
  /** What is too narrow: "blackout". */
  readonly label: string;
  readonly lengthNs: number;
  /** Whether the VM runs before and after it: then it is the whole outage. */
  readonly isWhole: boolean;
}

const NS_PER_S = 1_000_000_000;

/** Clients ask again after 0.2 s or 0.3 s at least (facts E1, E2): that and its answer are to be seen too. */
const REPEAT_NS = 0.3 * NS_PER_S;

/** Ends of the stretch, so that they read well. */
const stepsNs = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600].map(
  (seconds) => seconds * NS_PER_S,
);
/** So many steps at most lie in the stretch. */
const MOST_STEPS = 4;

/** For the first span that is too narrow; null where there is none. */
export function magnifierOf(axis: TimeAxis, spans: readonly BarSpan[]): Magnifier | null {
  const place = spans.findIndex((span) => isThin(axis, span));
  const thin = spans[place];
  if (thin === undefined) return null;
  const lengthNs = thin.toNs - thin.fromNs;
  const aroundNs = Math.max(lengthNs, REPEAT_NS);
  const fromNs = thin.fromNs - aroundNs / 2;
  const toNs = thin.toNs + 1.5 * aroundNs;
  const stepNs =
    stepsNs.find((step) => step * MOST_STEPS >= toNs - fromNs) ?? stepsNs[stepsNs.length - 1]!;
  const inner = {
    fromNs: Math.floor(fromNs / stepNs) * stepNs,
    toNs: Math.ceil(toNs / stepNs) * stepNs,
    widthCss: axis.widthCss,
  };
  return {
    axis: inner,
    left: xOf(axis, inner.fromNs),
    right: xOf(axis, inner.toNs),
    stretch: `${timeText(inner.fromNs)} to ${timeText(inner.toNs)}`,
    factor: Math.round((axis.toNs - axis.fromNs) / (inner.toNs - inner.fromNs)),
    label: thin.label,
    lengthNs,
    isWhole: spans[place - 1]?.runs !== false && spans[place + 1]?.runs !== false,
  };
}

function timeText(ns: number): string {
  const seconds = ns / NS_PER_S;
  return Number.isInteger(seconds) ? `${seconds}\u00a0s` : secondsText(seconds);
}

/** Those that met trouble in the stretch. */
export function troubledIn(
  { fromNs, toNs }: Pick<TimeAxis, 'fromNs' | 'toNs'>,
  trails: readonly ClientTrail[],
): ClientTrail[] {
  return trails.filter(({ troubles }) =>
    troubles.some((trouble) => trouble.fromNs < toNs && trouble.toNs > fromNs),
  );
}
