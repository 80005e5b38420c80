import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLACES, placeOf, valueAt } from '../../../../src/ui/inspector/valueScale.ts';
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
