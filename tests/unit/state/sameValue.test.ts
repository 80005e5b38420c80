import { describe, expect, it } from 'vitest';
import { sameValue } from '../../../src/state/sameValue.ts';

describe('sameValue', () => {
  it.each([
    [1, 1],
    [Number.NaN, Number.NaN],
    [null, null],
    [
      { a: [1, { b: 'x' }], c: null },
      { c: null, a: [1, { b: 'x' }] },
    ],
  ])('takes %j and %j for the same', (a, b) => {
    expect(sameValue(a, b)).toBe(true);
  });

  it.each([
    [1, '1'],
    [null, {}],
    [[], {}],
    [{ a: undefined }, { b: undefined }],
    [[1, 2], [1]],
    [{ a: { b: 1 } }, { a: { b: 2 } }],
  ])('tells %j and %j apart', (a, b) => {
    expect(sameValue(a, b)).toBe(false);
  });
});
