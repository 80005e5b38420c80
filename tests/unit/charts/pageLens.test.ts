import { describe, expect, it } from 'vitest';
import { layoutLens } from '../../../src/charts/pageLens.ts';

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
