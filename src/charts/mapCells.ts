/**
 * What each cell of a memory map shows, as one number per cell. States are named worst first: a cell with one
 * dirty page is dirty. The target cannot know how often a page was sent, so it never shows "hot". In a quick migration
 * a cell is full or empty: the source gives its pages to a file, the target gets them from it.
 */
import { MAP_CELLS, type FrameBuffers } from '../protocol/frameColumns.ts';
import type { ShownMigration } from '../protocol/frameSummary.ts';
import type { FrameMessage } from '../protocol/messages.ts';

export type MapSide = 'source' | 'target';
export type MapMode = 'state' | 'content' | 'idle' | 'quick';
/** null once it is over: then the target has everything. */
type QuickPhase = ShownMigration['phase'] | null;

/** In the order of the codes of the page lens; on the target "missing", "up to date", "out of date". */
export const UNSENT_CELL = 0;
export const COPIED_CELL = 1;
export const DIRTY_CELL = 2;
export const HOT_CELL = 3;

/** Content view: codes 0 to 255 are tones; this is added where the target holds an old value. */
export const OLD_VALUE = 256;

/** Share of a cell's pages that makes it hot, in percent. Chosen so that a few pages written again and again stand out. */
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

/**
 * One cell of a quick migration. A cell counts as saved, or as read back, when all its pages are; on either side the
 * whole memory is in the file between the two.
 */
function quickCell(
  { sent }: Pick<FrameBuffers, 'sent'>,
  cell: number,
  pages: number,
  side: MapSide,
  phase: QuickPhase,
): number {
  const isThrough = pages > 0 && sent[cell] === pages;
  if (side === 'source') return phase === 'saving' && !isThrough ? COPIED_CELL : UNSENT_CELL;
  const isThere = phase === null || (phase === 'restoring' && isThrough);
  return isThere ? COPIED_CELL : UNSENT_CELL;
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
  { pagesPerCell, pageCount, migration }: FrameMessage['summary'],
): number {
  switch (mode) {
    case 'state':
      return stateOfCell(buffers, cell, pagesInCell(cell, pagesPerCell, pageCount), side);
    case 'content':
      if (side === 'source') return buffers.sourceTone[cell]!;
      return buffers.targetTone[cell]! + (buffers.stale[cell]! > 0 ? OLD_VALUE : 0);
    case 'quick': {
      const pages = pagesInCell(cell, pagesPerCell, pageCount);
      return quickCell(buffers, cell, pages, side, migration?.phase ?? null);
    }
    case 'idle':
      return side === 'source' && buffers.written[cell]! > 0 ? DIRTY_CELL : UNSENT_CELL;
  }
}

/** "52 of 128 dirty" and its relatives, for a cell in words. */
export function cellWords(frame: FrameMessage, cell: number): string {
  const { buffers, summary } = frame;
  const pages = pagesInCell(cell, summary.pagesPerCell, summary.pageCount);
  const { migration } = summary;
  if (migration === null) return `${buffers.written[cell]!} writes in this second`;
  if (migration.method === 'quick') return quickWords(buffers.sent[cell]!, pages, migration.phase);
  const stale = buffers.stale[cell]!;
  if (stale > 0) return `${stale} of ${pages} dirty`;
  const sent = buffers.sent[cell]!;
  return sent === pages ? `all ${pages} copied` : `${sent} of ${pages} sent`;
}

function quickWords(sent: number, pages: number, phase: QuickPhase): string {
  if (phase === 'saving') return `${sent} of ${pages} saved`;
  if (phase === 'restoring') return `${sent} of ${pages} read back`;
  return `all ${pages} saved`;
}
