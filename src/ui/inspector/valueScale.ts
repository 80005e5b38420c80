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

/**
 * The next value of two figures that also reads differently, or the end of the range.
 *
 * @param taken  The value that the model takes for it, and how that one reads.
 */
export function nextValue(
  value: number,
  direction: 1 | -1,
  { min, max }: Range,
  taken: { readonly round: (value: number) => number; readonly format: (value: number) => string },
): number {
  const end = direction === 1 ? max : min;
  const before = taken.format(value);
  let next = value;
  while ((end - next) * direction > 0) {
    next = beside(next, direction);
    if ((end - next) * direction <= 0) break;
    const whole = taken.round(next);
    if ((whole - value) * direction > 0 && taken.format(whole) !== before) return whole;
  }
  return end;
}

/** The nearest value of two figures: after 16,000 comes 17,000, before 100 comes 99. */
function beside(value: number, direction: 1 | -1): number {
  const [, exponent = '0'] = value.toExponential().split('e');
  const unit = 10 ** (Number(exponent) - 1);
  const count = value / unit;
  const near = Math.round(count);
  // Of a fraction like 0.29 the count is not quite whole.
  const isWhole = Math.abs(count - near) < 1e-9;
  const next = isWhole ? near + direction : direction === 1 ? Math.ceil(count) : Math.floor(count);
  return Number(((next < 10 ? 9.9 : next) * unit).toPrecision(2));
}
