/**
 * The way of a quick migration's pages: from the row being saved out of the source map and down to the volume, or from
 * the volume up to the row being read back. The squares are those of the migration network (`migrationLink.ts`), led
 * around one corner.
 */
import { HEAD_CSS, SQUARE_CSS, layoutLink, paintSquare } from './migrationLink.ts';
import type { PointCss } from './mapLayout.ts';
import type { ChartTheme } from './theme.ts';

export interface StorageLinkSpace {
  readonly way: 'down' | 'up';
  /** Where the row being sent meets its map. */
  readonly row: PointCss;
  /** Between the maps. */
  readonly cornerX: number;
  /** Top of the volume. */
  readonly volumeY: number;
}

export interface StorageLinkLayout {
  /** Start, corner, tip of the arrow. */
  readonly points: readonly [PointCss, PointCss, PointCss];
  /** Middles of the squares. */
  readonly squares: readonly PointCss[];
  /** Nothing travels: the line is dashed. */
  readonly stalled: boolean;
}

/** @param travelledCss  How far the squares have come in all; grows with simulated time. */
export function layoutStorageLink(
  { way, row, cornerX, volumeY }: StorageLinkSpace,
  sendingMBps: number,
  travelledCss: number,
): StorageLinkLayout {
  const corner = { x: cornerX, y: row.y };
  const foot = { x: cornerX, y: volumeY };
  const points = way === 'down' ? ([row, corner, foot] as const) : ([foot, corner, row] as const);
  const first = distance(points[0], points[1]);
  const length = first + distance(points[1], points[2]);
  const { squares, stalled } = layoutLink(length, sendingMBps, travelledCss);
  return {
    points,
    stalled,
    squares: squares.map((start) => {
      const at = start + SQUARE_CSS / 2;
      return at < first ? along(points[0], points[1], at) : along(points[1], points[2], at - first);
    }),
  };
}

/** Clears the canvas and draws. */
export function paintStorageLink(
  context: CanvasRenderingContext2D,
  layout: StorageLinkLayout,
  size: {
    readonly widthCss: number;
    readonly heightCss: number;
    readonly devicePixelRatio: number;
  },
  theme: ChartTheme,
): void {
  const scale = size.devicePixelRatio;
  const [start, corner, tip] = layout.points;
  const neck = along(corner, tip, Math.max(0, distance(corner, tip) - HEAD_CSS));
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, size.widthCss, size.heightCss);
  context.strokeStyle = theme.css['copied-ink'];
  context.fillStyle = theme.css['copied-ink'];
  context.lineWidth = 2;
  context.setLineDash(layout.stalled ? [4, 4] : []);
  context.beginPath();
  context.moveTo(start.x, start.y);
  context.lineTo(corner.x, corner.y);
  context.lineTo(neck.x, neck.y);
  context.stroke();
  paintHead(context, neck, tip);
  for (const { x, y } of layout.squares) {
    paintSquare(context, x - SQUARE_CSS / 2, y - SQUARE_CSS / 2, theme);
  }
}

function paintHead(context: CanvasRenderingContext2D, neck: PointCss, tip: PointCss): void {
  const across = HEAD_CSS / 2;
  const isUpright = neck.x === tip.x;
  context.beginPath();
  context.moveTo(tip.x, tip.y);
  context.lineTo(neck.x - (isUpright ? across : 0), neck.y - (isUpright ? 0 : across));
  context.lineTo(neck.x + (isUpright ? across : 0), neck.y + (isUpright ? 0 : across));
  context.closePath();
  context.fill();
}

function distance(a: PointCss, b: PointCss): number {
  return Math.abs(b.x - a.x) + Math.abs(b.y - a.y);
}

/** The point `css` after `from` on a line along one axis. */
function along(from: PointCss, to: PointCss, css: number): PointCss {
  return {
    x: from.x + Math.sign(to.x - from.x) * css,
    y: from.y + Math.sign(to.y - from.y) * css,
  };
}
