/**
 * The axes of the convergence map: dirty rates and bandwidths in equal steps of their logarithm. They reach from 1,000 to some
 * 200,000 pages/s and from 0.1 to 10 Gbit/s, moved by less than half a cell so that the VM as
 * it is now stands in the middle of a cell: that cell is its run, not the nearest one. A VM that lies
 * outside, or close to the edge, stands in the middle of its axis instead.
 */
import type { Scenario } from '../engine/scenario.ts';
import { at } from '../base/assert.ts';
import { dirtyRate } from '../scenario/convergenceCell.ts';
import { MBPS_PER_GBIT } from './edits.ts';

/** So fine that a step is no wider than a finger's tip, so coarse that all cells can be run. Chosen for teaching. */
export const COLUMNS = 112;
export const ROWS = 60;

export interface ConvergenceGrid {
  /** Pages per second, rising. */
  readonly columns: readonly number[];
  /** MB/s, falling: the highest bandwidth is on top. */
  readonly rows: readonly number[];
  /** Outer edges of the first and the last column. */
  readonly rateDomain: readonly [number, number];
  /** Outer edges of the last and the first row, in MB/s. */
  readonly mbpsDomain: readonly [number, number];
  /** Where the VM stands as it is; null when it writes nothing: a logarithm has no place for that. */
  readonly currentColumn: number | null;
  readonly currentRow: number;
}

/** A little wider than what is named above: after half a cell to either side both ends are still inside. */
const RATES = { low: 970, high: 226_000 };
const GBITS = { low: 0.096, high: 10.45 };

/** Cells between the VM and the edge, at least. Chosen so that something is to be seen on both sides. */
const MARGIN = 6;

export function convergenceGrid(scenario: Scenario, vm: number): ConvergenceGrid {
  const rate = dirtyRate(at(scenario.vms, vm).writers);
  const mbps = scenario.network.migrationMBps;
  const rates = axis(COLUMNS, RATES.low, RATES.high, rate > 0 ? rate : null, Math.round);
  const { low, high } = GBITS;
  const bandwidths = axis(ROWS, low * MBPS_PER_GBIT, high * MBPS_PER_GBIT, mbps, hundredths);
  return {
    columns: rates.values,
    rows: bandwidths.values.toReversed(),
    rateDomain: rates.domain,
    mbpsDomain: bandwidths.domain,
    currentColumn: rates.place,
    currentRow: ROWS - 1 - (bandwidths.place ?? 0),
  };
}

interface Axis {
  readonly values: readonly number[];
  readonly domain: readonly [number, number];
  readonly place: number | null;
}

function axis(
  count: number,
  low: number,
  high: number,
  current: number | null,
  round: (value: number) => number,
): Axis {
  const step = Math.log(high / low) / count;
  const found = current === null ? 0 : Math.floor(Math.log(current / low) / step);
  const isInside = found >= MARGIN && found < count - MARGIN;
  const place = isInside ? found : Math.floor(count / 2);
  const start = current === null ? low : current / Math.exp((place + 0.5) * step);
  const values = Array.from({ length: count }, (_, i) =>
    current !== null && i === place ? current : round(start * Math.exp((i + 0.5) * step)),
  );
  const domain = [start, start * Math.exp(count * step)] as const;
  return { values, domain, place: current === null ? null : place };
}

function hundredths(value: number): number {
  return Math.max(0.01, Math.round(value * 100) / 100);
}
