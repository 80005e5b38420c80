/**
 * One pass over the send set: a pre-copy round, or the last copy while the VM is paused.
 *
 * Page k of a pass is read when its last byte leaves, at `anchor + round(k x page time)`; writes due by then
 * come before it. The moments are computed, never added up, so a pass can be advanced in slices of any
 * length. It works in batches: all writes that fall due during the next sends are applied at once, the sends
 * follow as whole words, and the few writes that come after the sending of their own page inside the
 * batch are mended afterwards. All others commute. Rules CP1 to CP5.
 */
import { hasBit, lowestBits, popcount } from '../../base/bits.ts';
import type { Nanoseconds } from '../../base/units.ts';
import type { TrackingPolicy } from '../settings.ts';
import {
  applyWrite,
  applyWrites,
  sendWord,
  touchCells,
  type GuestMemory,
} from '../memory/guestMemory.ts';
import { writesDue, type Writer } from '../memory/writers.ts';

/** Plain data: copied into keyframes. */
export interface CopyPass {
  /** Sends that end the pass; with `skip-redirtied` an upper bound. */
  readonly pages: number;
  /** Page and header on the network. */
  pageBytes: number;
  /** Time of one page on the network, a fraction of a nanosecond included. */
  pageNs: number;
  /** Send `anchorSent + k` happens at `anchorNs + k x pageNs`, rounded. */
  anchorNs: number;
  anchorSent: number;
  sent: number;
  /** Word of the send set where the search for the next page begins: a short cut, not part of the state. */
  cursorWord: number;
  /** Page sent last, or -1. */
  lastPage: number;
  /** Up to here all writes are applied. */
  writtenToNs: Nanoseconds;
  /** Set by `skip-redirtied` when nothing is left to send. */
  endedNs: Nanoseconds | null;
}

export interface PassContext {
  readonly memory: GuestMemory;
  readonly pass: CopyPass;
  /** None while the VM is paused. */
  readonly writers: readonly Writer[];
  /** Simulated time minus the guest's clock. */
  readonly pausedNs: Nanoseconds;
  readonly tracking: TrackingPolicy;
}

/** How pages travel at the moment. */
export interface PageCost {
  readonly pageBytes: number;
  readonly pageNs: number;
}

/** @param announcingNs  What goes across before the first page. */
export function createPass(
  pages: number,
  startNs: Nanoseconds,
  cost: PageCost,
  announcingNs = 0,
  cursorWord = 0,
): CopyPass {
  return {
    pages,
    pageBytes: cost.pageBytes,
    pageNs: cost.pageNs,
    anchorNs: startNs + announcingNs,
    anchorSent: 0,
    sent: 0,
    cursorWord,
    lastPage: -1,
    writtenToNs: startNs,
    endedNs: pages === 0 ? Math.round(startNs + announcingNs) : null,
  };
}

/** When send number `k` (from 1) of the pass happens. Rule CP1. */
export function sendMoment(pass: CopyPass, k: number): Nanoseconds {
  return Math.round(pass.anchorNs + (k - pass.anchorSent) * pass.pageNs);
}

/** When the pass is over, or Infinity while that depends on what the guest writes. */
export function passEndNs(pass: CopyPass, tracking: TrackingPolicy): Nanoseconds {
  if (tracking === 'skip-redirtied') return pass.endedNs ?? Infinity;
  return sendMoment(pass, pass.pages);
}

/** Goes on at another page cost from `atNs`; the page on its way keeps the share that is already across. Rule CP2. */
export function changePageCost(pass: CopyPass, atNs: Nanoseconds, cost: PageCost): void {
  const progress = (atNs - pass.anchorNs) / pass.pageNs + pass.anchorSent - pass.sent;
  const announcing = pass.sent === 0 && atNs < pass.anchorNs;
  // What is due at `atNs` has been sent, so the next page leaves a nanosecond later at the earliest.
  const most = 1 - 0.75 / cost.pageNs;
  if (!announcing) pass.anchorNs = atNs - Math.max(0, Math.min(progress, most)) * cost.pageNs;
  pass.anchorSent = pass.sent;
  pass.pageBytes = cost.pageBytes;
  pass.pageNs = cost.pageNs;
}

/** Number of sends with a moment at or before `ns`; at most `pass.pages`. */
function sendsDueBy(pass: CopyPass, ns: Nanoseconds): number {
  let k = Math.floor((ns - pass.anchorNs) / pass.pageNs) + pass.anchorSent;
  k = Math.max(pass.sent, Math.min(k, pass.pages));
  while (k < pass.pages && sendMoment(pass, k + 1) <= ns) k++;
  while (k > pass.sent && sendMoment(pass, k) > ns) k--;
  return k;
}

/** Sends a batch may hold. Any number gives the same result; this one keeps its writes in the cache. */
export const DEFAULT_BATCH = 8192;
const SCAN_WORDS = 8192;

// Working space of the batch under way; nothing is allocated per batch.
const drawn = new Int32Array(8192);
const sendsBefore = new Int32Array(SCAN_WORDS);
let late = new Int32Array(1024);
let lateCount = 0;

/**
 * Applies every send and every write up to `toNs`.
 *
 * @returns Work done: sends and writes.
 */
export function advancePass(
  context: PassContext,
  toNs: Nanoseconds,
  batch: number = DEFAULT_BATCH,
): number {
  const { pass } = context;
  const due = sendsDueBy(pass, toNs);
  let work = due - pass.sent;
  if (context.tracking === 'skip-redirtied') {
    work += advanceSlots(context, due);
  } else {
    while (pass.sent < due) work += sendBatch(context, Math.min(batch, due - pass.sent));
  }
  return work + writeUntil(context, Math.min(toNs, pass.endedNs ?? toNs), null);
}

/** The part of the send set that one batch sends. */
interface BatchRange {
  readonly firstWord: number;
  readonly lastWord: number;
  /** Bits of the last word that belong to the batch. */
  readonly lastBits: number;
  /** Where the next search begins: a word taken only in part is looked at again. */
  readonly nextWord: number;
  readonly sends: number;
}

function sendBatch(context: PassContext, wanted: number): number {
  const { memory, pass } = context;
  const range = findRange(memory, pass.cursorWord, wanted);
  let work = 0;
  if (range.sends > 0) {
    lateCount = 0;
    work = writeUntil(context, sendMoment(pass, pass.sent + range.sends), range);
    sendRange(context, range);
    mendLateWrites(context);
    pass.sent += range.sends;
    memory.sendSetPages -= range.sends;
  }
  // The sweep is cyclic: `sync-when-rest-small` goes on where it stood.
  pass.cursorWord = range.nextWord === memory.wordCount ? 0 : range.nextWord;
  return work;
}

/** The next `wanted` pages of the send set from `cursorWord`, fewer at the end of a scan; fills `sendsBefore`. */
function findRange(memory: GuestMemory, cursorWord: number, wanted: number): BatchRange {
  const { sendSet } = memory;
  const before = sendsBefore;
  const end = Math.min(cursorWord + SCAN_WORDS, memory.wordCount);
  let sends = 0;
  let lastWord = cursorWord;
  for (let word = cursorWord; word < end; word++) {
    before[word - cursorWord] = sends;
    const bits = sendSet[word]!;
    if (bits === 0) continue;
    lastWord = word;
    const inWord = bits === -1 ? 32 : popcount(bits);
    if (sends + inWord >= wanted) {
      const whole = sends + inWord === wanted;
      const lastBits = whole ? bits : lowestBits(bits, wanted - sends);
      const nextWord = whole ? word + 1 : word;
      return { firstWord: cursorWord, lastWord, lastBits, nextWord, sends: wanted };
    }
    sends += inWord;
  }
  return { firstWord: cursorWord, lastWord, lastBits: sendSet[lastWord]!, nextWord: end, sends };
}

/** Applies the writes due by `toNs`. With a range, those that come after the send of their page are noted. */
function writeUntil(context: PassContext, toNs: Nanoseconds, range: BatchRange | null): number {
  const { memory, pass, writers, pausedNs, tracking } = context;
  // Without versions, the order of a send and a write shows only where a send clears the mark.
  const orderMatters = memory.versions !== null || tracking === 'clear-on-send';
  let work = 0;
  for (const writer of writers) {
    const from = writesDue(writer, pass.writtenToNs - pausedNs);
    const to = writesDue(writer, toNs - pausedNs);
    for (let next = from; next < to;) {
      const count = Math.min(to - next, drawn.length);
      writer.draw(drawn, next, count);
      applyWrites(memory, drawn, count);
      if (range !== null && orderMatters) noteLateWrites(context, writer, range, next, count);
      next += count;
    }
    work += Math.max(0, to - from);
  }
  if (toNs > pass.writtenToNs) pass.writtenToNs = toNs;
  return work;
}

/** Of the writes just drawn, finds those whose page is sent in this batch before they happen. */
function noteLateWrites(
  context: PassContext,
  writer: Writer,
  range: BatchRange,
  firstWrite: number,
  count: number,
): void {
  const { sendSet } = context.memory;
  const { firstWord, lastWord } = range;
  const pages = drawn;
  const span = lastWord - firstWord;
  for (let i = 0; i < count; i++) {
    const page = pages[i]!;
    const word = page >>> 5;
    if ((word - firstWord) >>> 0 > span) continue;
    const bits = word === lastWord ? range.lastBits : sendSet[word]!;
    if (((bits >>> page) & 1) === 0) continue;
    if (isLate(context, writer, page, word - firstWord, bits, firstWrite + i)) noteLate(page);
  }
}

function isLate(
  context: PassContext,
  writer: Writer,
  page: number,
  wordInRange: number,
  bits: number,
  write: number,
): boolean {
  const { pass, pausedNs } = context;
  const rank = sendsBefore[wordInRange]! + popcount(bits & ((1 << page) - 1));
  return write >= writesDue(writer, sendMoment(pass, pass.sent + rank + 1) - pausedNs);
}

function noteLate(page: number): void {
  if (lateCount === late.length) {
    const longer = new Int32Array(late.length * 2);
    longer.set(late);
    late = longer;
  }
  late[lateCount++] = page;
}

function sendRange(context: PassContext, range: BatchRange): void {
  const { memory, pass, tracking } = context;
  const { sendSet, dirtyBitmap } = memory;
  const { firstWord, lastWord, lastBits } = range;
  const clears = tracking === 'clear-on-send';
  for (let word = firstWord; word <= lastWord; word++) {
    const bits = word === lastWord ? lastBits : sendSet[word]!;
    if (bits === 0) continue;
    if (clears) {
      memory.dirtyPages -= popcount(dirtyBitmap[word]! & bits);
      dirtyBitmap[word]! &= ~bits;
    }
    sendWord(memory, word, bits);
  }
  touchCells(memory, firstWord << 5, (lastWord << 5) | 31);
  pass.lastPage = (lastWord << 5) + 31 - Math.clz32(lastBits);
}

/** The send took the last version of its batch; writes after it are taken back from the copy and marked again. */
function mendLateWrites({ memory, tracking }: PassContext): void {
  const { versions, dirtyBitmap } = memory;
  for (let i = 0; i < lateCount; i++) {
    const page = late[i]!;
    if (versions !== null) versions.destination[page]!--;
    if (tracking === 'clear-on-send' && !hasBit(dirtyBitmap, page)) {
      dirtyBitmap[page >>> 5]! |= 1 << page;
      memory.dirtyPages++;
      memory.markedInRound++;
    }
  }
}

/** Writes of one writer, drawn ahead in short runs and applied one by one. */
interface WriteStream {
  readonly writer: Writer;
  readonly pages: Int32Array;
  /** Number of the next write, and its place in `pages`. */
  next: number;
  place: number;
}

const DRAWN_AHEAD = 512;

/**
 * `skip-redirtied`: at each sending moment the next page of the set that is not marked again is sent, those
 * passed over stay marked for the next round. What is skipped depends on every single write, so this
 * policy goes from send to send. Rule LM7.
 */
function advanceSlots(context: PassContext, due: number): number {
  const { memory, pass, writers, pausedNs } = context;
  const streams = writers.map((writer): WriteStream => {
    const next = writesDue(writer, pass.writtenToNs - pausedNs);
    return { writer, pages: new Int32Array(DRAWN_AHEAD), next, place: DRAWN_AHEAD };
  });
  let work = 0;
  while (pass.sent < due && pass.endedNs === null) {
    const moment = sendMoment(pass, pass.sent + 1);
    for (const stream of streams) work += writeFrom(memory, stream, moment - pausedNs);
    pass.writtenToNs = moment;
    const page = takeUnmarkedPage(memory, pass);
    if (page >= 0) {
      sendWord(memory, page >>> 5, 1 << page);
      touchCells(memory, page, page);
      pass.lastPage = page;
      pass.sent++;
    }
    if (memory.sendSetPages === 0) pass.endedNs = moment;
  }
  return work;
}

function writeFrom(memory: GuestMemory, stream: WriteStream, clockNs: Nanoseconds): number {
  const due = writesDue(stream.writer, clockNs);
  const count = due - stream.next;
  for (; stream.next < due; stream.next++) {
    if (stream.place === DRAWN_AHEAD) {
      stream.writer.draw(stream.pages, stream.next, DRAWN_AHEAD);
      stream.place = 0;
    }
    applyWrite(memory, stream.pages[stream.place++]!);
  }
  return count;
}

/** Removes pages from the send set up to the first that is not marked, and returns it; -1 when none is left. */
function takeUnmarkedPage(memory: GuestMemory, pass: CopyPass): number {
  const { sendSet, dirtyBitmap } = memory;
  for (; memory.sendSetPages > 0; pass.cursorWord++) {
    for (let bits = sendSet[pass.cursorWord]!; bits !== 0; bits &= bits - 1) {
      const bit = bits & -bits;
      sendSet[pass.cursorWord]! &= ~bit;
      memory.sendSetPages--;
      if ((dirtyBitmap[pass.cursorWord]! & bit) === 0) {
        return (pass.cursorWord << 5) + 31 - Math.clz32(bit);
      }
    }
  }
  return -1;
}
