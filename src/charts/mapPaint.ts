/**
 * The pixels of a memory map: one ImageData, in which only the cells are written whose code differs from what is
 * there. Not drawn here: crosshair and send row (`mapOverlay.ts`), which lie on a canvas of their own.
 */
import { NO_CONTENT } from '../protocol/frameColumns.ts';
import { COPIED_CELL, DIRTY_CELL, HOT_CELL, OLD_VALUE, UNSENT_CELL } from './mapCells.ts';
import type { MapMode } from './mapCells.ts';
import type { MapLayout } from './mapLayout.ts';
import { mixPixels, type ChartTheme, type PackedPixel } from './theme.ts';

export interface CellPalette {
  /** Fill by code; content codes without `OLD_VALUE`. */
  readonly fill: Uint32Array;
  /** Of the dot on not-sent cells. */
  readonly dot: PackedPixel;
  /** Of the corner on cells with an old value: the colour of what is out of date, among tones of grey. */
  readonly corner: PackedPixel;
  readonly content: boolean;
}

/** Tones run from near the ground to near the ink, so that 1 is not taken for "nothing there". */
const LIGHTEST_TONE = 0.12;
const DARKEST_TONE = 0.92;

export function createPalette({ pixel }: ChartTheme, mode: MapMode): CellPalette {
  const content = mode === 'content';
  const fill = new Uint32Array(256);
  if (content) {
    for (let tone = 1; tone < 256; tone++) {
      const share = LIGHTEST_TONE + ((DARKEST_TONE - LIGHTEST_TONE) * (tone - 1)) / 254;
      fill[tone] = mixPixels(pixel.paper, pixel.ink, share);
    }
    fill[NO_CONTENT] = pixel.unsent;
  } else {
    fill[UNSENT_CELL] = pixel.unsent;
    fill[COPIED_CELL] = pixel.copied;
    fill[DIRTY_CELL] = pixel.dirty;
    fill[HOT_CELL] = pixel.hot;
  }
  return {
    fill,
    dot: mixPixels(pixel.unsent, pixel['rule-2'], 0.55),
    corner: pixel.dirty,
    content,
  };
}

/** A picture being painted: what it shows now, cell by cell. */
export interface CellImage {
  readonly layout: MapLayout;
  /** One element a device pixel, row by row. */
  readonly pixels: Uint32Array;
  readonly shown: Uint16Array;
}

/** No cell has this code: everything is painted the first time. */
const NOTHING_SHOWN = 0xffff;

export function createCellImage(layout: MapLayout, pixels: Uint32Array): CellImage {
  const shown = new Uint16Array(layout.rows * layout.columns).fill(NOTHING_SHOWN);
  return { layout, pixels, shown };
}

/** Rows of cells, the last one included. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Paints the cells whose code changed, and remembers the new codes.
 *
 * @param codes  One per cell; cells at and after `cellCount` are memory that the VM does not have.
 * @returns The rows of cells that were touched, or null.
 */
export function paintCells(
  image: CellImage,
  codes: Uint16Array,
  cellCount: number,
  palette: CellPalette,
): RowRange | null {
  const { shown } = image;
  let first = -1;
  let last = -1;
  for (let cell = 0; cell < shown.length; cell++) {
    const code = cell < cellCount ? codes[cell]! : UNSENT_CELL;
    if (shown[cell] === code) continue;
    shown[cell] = code;
    paintCell(image, cell, code, palette);
    if (first < 0) first = cell;
    last = cell;
  }
  if (first < 0) return null;
  const { columns } = image.layout;
  return { first: Math.floor(first / columns), last: Math.floor(last / columns) };
}

/** Smallest cell with a dot in the middle. */
const DOT_FROM_CSS_PX = 4;

function paintCell(image: CellImage, cell: number, code: number, palette: CellPalette): void {
  const { layout } = image;
  const [width, height] = [layout.cellDevicePx, layout.rowDevicePx];
  const column = cell % layout.columns;
  const row = Math.floor(cell / layout.columns);
  const [x, y] = [column * width, row * height];
  const tone = code & 0xff;
  fillBox(image, { x, y, width, height }, palette.fill[tone]!);
  if (code >= OLD_VALUE) paintCorner(image, x, y, palette.corner);
  const dotted = height >= DOT_FROM_CSS_PX * layout.devicePixelRatio && (column + row) % 2 === 0;
  if (tone !== UNSENT_CELL || !dotted) return;
  const side = Math.max(1, Math.round(layout.devicePixelRatio));
  const dot = { x: x + ((width - side) >> 1), y: y + ((height - side) >> 1) };
  fillBox(image, { ...dot, width: side, height: side }, palette.dot);
}

/** A triangle in the top left corner, more than half the cell high: the target's value is an old one. */
function paintCorner(image: CellImage, x: number, y: number, colour: PackedPixel): void {
  const width = image.layout.columns * image.layout.cellDevicePx;
  const leg = (image.layout.rowDevicePx + 2) >> 1;
  for (let down = 0; down < leg; down++) {
    const start = (y + down) * width + x;
    image.pixels.fill(colour, start, start + leg - down);
  }
}

interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function fillBox(image: CellImage, box: PixelBox, colour: PackedPixel): void {
  const width = image.layout.columns * image.layout.cellDevicePx;
  for (let down = 0; down < box.height; down++) {
    const start = (box.y + down) * width + box.x;
    image.pixels.fill(colour, start, start + box.width);
  }
}
