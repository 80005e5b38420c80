/**
 * Where the cells of the convergence map lie. Cell number = row x columns + column, row 0 on top. Sizes are CSS pixels; cells
 * share borders that lie on whole device pixels, so that no seam shows.
 */

export interface ConvergenceLayout {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  readonly devicePixelRatio: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** In device pixels. */
export function cellBox(layout: ConvergenceLayout, cell: number): Box {
  const column = cell % layout.columns;
  const row = Math.floor(cell / layout.columns);
  const x = borderX(layout, column);
  const y = borderY(layout, row);
  return { x, y, width: borderX(layout, column + 1) - x, height: borderY(layout, row + 1) - y };
}

/** Left border of a column, in device pixels. */
function borderX({ width, columns, devicePixelRatio }: ConvergenceLayout, column: number): number {
  return Math.round((column / columns) * width * devicePixelRatio);
}

function borderY({ height, rows, devicePixelRatio }: ConvergenceLayout, row: number): number {
  return Math.round((row / rows) * height * devicePixelRatio);
}

/** Middle of a cell, in CSS pixels. */
export function cellCentre(layout: ConvergenceLayout, cell: number): { x: number; y: number } {
  const { columns, rows, width, height } = layout;
  return {
    x: (((cell % columns) + 0.5) / columns) * width,
    y: ((Math.floor(cell / columns) + 0.5) / rows) * height,
  };
}

/** The cell under a point in CSS pixels from the top left corner, or null outside. */
export function cellAtPoint(layout: ConvergenceLayout, x: number, y: number): number | null {
  const { columns, rows, width, height } = layout;
  if (x < 0 || y < 0 || x >= width || y >= height) return null;
  return Math.floor((y / height) * rows) * columns + Math.floor((x / width) * columns);
}

/** Cells that Shift with an arrow key goes. */
const FAR = 8;

/** The cell an arrow key leads to, at most to the edge; null for other keys. */
export function cellAfterArrow(
  { columns, rows }: Pick<ConvergenceLayout, 'columns' | 'rows'>,
  cell: number,
  key: string,
  far: boolean,
): number | null {
  const [right, down] = arrows[key] ?? [0, 0];
  if (right === 0 && down === 0) return null;
  const step = far ? FAR : 1;
  const column = clamp((cell % columns) + right * step, columns - 1);
  const row = clamp(Math.floor(cell / columns) + down * step, rows - 1);
  return row * columns + column;
}

const arrows: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(most, value));
}

/** A line from one corner of cells to another, in device pixels. */
export interface Segment {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/**
 * Where two neighbours differ: the border between the cells inside and outside of a set.
 *
 * @param isInside  null for a cell of which nothing is known: there is no border to it.
 */
export function bordersOf(
  layout: ConvergenceLayout,
  isInside: (cell: number) => boolean | null,
): Segment[] {
  const { columns, rows } = layout;
  const segments: Segment[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const cell = row * columns + column;
      const inside = isInside(cell);
      if (inside === null) continue;
      const right = column + 1 < columns ? isInside(cell + 1) : inside;
      const below = row + 1 < rows ? isInside(cell + columns) : inside;
      const x = borderX(layout, column + 1);
      const y = borderY(layout, row + 1);
      if (right !== null && right !== inside) {
        segments.push({ x1: x, y1: borderY(layout, row), x2: x, y2: y });
      }
      if (below !== null && below !== inside) {
        segments.push({ x1: borderX(layout, column), y1: y, x2: x, y2: y });
      }
    }
  }
  return segments;
}

/**
 * The first of some places where all cells under a label belong to what it is about.
 *
 * @param size    Of the label, CSS pixels.
 * @param places  Its top left corner as shares of the room that is left beside it, 0 to 1.
 * @returns Top left corner in CSS pixels, or null where it fits nowhere.
 */
export function labelPlace(
  layout: ConvergenceLayout,
  size: { readonly width: number; readonly height: number },
  places: readonly (readonly [x: number, y: number])[],
  belongs: (cell: number) => boolean,
): { readonly x: number; readonly y: number } | null {
  const room = { x: layout.width - size.width, y: layout.height - size.height };
  if (room.x < 0 || room.y < 0) return null;
  for (const [shareX, shareY] of places) {
    const x = Math.round(shareX * room.x);
    const y = Math.round(shareY * room.y);
    const first = cellAtPoint(layout, x, y);
    const last = cellAtPoint(layout, x + size.width - 1, y + size.height - 1);
    if (first === null || last === null) continue;
    if (cellsBetween(layout, first, last).every(belongs)) return { x, y };
  }
  return null;
}

/** All cells of the rectangle between two corners. */
function cellsBetween({ columns }: ConvergenceLayout, first: number, last: number): number[] {
  const cells: number[] = [];
  const width = (last % columns) - (first % columns);
  for (let start = first; start <= last; start += columns) {
    for (let i = 0; i <= width; i++) cells.push(start + i);
  }
  return cells;
}
