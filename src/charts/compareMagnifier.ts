/** The magnifiers of a lane: what is too narrow on the common axis to be read, on an axis of its own. */
import { secondsText } from '../base/numberText.ts';
import type { ClientTrail } from '../protocol/outline.ts';
import { isThin, type BarSpan } from './compareBar.ts';
import { xInside, xOf, type TimeAxis } from './compareAxis.ts';

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
  /** "regroup, 2.0 s; configuration, 1.0 s" */
  readonly lengths: string;
  /** Whether the VM runs before and after it: then it is the whole outage. */
  readonly isWhole: boolean;
}

const NS_PER_S = 1_000_000_000;

/** Clients ask again after 0.2 s or 0.3 s at least (facts E1, E2): that and its answer are to be seen too. */
const REPEAT_NS = 0.3 * NS_PER_S;

/** A whole outage that is narrower has no room for what its clients do in it. */
const NARROW_CSS = 24;

/** Ends of the stretch, so that they read well. */
const stepsNs = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600].map(
  (seconds) => seconds * NS_PER_S,
);
/** So many steps at most lie in the stretch. */
const MOST_STEPS = 4;

/** One for each stretch in which something is too narrow, in order of time. */
export function magnifiersOf(axis: TimeAxis, spans: readonly BarSpan[]): Magnifier[] {
  const clusters: number[][] = [];
  spans.forEach((span, place) => {
    if (!isThin(axis, span) && !isNarrowOutage(axis, spans, place)) return;
    const last = clusters.at(-1);
    const before = last?.at(-1);
    const isNear = before !== undefined && stretchOf(spans, [before]).toNs >= span.fromNs;
    if (last !== undefined && isNear) last.push(place);
    else clusters.push([place]);
  });
  return clusters.map((places) => magnifierOf(axis, spans, places));
}

function isNarrowOutage(axis: TimeAxis, spans: readonly BarSpan[], place: number): boolean {
  const span = spans[place]!;
  if (span.runs || !isWholeOutage(spans, place, place)) return false;
  return xInside(axis, span.toNs) - xInside(axis, span.fromNs) < NARROW_CSS;
}

/** Whether the VM runs before and after them. */
function isWholeOutage(spans: readonly BarSpan[], first: number, last: number): boolean {
  return spans[first - 1]?.runs !== false && spans[last + 1]?.runs !== false;
}

/** @param places  Of what is too narrow, one after the other. */
function magnifierOf(
  axis: TimeAxis,
  spans: readonly BarSpan[],
  places: readonly number[],
): Magnifier {
  const inner = { ...stretchOf(spans, places), widthCss: axis.widthCss };
  const thin = places.map((place) => spans[place]!);
  return {
    axis: inner,
    left: xOf(axis, inner.fromNs),
    right: xOf(axis, inner.toNs),
    stretch: `${timeText(inner.fromNs)} to ${timeText(inner.toNs)}`,
    factor: Math.round((axis.toNs - axis.fromNs) / (inner.toNs - inner.fromNs)),
    label: thin.map(({ label }) => label).join(', '),
    lengths: thin
      .map(({ label, fromNs, toNs }) => `${label}, ${secondsText((toNs - fromNs) / NS_PER_S)}`)
      .join('; '),
    isWhole: isWholeOutage(spans, places[0]!, places.at(-1)!),
  };
}

/** What is too narrow with its surroundings, between two times that read well. */
function stretchOf(
  spans: readonly BarSpan[],
  places: readonly number[],
): { fromNs: number; toNs: number } {
  const [first, last] = [spans[places[0]!]!, spans[places.at(-1)!]!];
  const aroundNs = Math.max(last.toNs - first.fromNs, REPEAT_NS);
  const fromNs = first.fromNs - aroundNs / 2;
  const toNs = last.toNs + 1.5 * aroundNs;
  const stepNs =
    stepsNs.find((step) => step * MOST_STEPS >= toNs - fromNs) ?? stepsNs[stepsNs.length - 1]!;
  return { fromNs: Math.floor(fromNs / stepNs) * stepNs, toNs: Math.ceil(toNs / stepNs) * stepNs };
}

/** The one that holds the shown time, else the nearest: all can be reached with the scrubber. */
export function nearestMagnifier(magnifiers: readonly Magnifier[], shownNs: number): number {
  const away = magnifiers.map(({ axis: { fromNs, toNs } }) =>
    Math.max(0, fromNs - shownNs, shownNs - toNs),
  );
  return Math.max(0, away.indexOf(Math.min(...away)));
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
