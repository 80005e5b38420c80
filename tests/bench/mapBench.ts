/**
 * What the cells of a convergence map cost, and how far those with fewer pages are off: measured over a sample against runs
 * with all pages.
 */
import { presets } from '../../src/scenario/presets.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import type { TrackingPolicy } from '../../src/engine/settings.ts';
import { COLUMNS, ROWS } from '../../src/state/convergenceGrid.ts';
import { questionOf, sampleCells } from '../support/convergenceSample.ts';

export interface MapRow {
  readonly name: string;
  readonly cells: readonly string[];
}

export const mapHead = [
  'VM',
  'cells',
  'all pages',
  'sketch s',
  'final s',
  'full s',
  'outage',
  'total',
  'data',
  'other stop',
];

/** Seconds are those of the processor for a whole map; the last columns are the largest differences in percent. */
export function benchMap(count: number): MapRow[] {
  return [
    ...presets.slice(0, 7).map(({ id, scenario }) => measure(id, scenario, 0, count)),
    ...[1, 3].map((vm) => {
      const { scenario } = presets[0]!;
      return measure(scenario.vms[vm]!.name, scenario, vm, count);
    }),
    measure('skip-redirtied', withTracking('skip-redirtied'), 0, count),
  ];
}

function withTracking(tracking: TrackingPolicy): Scenario {
  const { scenario } = presets[0]!;
  return { ...scenario, liveMigration: { ...scenario.liveMigration, tracking } };
}

function measure(name: string, scenario: Scenario, vm: number, count: number): MapRow {
  const all = sampleCells(questionOf(scenario, vm), count);
  const wholeMap = (ms: (cell: (typeof all)[number]) => number): string => {
    const sum = all.reduce((total, cell) => total + ms(cell), 0);
    return ((sum / count) * COLUMNS * ROWS * 0.001).toFixed(1);
  };
  const worst = (key: 'outage' | 'total' | 'data'): string =>
    `${(100 * Math.max(...all.map(({ off }) => off[key]))).toFixed(2)}%`;
  return {
    name,
    cells: [
      String(count),
      String(all.filter(({ divisor }) => divisor === 1).length),
      wholeMap(({ sketchMs }) => sketchMs),
      wholeMap(({ finalMs }) => finalMs),
      wholeMap(({ fullMs }) => fullMs),
      worst('outage'),
      worst('total'),
      worst('data'),
      String(all.filter(({ sameStop }) => !sameStop).length),
    ],
  };
}
