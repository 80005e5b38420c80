/** Writers: how many writes are due, and which pages they hit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../../src/base/assert.ts';
import { DRAWS_PER_BLOCK, streamKey } from '../../../../src/base/random.ts';
import { NS_PER_MS, NS_PER_S } from '../../../../src/base/units.ts';
import { createWriters, writesDue, type Writer } from '../../../../src/engine/memory/writers.ts';
import type { WriterSpec } from '../../../../src/engine/settings.ts';
import { writerArbitrary } from '../../../support/clusterArbitrary.ts';
import { writer } from '../../../support/clusterBuilder.ts';

const PAGES = 256;

function create(spec: WriterSpec, stream = streamKey(1, 0), setAtNs = 0): Writer {
  return at(createWriters([spec], stream, setAtNs), 0);
}

function draw(drawing: Writer, from: number, count: number): Int32Array {
  const pages = new Int32Array(count);
  drawing.draw(pages, from, count);
  return pages;
}

function counted(pages: Int32Array, memoryPages: number): Int32Array {
  const counts = new Int32Array(memoryPages);
  for (const page of pages) counts[page]!++;
  return counts;
}

/** Sum of (seen - expected)^2 / expected: about as large as the number of bins when the counts are as expected. */
function chiSquare(counts: ArrayLike<number>, expected: number): number {
  return Array.from(counts).reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe('writes due', () => {
  it('[WR1] are floor(r x t)', () => {
    const slow = create(writer('uniform', 0.3, 1));
    expect([0, 3, 3.333, 3.334, 10, 100].map((s) => writesDue(slow, s * NS_PER_S))).toEqual([
      0, 0, 0, 1, 3, 30,
    ]);
    const fast = create(writer('uniform', 250_000, 1));
    expect(writesDue(fast, 4000)).toBe(1);
    expect(writesDue(fast, 3999)).toBe(0);
    expect(writesDue(fast, 3600 * NS_PER_S)).toBe(900_000_000);
  });

  it('[WR1] never become fewer as the clock goes on', () => {
    const clock = fc.nat(10 ** 13);
    fc.assert(
      fc.property(writerArbitrary(64), clock, fc.nat(10 ** 6), clock, (spec, ns, later, setAt) => {
        const drawing = create(spec, 1, setAt);
        expect(writesDue(drawing, ns + later)).toBeGreaterThanOrEqual(writesDue(drawing, ns));
        expect(writesDue(drawing, setAt)).toBe(0);
      }),
      { seed: 20_091_022, numRuns: 2000 },
    );
  });

  it('[WR1] begin and end with fromMs and toMs', () => {
    const spec = { ...writer('sweep', 1000, 1), fromMs: 50, toMs: 70.5 };
    const drawing = create(spec);
    const due = [0, 50, 50.9, 51, 60, 70, 70.5, 71, 1000].map((ms) =>
      writesDue(drawing, ms * NS_PER_MS),
    );
    expect(due).toEqual([0, 0, 0, 1, 10, 20, 20, 20, 20]);
  });

  it('[WR1] begin with the command that sets the writer, when that is later than fromMs', () => {
    const spec = { ...writer('sweep', 1000, 1), fromMs: 50 };
    const late = create(spec, 1, 80 * NS_PER_MS);
    expect([79, 80, 81, 85].map((ms) => writesDue(late, ms * NS_PER_MS))).toEqual([0, 0, 1, 5]);
    const early = create(spec, 1, 20 * NS_PER_MS);
    expect([50, 51].map((ms) => writesDue(early, ms * NS_PER_MS))).toEqual([0, 1]);
  });
});

describe('pages drawn', () => {
  it('[WR2] [WR3] [WR4] [WR5] [WR6] lie in the region and depend on nothing but their number', () => {
    const numbers = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        writerArbitrary(64),
        fc.nat(),
        fc.nat(200_000),
        numbers,
        (spec, seed, from, cuts) => {
          const total = cuts.reduce((sum, cut) => sum + cut, 0);
          const whole = draw(create(spec, streamKey(seed, 0)), from, total);
          let done = 0;
          for (const cut of cuts) {
            const part = draw(create(spec, streamKey(seed, 0)), from + done, cut);
            expect(part).toEqual(whole.subarray(done, done + cut));
            done += cut;
          }
          const first = spec.startMiB * PAGES;
          for (const page of whole) {
            expect(page >= first && page < first + spec.sizeMiB * PAGES).toBe(true);
          }
        },
      ),
      { seed: 20_091_022, numRuns: 300 },
    );
  });

  it('[WR2] are the same one by one across the border of a random block', () => {
    const specs: WriterSpec[] = [
      writer('uniform', 1, 64),
      { kind: 'hot', pagesPerSecond: 1, startMiB: 0, sizeMiB: 64, hotShare: 0.5, hotMiB: 1 },
      { kind: 'power-law', pagesPerSecond: 1, startMiB: 0, sizeMiB: 64, exponent: 1 },
    ];
    for (const spec of specs) {
      const drawing = create(spec);
      for (const border of [DRAWS_PER_BLOCK, 2 * DRAWS_PER_BLOCK, 70_000 * DRAWS_PER_BLOCK]) {
        const across = draw(drawing, border - 20, 40);
        const single = Array.from({ length: 40 }, (_, i) => draw(drawing, border - 20 + i, 1)[0]);
        expect([...across]).toEqual(single);
        // A new block is not the old one again.
        expect(draw(drawing, border, 40)).not.toEqual(draw(drawing, border - DRAWS_PER_BLOCK, 40));
      }
    }
  });

  it.each([
    ['hot', 1_609_194_983],
    ['power-law', 2_005_761_281],
  ] as const)('[WR2] stay what they were when links were first made: %s', (kind, known) => {
    const region = { pagesPerSecond: 1, startMiB: 16, sizeMiB: 640 };
    const spec: WriterSpec =
      kind === 'hot'
        ? { kind, ...region, hotShare: 0.7, hotMiB: 24 }
        : { kind, ...region, exponent: 1.5 };
    const pages = draw(create(spec), DRAWS_PER_BLOCK - 1000, 200_000);
    expect(pages.reduce((hash, page) => (Math.imul(hash, 31) + page) | 0, 0)).toBe(known);
  });

  it('[WR2] differ with the seed, the VM and the place in the list', () => {
    const uniform = writer('uniform', 1, 64);
    const [first, second] = createWriters([uniform, uniform], streamKey(1, 0), 0);
    const streams = [
      draw(first!, 0, 50),
      draw(second!, 0, 50),
      draw(create(uniform, streamKey(2, 0)), 0, 50),
      draw(create(uniform, streamKey(1, 1)), 0, 50),
    ];
    expect(new Set(streams.map(String)).size).toBe(4);
  });
});

describe('uniform', () => {
  it('[WR2] hits every page of the region equally often', () => {
    const counts = counted(draw(create(writer('uniform', 1, 1)), 0, 256_000), PAGES);
    // 255 degrees of freedom: five standard deviations are 113.
    expect(Math.abs(chiSquare(counts, 1000) - 255)).toBeLessThan(113);
  });

  it.each([0.1, 0.5, 1, 2, 4])(
    '[WR2] hits W (1 - exp(-w / W)) distinct pages with w = %d W writes, within 0.5 percent (facts G4)',
    (ratio) => {
      const pages = 1024 * PAGES;
      const writes = Math.round(ratio * pages);
      const distinct = new Set(draw(create(writer('uniform', 1, 1024)), 0, writes)).size;
      expect(distinct / (pages * (1 - Math.exp(-ratio)))).toBeGreaterThan(0.995);
      expect(distinct / (pages * (1 - Math.exp(-ratio)))).toBeLessThan(1.005);
    },
  );
});

describe('sweep and once', () => {
  it('[WR3] a sweep goes through the region in order, round and round', () => {
    const pages = draw(create(writer('sweep', 1, 2, 3)), 0, 1100);
    expect([...pages]).toEqual(Array.from({ length: 1100 }, (_, i) => 3 * PAGES + (i % 512)));
    expect(draw(create(writer('sweep', 1, 2, 3)), 2 ** 40 + 5, 1)[0]).toBe(3 * PAGES + 5);
  });

  it('[WR6] "once" goes through the region in order, one time, and then rests', () => {
    const once = create(writer('once', 1000, 2, 3));
    const due = writesDue(once, 3600 * NS_PER_S);
    expect(due).toBe(512);
    expect([...draw(once, 0, due)]).toEqual(Array.from({ length: 512 }, (_, i) => 768 + i));
    expect(writesDue(once, 0.511 * NS_PER_S)).toBe(511);
  });
});

describe('hot', () => {
  it('[WR4] gives its share to the first pages of the region, evenly, and the rest to all of it', () => {
    const spec: WriterSpec = {
      kind: 'hot',
      pagesPerSecond: 1,
      startMiB: 1,
      sizeMiB: 4,
      hotShare: 0.9,
      hotMiB: 1,
    };
    const draws = 1_024_000;
    const counts = counted(draw(create(spec), 0, draws), 5 * PAGES);
    const hot = counts.subarray(PAGES, 2 * PAGES);
    const cold = counts.subarray(2 * PAGES, 5 * PAGES);
    const coldEach = (draws * 0.1) / (4 * PAGES);
    const hotEach = coldEach + (draws * 0.9) / PAGES;
    expect(Math.abs(chiSquare(hot, hotEach) - 255)).toBeLessThan(113);
    expect(Math.abs(chiSquare(cold, coldEach) - 767)).toBeLessThan(196);
    const share = hot.reduce((sum, count) => sum + count, 0) / draws;
    expect(Math.abs(share - 0.925)).toBeLessThan(0.002);
  });

  it.each([
    [0, 1 / 4],
    [1, 1],
  ])('[WR4] with a share of %d puts %d of the writes into the first quarter', (hotShare, part) => {
    const region = { pagesPerSecond: 1, startMiB: 0, sizeMiB: 4, hotMiB: 1 };
    const pages = draw(create({ kind: 'hot', hotShare, ...region }), 0, 100_000);
    const inFirst = pages.filter((page) => page < PAGES).length / 100_000;
    expect(Math.abs(inFirst - part)).toBeLessThan(0.01);
  });
});

describe('power-law', () => {
  const draws = 1_000_000;
  const sorted = (exponent: number, sizeMiB: number): number[] => {
    const spec: WriterSpec = {
      kind: 'power-law',
      pagesPerSecond: 1,
      startMiB: 0,
      sizeMiB,
      exponent,
    };
    return [...counted(draw(create(spec), 0, draws), sizeMiB * PAGES)].toSorted((a, b) => b - a);
  };

  it.each([0.8, 1, 1.5, 2.5])(
    '[WR5] writes the page of rank k in proportion to k^-%d',
    (exponent) => {
      const pages = 16 * PAGES;
      const counts = sorted(exponent, 16);
      let total = 0;
      for (let k = 1; k <= pages; k++) total += k ** -exponent;
      // Single ranks at the top (bands of one), sums of ranks further down.
      for (const [from, to] of [
        [1, 1],
        [2, 2],
        [4, 4],
        [8, 8],
        [1, 16],
        [17, 64],
        [65, 512],
        [513, pages],
      ] as const) {
        let expected = 0;
        for (let k = from; k <= to; k++) expected += (draws * k ** -exponent) / total;
        // Where a page is written a few times only, the sorted counts are not in the order of the ranks.
        if (expected / (to - from + 1) < 25) continue;
        const seen = counts.slice(from - 1, to).reduce((sum, count) => sum + count, 0);
        // Five standard deviations, and 3 % for the bands (ranks of a band count alike).
        expect(Math.abs(seen - expected)).toBeLessThan(
          5 * Math.sqrt(expected) + 0.03 * expected + 5,
        );
      }
    },
  );

  it('[WR5] gives the ranks of a band the popularity of its middle', () => {
    const counts = sorted(1, 1);
    // Ranks 9 and 10 (from 1) are one band, and so are 19 to 22.
    expect(Math.abs(at(counts, 8) / at(counts, 9) - 1)).toBeLessThan(0.05);
    expect(Math.abs(at(counts, 18) / at(counts, 21) - 1)).toBeLessThan(0.08);
  });

  it('[WR5] scatters the ranks over the region and reaches every page', () => {
    const spec: WriterSpec = {
      kind: 'power-law',
      pagesPerSecond: 1,
      startMiB: 2,
      sizeMiB: 4,
      exponent: 0.5,
    };
    const counts = counted(draw(create(spec), 0, draws), 6 * PAGES);
    expect(counts.subarray(0, 2 * PAGES).every((count) => count === 0)).toBe(true);
    expect(counts.subarray(2 * PAGES).every((count) => count > 0)).toBe(true);
    const popular = [...counts.keys()].toSorted((a, b) => counts[b]! - counts[a]!).slice(0, 32);
    const quarters = new Set(popular.map((page) => Math.floor((page - 2 * PAGES) / PAGES)));
    expect(quarters.size).toBe(4);
    const neighbours = popular.filter((page) => popular.includes(page + 1));
    expect(neighbours.length).toBeLessThan(8);
  });
});
