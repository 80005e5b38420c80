/** How many pages a round has changed so far, read off the recorded curve of a `PhaseRow`. */
import type { PhaseRow } from '../protocol/runInfo.ts';

/** Points a complete curve has: one after each 32nd of the round. */
const CURVE_POINTS = 32;

export interface CurvePoint {
  /** Of the round's length, 0 to 1. */
  readonly share: number;
  readonly pages: number;
}

/**
 * The curve from the round's start up to `untilShare`, with a point of its own there.
 * Between recorded points the count is taken to grow evenly.
 */
export function curveUntil(phase: PhaseRow, untilShare: number): CurvePoint[] {
  const steps = stepsOf(phase);
  const points: CurvePoint[] = [{ share: 0, pages: 0 }, ...earlyPoints(phase, steps)];
  phase.dirtiedCurve.forEach((pages, index) => {
    points.push({ share: (index + 1) / steps, pages });
  });
  if (phase.endNs !== null) points.push({ share: 1, pages: phase.pagesDirtied });
  const until = points.filter(({ share }) => share < untilShare);
  const before = until.at(-1);
  const after = points.find(({ share }) => share >= untilShare);
  if (before === undefined || after === undefined) return until;
  const part = (untilShare - before.share) / (after.share - before.share);
  return [
    ...until,
    { share: untilShare, pages: before.pages + (after.pages - before.pages) * part },
  ];
}

/** Steps in the round as it was: the points lie on the length foreseen when it began. */
function stepsOf({ startNs, endNs, plannedNs }: PhaseRow): number {
  if (endNs === null || plannedNs <= 0) return CURVE_POINTS;
  return (CURVE_POINTS * (endNs - startNs)) / plannedNs;
}

/** On a log scale the first step spans most of the height: it gets its bend from points in between. */
function earlyPoints({ dirtiedCurve }: PhaseRow, steps: number): CurvePoint[] {
  const [first] = dirtiedCurve;
  if (first === undefined) return [];
  return [1 / 16, 1 / 8, 1 / 4, 1 / 2].map((part) => {
    return { share: part / steps, pages: first * part };
  });
}
