/**
 * One memory map on the page: two canvases in a stage element, cells below and lines above. It keeps what it painted
 * last, so a frame costs only the cells that changed. React hands it choices, frames come past React.
 */
import {
  cellCountOf,
  createCellCodes,
  encodeCells,
  type MapMode,
  type MapSide,
} from '../../../charts/mapCells.ts';
import { layoutMap, type MapLayout } from '../../../charts/mapLayout.ts';
import {
  OVERLAY_MARGIN_CSS,
  layoutOverlay,
  paintOverlay,
  sameOverlay,
  type MapOverlay,
} from '../../../charts/mapOverlay.ts';
import {
  createCellImage,
  createPalette,
  paintCells,
  type CellImage,
  type CellPalette,
} from '../../../charts/mapPaint.ts';
import type { ChartTheme } from '../../../charts/theme.ts';
import type { FrameMessage } from '../../../protocol/messages.ts';
import { addCanvas, resizeCanvas, type CanvasLayer } from './canvasLayer.ts';
import { currentTheme } from './watchTheme.ts';

export interface MapChoices {
  readonly side: MapSide;
  readonly mode: MapMode;
  readonly lensCell: number | null;
  readonly lensHeld: boolean;
  readonly maxCellCss: number;
  readonly maxHeightCss: number;
  /** All cells are drawn as not sent: the memory is gone, or elsewhere. */
  readonly blank: boolean;
}

export interface MapClasses {
  readonly cells: string | undefined;
  readonly overlay: string | undefined;
}

interface Painting {
  readonly image: CellImage;
  /** The pixels of `image` as the canvas takes them. */
  readonly data: ImageData;
}

export class MapPainter {
  readonly #host: HTMLElement;
  readonly #stage: HTMLElement;
  readonly #cells: CanvasLayer;
  readonly #overlayLayer: CanvasLayer;
  readonly #codes = createCellCodes();
  #choices: MapChoices;
  #theme: ChartTheme;
  #palette: CellPalette;
  #layout: MapLayout;
  #painting: Painting | null = null;
  #overlay: MapOverlay | null = null;
  #frame: FrameMessage | null = null;
  /** Inner width of the host, as last measured. */
  #hostCss = 0;

  /**
   * @param host   Its inner width is what the map may take.
   * @param stage  Inside the host; gets the map's size and holds the canvases.
   */
  constructor(host: HTMLElement, stage: HTMLElement, classes: MapClasses, choices: MapChoices) {
    this.#host = host;
    this.#stage = stage;
    this.#choices = choices;
    this.#cells = addCanvas(stage, classes.cells, { ownPixels: true });
    this.#overlayLayer = addCanvas(stage, classes.overlay);
    this.#theme = currentTheme();
    this.#palette = createPalette(this.#theme, choices.mode);
    this.#layout = this.#newLayout(0);
    this.#applyLayout();
  }

  get layout(): MapLayout {
    return this.#layout;
  }

  /** The cells' top left corner in the window: hit tests start there. */
  get origin(): { readonly x: number; readonly y: number } {
    const { left, top } = this.#cells.element.getBoundingClientRect();
    return { x: left, y: top };
  }

  show(frame: FrameMessage): void {
    this.#frame = frame;
    this.#fitLayout();
    this.#paint();
  }

  choose(choices: MapChoices): void {
    const before = this.#choices;
    this.#choices = choices;
    if (choices.mode !== before.mode) this.themeChanged();
    const { maxCellCss, maxHeightCss } = choices;
    const grows = maxCellCss !== before.maxCellCss || maxHeightCss !== before.maxHeightCss;
    if (grows) this.#fitLayout();
    this.#paint();
  }

  sizeChanged(): void {
    this.#hostCss = this.#host.clientWidth;
    this.#fitLayout();
    this.#paint();
  }

  /** All cells are painted again, in the colours that hold now. */
  themeChanged(): void {
    this.#theme = currentTheme();
    this.#palette = createPalette(this.#theme, this.#choices.mode);
    this.#painting = null;
    this.#overlay = null;
    this.#paint();
  }

  remove(): void {
    this.#cells.element.remove();
    this.#overlayLayer.element.remove();
  }

  #newLayout(cellCount: number): MapLayout {
    return layoutMap({
      cellCount,
      // The frame around the cells takes a pixel at each side.
      availableWidthCss: this.#hostCss - 2,
      devicePixelRatio: window.devicePixelRatio || 1,
      maxCellCss: this.#choices.maxCellCss,
      maxHeightCss: this.#choices.maxHeightCss,
    });
  }

  #fitLayout(): void {
    const cellCount = this.#frame === null ? 0 : cellCountOf(this.#frame.summary);
    const layout = this.#newLayout(cellCount);
    const old = this.#layout;
    const same =
      layout.cellCount === old.cellCount &&
      layout.cellDevicePx === old.cellDevicePx &&
      layout.rowDevicePx === old.rowDevicePx &&
      layout.devicePixelRatio === old.devicePixelRatio;
    if (same) return;
    this.#layout = layout;
    this.#applyLayout();
  }

  #applyLayout(): void {
    const { widthCss, heightCss, devicePixelRatio, cellCount } = this.#layout;
    const margin = 2 * OVERLAY_MARGIN_CSS;
    resizeCanvas(this.#cells, widthCss, heightCss, devicePixelRatio);
    resizeCanvas(this.#overlayLayer, widthCss + margin, heightCss + margin, devicePixelRatio);
    this.#stage.style.width = `${widthCss}px`;
    this.#stage.style.height = `${heightCss}px`;
    this.#host.dataset['cells'] = String(cellCount);
    this.#painting = null;
    this.#overlay = null;
  }

  #paint(): void {
    this.#paintCells();
    this.#paintOverlay();
  }

  #paintCells(): void {
    const { context } = this.#cells;
    if (context === null) return;
    this.#painting ??= this.#newPainting(context);
    const { image, data } = this.#painting;
    const { side, mode, blank } = this.#choices;
    const hidden = this.#frame === null || blank;
    const count = hidden ? 0 : encodeCells(this.#frame!, side, mode, this.#codes);
    const rows = paintCells(image, this.#codes, count, this.#palette);
    if (rows === null) return;
    const rowPx = this.#layout.rowDevicePx;
    const top = rows.first * rowPx;
    context.putImageData(data, 0, 0, 0, top, data.width, (rows.last + 1) * rowPx - top);
  }

  #newPainting(context: CanvasRenderingContext2D): Painting {
    const { columns, rows, cellDevicePx, rowDevicePx } = this.#layout;
    const data = context.createImageData(columns * cellDevicePx, rows * rowDevicePx);
    return { image: createCellImage(this.#layout, new Uint32Array(data.data.buffer)), data };
  }

  /** A quick migration saves at the source, and reads back on the target. */
  #showsSendRow(): boolean {
    const { side, mode, blank } = this.#choices;
    if (mode !== 'quick') return mode !== 'idle' && !blank;
    const phase = this.#frame?.summary.migration?.phase;
    return phase === (side === 'source' ? 'saving' : 'restoring');
  }

  #litColumn(): Uint16Array | null {
    if (this.#frame === null || this.#choices.blank) return null;
    const { summary, buffers } = this.#frame;
    return summary.lit === null ? null : buffers.lit;
  }

  #paintOverlay(): void {
    const { context } = this.#overlayLayer;
    if (context === null) return;
    const summary = this.#frame?.summary;
    const { side, lensCell, lensHeld } = this.#choices;
    const sendingPage = this.#showsSendRow() ? (summary?.migration?.sendingPage ?? -1) : -1;
    const pagesPerCell = summary?.pagesPerCell ?? 0;
    const overlay = layoutOverlay(this.#layout, {
      side,
      sendingPage,
      pagesPerCell,
      lensCell,
      lensHeld,
      lit: this.#litColumn(),
    });
    if (sameOverlay(this.#overlay, overlay)) return;
    this.#overlay = overlay;
    paintOverlay(context, this.#layout, overlay, this.#theme);
  }
}
