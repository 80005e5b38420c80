/**
 * Bounds the work of writers whose rate is enormous. Where every page that a writer reaches is marked, and stays so, its writes need
 * not be drawn at all (`FullWriters`); of the others only so many are drawn in one pass (`strideOf`). Rules GM6 and WR8.
 */
import { allBitsSet } from '../../base/bits.ts';
import { NS_PER_S, type Nanoseconds } from '../../base/units.ts';
import type { Writer } from './writers.ts';

/** Writes that are drawn in one pass at the most, and for each page of the region. Both chosen to bound the work. */
const MOST_DRAWN = 1 << 24;
const MOST_DRAWN_PER_PAGE = 8;

/** Drawn one after the other, so that a thinned writer costs no more for each write. Chosen to be what is drawn at once. */
const STRETCH = 8192;

/** Writes of a writer that are drawn in one pass at the most. @param pages  Of its region. */
export function mostDrawn(pages: number): number {
  return Math.max(MOST_DRAWN, MOST_DRAWN_PER_PAGE * pages);
}

/**
 * Of how many stretches of 8,192 writes one is drawn: 1 for all.
 *
 * @param passNs       How long the pass takes, as it is planned now.
 * @param clearsMarks  Whether a send clears the mark of its page.
 */
export function strideOf(writer: Writer, passNs: Nanoseconds, clearsMarks: boolean): number {
  if (writer.reachesAll && !clearsMarks) return 1;
  const { pagesPerSecond, firstPage, endPage } = writer;
  const most = mostDrawn(endPage - firstPage);
  return Math.max(1, Math.ceil((pagesPerSecond * passNs) / (most * NS_PER_S)));
}

/** The first write that is drawn, from number `write` on: the last stretch of every `stride` is. */
export function nextDrawn(write: number, stride: number): number {
  if (stride === 1) return write;
  const skipped = (stride - 1) * STRETCH;
  return Math.max(write, write - (write % (stride * STRETCH)) + skipped);
}

/** Writes that are drawn from `write` on, itself one of them, until some are left out. */
export function drawnInARow(write: number, stride: number): number {
  return stride === 1 ? Infinity : stride * STRETCH - (write % (stride * STRETCH));
}

/** Where versions are kept, so many writes of each writer are drawn and counted before any is left out. Chosen to cost little. */
const COUNTED = 1 << 22;

interface Drawn {
  /** Since the marks were cleared. */
  writes: number;
  /** Of them, when the bitmap was looked at last. */
  lookedAt: number;
}

/** Writers all of whose pages are marked, until the marks are cleared. A short cut: it changes no bitmap. */
export class FullWriters {
  readonly #counted: number;
  readonly #drawn = new Map<Writer, Drawn>();
  readonly #full = new Set<Writer>();

  constructor(withVersions: boolean) {
    this.#counted = withVersions ? COUNTED : 0;
  }

  has(writer: Writer): boolean {
    return this.#full.has(writer);
  }

  /** Looks at the bitmap whenever that is less work than the writes were. */
  noteDrawn(writer: Writer, count: number, dirtyBitmap: Int32Array): void {
    const { firstPage, endPage } = writer;
    const drawn = this.#drawn.get(writer) ?? { writes: 0, lookedAt: 0 };
    this.#drawn.set(writer, drawn);
    drawn.writes += count;
    if (drawn.writes < Math.max(this.#counted, drawn.lookedAt + ((endPage - firstPage) >>> 6))) {
      return;
    }
    drawn.lookedAt = drawn.writes;
    if (allBitsSet(dirtyBitmap, firstPage, endPage)) this.#full.add(writer);
  }

  /** The marks are cleared. @param visit  Gets each region whose writes were not drawn. */
  clear(visit: (firstPage: number, endPage: number) => void): void {
    for (const { firstPage, endPage } of this.#full) visit(firstPage, endPage);
    this.#full.clear();
    this.#drawn.clear();
  }
}
