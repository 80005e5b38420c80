/** Axes of the convergence map and of the slice below it. All are logarithmic; D3 does the arithmetic. */
import { scaleLog } from 'd3';
import { secondsText, withThousands } from '../base/numberText.ts';
import { figureText, type MapFigure } from './convergenceBands.ts';

export interface AxisTick {
  /** Share of the axis, 0 at its left or lower end. */
  readonly share: number;
  readonly text: string;
}

/** Steps of 1, 2 and 5, as few as fit; only the decades where these are too many. */
function roundValues([low, high]: readonly [number, number], most: number): number[] {
  for (const steps of [[1, 2, 5], [1, 3], [1]]) {
    const values: number[] = [];
    for (let decade = -3; decade <= 9; decade++) {
      for (const step of steps) {
        // Out of text, since 2 x 10^-1 is not 0.2 in binary.
        const value = Number(`${step}e${decade}`);
        if (value >= low * 0.999 && value <= high * 1.001) values.push(value);
      }
    }
    if (values.length <= most) return values;
  }
  return [];
}

function logTicks(
  domain: readonly [number, number],
  most: number,
  text: (value: number) => string,
): AxisTick[] {
  const scale = scaleLog([domain[0], domain[1]], [0, 1]);
  return roundValues(domain, most).map((value) => ({ share: scale(value), text: text(value) }));
}

export function rateTicks(domain: readonly [number, number], most: number): AxisTick[] {
  return logTicks(domain, most, withThousands);
}

/** @param mbpsPerGbit  What 1 Gbit/s carries, in MB/s. */
export function gbitTicks(
  [low, high]: readonly [number, number],
  most: number,
  mbpsPerGbit: number,
): AxisTick[] {
  return logTicks([low / mbpsPerGbit, high / mbpsPerGbit], most, String);
}

export interface SliceScale {
  readonly domain: readonly [number, number];
  readonly ticks: readonly AxisTick[];
  /** Share of the height, 0 at the bottom. */
  readonly shareOf: (value: number) => number;
}

/** From below the smallest of `values` to above the largest; at least a decade. */
export function sliceScale(figure: MapFigure, values: readonly number[]): SliceScale {
  const [least, most] = values.length === 0 ? [0.1, 1] : [Math.min(...values), Math.max(...values)];
  const middle = Math.sqrt(least * most);
  const half = Math.max(Math.sqrt(most / least) * 1.25, Math.sqrt(10));
  const domain = [middle / half, middle * half] as const;
  const scale = scaleLog([domain[0], domain[1]], [0, 1]);
  const text = (value: number): string =>
    figure === 'data' ? figureText(figure, value) : tickSeconds(value);
  const ticks =
    figure === 'data'
      ? powersOfTwo(domain).map((value) => ({ share: scale(value), text: text(value) }))
      : logTicks(domain, 4, text);
  return { domain, ticks, shareOf: (value) => scale(value) };
}

function tickSeconds(value: number): string {
  return value < 1 ? secondsText(value) : `${withThousands(value)}\u00a0s`;
}

/** Of MiB: "4 GB", "8 GB"; at most four. */
function powersOfTwo([low, high]: readonly [number, number]): number[] {
  const all: number[] = [];
  for (let value = 1; value <= high; value *= 2) if (value >= low) all.push(value);
  const every = Math.ceil(all.length / 4);
  return all.filter((_, i) => i % every === 0);
}
