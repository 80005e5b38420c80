import { describe, expect, it } from 'vitest';
import { cellAfterKey, cellAt, cellCentre, layoutMap } from '../../../src/charts/mapLayout.ts';

const reference = {
  cellCount: 8192,
  availableWidthCss: 390,
  devicePixelRatio: 2,
  maxCellCss: 3,
};

describe('layoutMap', () => {
  it('gives 3 px cells and a 384 x 192 map at the reference width', () => {
    const layout = layoutMap(reference);
    expect(layout.cellDevicePx).toBe(6);
    expect([layout.widthCss, layout.heightCss]).toEqual([384, 192]);
  });

  it('keeps cells a whole number of device pixels on a phone', () => {
    // floor(width x dpr / 128) / dpr = floor(358 x 3 / 128) / 3.
    const layout = layoutMap({ ...reference, availableWidthCss: 358, devicePixelRatio: 3 });
    expect(layout.cellDevicePx).toBe(8);
    expect(layout.widthCss).toBeCloseTo((128 * 8) / 3);
  });

  it('makes cells flat where the map would be too high, still of whole device pixels', () => {
    const layout = layoutMap({ ...reference, maxHeightCss: 151 });
    expect([layout.cellDevicePx, layout.rowDevicePx]).toEqual([6, 4]);
    expect([layout.widthCss, layout.heightCss]).toEqual([384, 128]);
    for (const cell of [0, 127, 914, 8191]) {
      expect(cellAt(layout, cellCentre(layout, cell))).toBe(cell);
    }
  });

  it('never makes a cell smaller than one device pixel', () => {
    expect(layoutMap({ ...reference, availableWidthCss: 0 }).cellDevicePx).toBe(1);
  });

  it('has only the rows that a small VM fills', () => {
    expect(layoutMap({ ...reference, cellCount: 4096 }).rows).toBe(32);
    expect(layoutMap({ ...reference, cellCount: 129 }).rows).toBe(2);
  });

  it('has all 64 rows before the first frame', () => {
    expect(layoutMap({ ...reference, cellCount: 0 }).rows).toBe(64);
  });
});

describe('cellAt', () => {
  it('finds the cell whose centre was given, for every cell', () => {
    const layout = layoutMap({ ...reference, devicePixelRatio: 1.5 });
    for (let cell = 0; cell < 8192; cell++) {
      expect(cellAt(layout, cellCentre(layout, cell))).toBe(cell);
    }
  });

  it('finds nothing outside, nor in the empty end of the last row', () => {
    const layout = layoutMap({ ...reference, cellCount: 130 });
    expect(cellAt(layout, { x: -0.1, y: 1 })).toBeNull();
    expect(cellAt(layout, { x: 1, y: 6.1 })).toBeNull();
    expect(cellAt(layout, { x: 5, y: 4 })).toBe(129);
    expect(cellAt(layout, { x: 7, y: 4 })).toBeNull();
  });
});

describe('cellAfterKey', () => {
  const from = (cell: number | null, key: string, shift = false, cellCount = 8192) =>
    cellAfterKey(cell, key, shift, cellCount);

  it('moves by one cell, with Shift by eight', () => {
    expect(from(914, 'ArrowRight')).toBe(915);
    expect(from(914, 'ArrowLeft', true)).toBe(906);
    expect(from(914, 'ArrowDown')).toBe(1042);
    expect(from(1042, 'ArrowUp')).toBe(914);
  });

  it('goes to the ends of the row', () => {
    expect(from(914, 'Home')).toBe(896);
    expect(from(914, 'End')).toBe(1023);
  });

  it('stays inside the memory', () => {
    expect(from(0, 'ArrowLeft')).toBe(0);
    expect(from(5, 'ArrowUp')).toBe(5);
    expect(from(8191, 'ArrowRight')).toBe(8191);
    expect(from(8190, 'ArrowDown', true)).toBe(8190);
    expect(from(128, 'End', false, 130)).toBe(129);
    expect(from(127, 'ArrowDown', false, 130)).toBe(127);
  });

  it('starts at the first cell', () => {
    expect(from(null, 'ArrowRight')).toBe(0);
    expect(from(null, 'ArrowDown')).toBe(0);
  });

  it('leaves other keys, and maps without memory, alone', () => {
    expect(from(914, 'Enter')).toBeNull();
    expect(from(914, 'ArrowRight', false, 0)).toBeNull();
  });
});
