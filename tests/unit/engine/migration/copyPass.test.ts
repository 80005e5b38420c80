/** One pass over small send sets, in drawn pages: 1 ms a page unless said otherwise. */
import { describe, expect, it } from 'vitest';
import { NS_PER_MS } from '../../../../src/base/units.ts';
import type { GuestMemory } from '../../../../src/engine/memory/guestMemory.ts';
import type { Writer } from '../../../../src/engine/memory/writers.ts';
import { advancePass } from '../../../../src/engine/migration/copyBatch.ts';
import {
  changePageCost,
  createPass,
  passEndNs,
  sendMoment,
  type CopyPass,
  type PassContext,
} from '../../../../src/engine/migration/copyPass.ts';
import type { TrackingPolicy } from '../../../../src/engine/settings.ts';
import { drawPages, memoryToSend, scripted } from '../../../support/clusterPages.ts';

const MS = NS_PER_MS;
const cost = { pageBytes: 4096, pageNs: MS };

function context(
  memory: GuestMemory,
  pass: CopyPass,
  writers: readonly Writer[] = [],
  tracking: TrackingPolicy = 'sync-per-round',
): PassContext {
  return { memory, pass, writers, pausedNs: 0, tracking, passNs: pass.pages * pass.pageNs };
}

describe('the moment of a send', () => {
  it('[CP1] is start + round(k x page time), when the last byte of the page leaves', () => {
    const pass = createPass(10, 500, { pageBytes: 4096, pageNs: 1000.3 });
    expect([1, 2, 5, 10].map((k) => sendMoment(pass, k))).toEqual([1500, 2501, 5502, 10_503]);
    const memory = memoryToSend(10);
    advancePass(context(memory, pass), 2500);
    expect(drawPages(memory)).toBe('.sssssssss');
    advancePass(context(memory, pass), 2501);
    expect(drawPages(memory)).toBe('..ssssssss');
    expect(passEndNs(pass, 'sync-per-round')).toBe(10_503);
  });

  it('[CP1] comes after the writes that are due by that instant', () => {
    const memory = memoryToSend(4);
    const pass = createPass(4, 0, cost);
    // Page 0 at 1 ms, with its send; page 0 again at 2 ms, after it.
    advancePass(context(memory, pass, [scripted([0, 0], MS)]), 4 * MS);
    expect(memory.versions?.destination[0]).toBe(1);
    expect(memory.versions?.source[0]).toBe(2);
  });

  it('[CP1] is computed from the start, so slices of any length add nothing up', () => {
    const pageNs = 35_008.547;
    for (const slice of [1, 7777, 35_008, 1_000_003]) {
      const memory = memoryToSend(64);
      const pass = createPass(64, 0, { pageBytes: 4104, pageNs });
      for (let ns = 0; ns < 40 * pageNs; ns += slice * 10) advancePass(context(memory, pass), ns);
      advancePass(context(memory, pass), 40 * 35_009);
      expect(pass.sent).toBe(40);
      expect(passEndNs(pass, 'sync-per-round')).toBe(Math.round(64 * pageNs));
    }
  });
});

describe('writes that would change nothing', () => {
  /** 100 times the pages in order, one write each 10 us, and how many of them were drawn. */
  function manyWrites(withVersions: boolean, tracking: TrackingPolicy) {
    const pages = Array.from({ length: 6400 }, (_, i) => i % 64);
    const writer = scripted(pages, MS / 100);
    let drawn = 0;
    const counted: Writer = {
      ...writer,
      draw: (out, from, count) => {
        drawn += count;
        writer.draw(out, from, count);
      },
    };
    const memory = memoryToSend(64, withVersions);
    const passing = context(memory, createPass(64, 0, cost), [counted], tracking);
    // In batches of a page, so that there are many looks.
    for (let ms = 1; ms <= 64; ms++) advancePass(passing, ms * MS, 1);
    return { drawn, dirty: memory.dirtyPages, marked: memory.markedInRound };
  }

  it('[GM6] are not drawn where all pages of the writer are marked, and the marks are the same', () => {
    const short = manyWrites(false, 'sync-per-round');
    const whole = manyWrites(true, 'sync-per-round');
    expect(short).toEqual({ ...whole, drawn: 100 });
    expect(whole.drawn).toBe(6400);
  });

  it('[GM6] are drawn where a send clears marks', () => {
    expect(manyWrites(false, 'clear-on-send')).toEqual(manyWrites(true, 'clear-on-send'));
  });
});

describe('another page cost in mid-page', () => {
  it('[CP2] leaves the page on its way the share that is across', () => {
    const memory = memoryToSend(6);
    const pass = createPass(6, 0, cost);
    advancePass(context(memory, pass), 3.25 * MS);
    // A quarter of page 4 is across; three quarters at 2 ms a page take 1.5 ms.
    changePageCost(pass, 3.25 * MS, { pageBytes: 4096, pageNs: 2 * MS });
    expect([4, 5, 6].map((k) => sendMoment(pass, k) / MS)).toEqual([4.75, 6.75, 8.75]);
    expect(passEndNs(pass, 'sync-per-round')).toBe(8.75 * MS);
  });

  it('[CP2] counts from where it is, twice as well as once', () => {
    const memory = memoryToSend(6);
    const pass = createPass(6, 0, cost);
    advancePass(context(memory, pass), 0.5 * MS);
    changePageCost(pass, 0.5 * MS, { pageBytes: 4096, pageNs: 4 * MS });
    // Half is across; after 1 ms more at 4 ms a page it is three quarters.
    advancePass(context(memory, pass), 1.5 * MS);
    changePageCost(pass, 1.5 * MS, { pageBytes: 4096, pageNs: 8 * MS });
    expect([1, 2].map((k) => sendMoment(pass, k) / MS)).toEqual([3.5, 11.5]);
  });

  it('[CP2] [SI2] lets it leave a nanosecond later at the earliest: what is due was sent before', () => {
    const memory = memoryToSend(2);
    const pass = createPass(2, 0, { pageBytes: 4096, pageNs: 100.6 });
    advancePass(context(memory, pass), 100);
    expect(pass.sent).toBe(0);
    changePageCost(pass, 100, { pageBytes: 4096, pageNs: 10 });
    expect(sendMoment(pass, 1)).toBe(101);
    const before = drawPages(memory);
    advancePass(context(memory, pass), 100);
    expect(drawPages(memory)).toBe(before);
  });

  it('[CP2] does not begin the first page while the announcements are on their way', () => {
    const pass = createPass(2, 0, cost, 5 * MS);
    changePageCost(pass, 3 * MS, { pageBytes: 4096, pageNs: 2 * MS });
    expect([1, 2].map((k) => sendMoment(pass, k) / MS)).toEqual([7, 9]);
  });
});

describe('the order of a pass', () => {
  it('[CP3] is that of the addresses', () => {
    const memory = memoryToSend(0);
    memory.sendSet.set([0b1011_0010, 1 | (1 << 31)]);
    memory.sendSetPages = 6;
    const pass = createPass(6, 0, cost);
    const sent: number[] = [];
    for (let k = 1; k <= 6; k++) {
      advancePass(context(memory, pass), k * MS);
      sent.push(pass.lastPage);
    }
    expect(sent).toEqual([1, 4, 5, 7, 32, 63]);
    expect(memory.sendSetPages).toBe(0);
  });

  it('[LM8] [CP3] goes round from the word it starts at', () => {
    const memory = memoryToSend(0);
    memory.sendSet.set([0b1010, 0b11]);
    memory.sendSetPages = 4;
    const pass = createPass(4, 0, cost, 0, 1);
    const sent: number[] = [];
    for (let k = 1; k <= 4; k++) {
      advancePass(context(memory, pass, [], 'sync-when-rest-small'), k * MS);
      sent.push(pass.lastPage);
    }
    expect(sent).toEqual([32, 33, 1, 3]);
  });
});

describe('a batch', () => {
  /** Pages 0 to 7 are sent at 1 to 8 ms; the guest writes every half millisecond. */
  const writes = [0, 7, 0, 3, 3, 1, 7, 2, 2, 6, 0, 7, 5, 4, 4, 7];

  it.each([
    ['sync-per-round', 'dddddddd'],
    ['clear-on-send', 'ddd.dd..'],
  ] as const)('[CP4] gives what single steps give: %s', (tracking, pages) => {
    for (const batch of [1, 2, 3, 5, 8, 100]) {
      const memory = memoryToSend(8);
      if (tracking === 'clear-on-send') memory.dirtyBitmap.set(memory.sendSet);
      memory.dirtyPages = tracking === 'clear-on-send' ? 8 : 0;
      const pass = createPass(8, 0, cost);
      const writers = [scripted(writes, MS / 2)];
      advancePass(context(memory, pass, writers, tracking), 8 * MS, batch);
      expect([batch, drawPages(memory)]).toEqual([batch, pages]);
      expect(memory.versions?.source.slice(0, 8)).toEqual(Uint16Array.of(3, 1, 2, 2, 2, 1, 1, 4));
      // Versions at 1, 2, … 8 ms.
      expect(memory.versions?.destination.slice(0, 8)).toEqual(
        Uint16Array.of(1, 0, 0, 2, 0, 0, 1, 4),
      );
    }
  });

  it('[CP4] puts in order any number of late writes to one page', () => {
    const memory = memoryToSend(8);
    const pass = createPass(8, 0, cost);
    const hammered = scripted(
      Array.from({ length: 5000 }, () => 0),
      MS / 1000,
    );
    advancePass(context(memory, pass, [hammered]), 8 * MS, 8);
    expect(memory.versions?.source[0]).toBe(5000);
    expect(memory.versions?.destination[0]).toBe(1000);
  });
});

describe('skip-redirtied', () => {
  it('[LM7] sends at each moment the next page that is not marked again, and ends with the set', () => {
    const memory = memoryToSend(6);
    const pass = createPass(6, 0, cost);
    // By 1 ms pages 0 and 1, by 2 ms page 4, by 3 ms page 2 (sent), then nothing.
    const writers = [scripted([0, 1, 4, 4, 2, 2], MS / 2)];
    const step = (ms: number): string => {
      advancePass(context(memory, pass, writers, 'skip-redirtied'), ms * MS);
      return drawPages(memory);
    };
    expect(step(1)).toBe('dd.sss');
    expect(step(2)).toBe('dd..bs');
    expect(passEndNs(pass, 'skip-redirtied')).toBe(Infinity);
    expect(step(3)).toBe('ddd.d.');
    expect(passEndNs(pass, 'skip-redirtied')).toBe(3 * MS);
    expect(pass.sent).toBe(3);
  });

  it('[LM7] ends at a sending moment at which only marked pages are left', () => {
    const memory = memoryToSend(3);
    const pass = createPass(3, 0, cost);
    const writers = [scripted([2, 2], MS / 2)];
    advancePass(context(memory, pass, writers, 'skip-redirtied'), 10 * MS);
    expect(drawPages(memory)).toBe('..d');
    expect(passEndNs(pass, 'skip-redirtied')).toBe(3 * MS);
    expect(pass.sent).toBe(2);
  });
});
