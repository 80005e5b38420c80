/**
 * The page lens: the pages of one map cell as 16 x 8 squares, in address order. Squares of one state make one path;
 * dirty ones get a cross besides, so that the state does not hang on colour. A square can be pointed at, or reached by keys.
 */
import { DIRTY_CELL, HOT_CELL } from './mapCells.ts';

export const LENS_COLUMNS = 16;

/** A square with the gap at its right and below. */
export const LENS_PITCH = { x: 16, y: 11 } as const;
const SQUARE = { width: 15, height: 10 } as const;
const CROSS = 2.4;

export interface LensPaths {
  /** One path for each of the four codes; '' where no page has it. */
  readonly squares: readonly string[];
  readonly crosses: string;
  readonly rows: number;
}

export function layoutLens(codes: readonly number[]): LensPaths {
  const squares = ['', '', '', ''];
  let crosses = '';
  codes.forEach((code, index) => {
    const { x, y } = cornerOf(index);
    squares[code] += squareAtCorner(x, y);
    if (code === DIRTY_CELL || code === HOT_CELL) crosses += crossAt(x, y);
  });
  return { squares, crosses, rows: Math.max(1, Math.ceil(codes.length / LENS_COLUMNS)) };
}

/** From a square to the middle of the ring around it, so that its colour stays in sight. */
const RING = 2;

/** The path of the ring around one square. */
export function squareRing(place: number): string {
  const { x, y } = cornerOf(place);
  const [width, height] = [SQUARE.width + 2 * RING, SQUARE.height + 2 * RING];
  return `M${x - RING} ${y - RING}h${width}v${height}h-${width}z`;
}

/** The square under a point, in the units of the drawing, or null. */
export function squareAt(x: number, y: number, count: number): number | null {
  const column = Math.floor(x / LENS_PITCH.x);
  if (column < 0 || column >= LENS_COLUMNS || y < 0) return null;
  const place = Math.floor(y / LENS_PITCH.y) * LENS_COLUMNS + column;
  return place < count ? place : null;
}

/** Where an arrow key leads from a square, or null when the key moves nothing. Without a square it leads to the first. */
export function squareAfterKey(place: number | null, key: string, count: number): number | null {
  const step = steps.get(key);
  if (step === undefined || count === 0) return null;
  if (place === null) return 0;
  const next = place + step;
  return next >= 0 && next < count ? next : place;
}

const steps: ReadonlyMap<string, number> = new Map([
  ['ArrowLeft', -1],
  ['ArrowRight', 1],
  ['ArrowUp', -LENS_COLUMNS],
  ['ArrowDown', LENS_COLUMNS],
]);

function cornerOf(place: number): { readonly x: number; readonly y: number } {
  return {
    x: (place % LENS_COLUMNS) * LENS_PITCH.x,
    y: Math.floor(place / LENS_COLUMNS) * LENS_PITCH.y,
  };
}

function squareAtCorner(x: number, y: number): string {
  return `M${x} ${y}h${SQUARE.width}v${SQUARE.height}h-${SQUARE.width}z`;
}

function crossAt(x: number, y: number): string {
  const left = x + SQUARE.width / 2 - CROSS;
  const top = y + SQUARE.height / 2 - CROSS;
  const side = 2 * CROSS;
  return `M${left} ${top}l${side} ${side}M${left} ${top + side}l${side} -${side}`;
}
