/**
 * The page lens: the pages of one map cell as 16 x 8 squares, in address order. Squares of one state make one path;
 * dirty ones get a cross besides, so that the state does not hang on colour.
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
    const x = (index % LENS_COLUMNS) * LENS_PITCH.x;
    const y = Math.floor(index / LENS_COLUMNS) * LENS_PITCH.y;
    squares[code] += `M${x} ${y}h${SQUARE.width}v${SQUARE.height}h-${SQUARE.width}z`;
    if (code === DIRTY_CELL || code === HOT_CELL) crosses += crossAt(x, y);
  });
  return { squares, crosses, rows: Math.max(1, Math.ceil(codes.length / LENS_COLUMNS)) };
}

function crossAt(x: number, y: number): string {
  const left = x + SQUARE.width / 2 - CROSS;
  const top = y + SQUARE.height / 2 - CROSS;
  const side = 2 * CROSS;
  return `M${left} ${top}l${side} ${side}M${left} ${top + side}l${side} -${side}`;
}
