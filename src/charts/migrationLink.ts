/**
 * The migration network between two maps: an arrow from the source to the target at the row being sent, with squares
 * riding on it. The faster the pages go, the more squares; each moves at the same speed, and only while simulated
 * time moves. Coordinates run along the arrow, so the same drawing serves both directions.
 */
import type { ChartTheme } from './theme.ts';

export interface LinkLayout {
  readonly lengthCss: number;
  /** Left edges of the squares along the arrow. */
  readonly squares: readonly number[];
  /** Nothing goes across: the line is dashed and without squares. */
  readonly stalled: boolean;
}

export const SQUARE_CSS = 9;
export const HEAD_CSS = 12;
export const MOST_SQUARES = 8;
/** The line leaves the source's frame before the first square. */
const START_CSS = 4;

/** Throughput that fills the link: 1 Gbit/s less its headers. */
const FULL_LINK_MBPS = 112;

/** Of the pitch, by which every other square is late: a stream, not a string of beads. */
const UNEVEN = [0, 0.1, 0.25, -0.05, 0.1, -0.1, 0.05, 0.2];

/**
 * @param lengthCss  From edge to arrow tip.
 * @param travelledCss  How far the squares have come in all; grows with simulated time.
 */
export function layoutLink(
  lengthCss: number,
  sendingMBps: number,
  travelledCss: number,
): LinkLayout {
  const track = lengthCss - START_CSS - HEAD_CSS - SQUARE_CSS;
  const fitting = Math.floor(track / (SQUARE_CSS + 3));
  const wanted = Math.ceil((MOST_SQUARES * sendingMBps) / FULL_LINK_MBPS);
  const count = Math.max(0, Math.min(MOST_SQUARES, wanted, fitting));
  const pitch = count === 0 ? 0 : track / count;
  const squares = Array.from({ length: count }, (_, index) => {
    const late = (UNEVEN[index] ?? 0) * Math.max(0, pitch - SQUARE_CSS - 2);
    return START_CSS + modulo(index * pitch + late + travelledCss, track);
  });
  return { lengthCss, squares, stalled: sendingMBps <= 0 };
}

function modulo(value: number, size: number): number {
  return ((value % size) + size) % size;
}

export interface LinkCanvas {
  readonly widthCss: number;
  readonly heightCss: number;
  readonly devicePixelRatio: number;
  readonly direction: 'right' | 'down';
  /** Where the arrow begins. */
  readonly startX: number;
  readonly startY: number;
}

/** Clears the canvas and draws. */
export function paintLink(
  context: CanvasRenderingContext2D,
  layout: LinkLayout,
  canvas: LinkCanvas,
  theme: ChartTheme,
): void {
  const scale = canvas.devicePixelRatio;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, canvas.widthCss, canvas.heightCss);
  context.translate(canvas.startX, canvas.startY);
  if (canvas.direction === 'down') context.rotate(Math.PI / 2);
  const end = layout.lengthCss;
  context.strokeStyle = theme.css['copied-ink'];
  context.fillStyle = theme.css['copied-ink'];
  context.lineWidth = 2;
  context.setLineDash(layout.stalled ? [4, 4] : []);
  context.beginPath();
  context.moveTo(0, 0);
  context.lineTo(end - HEAD_CSS, 0);
  context.stroke();
  context.beginPath();
  context.moveTo(end, 0);
  context.lineTo(end - HEAD_CSS, -HEAD_CSS / 2);
  context.lineTo(end - HEAD_CSS, HEAD_CSS / 2);
  context.closePath();
  context.fill();
  for (const x of layout.squares) paintSquare(context, x, -SQUARE_CSS / 2, theme);
}

/** With a halo, so that it stands apart from line and frames. */
export function paintSquare(
  context: CanvasRenderingContext2D,
  x: number,
  top: number,
  theme: ChartTheme,
): void {
  context.fillStyle = theme.css.paper;
  context.fillRect(x - 1.5, top - 1.5, SQUARE_CSS + 3, SQUARE_CSS + 3);
  context.fillStyle = theme.css.copied;
  context.fillRect(x, top, SQUARE_CSS, SQUARE_CSS);
}
