/** A sample of the cells of a convergence map: each as the map shows it, and run with all pages. */
import type { Scenario } from '../../src/engine/scenario.ts';
import type { ConvergenceQuestion } from '../../src/protocol/convergenceMessages.ts';
import { convergenceGrid } from '../../src/state/convergenceGrid.ts';
import { cellScenario, targetOf } from '../../src/worker/convergence/cellQuestion.ts';
import {
  CellRun,
  type CellFigures,
  type RoundFigures,
} from '../../src/worker/convergence/cellRun.ts';
import { sketchDivisor, wantedDivisor } from '../../src/worker/convergence/cellSize.ts';
import { withFewerPages } from '../../src/worker/convergence/smallerMemory.ts';

interface Ran {
  readonly figures: CellFigures;
  readonly rounds: readonly RoundFigures[];
  readonly ms: number;
}

export interface SampledCell {
  readonly cell: number;
  /** Of the run that stands for the cell; 1 where that is the full run. */
  readonly divisor: number;
  /** Milliseconds of the processor. */
  readonly sketchMs: number;
  /** Of the runs after the sketch, up to the one that stands. */
  readonly finalMs: number;
  readonly fullMs: number;
  /** Differences from the full run, as shares of it. */
  readonly off: { readonly outage: number; readonly total: number; readonly data: number };
  readonly sameStop: boolean;
}

export function questionOf(scenario: Scenario, vm = 0): ConvergenceQuestion {
  const { columns, rows } = convergenceGrid(scenario, vm);
  return { scenario, vm, columns, rows };
}

/** @param count  Cells, spread evenly over the map in no order. */
export function sampleCells(question: ConvergenceQuestion, count: number): SampledCell[] {
  const { columns, rows } = question;
  const places = Array.from({ length: count }, (_, i) => {
    const column = Math.floor(((i * 0.7548776662466927 + 0.5) % 1) * columns.length);
    const row = Math.floor(((i * 0.5698402909980532 + 0.5) % 1) * rows.length);
    return row * columns.length + column;
  });
  return places.map((cell) => sampleCell(question, cell));
}

function sampleCell(question: ConvergenceQuestion, cell: number): SampledCell {
  const target = targetOf(question);
  if (!('node' in target)) throw new Error(target.refusal);
  const { vm } = question;
  const scenario = cellScenario(question, cell, target.node);
  let divisor = sketchDivisor(question.scenario, vm);
  let shown = runOf(scenario, vm, divisor);
  const sketchMs = shown.ms;
  let finalMs = 0;
  for (;;) {
    const wanted = wantedDivisor(scenario, vm, divisor, shown.rounds, shown.figures);
    if (wanted === divisor) break;
    divisor = wanted;
    shown = runOf(scenario, vm, divisor);
    finalMs += shown.ms;
  }
  const full = divisor === 1 ? shown : runOf(scenario, vm, 1);
  const off = (key: 'outageNs' | 'totalNs' | 'bytesSent', times = 1): number =>
    Math.abs((shown.figures[key] * times) / full.figures[key] - 1);
  return {
    cell,
    divisor,
    sketchMs,
    finalMs,
    fullMs: full.ms,
    off: { outage: off('outageNs'), total: off('totalNs'), data: off('bytesSent', divisor) },
    sameStop:
      full.figures.stopReason === shown.figures.stopReason &&
      full.figures.rounds === shown.figures.rounds,
  };
}

function runOf(scenario: Scenario, vm: number, divisor: number): Ran {
  const before = process.cpuUsage();
  const run = new CellRun(withFewerPages(scenario, vm, divisor));
  while (!run.isOver) run.advance(1 << 20);
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1000;
  return { figures: run.figures(), rounds: run.rounds(), ms };
}
