/**
 * Memory on its way to a file and back. The guest stands still, so no page changes; what each page holds is a stamp
 * drawn from seed, VM, pause and page, so that a page which is left out, or ends in the wrong place, shows when
 * all are compared. A memory without versions goes through the same bitmaps. Rules QM2, QM3.
 */
import { invariant } from '../../base/assert.ts';
import { countBits } from '../../base/bits.ts';
import { drawBits, streamKey } from '../../base/random.ts';
import { createGuestMemory, type GuestMemory } from './guestMemory.ts';

const SAVED = 0x73617665;

/** Key of the stamps of one pause. @param pauses Outages of the VM so far, this one included. */
export function stampKey(stream: number, pauses: number): number {
  return streamKey(stream, SAVED, pauses);
}

function stampOf(key: number, page: number): number {
  return drawBits(key, page) & 0xffff;
}

/**
 * All pages are to be written to the file; `versions.destination` is the file. Stamps are drawn when their page is written, so that
 * a large memory takes no time before.
 */
export function memoryToSave(pageCount: number, withVersions: boolean, key: number): GuestMemory {
  const memory = createGuestMemory(pageCount, withVersions);
  fillSendSet(memory);
  const source = memory.versions?.source;
  if (source === undefined) return memory;
  const fillWord = (word: number): void => {
    const end = (word + 1) << 5;
    for (let page = word << 5; page < end; page++) source[page] = stampOf(key, page);
  };
  return { ...memory, fillWord };
}

/**
 * All pages are to be read back.
 *
 * @param file  What was saved; null where no versions are kept.
 * @param left  What the guest left behind when it was saved; it is overwritten, so that large memories are there once.
 */
export function memoryToRestore(
  pageCount: number,
  file: Uint16Array<ArrayBuffer> | null,
  left: Uint16Array<ArrayBuffer> | null,
): GuestMemory {
  const memory = createGuestMemory(pageCount, false);
  fillSendSet(memory);
  if (file === null) return memory;
  invariant(file.length === pageCount, `a file of ${file.length} pages for ${pageCount}`);
  const destination = left?.length === pageCount ? left.fill(0) : new Uint16Array(pageCount);
  const versions = { source: file, destination };
  return { ...memory, versions, passSends: new Uint16Array(memory.cellCount) };
}

/** Pages that were not read back, or do not hold what they held when the guest was paused. Rule QM3. */
export function countRestoreFaults(
  { versions, sentOnce, pageCount }: GuestMemory,
  key: number,
): number {
  invariant(versions !== null, 'memory without versions cannot be compared');
  const { destination } = versions;
  let differing = pageCount - countBits(sentOnce);
  for (let page = 0; page < pageCount; page++) {
    const readBack = ((sentOnce[page >>> 5]! >>> page) & 1) === 1;
    if (readBack && destination[page] !== stampOf(key, page)) differing++;
  }
  return differing;
}

function fillSendSet(memory: GuestMemory): void {
  memory.sendSet.fill(-1);
  memory.sendSetPages = memory.pageCount;
}
