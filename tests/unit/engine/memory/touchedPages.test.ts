import { expect, it } from 'vitest';
import { allBitsSet } from '../../../../src/base/bits.ts';
import { streamKey } from '../../../../src/base/random.ts';
import { PAGES_PER_MIB } from '../../../../src/base/units.ts';
import { at } from '../../../../src/base/assert.ts';
import { markWritten } from '../../../../src/engine/memory/touchedPages.ts';
import { createWriters } from '../../../../src/engine/memory/writers.ts';
import type { WriterSpec } from '../../../../src/engine/settings.ts';

const spec: WriterSpec = { kind: 'uniform', pagesPerSecond: 1000, startMiB: 4, sizeMiB: 16 };
const first = 4 * PAGES_PER_MIB;
const size = 16 * PAGES_PER_MIB;

/** The bits after `due` writes, and how many of them were drawn. */
function marked(due: number): { readonly bits: Int32Array; readonly draws: number } {
  const writer = at(createWriters([spec], streamKey(1, 0), 0, 0), 0);
  const bits = new Int32Array((32 * PAGES_PER_MIB) / 32);
  let draws = 0;
  const counting: typeof writer = {
    ...writer,
    draw(out, from, count) {
      draws += count;
      writer.draw(out, from, count);
    },
  };
  markWritten(bits, spec, counting, due);
  return { bits, draws };
}

it('[WR7] draws no more writes once all pages of the region hold something', () => {
  const { bits, draws } = marked(64 * size);
  expect(allBitsSet(bits, first, first + size)).toBe(true);
  // All 4,096 pages are hit after about 4,096 (ln 4,096 + 0.58) = 36,400 writes.
  expect(draws).toBeLessThan(20 * size);
  expect(draws).toBeGreaterThan(5 * size);
});

it('[WR7] draws all of them where a page is left', () => {
  const { bits, draws } = marked(4 * size);
  expect(allBitsSet(bits, first, first + size)).toBe(false);
  expect(draws).toBe(4 * size);
});
