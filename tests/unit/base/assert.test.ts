import { describe, expect, it } from 'vitest';
import { InvariantError, assertNever, at, invariant } from '../../../src/base/assert.ts';

describe('broken invariants', () => {
  it('throw with the numbers', () => {
    expect(() => invariant(false, '3 of 2 pages')).toThrow(new InvariantError('3 of 2 pages'));
    expect(() => at(['a'], 1)).toThrow('no element 1 of 1');
    expect(() => assertNever('x' as never)).toThrow('unexpected value "x"');
  });

  it('are silent while all is well', () => {
    invariant(true, '');
    expect(at(['a'], 0)).toBe('a');
  });
});
