import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasBit, setBits } from '../../../../src/base/bits.ts';
import {
  MAX_CELLS,
  applyWrites,
  cellShiftOf,
  countDifferingPages,
  createGuestMemory,
  keyframeOfMemory,
  memoryFromKeyframe,
  pagesLeft,
  sendWord,
  takeDirtyBitmap,
  touchCells,
  updateCells,
  type GuestMemory,
} from '../../../../src/engine/memory/guestMemory.ts';
import { drawPages, memoryToSend } from '../../../support/clusterPages.ts';

function write(memory: GuestMemory, ...pages: number[]): void {
  applyWrites(memory, Int32Array.from(pages), pages.length);
}

function send(memory: GuestMemory, page: number): void {
  if (hasBit(memory.sendSet, page)) memory.sendSetPages--;
  sendWord(memory, page >>> 5, 1 << (page & 31));
  touchCells(memory, page, page);
}

describe('a guest write', () => {
  it('[GM1] adds 1 to the version at the source and marks the page once', () => {
    const memory = createGuestMemory(64, true);
    write(memory, 3, 33, 3, 3, 63);
    expect([3, 33, 63, 4].map((page) => memory.versions?.source[page])).toEqual([3, 1, 1, 0]);
    expect(memory.dirtyPages).toBe(3);
    expect(memory.markedInRound).toBe(3);
    expect(drawPages(memory)).toBe(`___d${'_'.repeat(29)}d${'_'.repeat(29)}d`);
  });

  it('[GM1] uses only as many pages as are due', () => {
    const memory = createGuestMemory(64, true);
    applyWrites(memory, Int32Array.of(1, 2, 3, 4, 5, 6, 7), 6);
    expect(drawPages(memory)).toBe('_dddddd');
    expect(memory.versions?.source.slice(0, 9)).toEqual(Uint16Array.of(0, 1, 1, 1, 1, 1, 1, 0, 0));
  });
});

describe('a sent page', () => {
  it('[GM2] carries its version at that moment, leaves the set and counts as sent once more', () => {
    const memory = memoryToSend(4);
    write(memory, 1, 1);
    send(memory, 1);
    write(memory, 1);
    expect(memory.versions?.source[1]).toBe(3);
    expect(memory.versions?.destination[1]).toBe(2);
    expect(drawPages(memory)).toBe('sdss');
    const times = (): boolean[] =>
      [memory.sentOnce, memory.sentTwice, memory.sentThrice].map((bits) => hasBit(bits, 1));
    expect(times()).toEqual([true, false, false]);
    send(memory, 1);
    expect(times()).toEqual([true, true, false]);
    send(memory, 1);
    send(memory, 1);
    expect(times()).toEqual([true, true, true]);
  });

  it('[GM2] goes with others of its word, in part or whole', () => {
    const memory = memoryToSend(64);
    write(memory, ...Array.from({ length: 64 }, (_, page) => page));
    sendWord(memory, 0, -1);
    sendWord(memory, 1, 0b101 | (1 << 31));
    const sent = [...memory.versions!.destination.keys()].filter(
      (page) => memory.versions!.destination[page] === 1,
    );
    expect(sent).toEqual([...Array.from({ length: 32 }, (_, page) => page), 32, 34, 63]);
  });
});

describe('a dirty sync', () => {
  it('[GM3] makes what was marked the set to send, and clears the bitmap', () => {
    const memory = createGuestMemory(64, true);
    write(memory, 1, 4);
    expect(takeDirtyBitmap(memory)).toBe(2);
    expect(drawPages(memory)).toBe('_s__s');
    expect([memory.dirtyPages, memory.sendSetPages]).toEqual([0, 2]);
  });

  it('[GM3] joins it to what is still to be sent', () => {
    const memory = memoryToSend(3);
    write(memory, 1, 4);
    expect(pagesLeft(memory)).toBe(4);
    expect(takeDirtyBitmap(memory)).toBe(4);
    expect(drawPages(memory)).toBe('sss_s');
    expect(pagesLeft(memory)).toBe(4);
  });
});

describe('the comparison', () => {
  it('[GM4] counts pages with another version and pages that never went across', () => {
    const memory = memoryToSend(64);
    write(memory, 5, 6, 7);
    for (let page = 0; page < 64; page++) if (page !== 9) send(memory, page);
    expect(countDifferingPages(memory)).toBe(1);
    write(memory, 6);
    expect(countDifferingPages(memory)).toBe(2);
    send(memory, 9);
    send(memory, 6);
    expect(countDifferingPages(memory)).toBe(0);
  });

  it('[GM4] needs versions', () => {
    expect(() => countDifferingPages(createGuestMemory(64, false))).toThrow('without versions');
  });
});

/** The three counts of a cell by looking at every page. */
function plainCounts(memory: GuestMemory, cell: number): [number, number, number] {
  const { dirtyBitmap, sendSet, sentOnce, sentThrice, cellShift, pageCount } = memory;
  let [sent, stale, hot] = [0, 0, 0];
  const end = Math.min((cell + 1) * 2 ** cellShift, pageCount);
  for (let page = cell * 2 ** cellShift; page < end; page++) {
    if (!hasBit(sentOnce, page)) continue;
    sent++;
    if (!hasBit(dirtyBitmap, page) && !hasBit(sendSet, page)) continue;
    stale++;
    if (hasBit(sentThrice, page)) hot++;
  }
  return [sent, stale, hot];
}

describe('map cells', () => {
  it.each([
    // MiB, shift, cells
    [16, 0, 4096],
    [32, 0, 8192],
    [33, 1, 4224],
    [64, 1, 8192],
    [100, 2, 6400],
    [4096, 7, 8192],
    [65_536, 11, 8192],
    [1_048_576, 15, 8192],
  ])('[GM5] of %d MiB hold 2^%d pages each', (mib, shift, cells) => {
    const pages = mib * 256;
    expect(cellShiftOf(pages)).toBe(shift);
    expect(Math.ceil(pages / 2 ** shift)).toBe(cells);
    expect(cells).toBeLessThanOrEqual(MAX_CELLS);
    // Half the size would be too many, except where a cell is a single page.
    expect(shift === 0 || pages / 2 ** (shift - 1) > MAX_CELLS).toBe(true);
  });

  const operation = fc.record({
    kind: fc.constantFrom('write', 'send', 'sync', 'update'),
    share: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  });

  // Cells of less than a word, of words, and with a last cell that is not full.
  const shapes = [8192, 8192 * 3, 8192 * 20, 8192 * 32 - 96, 8192 * 64 + 32, 8192 * 200 + 96];
  it.each(shapes)('[GM5] have the counts of their pages after anything: %d pages', (pageCount) => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const memory = createGuestMemory(pageCount, false);
        setBits(memory.sendSet, 0, pageCount);
        memory.sendSetPages = pageCount;
        for (const { kind, share } of operations) {
          // Often among the last pages, where the last cell may not be full.
          const page =
            share < 0.5 ? Math.floor(share * pageCount) : pageCount - 1 - Math.floor(share * 40);
          if (kind === 'write') write(memory, page);
          if (kind === 'send') send(memory, page);
          if (kind === 'sync') takeDirtyBitmap(memory);
          if (kind === 'update') updateCells(memory);
        }
        updateCells(memory);
        const { sent, stale, hot } = memory.cells;
        const totals = [0, 0, 0];
        const wrong: number[] = [];
        for (let cell = 0; cell < memory.cellCount; cell++) {
          const plain = plainCounts(memory, cell);
          if (String([sent[cell], stale[cell], hot[cell]]) !== String(plain)) wrong.push(cell);
          plain.forEach((count, i) => (totals[i]! += count));
        }
        expect(wrong).toEqual([]);
        expect([memory.sentPages, memory.stalePages, memory.hotPages]).toEqual(totals);
      }),
      { seed: 20_091_022, numRuns: 25 },
    );
  });

  it('[GM5] of a 256 GiB VM count up to all of their 8,192 pages', () => {
    const memory = createGuestMemory(2 ** 26, false);
    const last = memory.cellCount - 1;
    for (let word = memory.wordCount - 256; word < memory.wordCount; word++) {
      for (let times = 0; times < 3; times++) sendWord(memory, word, -1);
    }
    setBits(memory.sendSet, memory.pageCount - 100, memory.pageCount);
    touchCells(memory, memory.pageCount - 8192, memory.pageCount - 1);
    updateCells(memory);
    const { sent, stale, hot } = memory.cells;
    expect([sent[last], stale[last], hot[last]]).toEqual([8192, 100, 100]);
    expect([sent[last - 1], memory.sentPages]).toEqual([0, 8192]);
  });

  it('[GM5] that did not change are not counted again', () => {
    const memory = memoryToSend(64);
    send(memory, 1);
    send(memory, 40);
    updateCells(memory);
    expect(memory.changedCells.some((changed) => changed === 1)).toBe(false);
    // Behind its back: only a counted cell would notice.
    memory.sentOnce[1] = 0;
    write(memory, 1);
    updateCells(memory);
    expect([memory.cells.sent[40], memory.cells.stale[1]]).toEqual([1, 1]);
  });
});

describe('a memory without versions', () => {
  it('[GM6] comes back from a keyframe as it was, in new or reused space', () => {
    const memory = memoryToSend(40);
    write(memory, 1, 50);
    send(memory, 3);
    const keyframe = keyframeOfMemory(memory);
    write(memory, 2);
    const fresh = memoryFromKeyframe(keyframe, null);
    expect(fresh.versions).toBeNull();
    expect(drawPages(fresh)).toBe(`sbs.${'s'.repeat(36)}${'_'.repeat(10)}d`);
    expect([fresh.dirtyPages, fresh.sendSetPages, fresh.markedInRound]).toEqual([2, 39, 2]);
    write(fresh, 60);
    updateCells(fresh);
    expect(memoryFromKeyframe(keyframe, fresh)).toBe(fresh);
    updateCells(fresh);
    expect(fresh.stalePages).toBe(0);
    expect(drawPages(fresh)).not.toContain('60');
    expect(fresh.bitmaps).toEqual(memoryFromKeyframe(keyframe, null).bitmaps);
  });

  it('[GM6] takes no space of a memory with versions or of another size', () => {
    const keyframe = keyframeOfMemory(memoryToSend(10));
    const withVersions = memoryToSend(3, true);
    expect(memoryFromKeyframe(keyframe, withVersions)).not.toBe(withVersions);
    const larger = createGuestMemory(128, false);
    expect(memoryFromKeyframe(keyframe, larger)).not.toBe(larger);
  });

  it('[GM6] has whole words of pages', () => {
    expect(() => createGuestMemory(33, false)).toThrow('33');
    expect(() => createGuestMemory(0, false)).toThrow('0');
  });
});
