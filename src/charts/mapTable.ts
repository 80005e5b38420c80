/** A memory map as a table: what its cells add up to in equal ranges of addresses. */
import { withThousands } from '../base/numberText.ts';
import { PAGES_PER_MIB } from '../base/units.ts';
import type { FrameMessage } from '../protocol/messages.ts';
import { placeText } from './addressAxis.ts';
import { cellCountOf, pagesInCell } from './mapCells.ts';

export interface MapTable {
  /** Of the columns after the range. */
  readonly columns: readonly string[];
  /** The range first. */
  readonly rows: readonly (readonly string[])[];
}

/** Few enough to be read, enough to see where the writers are. */
const RANGES = 16;

export function mapTable(frame: FrameMessage): MapTable {
  const { summary } = frame;
  const { pageCount, pagesPerCell } = summary;
  const cells = cellCountOf(summary);
  const perRange = Math.ceil(cells / RANGES);
  const count = cells === 0 ? 0 : Math.ceil(cells / perRange);
  const rows = Array.from({ length: count }, (_, range) => {
    const [from, to] = [range * perRange, Math.min(cells, (range + 1) * perRange)];
    const endPage = Math.min(pageCount, to * pagesPerCell);
    const name = `${placeText(from * pagesPerCell, pageCount / PAGES_PER_MIB)} to ${placeText(endPage, pageCount / PAGES_PER_MIB)}`;
    return [name, ...countsOf(frame, from, to).map(withThousands)];
  });
  return { columns: columnsOf(summary), rows };
}

function columnsOf({ migration }: FrameMessage['summary']): string[] {
  if (migration === null) return ['Writes in this second'];
  if (migration.method === 'live') return ['Not sent', 'Copied', 'Dirty', 'Dirty, sent 3 times'];
  return migration.phase === 'restoring'
    ? ['In the file', 'Read back']
    : ['In memory', 'In the file'];
}

/** Of cells `from` to `to`, the latter not included: numbers in the order of the columns. */
function countsOf({ buffers, summary }: FrameMessage, from: number, to: number): number[] {
  const { migration, pagesPerCell, pageCount } = summary;
  const sum = (column: Uint16Array): number => {
    let total = 0;
    for (let cell = from; cell < to; cell++) total += column[cell]!;
    return total;
  };
  if (migration === null) return [sum(buffers.written)];
  let pages = 0;
  for (let cell = from; cell < to; cell++) pages += pagesInCell(cell, pagesPerCell, pageCount);
  const [sent, stale, hot] = [sum(buffers.sent), sum(buffers.stale), sum(buffers.hot)];
  if (migration.method === 'live') return [pages - sent, sent - stale, stale - hot, hot];
  // Between the two passes all of it is in the file.
  const through = migration.phase === 'saving' || migration.phase === 'restoring' ? sent : pages;
  return [pages - through, through];
}
