import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { powerOf } from '../../../../src/engine/memory/power.ts';

describe('powerOf', () => {
  it('[SI1] is x^y to twelve digits without the functions that differ between browsers', () => {
    const x = fc.double({ min: 1, max: 2 ** 31, noNaN: true });
    const y = fc.double({ min: -16, max: 16, noNaN: true });
    fc.assert(
      fc.property(x, y, (base, exponent) => {
        expect(Math.abs(powerOf(base, exponent) / base ** exponent - 1)).toBeLessThan(1e-12);
      }),
      { seed: 1, numRuns: 5000 },
    );
  });

  it('[SI1] has the same bits everywhere', () => {
    const bits = (value: number): string =>
      new BigUint64Array(Float64Array.of(value).buffer)[0]!.toString(16);
    expect([powerOf(2, 0.5), powerOf(1000, -1.5), powerOf(7.25, 3.3)].map(bits)).toEqual([
      '3ff6a09e667f3bcc',
      '3f009456549be1bb',
      '40859362dc7406cf',
    ]);
  });
});
