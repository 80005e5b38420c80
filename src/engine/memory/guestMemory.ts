/**
 * The memory of one VM while a migration tracks it: which pages are marked, which are still to be sent,
 * how often each was sent, and, where they are kept, the version of every page at the source and the
 * version the destination holds.
 *
 * Versions start at 0 when tracking starts; a guest write adds 1 at the source, a sent page carries the
 * source's version to the destination. They have 16 bits: losing exactly 65,536 writes to one page
 * could hide, nothing else. A memory without versions follows the same rules on the bitmaps alone;
 * it is what rewinding replays. Rules GM1 to GM6.
 */
import { countBits, popcount } from '../../base/bits.ts';
import { invariant } from '../../base/assert.ts';
import { packWords, unpackWords, type PackedWords } from './packedWords.ts';
import { FullWriters } from './thinning.ts';

/** Cells of a memory map: at most 128 x 64. */
export const MAX_CELLS = 8192;

const BITMAPS = 5;

export interface PageVersions {
  /** One entry per page; 16 bits that wrap. */
  readonly source: Uint16Array<ArrayBuffer>;
  readonly destination: Uint16Array<ArrayBuffer>;
}

/** Counts per map cell; cell c holds the pages c << cellShift and on. */
export interface CellCounts {
  /** Pages sent at least once. */
  readonly sent: Uint16Array<ArrayBuffer>;
  /** Pages sent that have to go again: marked, or in the send set. */
  readonly stale: Uint16Array<ArrayBuffer>;
  /** Stale pages that were sent three times or more. */
  readonly hot: Uint16Array<ArrayBuffer>;
}

export interface GuestMemory {
  readonly pageCount: number;
  readonly wordCount: number;
  /** A map cell holds 2^cellShift pages. */
  readonly cellShift: number;
  readonly cellCount: number;
  /** The five bitmaps, one after the other: what a keyframe copies. */
  readonly bitmaps: Int32Array<ArrayBuffer>;
  readonly dirtyBitmap: Int32Array<ArrayBuffer>;
  readonly sendSet: Int32Array<ArrayBuffer>;
  readonly sentOnce: Int32Array<ArrayBuffer>;
  readonly sentTwice: Int32Array<ArrayBuffer>;
  readonly sentThrice: Int32Array<ArrayBuffer>;
  readonly versions: PageVersions | null;
  /** Works out what the 32 pages of a word hold at the source, before they are sent; null where that is known. */
  readonly fillWord: ((word: number) => void) | null;
  readonly cells: CellCounts;
  /** Pages of each cell sent in the present pass; kept where versions are. */
  readonly passSends: Uint16Array<ArrayBuffer> | null;
  /** Whose writes show nowhere but in versions. */
  readonly fullWriters: FullWriters;
  /** 1 for a cell that changed since its counts were taken. */
  readonly changedCells: Uint8Array<ArrayBuffer>;
  /** Bits set in `dirtyBitmap`. */
  dirtyPages: number;
  /** Bits set in `sendSet`. */
  sendSetPages: number;
  /** Pages that became marked since the round began. */
  markedInRound: number;
  stalePages: number;
  hotPages: number;
  sentPages: number;
}

/** Smallest shift with at most `MAX_CELLS` cells: 7 for 4 GiB (128 pages a cell). */
export function cellShiftOf(pageCount: number): number {
  let shift = 0;
  while (pageCount > MAX_CELLS * 2 ** shift) shift++;
  return shift;
}

/**
 * A memory of which nothing was sent and nothing is marked.
 *
 * @param pageCount  A multiple of 32.
 */
export function createGuestMemory(pageCount: number, withVersions: boolean): GuestMemory {
  invariant(pageCount > 0 && pageCount % 32 === 0, `page count ${pageCount} is no multiple of 32`);
  const wordCount = pageCount / 32;
  const bitmaps = new Int32Array(wordCount * BITMAPS);
  const bitmap = (index: number): Int32Array<ArrayBuffer> =>
    bitmaps.subarray(index * wordCount, (index + 1) * wordCount);
  const cellShift = cellShiftOf(pageCount);
  const cellCount = Math.ceil(pageCount / 2 ** cellShift);
  return {
    pageCount,
    wordCount,
    cellShift,
    cellCount,
    bitmaps,
    dirtyBitmap: bitmap(0),
    sendSet: bitmap(1),
    sentOnce: bitmap(2),
    sentTwice: bitmap(3),
    sentThrice: bitmap(4),
    versions: withVersions
      ? { source: new Uint16Array(pageCount), destination: new Uint16Array(pageCount) }
      : null,
    fillWord: null,
    cells: {
      sent: new Uint16Array(MAX_CELLS),
      stale: new Uint16Array(MAX_CELLS),
      hot: new Uint16Array(MAX_CELLS),
    },
    passSends: withVersions ? new Uint16Array(cellCount) : null,
    fullWriters: new FullWriters(withVersions),
    changedCells: new Uint8Array(MAX_CELLS),
    dirtyPages: 0,
    sendSetPages: 0,
    markedInRound: 0,
    stalePages: 0,
    hotPages: 0,
    sentPages: 0,
  };
}

/** Marks the cells of pages `from` to `to` (both included) as changed. */
export function touchCells(memory: GuestMemory, from: number, to: number): void {
  memory.changedCells.fill(1, from >>> memory.cellShift, (to >>> memory.cellShift) + 1);
}

/**
 * Applies guest writes: marks each page in the dirty bitmap and adds 1 to its version. Rule GM1.
 *
 * @param pages  Page numbers; the first `count` are used. A page may occur more than once.
 */
export function applyWrites(memory: GuestMemory, pages: Int32Array, count: number): void {
  markPages(memory, pages, count);
  if (memory.versions !== null) addToVersions(memory.versions.source, pages, count);
}

/** Applies one guest write. Rule GM1. */
export function applyWrite(memory: GuestMemory, page: number): void {
  const { dirtyBitmap, versions } = memory;
  const before = dirtyBitmap[page >>> 5]!;
  dirtyBitmap[page >>> 5] = before | (1 << page);
  const marked = (~before >>> page) & 1;
  memory.dirtyPages += marked;
  memory.markedInRound += marked;
  memory.changedCells[page >>> memory.cellShift] = 1;
  if (versions !== null) versions.source[page]!++;
}

function markPages(memory: GuestMemory, pages: Int32Array, count: number): void {
  const dirty = memory.dirtyBitmap;
  const changed = memory.changedCells;
  const shift = memory.cellShift;
  let marked = 0;
  for (let i = 0; i < count; i++) {
    const page = pages[i]!;
    const word = page >>> 5;
    const before = dirty[word]!;
    dirty[word] = before | (1 << page);
    // 1 when the bit was clear: no branch, since whether it was is a matter of chance.
    marked += (~before >>> page) & 1;
    changed[page >>> shift] = 1;
  }
  memory.dirtyPages += marked;
  memory.markedInRound += marked;
}

function addToVersions(source: Uint16Array, pages: Int32Array, count: number): void {
  // Four at a time: more cache misses in flight, fewer loop checks.
  const fours = count & ~3;
  let i = 0;
  for (; i < fours; i += 4) {
    source[pages[i]!]!++;
    source[pages[i + 1]!]!++;
    source[pages[i + 2]!]!++;
    source[pages[i + 3]!]!++;
  }
  for (; i < count; i++) source[pages[i]!]!++;
}

/**
 * Sends the pages of `bits` in word `word` of the send set: they leave the set, count as sent once more,
 * and the destination gets the source's versions. Rule GM2.
 */
export function sendWord(memory: GuestMemory, word: number, bits: number): void {
  const { sendSet, sentOnce, sentTwice, sentThrice } = memory;
  sendSet[word]! &= ~bits;
  const once = sentOnce[word]!;
  const twice = sentTwice[word]!;
  sentThrice[word]! |= twice & bits;
  sentTwice[word] = twice | (once & bits);
  sentOnce[word] = once | bits;
  memory.fillWord?.(word);
  if (memory.versions !== null) copyVersions(memory.versions, word, bits);
  if (memory.passSends !== null) countPassSends(memory.passSends, memory.cellShift, word, bits);
}

/** Adds the pages of `bits` to their cells. A cell smaller than a word is a part of it. */
function countPassSends(sends: Uint16Array, cellShift: number, word: number, bits: number): void {
  if (cellShift >= 5) {
    sends[word >>> (cellShift - 5)]! += bits === -1 ? 32 : popcount(bits);
    return;
  }
  for (let rest = bits; rest !== 0; rest &= rest - 1) {
    sends[((word << 5) + 31 - Math.clz32(rest & -rest)) >>> cellShift]!++;
  }
}

function copyVersions(versions: PageVersions, word: number, bits: number): void {
  const { source, destination } = versions;
  const first = word << 5;
  if (bits === -1) {
    const end = first + 32;
    for (let page = first; page < end; page += 4) {
      destination[page] = source[page]!;
      destination[page + 1] = source[page + 1]!;
      destination[page + 2] = source[page + 2]!;
      destination[page + 3] = source[page + 3]!;
    }
    return;
  }
  for (let rest = bits; rest !== 0; rest &= rest - 1) {
    const page = first + 31 - Math.clz32(rest & -rest);
    destination[page] = source[page]!;
  }
}

/**
 * Takes the dirty bitmap and clears it (dirty sync): what was marked becomes, or joins, the send set. Rule GM3.
 *
 * @returns Number of pages in the send set afterwards.
 */
export function takeDirtyBitmap(memory: GuestMemory): number {
  const { sendSet, dirtyBitmap } = memory;
  if (memory.sendSetPages === 0) {
    sendSet.set(dirtyBitmap);
    memory.sendSetPages = memory.dirtyPages;
  } else {
    for (let i = 0; i < sendSet.length; i++) sendSet[i]! |= dirtyBitmap[i]!;
    memory.sendSetPages = countBits(sendSet);
  }
  clearDirtyBitmap(memory);
  return memory.sendSetPages;
}

export function clearDirtyBitmap(memory: GuestMemory): void {
  memory.dirtyBitmap.fill(0);
  memory.dirtyPages = 0;
  settleFullWriters(memory);
}

/** Marks are cleared, now or one by one: what was not drawn counts as one write to each page of the region. Rule GM6. */
export function settleFullWriters({ fullWriters, versions }: GuestMemory): void {
  fullWriters.clear((firstPage, endPage) => {
    if (versions === null) return;
    const { source } = versions;
    for (let page = firstPage; page < endPage; page++) source[page]!++;
  });
}

/** Pages that are marked or still in the send set: what is left to send. */
export function pagesLeft(memory: GuestMemory): number {
  if (memory.sendSetPages === 0) return memory.dirtyPages;
  if (memory.dirtyPages === 0) return memory.sendSetPages;
  const { sendSet, dirtyBitmap } = memory;
  let left = 0;
  for (let i = 0; i < sendSet.length; i++) left += popcount(sendSet[i]! | dirtyBitmap[i]!);
  return left;
}

/**
 * Pages that differ between source and destination, or never went across. Rule GM4.
 *
 * @throws InvariantError when the memory was kept without versions.
 */
export function countDifferingPages(memory: GuestMemory): number {
  const { versions, sentOnce } = memory;
  invariant(versions !== null, 'memory without versions cannot be compared');
  const { source, destination } = versions;
  let differing = memory.pageCount - countBits(sentOnce);
  for (let page = 0; page < memory.pageCount; page++) {
    if (source[page] !== destination[page] && ((sentOnce[page >>> 5]! >>> page) & 1) === 1) {
      differing++;
    }
  }
  return differing;
}

/**
 * Brings the cell counts and their totals up to date; only cells that changed are counted again,
 * so the price follows what happened and not the size of the VM. Rule GM5.
 */
export function updateCells(memory: GuestMemory): void {
  const { changedCells, cells, cellCount } = memory;
  for (let cell = 0; cell < cellCount; cell++) {
    if (changedCells[cell] === 0) continue;
    changedCells[cell] = 0;
    memory.sentPages -= cells.sent[cell]!;
    memory.stalePages -= cells.stale[cell]!;
    memory.hotPages -= cells.hot[cell]!;
    countCell(memory, cell);
    memory.sentPages += cells.sent[cell]!;
    memory.stalePages += cells.stale[cell]!;
    memory.hotPages += cells.hot[cell]!;
  }
}

function countCell(memory: GuestMemory, cell: number): void {
  const { cells, cellShift, dirtyBitmap, sendSet, sentOnce, sentThrice } = memory;
  const firstPage = cell << cellShift;
  // A cell smaller than a word is a part of it; a larger one is a whole number of words.
  const mask = cellShift >= 5 ? -1 : (((1 << (1 << cellShift)) - 1) << (firstPage & 31)) | 0;
  const first = firstPage >>> 5;
  const end = Math.min(
    cellShift >= 5 ? first + (1 << (cellShift - 5)) : first + 1,
    memory.wordCount,
  );
  let sent = 0;
  let stale = 0;
  let hot = 0;
  for (let i = first; i < end; i++) {
    const once = sentOnce[i]! & mask;
    if (once === 0) continue;
    sent += once === -1 ? 32 : popcount(once);
    const again = (dirtyBitmap[i]! | sendSet[i]!) & once;
    if (again === 0) continue;
    stale += popcount(again);
    hot += popcount(again & sentThrice[i]!);
  }
  cells.sent[cell] = sent;
  cells.stale[cell] = stale;
  cells.hot[cell] = hot;
}

/** What a keyframe keeps of a memory: no versions, and no counts that can be counted again. */
export interface MemoryKeyframe {
  readonly pageCount: number;
  readonly bitmaps: PackedWords;
  readonly dirtyPages: number;
  readonly sendSetPages: number;
  readonly markedInRound: number;
}

export function keyframeOfMemory(memory: GuestMemory): MemoryKeyframe {
  const { pageCount, bitmaps, dirtyPages, sendSetPages, markedInRound } = memory;
  return { pageCount, bitmaps: packWords(bitmaps), dirtyPages, sendSetPages, markedInRound };
}

/** A memory without versions in the state of `keyframe`; `reuse` is overwritten where it fits. */
export function memoryFromKeyframe(
  keyframe: MemoryKeyframe,
  reuse: GuestMemory | null,
): GuestMemory {
  const fits = reuse !== null && reuse.pageCount === keyframe.pageCount && reuse.versions === null;
  const memory = fits ? reuse : createGuestMemory(keyframe.pageCount, false);
  unpackWords(keyframe.bitmaps, memory.bitmaps);
  settleFullWriters(memory);
  memory.dirtyPages = keyframe.dirtyPages;
  memory.sendSetPages = keyframe.sendSetPages;
  memory.markedInRound = keyframe.markedInRound;
  memory.changedCells.fill(1, 0, memory.cellCount);
  return memory;
}
