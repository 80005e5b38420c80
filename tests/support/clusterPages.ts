/** Small memories drawn as a line, one sign a page, and writers that write what a test says. */
import { createGuestMemory, type GuestMemory } from '../../src/engine/memory/guestMemory.ts';
import type { Writer } from '../../src/engine/memory/writers.ts';
import { setBits } from '../../src/base/bits.ts';

/**
 * `.` the same on both sides, `d` marked, `s` to be sent, `b` both, `_` never sent and not to be sent.
 * Pages past the last one that is not like it are left out: "ss.d" instead of "ss.d____…".
 */
export function drawPages({ dirtyBitmap, sendSet, sentOnce, pageCount }: GuestMemory): string {
  const bit = (bits: Int32Array, page: number): number => (bits[page >>> 5]! >>> page) & 1;
  const signs = Array.from({ length: pageCount }, (_, page) => {
    const state = bit(dirtyBitmap, page) + 2 * bit(sendSet, page);
    return state === 0 && bit(sentOnce, page) === 1 ? '.' : '_dsb'.charAt(state);
  });
  return signs.join('').replace(/_+$/, '');
}

/** A memory of 64 pages whose first `pages` are to be sent. */
export function memoryToSend(pages: number, withVersions = true): GuestMemory {
  const memory = createGuestMemory(64, withVersions);
  setBits(memory.sendSet, 0, pages);
  memory.sendSetPages = pages;
  return memory;
}

/** Writes `pages` in this order, one every `everyNs`, the first after one such time. */
export function scripted(pages: readonly number[], everyNs: number): Writer {
  return {
    startsNs: 0,
    endsNs: Infinity,
    pagesPerSecond: 1e9 / everyNs,
    firstPage: 0,
    endPage: 64,
    writeLimit: pages.length,
    reachesAll: true,
    draw: (out, from, count) => out.set(pages.slice(from, from + count)),
  };
}
