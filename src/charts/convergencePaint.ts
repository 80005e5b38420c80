/**
 * Paints the cells of the convergence map and the two lines over them. Cells without figures stay paper. Hatched is what stopped
 * at the limit of rounds; the thick line is its border (the cliff), the dashed line the border to lost connections.
 */
import { NS_PER_S } from '../base/units.ts';
import type { ConnectionLosses } from '../protocol/convergenceMessages.ts';
import { bandOf, type Bands, type MapFigure } from './convergenceBands.ts';
import { bordersOf, cellBox, type ConvergenceLayout, type Segment } from './convergenceLayout.ts';
import type { ChartTheme } from './theme.ts';

/** The figures of all cells; `divisors` is 0 where there are none. */
export interface ConvergenceFigures {
  readonly divisors: ArrayLike<number>;
  readonly outageNs: ArrayLike<number>;
  readonly totalNs: ArrayLike<number>;
  readonly bytesSent: ArrayLike<number>;
  readonly limited: ArrayLike<number>;
  readonly losing: ArrayLike<number>;
}

/** Where connections are lost: as the runs counted them or, where the VM has no TCP clients, at outages over the last repeat. */
export type LossRule = Pick<ConnectionLosses, 'isCounted' | 'lastRepeatNs'>;

export function isKnown({ divisors }: ConvergenceFigures, cell: number): boolean {
  return (divisors[cell] ?? 0) > 0;
}

/** Whether connections are lost in a cell that is known. Rule CM5. */
export function isLosing(
  { losing, outageNs }: ConvergenceFigures,
  { isCounted, lastRepeatNs }: LossRule,
  cell: number,
): boolean {
  return isCounted ? losing[cell] === 1 : (outageNs[cell] ?? 0) > lastRepeatNs;
}

/** Seconds, or MiB of data. */
export function figureOf(figures: ConvergenceFigures, figure: MapFigure, cell: number): number {
  switch (figure) {
    case 'outage':
      return (figures.outageNs[cell] ?? 0) / NS_PER_S;
    case 'total':
      return (figures.totalNs[cell] ?? 0) / NS_PER_S;
    case 'data':
      return (figures.bytesSent[cell] ?? 0) / 1_048_576;
  }
}

/** Distance of the lines of the hatch, and their width, in CSS pixels. */
const HATCH_CSS = 10;
const HATCH_LINE_CSS = 1.3;

/** Over every band it is to be seen, and the band through it. */
const HATCH_ALPHA = 0.5;

/** A square of diagonal lines to repeat; null where there is no canvas. */
export function createHatch(theme: ChartTheme, devicePixelRatio: number): HTMLCanvasElement | null {
  const size = Math.round(HATCH_CSS * devicePixelRatio);
  const element = document.createElement('canvas');
  element.width = size;
  element.height = size;
  const context = element.getContext('2d');
  if (context === null) return null;
  context.strokeStyle = theme.css.surface;
  context.globalAlpha = HATCH_ALPHA;
  context.lineWidth = HATCH_LINE_CSS * devicePixelRatio;
  context.beginPath();
  // The middle line, and the corners of its neighbours.
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift - 2, size + 2);
    context.lineTo(shift + size + 2, -2);
  }
  context.stroke();
  return element;
}

export interface CellPaint {
  readonly layout: ConvergenceLayout;
  readonly figures: ConvergenceFigures;
  readonly figure: MapFigure;
  readonly bands: Bands;
  readonly theme: ChartTheme;
  readonly hatch: CanvasPattern | null;
}

export function paintCell(context: CanvasRenderingContext2D, paint: CellPaint, cell: number): void {
  const { layout, figures, figure, bands, theme, hatch } = paint;
  const { x, y, width, height } = cellBox(layout, cell);
  if (!isKnown(figures, cell)) return context.clearRect(x, y, width, height);
  const colour = bands.colours[bandOf(bands, figureOf(figures, figure, cell))];
  context.fillStyle = colour === undefined ? theme.css.paper : theme.css[colour];
  context.fillRect(x, y, width, height);
  if (figures.limited[cell] !== 1 || hatch === null) return undefined;
  context.fillStyle = hatch;
  return context.fillRect(x, y, width, height);
}

/** Both lines, on an empty canvas of their own. */
export function paintBorders(
  context: CanvasRenderingContext2D,
  layout: ConvergenceLayout,
  figures: ConvergenceFigures,
  losses: LossRule,
  theme: ChartTheme,
): void {
  const { devicePixelRatio: ratio } = layout;
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  const known = (cell: number, inside: boolean): boolean | null =>
    isKnown(figures, cell) ? inside : null;
  const cliff = bordersOf(layout, (cell) => known(cell, figures.limited[cell] === 1));
  const lost = bordersOf(layout, (cell) => known(cell, isLosing(figures, losses, cell)));
  context.lineCap = 'square';
  context.setLineDash([]);
  stroke(context, lost, theme.css.surface, 4 * ratio);
  stroke(context, cliff, theme.css.surface, 6 * ratio);
  stroke(context, cliff, theme.css.ink, 3 * ratio);
  context.lineCap = 'butt';
  context.setLineDash([4 * ratio, 3 * ratio]);
  stroke(context, lost, theme.css.ink, 2 * ratio);
}

function stroke(
  context: CanvasRenderingContext2D,
  segments: readonly Segment[],
  colour: string,
  lineWidth: number,
): void {
  context.strokeStyle = colour;
  context.lineWidth = lineWidth;
  context.beginPath();
  for (const { x1, y1, x2, y2 } of segments) {
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
  }
  context.stroke();
}
