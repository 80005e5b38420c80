/**
 * What each cell of a memory map shows, as one number per cell. States are named worst first: a cell with one
 * dirty page is dirty. The target cannot know how often a page was sent, so it never shows "hot".
 */
import { MAP_CELLS, type FrameBuffers } from '../protocol/frameColumns.ts';
import type { FrameMessage } from '../protocol/messages.ts';

export type MapSide = 'source' | 'target';
export type MapMode = 'state' | 'content' | 'idle';

/** In the order of the codes of the page lens; on the target "missing", "up to date", "out of date". */
export const UNSENT_CELL = 0;
export const COPIED_CELL = 1;
export const DIRTY_CELL = 2;
export const HOT_CELL = 3;

/** Content view: codes 0 to 255 are tones; this is added where the target holds an old value. */
export const OLD_VALUE = 256;

/** Share of a cell's pages that makes it hot, in percent. Source: design reference, section 7. */
const HOT_PERCENT = 15;

/** Room for the codes of a whole map. */
export function createCellCodes(): Uint16Array {
  return new Uint16Array(MAP_CELLS);
}

/** Pages of one cell; the last may hold fewer. */
export function pagesInCell(cell: number, pagesPerCell: number, pageCount: number): number {
  return Math.max(0, Math.min(pagesPerCell, pageCount - cell * pagesPerCell));
}

export function cellCountOf(summary: FrameMessage['summary']): number {
  const { pageCount, pagesPerCell } = summary;
  return pagesPerCell === 0 ? 0 : Math.ceil(pageCount / pagesPerCell);
}

/** State of one cell. A cell that was sent in part counts as not sent. */
export function stateOfCell(
  columns: Pick<FrameBuffers, 'sent' | 'stale' | 'hot'>,
  cell: number,
  pages: number,
  side: MapSide,
): number {
  const stale = columns.stale[cell]!;
  if (stale > 0) {
    const hot = columns.hot[cell]!;
    const isHot = side === 'source' && hot > 0 && hot * 100 >= pages * HOT_PERCENT;
    return isHot ? HOT_CELL : DIRTY_CELL;
  }
  return pages > 0 && columns.sent[cell] === pages ? COPIED_CELL : UNSENT_CELL;
}

/** Writes the code of every cell of the frame's VM into `codes`; returns how many there are. */
export function encodeCells(
  frame: FrameMessage,
  side: MapSide,
  mode: MapMode,
  codes: Uint16Array,
): number {
  const { buffers, summary } = frame;
  const cellCount = Math.min(cellCountOf(summary), codes.length);
  for (let cell = 0; cell < cellCount; cell++) {
    codes[cell] = codeOfCell(buffers, cell, side, mode, summary);
  }
  return cellCount;
}

function codeOfCell(
  buffers: FrameBuffers,
  cell: number,
  side: MapSide,
  mode: MapMode,
  { pagesPerCell, pageCount }: FrameMessage['summary'],
): number {
  switch (mode) {
    case 'state':
      return stateOfCell(buffers, cell, pagesInCell(cell, pagesPerCell, pageCount), side);
    case 'content':
      if (side === 'source') return buffers.sourceTone[cell]!;
      return buffers.targetTone[cell]! + (buffers.stale[cell]! > 0 ? OLD_VALUE : 0);
    case 'idle':
      return side === 'source' && buffers.written[cell]! > 0 ? DIRTY_CELL : UNSENT_CELL;
  }
}

/** "52 of 128 dirty" and its relatives, for a cell in words. */
export function cellWords(frame: FrameMessage, cell: number): string {
  const { buffers, summary } = frame;
  const pages = pagesInCell(cell, summary.pagesPerCell, summary.pageCount);
  if (summary.migration === null) return `${buffers.written[cell]!} writes in this second`;
  const stale = buffers.stale[cell]!;
  if (stale > 0) return `${stale} of ${pages} dirty`;
  const sent = buffers.sent[cell]!;
  return sent === pages ? `all ${pages} copied` : `${sent} of ${pages} sent`;
}
