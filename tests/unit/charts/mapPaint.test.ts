import { describe, expect, it } from 'vitest';
import {
  COPIED_CELL,
  DIRTY_CELL,
  HOT_CELL,
  OLD_VALUE,
  UNSENT_CELL,
} from '../../../src/charts/mapCells.ts';
import { layoutMap } from '../../../src/charts/mapLayout.ts';
import {
  createCellImage,
  createPalette,
  paintCells,
  type CellImage,
} from '../../../src/charts/mapPaint.ts';
import { createChartTheme, mixPixels, packPixel } from '../../../src/charts/theme.ts';

const theme = createChartTheme(() => '');
const { pixel } = theme;

function imageOf(cellCss: number, devicePixelRatio = 1): CellImage {
  const layout = layoutMap({
    cellCount: 256,
    availableWidthCss: 2000,
    devicePixelRatio,
    maxCellCss: cellCss,
  });
  const side = layout.cellDevicePx;
  return createCellImage(layout, new Uint32Array(128 * side * layout.rows * side));
}

/** Colour at a device pixel. */
function at({ pixels, layout }: CellImage, x: number, y: number): number {
  return pixels[y * 128 * layout.cellDevicePx + x]!;
}

describe('colours', () => {
  it('are packed alpha, blue, green, red, as an ImageData stores them', () => {
    expect(packPixel('#123456').toString(16)).toBe('ff563412');
    expect(new Uint8Array(Uint32Array.of(packPixel('#123456')).buffer)).toEqual(
      Uint8Array.of(0x12, 0x34, 0x56, 0xff),
    );
  });

  it('mix channel by channel', () => {
    expect(mixPixels(packPixel('#000000'), packPixel('#ff8040'), 0.5)).toBe(packPixel('#804020'));
  });

  it('come from the style sheet where it has them', () => {
    const dark = createChartTheme((name) => (name === 'copied' ? '#2B6CA6' : ''));
    expect(dark.pixel.copied).toBe(packPixel('#2b6ca6'));
    expect(dark.css.dirty).toBe('#C44400');
  });
});

describe('paintCells', () => {
  const palette = createPalette(theme, 'state');

  it('fills each cell with the colour of its state', () => {
    const image = imageOf(2);
    const codes = Uint16Array.of(UNSENT_CELL, COPIED_CELL, DIRTY_CELL, HOT_CELL);
    paintCells(image, codes, 4, palette);
    const row = [0, 1, 2, 3, 4, 5, 6, 7].map((x) => at(image, x, 1));
    const expected = [pixel.unsent, pixel.copied, pixel.dirty, pixel.hot];
    expect(row).toEqual(expected.flatMap((colour) => [colour, colour]));
  });

  it('paints everything first and then only what changed', () => {
    const image = imageOf(2);
    const codes = new Uint16Array(256).fill(COPIED_CELL);
    expect(paintCells(image, codes, 256, palette)).toEqual({ first: 0, last: 1 });
    expect(paintCells(image, codes, 256, palette)).toBeNull();
    image.pixels.fill(0);
    codes[130] = DIRTY_CELL;
    expect(paintCells(image, codes, 256, palette)).toEqual({ first: 1, last: 1 });
    expect(image.pixels.filter((value) => value !== 0)).toEqual(
      new Uint32Array(4).fill(pixel.dirty),
    );
    expect([at(image, 4, 2), at(image, 5, 3)]).toEqual([pixel.dirty, pixel.dirty]);
  });

  it('shows memory that the VM does not have as not sent', () => {
    const image = imageOf(2);
    paintCells(image, new Uint16Array(256).fill(HOT_CELL), 1, palette);
    expect(at(image, 0, 0)).toBe(pixel.hot);
    expect(at(image, 2, 0)).toBe(pixel.unsent);
  });

  it('dots every other not-sent cell from 4 CSS pixels on, and none below', () => {
    const [large, small] = [imageOf(4), imageOf(3)];
    paintCells(large, new Uint16Array(256), 256, palette);
    paintCells(small, new Uint16Array(256), 256, palette);
    expect(at(large, 1, 1)).toBe(palette.dot);
    expect(at(large, 5, 1)).toBe(pixel.unsent);
    expect(at(large, 5, 5)).toBe(palette.dot);
    expect([...new Set(small.pixels)]).toEqual([pixel.unsent]);
  });

  it('marks an old value with a corner in the colour of what is out of date', () => {
    const image = imageOf(4);
    const content = createPalette(theme, 'content');
    paintCells(image, Uint16Array.of(20, 20 + OLD_VALUE, 240 + OLD_VALUE), 3, content);
    expect(at(image, 0, 0)).toBe(content.fill[20]);
    const corner = [at(image, 4, 0), at(image, 6, 0), at(image, 5, 1), at(image, 4, 2)];
    expect(new Set(corner)).toEqual(new Set([pixel.dirty]));
    expect([at(image, 7, 0), at(image, 6, 1)]).toEqual([content.fill[20], content.fill[20]]);
    expect([at(image, 8, 0), at(image, 11, 3)]).toEqual([pixel.dirty, content.fill[240]]);
  });
});

describe('a quick migration', () => {
  it('has the colours of "there" and "not there"', () => {
    const image = imageOf(2);
    const palette = createPalette(theme, 'quick');
    paintCells(image, Uint16Array.of(COPIED_CELL, UNSENT_CELL), 2, palette);
    expect([at(image, 0, 0), at(image, 2, 0)]).toEqual([pixel.copied, pixel.unsent]);
  });
});

describe('content tones', () => {
  it('differ from "nothing there" and darken with the value', () => {
    const { fill } = createPalette(theme, 'content');
    expect(fill[0]).toBe(pixel.unsent);
    expect(fill[1]).not.toBe(pixel.unsent);
    const red = (value: number): number => value & 0xff;
    for (let tone = 2; tone < 256; tone++) {
      expect(red(fill[tone]!)).toBeLessThanOrEqual(red(fill[tone - 1]!));
    }
  });
});
