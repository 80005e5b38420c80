import { describe, expect, it } from 'vitest';
import { layoutLens, squareAfterKey, squareAt, squareRing } from '../../../src/charts/pageLens.ts';

describe('layoutLens', () => {
  it('draws one square a page, in rows of sixteen', () => {
    const { squares, rows } = layoutLens(Array.from({ length: 128 }, () => 1));
    expect(rows).toBe(8);
    expect(squares[1]!.match(/M/g)).toHaveLength(128);
    expect(squares[1]).toContain('M240 77h15v10h-15z');
  });

  it('crosses dirty pages and no others', () => {
    const { crosses } = layoutLens([0, 1, 2, 3]);
    // Two strokes a cross.
    expect(crosses.match(/M/g)).toHaveLength(4);
    expect(crosses).toMatch(/^M37\.1 /);
  });
});

describe('a square of the lens', () => {
  it('is found under a point, its gap included', () => {
    expect(squareAt(0, 0, 128)).toBe(0);
    expect(squareAt(15.9, 10.9, 128)).toBe(0);
    expect(squareAt(17, 12, 128)).toBe(17);
    expect(squareAt(254, 87, 128)).toBe(127);
  });

  it('is none outside of the pages there are', () => {
    expect(squareAt(-1, 5, 128)).toBeNull();
    expect(squareAt(257, 5, 128)).toBeNull();
    expect(squareAt(5, -1, 128)).toBeNull();
    // The last cell of a VM may hold fewer pages.
    expect(squareAt(40, 3, 2)).toBeNull();
  });

  it('is reached by arrow keys, which stop at the ends', () => {
    expect(squareAfterKey(null, 'ArrowDown', 128)).toBe(0);
    expect(squareAfterKey(5, 'ArrowRight', 128)).toBe(6);
    expect(squareAfterKey(5, 'ArrowDown', 128)).toBe(21);
    expect(squareAfterKey(5, 'ArrowUp', 128)).toBe(5);
    expect(squareAfterKey(127, 'ArrowRight', 128)).toBe(127);
    expect(squareAfterKey(5, 'a', 128)).toBeNull();
    expect(squareAfterKey(null, 'ArrowUp', 0)).toBeNull();
  });

  it('has its ring around it, so that its colour stays in sight', () => {
    expect(squareRing(17)).toBe('M14 9h19v14h-19z');
  });
});
