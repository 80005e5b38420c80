/**
 * Advances a pass in batches: all writes that fall due during the next sends are applied at once, the sends follow
 * as whole words, and the few writes that come after the sending of their own page inside the batch
 * are mended afterwards. All others commute, so any batch size gives the same result. Rules CP3 and CP4.
 */
import { hasBit, lowestBits, popcount } from '../../base/bits.ts';
import type { Nanoseconds } from '../../base/units.ts';
import { applyWrites, sendWord, touchCells, type GuestMemory } from '../memory/guestMemory.ts';
import { drawnInARow, nextDrawn, strideOf } from '../memory/thinning.ts';
import { writesDue, type Writer } from '../memory/writers.ts';
import { sendMoment, sendsDueBy, type CopyPass, type PassContext } from './copyPass.ts';
import { advanceSlots } from './copySlots.ts';
import { noteDrawnWrites, noteSend } from './pageWatch.ts';

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
    watchSend(context, range);
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
  const { pass, writers, pausedNs } = context;
  let work = 0;
  for (const writer of writers) {
    const from = writesDue(writer, pass.writtenToNs - pausedNs);
    const to = writesDue(writer, toNs - pausedNs);
    work += drawWrites(context, writer, from, to, range);
  }
  if (toNs > pass.writtenToNs) pass.writtenToNs = toNs;
  return work;
}

/** Applies the writes `from` (included) to `to` (excluded). @returns How many were drawn. Rules GM6 and WR8. */
function drawWrites(
  context: PassContext,
  writer: Writer,
  from: number,
  to: number,
  range: BatchRange | null,
): number {
  const { memory, pausedNs, tracking, passNs, watch } = context;
  const clearsMarks = tracking === 'clear-on-send';
  // Without versions, the order of a send and a write shows only where a send clears the mark.
  const orderMatters = memory.versions !== null || clearsMarks;
  const canBeFull = !clearsMarks && watch === undefined;
  const stride = strideOf(writer, passNs, clearsMarks);
  let work = 0;
  for (let next = nextDrawn(from, stride); next < to; next = nextDrawn(next, stride)) {
    if (canBeFull && memory.fullWriters.has(writer)) break;
    const count = Math.min(to - next, drawn.length, drawnInARow(next, stride));
    writer.draw(drawn, next, count);
    applyWrites(memory, drawn, count);
    if (range !== null && orderMatters) noteLateWrites(context, writer, range, next, count);
    if (watch !== undefined) noteDrawnWrites(watch, writer, drawn, next, count, pausedNs);
    if (canBeFull) memory.fullWriters.noteDrawn(writer, count, memory.dirtyBitmap);
    work += count;
    next += count;
  }
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
  const moment = momentInBatch(context.pass, page, wordInRange, bits);
  return write >= writesDue(writer, moment - context.pausedNs);
}

/** When the batch sends the page. */
function momentInBatch(
  pass: CopyPass,
  page: number,
  wordInRange: number,
  bits: number,
): Nanoseconds {
  const rank = sendsBefore[wordInRange]! + popcount(bits & ((1 << page) - 1));
  return sendMoment(pass, pass.sent + rank + 1);
}

/** Notes it when the batch sends the page that is watched. */
function watchSend({ memory, pass, watch }: PassContext, range: BatchRange): void {
  if (watch === undefined) return;
  const { page } = watch;
  const word = page >>> 5;
  if (word < range.firstWord || word > range.lastWord) return;
  const bits = word === range.lastWord ? range.lastBits : memory.sendSet[word]!;
  if (((bits >>> page) & 1) === 0) return;
  noteSend(watch, momentInBatch(pass, page, word - range.firstWord, bits));
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
