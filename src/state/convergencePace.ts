/**
 * How long the rest of the map will take. Its cells cost very different times, a thousandfold from the calm corner to the busy
 * one, so they are weighed by their work: the sends and writes of a run, known from its sketch.
 */
import { NS_PER_S, PAGE_BYTES } from '../base/units.ts';
import type { CellColumns, ConvergenceQuestion } from '../protocol/convergenceMessages.ts';

/** Sends and writes of the cells that are to be run again. */
export function workLeft(
  { columns }: Pick<ConvergenceQuestion, 'columns'>,
  cells: Pick<CellColumns, 'divisors' | 'wanted' | 'bytesSent' | 'totalNs'>,
): number {
  let work = 0;
  for (const [cell, wanted] of cells.wanted.entries()) {
    if (wanted === 0 || wanted === cells.divisors[cell]) continue;
    const sends = (cells.bytesSent[cell] ?? 0) / PAGE_BYTES;
    const seconds = (cells.totalNs[cell] ?? 0) / NS_PER_S;
    const writes = (columns[cell % columns.length] ?? 0) * seconds;
    work += (sends + writes) / wanted;
  }
  return work;
}

/** Before that long has passed a rate is chance. */
const LEAST_MS = 5000;

export interface Pace {
  /** @returns Seconds until nothing is left at the rate since the start; null while that is not known. */
  readonly secondsLeft: (work: number) => number | null;
  /** The workers rested, or the question is another. */
  readonly restart: () => void;
}

export function createPace(nowMs: () => number): Pace {
  let from: { readonly atMs: number; readonly work: number } | null = null;
  return {
    secondsLeft(work) {
      from ??= { atMs: nowMs(), work };
      const passedMs = nowMs() - from.atMs;
      const done = from.work - work;
      return passedMs < LEAST_MS || done <= 0 ? null : (work * passedMs) / done / 1000;
    },
    restart: () => {
      from = null;
    },
  };
}
