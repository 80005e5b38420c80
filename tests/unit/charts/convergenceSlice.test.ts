import { describe, expect, it } from 'vitest';
import { drawnValues } from '../../../src/charts/convergenceSlice.ts';

describe('the curve of the map', () => {
  const values = Array.from({ length: 112 }, (_, column) => (column === 5 ? null : column));

  it('is drawn through sketches until enough figures are final', () => {
    expect(drawnValues(values, (column) => column < 13)).toBe(values);
  });

  it('is then drawn through final figures alone, where there are any', () => {
    const drawn = drawnValues(values, (column) => column % 8 === 5 || column < 6);
    expect(drawn.flatMap((value) => (value === null ? [] : [value]))).toEqual([
      0, 1, 2, 3, 4, 13, 21, 29, 37, 45, 53, 61, 69, 77, 85, 93, 101, 109,
    ]);
    expect(drawn).toHaveLength(112);
  });
});
