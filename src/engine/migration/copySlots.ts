/**
 * The policy `skip-redirtied`: what is skipped depends on every single write, so it goes from send to send.
 * Rule LM7.
 */
import type { Nanoseconds } from '../../base/units.ts';
import { applyWrite, sendWord, touchCells, type GuestMemory } from '../memory/guestMemory.ts';
import { nextDrawn, strideOf } from '../memory/thinning.ts';
import { writesDue, type Writer } from '../memory/writers.ts';
import { sendMoment, type CopyPass, type PassContext } from './copyPass.ts';
import { noteSend, noteWrite, type PageWatch } from './pageWatch.ts';

/** Writes of one writer, drawn ahead in short runs and applied one by one. */
interface WriteStream {
  readonly writer: Writer;
  /** Of so many stretches of writes one is drawn. */
  readonly stride: number;
  readonly pages: Int32Array;
  /** Number of the next write, and its place in `pages`. */
  next: number;
  place: number;
}

const DRAWN_AHEAD = 512;

/**
 * At each sending moment up to send number `due` the next page of the set that is not marked again is sent; those
 * passed over stay marked for the next round.
 *
 * @returns Writes applied.
 */
export function advanceSlots(context: PassContext, due: number): number {
  const { memory, pass, writers, pausedNs, passNs, watch } = context;
  const streams = writers.map((writer): WriteStream => {
    const stride = strideOf(writer, passNs, false);
    const next = nextDrawn(writesDue(writer, pass.writtenToNs - pausedNs), stride);
    return { writer, stride, pages: new Int32Array(DRAWN_AHEAD), next, place: DRAWN_AHEAD };
  });
  let work = 0;
  while (pass.sent < due && pass.endedNs === null) {
    const moment = sendMoment(pass, pass.sent + 1);
    for (const stream of streams) work += writeFrom(memory, stream, moment - pausedNs, watch);
    pass.writtenToNs = moment;
    const page = takeUnmarkedPage(memory, pass);
    if (page >= 0) {
      sendWord(memory, page >>> 5, 1 << page);
      touchCells(memory, page, page);
      if (page === watch?.page) noteSend(watch, moment);
      pass.lastPage = page;
      pass.sent++;
    }
    if (memory.sendSetPages === 0) pass.endedNs = moment;
  }
  return work;
}

function writeFrom(
  memory: GuestMemory,
  stream: WriteStream,
  clockNs: Nanoseconds,
  watch: PageWatch | undefined,
): number {
  const { writer, stride } = stream;
  if (watch === undefined && memory.fullWriters.has(writer)) return 0;
  const due = writesDue(writer, clockNs);
  let count = 0;
  while (stream.next < due) {
    if (stream.place === DRAWN_AHEAD) {
      writer.draw(stream.pages, stream.next, DRAWN_AHEAD);
      stream.place = 0;
    }
    const page = stream.pages[stream.place++]!;
    applyWrite(memory, page);
    if (page === watch?.page) noteWrite(watch);
    count++;
    stream.next++;
    const next = nextDrawn(stream.next, stride);
    if (next !== stream.next) stream.place = DRAWN_AHEAD;
    stream.next = next;
  }
  if (count > 0 && watch === undefined) {
    memory.fullWriters.noteDrawn(writer, count, memory.dirtyBitmap);
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
