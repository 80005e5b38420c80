/** The pages of one map cell, one code each: what the lens shows. */
import { hasBit } from '../base/bits.ts';
import type { GuestMemory } from '../engine/memory/guestMemory.ts';
import type { FrameSummary } from '../protocol/frameSummary.ts';

const MOST_CODES = 128;

export function lensOf(memory: GuestMemory, cell: number): FrameSummary['lens'] {
  const firstPage = cell << memory.cellShift;
  if (firstPage >= memory.pageCount) return null;
  const pages = Math.min(1 << memory.cellShift, memory.pageCount - firstPage);
  const pagesPerCode = Math.ceil(pages / MOST_CODES);
  const count = Math.ceil(pages / pagesPerCode);
  const codes = Array.from({ length: count }, () => -1);
  const worst = Array.from({ length: count }, () => 0);
  let dirty = 0;
  let sent = 0;
  for (let i = 0; i < pages; i++) {
    const code = codeOfPage(memory, firstPage + i);
    if (code >= 1) sent++;
    if (code >= 2) dirty++;
    const place = Math.floor(i / pagesPerCode);
    if (code <= codes[place]!) continue;
    codes[place] = code;
    worst[place] = firstPage + i;
  }
  return { cell, firstPage, pages, dirty, sent, codes, worst, pagesPerCode };
}

/** 0 not sent, 1 copied, 2 dirty, 3 dirty and sent three times or more. */
export function codeOfPage(memory: GuestMemory, page: number): number {
  if (!hasBit(memory.sentOnce, page)) return 0;
  if (!hasBit(memory.dirtyBitmap, page) && !hasBit(memory.sendSet, page)) return 1;
  return hasBit(memory.sentThrice, page) ? 3 : 2;
}
