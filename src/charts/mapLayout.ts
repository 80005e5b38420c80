/**
 * Where the cells of a memory map lie: 128 columns in address order, row by row, each cell a whole number of
 * device pixels wide and high, without gaps. Also the way back from a point to its cell, and the keyboard's moves.
 */
import { MAP_COLUMNS, MAP_ROWS } from '../protocol/frameColumns.ts';

export interface MapLayout {
  readonly columns: number;
  readonly rows: number;
  readonly cellCount: number;
  /** Width of a cell in device pixels, a whole number. */
  readonly cellDevicePx: number;
  /** Its height: less than the width where the maps would not fit on the screen. */
  readonly rowDevicePx: number;
  readonly devicePixelRatio: number;
  /** Of all columns and rows together, without the frame around. */
  readonly widthCss: number;
  readonly heightCss: number;
}

export interface MapSpace {
  /** Cells with memory; 0 before the first frame. */
  readonly cellCount: number;
  readonly availableWidthCss: number;
  readonly devicePixelRatio: number;
  readonly maxCellCss: number;
  /** Height of all rows together, at most; by default cells are squares. */
  readonly maxHeightCss?: number;
}

export function layoutMap(space: MapSpace): MapLayout {
  const { cellCount, availableWidthCss, devicePixelRatio, maxCellCss, maxHeightCss } = space;
  const fitting = Math.floor((availableWidthCss * devicePixelRatio) / MAP_COLUMNS);
  const wanted = Math.round(maxCellCss * devicePixelRatio);
  const cellDevicePx = Math.max(1, Math.min(wanted, fitting));
  const all = cellCount === 0 ? MAP_ROWS : Math.ceil(cellCount / MAP_COLUMNS);
  const rows = Math.min(all, MAP_ROWS);
  const fittingRow = Math.floor(((maxHeightCss ?? Infinity) * devicePixelRatio) / rows);
  const rowDevicePx = Math.max(1, Math.min(cellDevicePx, fittingRow));
  return {
    columns: MAP_COLUMNS,
    rows,
    cellCount,
    cellDevicePx,
    rowDevicePx,
    devicePixelRatio,
    widthCss: (MAP_COLUMNS * cellDevicePx) / devicePixelRatio,
    heightCss: (rows * rowDevicePx) / devicePixelRatio,
  };
}

export interface PointCss {
  readonly x: number;
  readonly y: number;
}

/** The cell under a point, measured from the top left cell's corner, or null. */
export function cellAt(layout: MapLayout, point: PointCss): number | null {
  const column = Math.floor((point.x * layout.devicePixelRatio) / layout.cellDevicePx);
  const row = Math.floor((point.y * layout.devicePixelRatio) / layout.rowDevicePx);
  if (column < 0 || column >= layout.columns || row < 0 || row >= layout.rows) return null;
  const cell = row * layout.columns + column;
  return cell < layout.cellCount ? cell : null;
}

/** Middle of a cell. */
export function cellCentre(layout: MapLayout, cell: number): PointCss {
  const { columns, cellDevicePx, rowDevicePx, devicePixelRatio } = layout;
  return {
    x: (((cell % columns) + 0.5) * cellDevicePx) / devicePixelRatio,
    y: ((Math.floor(cell / columns) + 0.5) * rowDevicePx) / devicePixelRatio,
  };
}

/** Height of the row that holds `page`: the middle of that row, from the top of the map. */
export function rowOfPageCss(layout: MapLayout, page: number, pagesPerCell: number): number {
  return cellCentre(layout, Math.floor(page / pagesPerCell)).y;
}

/** Cells that one key press with Shift goes. */
const LONG_STEP = 8;

/** Where a key leads from `cell`, or null when the key moves nothing. */
export function cellAfterKey(
  cell: number | null,
  key: string,
  shift: boolean,
  cellCount: number,
): number | null {
  if (cellCount === 0) return null;
  const step = shift ? LONG_STEP : 1;
  const from = cell ?? 0;
  const rowStart = from - (from % MAP_COLUMNS);
  const last = cellCount - 1;
  const rowEnd = Math.min(rowStart + MAP_COLUMNS - 1, last);
  switch (key) {
    case 'ArrowLeft':
      return cell === null ? 0 : Math.max(0, from - step);
    case 'ArrowRight':
      return cell === null ? 0 : Math.min(last, from + step);
    case 'ArrowUp':
      return from - step * MAP_COLUMNS >= 0 ? from - step * MAP_COLUMNS : from % MAP_COLUMNS;
    case 'ArrowDown':
      return cell === null ? 0 : lowered(from, step, last);
    case 'Home':
      return rowStart;
    case 'End':
      return rowEnd;
    default:
      return null;
  }
}

/** Down by `step` rows, or as far as there is a row with this column. */
function lowered(from: number, step: number, last: number): number {
  const rowsLeft = Math.floor((last - from) / MAP_COLUMNS);
  return from + Math.min(step, rowsLeft) * MAP_COLUMNS;
}
