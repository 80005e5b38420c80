/** Places on a slider: evenly along the range, or along its logarithm. */
import type { Range } from '../../state/edits.ts';

/** Places on a slider that is not counted in whole steps. */
export const PLACES = 1000;

export interface ValueScale extends Range {
  readonly log: boolean;
}

export function placeOf(value: number, { min, max, log }: ValueScale): number {
  if (max <= min) return 0;
  const share = log
    ? Math.log(Math.max(value, min) / min) / Math.log(max / min)
    : (value - min) / (max - min);
  return Math.round(Math.min(1, Math.max(0, share)) * PLACES);
}

/** Two figures are as fine as a hand can choose; the ends of the range are met exactly. */
export function valueAt(place: number, { min, max, log }: ValueScale): number {
  const share = Math.min(1, Math.max(0, place / PLACES));
  if (share === 0) return min;
  if (share === 1) return max;
  const value = log ? min * (max / min) ** share : min + (max - min) * share;
  return Math.min(max, Math.max(min, Number(value.toPrecision(2))));
}
