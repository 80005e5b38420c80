import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allBitsSet,
  countBits,
  hasBit,
  lowestBits,
  popcount,
  setBits,
} from '../../../src/base/bits.ts';

const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const ones = (bits: number): number => (bits >>> 0).toString(2).replaceAll('0', '').length;

describe('bits', () => {
  it('are counted as the ones of the binary form', () => {
    fc.assert(
      fc.property(word, (bits) => {
        expect(popcount(bits)).toBe(ones(bits));
      }),
      { seed: 1 },
    );
    expect([0, -1, 1, -(2 ** 31)].map(popcount)).toEqual([0, 32, 1, 1]);
    expect(countBits(Int32Array.of(-1, 0, 3))).toBe(34);
  });

  it('are set from the first to before the last, across words', () => {
    const range = fc.tuple(fc.nat(159), fc.nat(159));
    fc.assert(
      fc.property(range, ([a, b]) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const words = new Int32Array(5);
        setBits(words, from, to);
        for (let i = 0; i < 160; i++) expect(hasBit(words, i)).toBe(i >= from && i < to);
        expect(allBitsSet(words, from, to)).toBe(true);
        expect(allBitsSet(words, from, to + 1)).toBe(false);
      }),
      { seed: 1 },
    );
  });

  it('are taken from the lowest up', () => {
    expect(lowestBits(0b1011_0100, 2)).toBe(0b0001_0100);
    fc.assert(
      fc.property(word, fc.nat(40), (bits, count) => {
        const lowest = lowestBits(bits, count);
        expect(popcount(lowest)).toBe(Math.min(count, popcount(bits)));
        expect(lowest & ~bits).toBe(0);
        const rest = (bits & ~lowest) >>> 0;
        expect(rest === 0 || (rest & -rest) >>> 0 > lowest >>> 0).toBe(true);
      }),
      { seed: 1 },
    );
  });
});
