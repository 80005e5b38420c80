import fc from 'fast-check';
import { memoryText } from '../../../../src/base/numberText.ts';
import { describe, expect, it } from 'vitest';
import { nextValue, PLACES, placeOf, valueAt } from '../../../../src/ui/inspector/valueScale.ts';
import { parseValue } from '../../../../src/ui/shared/parseValue.ts';

const units = { mb: 1, gb: 1024 };

describe('a typed value', () => {
  it.each([
    ['2', '4 GB', 2048],
    ['2', '512 MB', 2],
    ['512 mb', '4 GB', 512],
    ['1.5 GB', '512 MB', 1536],
    ['16,000', '10', 16_000],
    ['.5', '1 GB', 512],
  ])('%s in place of %s is %d', (text, shown, value) => {
    expect(parseValue(text, units, shown)).toBe(value);
  });

  it.each(['', 'abc', '-5', '1e999', 'NaN', '4 TB', '1.2.3', '٣'])('%j is none', (text) => {
    expect(parseValue(text, units, '4 GB')).toBeNull();
  });
});

describe('the keys of a slider', () => {
  const taken = { round: Math.round, format: String };
  const walk = (from: number, direction: 1 | -1, scale: { min: number; max: number }) => {
    const values = [from];
    for (let value = from; value !== (direction === 1 ? scale.max : scale.min);) {
      value = nextValue(value, direction, scale, taken);
      values.push(value);
    }
    return values;
  };

  it('go to the next value of two figures', () => {
    const scale = { min: 1, max: 1_000_000 };
    const next = (value: number, direction: 1 | -1) => nextValue(value, direction, scale, taken);
    expect([16_000, 16_050, 99_000, 999].map((value) => next(value, 1))).toEqual([
      17_000, 17_000, 100_000, 1000,
    ]);
    expect([16_000, 16_050, 100_000, 1000].map((value) => next(value, -1))).toEqual([
      15_000, 16_000, 99_000, 990,
    ]);
    expect([999_990, 1_000_000].map((value) => next(value, 1))).toEqual([1_000_000, 1_000_000]);
    expect(next(1, -1)).toBe(1);
  });

  it('skip what reads the same: after 4 GB comes 4.1 GB', () => {
    const scale = { min: 16, max: 22_528 };
    const memory = { round: Math.round, format: memoryText };
    expect(nextValue(4096, 1, scale, memory)).toBe(4200);
    expect(nextValue(4096, -1, scale, memory)).toBe(4000);
  });

  it('reach both ends from anywhere, always in one direction, and no value twice', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (min, size, share) => {
          const scale = { min, max: min + size };
          const from = Math.round(min + size * share);
          for (const direction of [1, -1] as const) {
            const values = walk(from, direction, scale);
            expect(values).toEqual(values.toSorted((a, b) => (a - b) * direction));
            expect(new Set(values).size).toBe(values.length);
            expect(values.length).toBeLessThan(90 * 7 + 2);
          }
        },
      ),
      { seed: 20261130, numRuns: 300 },
    );
  });
});

describe('a slider', () => {
  it('meets both ends, and every place gives a value inside', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 1e6, noNaN: true }),
        fc.double({ min: 1.1, max: 1e4, noNaN: true }),
        fc.boolean(),
        fc.integer({ min: -10, max: PLACES + 10 }),
        (min, ratio, log, place) => {
          const scale = { min, max: min * ratio, log };
          expect(valueAt(0, scale)).toBe(scale.min);
          expect(valueAt(PLACES, scale)).toBe(scale.max);
          expect(placeOf(scale.min, scale)).toBe(0);
          expect(placeOf(scale.max, scale)).toBe(PLACES);
          const value = valueAt(place, scale);
          expect(value).toBeGreaterThanOrEqual(scale.min);
          expect(value).toBeLessThanOrEqual(scale.max);
        },
      ),
      { seed: 20261123 },
    );
  });
});
