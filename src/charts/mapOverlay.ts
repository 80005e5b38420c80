/**
 * What lies over the cells of both maps: a veil over cells that a lit pass does not send, the line at the row being sent,
 * and the crosshair with its ring at the cell under the pointer. Drawn in CSS pixels; the canvas reaches `OVERLAY_MARGIN_CSS` beyond the cells.
 */
import { cellCentre, rowOfPageCss, type MapLayout } from './mapLayout.ts';
import type { MapSide } from './mapCells.ts';
import type { ChartTheme } from './theme.ts';

/** Room for half a ring at the edge, and for the ends of the send row. */
export const OVERLAY_MARGIN_CSS = 10;

/** How far the send row reaches beyond the map, on the side where no link joins it; the frame takes 1. */
const ROW_OVERHANG_CSS = 5;
/** Side of the ring, between the middles of its strokes. */
const RING_CSS = 14;

export interface MapOverlay {
  readonly side: MapSide;
  /** Middle of the row being sent, from the top of the cells, or null. */
  readonly sendRowCss: number | null;
  readonly lensCell: number | null;
  /** It stays, whatever the pointer does. */
  readonly lensHeld: boolean;
  /** Pages that the lit pass sends, of each cell; null while none is lit. */
  readonly lit: Uint16Array | null;
}

export interface OverlayView {
  readonly side: MapSide;
  /** -1 while nothing is sent. */
  readonly sendingPage: number;
  readonly pagesPerCell: number;
  readonly lensCell: number | null;
  readonly lensHeld: boolean;
  readonly lit: Uint16Array | null;
}

export function layoutOverlay(layout: MapLayout, view: OverlayView): MapOverlay {
  const { side, sendingPage, pagesPerCell, lensCell, lensHeld, lit } = view;
  const isSending = sendingPage >= 0 && pagesPerCell > 0;
  return {
    side,
    sendRowCss: isSending ? rowOfPageCss(layout, sendingPage, pagesPerCell) : null,
    lensCell: lensCell !== null && lensCell < layout.cellCount ? lensCell : null,
    lensHeld,
    lit,
  };
}

/** A lit pass may be another each time: its column is drawn anew. */
export function sameOverlay(a: MapOverlay | null, b: MapOverlay): boolean {
  return (
    a !== null &&
    a.lit === null &&
    b.lit === null &&
    a.sendRowCss === b.sendRowCss &&
    a.lensCell === b.lensCell &&
    a.lensHeld === b.lensHeld
  );
}

type Context = CanvasRenderingContext2D;

/** Clears the canvas and draws. */
export function paintOverlay(
  context: Context,
  layout: MapLayout,
  overlay: MapOverlay,
  theme: ChartTheme,
): void {
  const scale = layout.devicePixelRatio;
  const margin = OVERLAY_MARGIN_CSS;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, layout.widthCss + 2 * margin, layout.heightCss + 2 * margin);
  // The origin lies on the top left cell's corner.
  context.setTransform(scale, 0, 0, scale, margin * scale, margin * scale);
  if (overlay.lit !== null) paintVeil(context, layout, overlay.lit, theme);
  if (overlay.sendRowCss !== null)
    paintSendRow(context, layout, overlay, overlay.sendRowCss, theme);
  if (overlay.lensCell !== null)
    paintCrosshair(context, layout, overlay.lensCell, overlay.lensHeld, theme);
}

/** How much of the ground lies over a cell: its colour can still be told. */
const VEIL_ALPHA = 0.78;

/** Fades the cells of which the pass sends nothing, a run of neighbours at a time. */
function paintVeil(
  context: Context,
  { columns, cellCount, cellDevicePx, rowDevicePx, devicePixelRatio }: MapLayout,
  lit: Uint16Array,
  theme: ChartTheme,
): void {
  const [width, height] = [cellDevicePx / devicePixelRatio, rowDevicePx / devicePixelRatio];
  context.fillStyle = theme.css.surface;
  context.globalAlpha = VEIL_ALPHA;
  for (let cell = 0; cell < cellCount; cell++) {
    if (lit[cell] !== 0) continue;
    const first = cell;
    const column = first % columns;
    while (cell + 1 < cellCount && (cell + 1) % columns !== 0 && lit[cell + 1] === 0) cell++;
    const y = Math.floor(first / columns) * height;
    context.fillRect(column * width, y, (cell - first + 1) * width, height);
  }
  context.globalAlpha = 1;
}

function paintSendRow(
  context: Context,
  layout: MapLayout,
  { side }: MapOverlay,
  y: number,
  theme: ChartTheme,
): void {
  context.setLineDash([]);
  context.globalAlpha = 0.6;
  line(context, 0, y, layout.widthCss, y, theme.css.paper, 4);
  context.globalAlpha = 1;
  const left = side === 'source' ? -ROW_OVERHANG_CSS : 0;
  const right = layout.widthCss + (side === 'target' ? ROW_OVERHANG_CSS : 0);
  line(context, left, y, right, y, theme.css.ink, 2);
}

function paintCrosshair(
  context: Context,
  layout: MapLayout,
  cell: number,
  isHeld: boolean,
  theme: ChartTheme,
): void {
  const { x, y } = cellCentre(layout, cell);
  const { ink, surface } = theme.css;
  context.setLineDash(isHeld ? [] : [2, 2]);
  line(context, 0, y, layout.widthCss, y, ink, 1);
  line(context, x, 0, x, layout.heightCss, ink, 1);
  context.setLineDash([]);
  const corner = RING_CSS / 2;
  context.strokeStyle = surface;
  context.lineWidth = 5;
  context.strokeRect(x - corner, y - corner, RING_CSS, RING_CSS);
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.strokeRect(x - corner, y - corner, RING_CSS, RING_CSS);
}

function line(
  context: Context,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  colour: string,
  width: number,
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}
