import { describe, expect, it } from 'vitest';
import { setBits } from '../../../../src/base/bits.ts';
import { drawBits } from '../../../../src/base/random.ts';
import { NS_PER_MS, NS_PER_S } from '../../../../src/base/units.ts';
import { countDifferingPages, takeDirtyBitmap } from '../../../../src/engine/memory/guestMemory.ts';
import { drawnInARow, nextDrawn, strideOf } from '../../../../src/engine/memory/thinning.ts';
import { createWriters, type Writer } from '../../../../src/engine/memory/writers.ts';
import { advancePass } from '../../../../src/engine/migration/copyBatch.ts';
import { createPass, plannedPassNs } from '../../../../src/engine/migration/copyPass.ts';
import type { TrackingPolicy, WriterSpec } from '../../../../src/engine/settings.ts';
import { memoryToSend } from '../../../support/clusterPages.ts';

function writerOf(spec: Partial<WriterSpec>): Writer {
  const whole = { kind: 'uniform', pagesPerSecond: 1e8, startMiB: 0, sizeMiB: 1, ...spec };
  const [writer] = createWriters([whole as WriterSpec], 7, 0);
  if (writer === undefined) throw new Error('no writer');
  return writer;
}

/** Evenly over the 64 pages of a small memory; counts what is drawn. */
function counting(everyNs: number, reachesAll = true): Writer & { drawn: number } {
  return {
    drawn: 0,
    startsNs: 0,
    endsNs: Infinity,
    pagesPerSecond: 1e9 / everyNs,
    firstPage: 0,
    endPage: 64,
    writeLimit: Infinity,
    reachesAll,
    draw(out, from, count) {
      this.drawn += count;
      for (let i = 0; i < count; i++) out[i] = drawBits(3, from + i) & 63;
    },
  };
}

/** 64 pages at one a millisecond under a writer; a slice ends at each of `ends`. */
function pass(writer: Writer, tracking: TrackingPolicy, slices: number, withVersions = true) {
  const memory = memoryToSend(64, withVersions);
  if (tracking === 'clear-on-send') {
    setBits(memory.dirtyBitmap, 0, 64);
    memory.dirtyPages = 64;
  }
  const copy = createPass(64, 0, { pageBytes: 4096, pageNs: NS_PER_MS });
  const passNs = plannedPassNs({ pass: copy, startNs: 0 });
  const context = { memory, pass: copy, writers: [writer], pausedNs: 0, tracking, passNs };
  for (let slice = 1; slice <= slices; slice++) {
    advancePass(context, Math.round((slice / slices) * passNs), 1 + (slice % 9));
  }
  return memory;
}

describe('a writer all of whose pages are marked', () => {
  it('[GM6] is not drawn after 4,194,304 writes, and its pages differ until they are sent again', () => {
    const writer = counting(4);
    const memory = pass(writer, 'sync-per-round', 640);
    // 16 million writes are due.
    expect(writer.drawn).toBeGreaterThanOrEqual(1 << 22);
    expect(writer.drawn).toBeLessThan((1 << 22) + 100_000);
    expect(memory.dirtyPages).toBe(64);
    expect(memory.markedInRound).toBe(64);
    const source = memory.versions?.source.slice();
    takeDirtyBitmap(memory);
    // One write for all that were not drawn.
    expect(memory.versions?.source).toEqual(source?.map((version) => version + 1));
    expect(countDifferingPages(memory)).toBe(64);
    takeDirtyBitmap(memory);
    expect(memory.versions?.source).toEqual(source?.map((version) => version + 1));
  });

  it('[GM6] leaves the same marks in any slicing, with versions and without', () => {
    const marks = [1, 7, 640].flatMap((slices) =>
      [true, false].map((withVersions) => {
        const memory = pass(counting(4), 'sync-per-round', slices, withVersions);
        const { dirtyPages, markedInRound } = memory;
        return [[...memory.bitmaps], dirtyPages, markedInRound];
      }),
    );
    for (const other of marks) expect(other).toEqual(marks[0]);
  });

  it('[GM6] [LM7] ends the round of skip-redirtied as if it were drawn', () => {
    const slow = pass(counting(NS_PER_MS / 100), 'skip-redirtied', 640);
    const fast = pass(counting(4), 'skip-redirtied', 640);
    expect(slow.dirtyPages).toBe(64);
    expect(fast.dirtyPages).toBe(64);
  });

  it('[GM6] is drawn where a send clears marks', () => {
    const writer = counting(40);
    pass(writer, 'clear-on-send', 640);
    expect(writer.drawn).toBe((64 * NS_PER_MS) / 40);
  });
});

describe('a writer of an enormous rate', () => {
  it('[WR8] is drawn in full up to 16,777,216 writes a pass, and 8 for each page', () => {
    const hot = writerOf({ kind: 'hot', hotShare: 0.5, hotMiB: 1 });
    const large = writerOf({ kind: 'power-law', exponent: 1, sizeMiB: 16_384 });
    const writes = (count: number): number => (count / 1e8) * NS_PER_S;
    expect(strideOf(hot, writes(16_777_216), false)).toBe(1);
    expect(strideOf(hot, writes(16_777_300), false)).toBe(2);
    expect(strideOf(large, writes(33_554_432), false)).toBe(1);
    expect(strideOf(large, writes(33_554_432 * 10), false)).toBe(10);
    expect(strideOf(writerOf({}), writes(1e12), false)).toBe(1);
    expect(strideOf(writerOf({}), writes(16_777_300), true)).toBe(2);
  });

  it('[WR8] loses the same writes however they are asked for', () => {
    const all = Array.from({ length: 50_000 }, (_, write) => write);
    expect(all.filter((write) => nextDrawn(write, 1) === write)).toHaveLength(50_000);
    const drawn = all.filter((write) => nextDrawn(write, 3) === write);
    expect(drawn.slice(0, 2)).toEqual([16_384, 16_385]);
    expect(drawn).toHaveLength(8192 * 2);
    for (const write of [0, 1, 16_383, 16_384, 24_575, 24_576, 30_000]) {
      expect(nextDrawn(write, 3)).toBe(drawn.find((each) => each >= write));
    }
    expect(drawnInARow(16_384, 3)).toBe(8192);
    expect(drawnInARow(24_575, 3)).toBe(1);
    expect(drawnInARow(0, 1)).toBe(Infinity);
  });

  it.each(['clear-on-send', 'sync-per-round', 'skip-redirtied'] as const)(
    '[WR8] [SI2] gives the same in any slicing: %s',
    (tracking) => {
      const seen = [1, 13, 500].map((slices) => {
        // 64 million writes are due, so one stretch in four is drawn.
        const writer = counting(1, tracking === 'clear-on-send');
        const memory = pass(writer, tracking, slices, false);
        expect(writer.drawn).toBeLessThan(17_000_000);
        return [[...memory.bitmaps], memory.dirtyPages, memory.markedInRound];
      });
      expect(seen[1]).toEqual(seen[0]);
      expect(seen[2]).toEqual(seen[0]);
    },
    20_000,
  );
});
