/**
 * The cells and lines of the map on two canvases. Figures come past React, some hundred cells at a time: they are painted once an
 * animation frame, and never so many that a frame is late.
 */
import type { Bands, MapFigure } from '../../charts/convergenceBands.ts';
import type { ConvergenceLayout } from '../../charts/convergenceLayout.ts';
import {
  createHatch,
  paintBorders,
  paintCell,
  type LossRule,
} from '../../charts/convergencePaint.ts';
import type { ConvergenceEvent, ConvergencePool } from '../../session/convergencePool.ts';
import { addCanvas, resizeCanvas, type CanvasLayer } from '../shared/charts/canvasLayer.ts';
import { currentTheme } from '../shared/charts/watchTheme.ts';

export interface PainterChoices {
  readonly layout: ConvergenceLayout;
  readonly figure: MapFigure;
  readonly bands: Bands;
  readonly losses: LossRule;
}

/** Cells in one frame, at most: some 5 ms of painting. */
const CELLS_PER_FRAME = 2000;
/** The lines are drawn anew at most this often while the map fills. */
const BORDERS_EVERY_MS = 300;

export class ConvergencePainter {
  readonly #pool: ConvergencePool;
  readonly #cells: CanvasLayer;
  readonly #borders: CanvasLayer;
  readonly #end: () => void;
  #choices: PainterChoices;
  #hatch: CanvasPattern | null = null;
  /** Cells that are not painted as they are known. */
  #due: number[] = [];
  #bordersDue = true;
  #bordersAtMs = -Infinity;
  #frame = 0;

  constructor(
    stage: HTMLElement,
    className: string,
    pool: ConvergencePool,
    choices: PainterChoices,
  ) {
    this.#pool = pool;
    this.#choices = choices;
    this.#cells = addCanvas(stage, className);
    this.#borders = addCanvas(stage, className);
    this.#end = pool.subscribe((event) => this.#take(event));
    this.themeChanged();
  }

  choose(choices: PainterChoices): void {
    this.#choices = choices;
    this.themeChanged();
  }

  /** All cells are painted again, in the colours and the size that hold now. */
  themeChanged(): void {
    const { layout } = this.#choices;
    const { width, height, devicePixelRatio } = layout;
    resizeCanvas(this.#cells, width, height, devicePixelRatio);
    resizeCanvas(this.#borders, width, height, devicePixelRatio);
    const square = createHatch(currentTheme(), devicePixelRatio);
    this.#hatch =
      square === null ? null : (this.#cells.context?.createPattern(square, 'repeat') ?? null);
    this.#due = Array.from({ length: layout.columns * layout.rows }, (_, cell) => cell);
    this.#bordersDue = true;
    this.#bordersAtMs = -Infinity;
    this.#planFrame();
  }

  remove(): void {
    this.#end();
    cancelAnimationFrame(this.#frame);
    this.#cells.element.remove();
    this.#borders.element.remove();
  }

  #take(event: ConvergenceEvent): void {
    if (event.type !== 'cells') return;
    this.#due.push(...event.changed);
    this.#bordersDue = true;
    this.#planFrame();
  }

  #planFrame(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame((ms) => {
      this.#frame = 0;
      this.#paint(ms);
      if (this.#due.length > 0 || this.#bordersDue) this.#planFrame();
    });
  }

  #paint(ms: number): void {
    const { context } = this.#cells;
    const { layout, figure, bands, losses } = this.#choices;
    const theme = currentTheme();
    const figures = this.#pool.cells;
    const hatch = this.#hatch;
    const now = this.#due.splice(0, CELLS_PER_FRAME);
    if (context !== null) {
      for (const cell of now)
        paintCell(context, { layout, figures, figure, bands, theme, hatch }, cell);
    }
    if (!this.#bordersDue || ms - this.#bordersAtMs < BORDERS_EVERY_MS) return;
    this.#bordersDue = false;
    this.#bordersAtMs = ms;
    if (this.#borders.context !== null) {
      paintBorders(this.#borders.context, layout, figures, losses, theme);
    }
  }
}
