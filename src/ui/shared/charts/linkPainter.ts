/**
 * Draws the migration network between two maps and keeps it at the height of the row being sent. It finds the maps by
 * their `data-map-stage`, so that nobody has to hand sizes through the stage.
 */
import {
  MOST_SQUARES,
  SQUARE_CSS,
  layoutLink,
  paintLink,
  type LinkCanvas,
} from '../../../charts/migrationLink.ts';
import type { ChartTheme } from '../../../charts/theme.ts';
import type { FrameMessage } from '../../../protocol/messages.ts';
import { addCanvas, resizeCanvas, type CanvasLayer } from './canvasLayer.ts';
import { LinkTravel, mapsBeside } from './linkTravel.ts';
import { currentTheme } from './watchTheme.ts';

export type LinkOrientation = 'horizontal' | 'vertical';

/** The texts above and below the arrow; absent in a vertical link. */
export interface LinkParts {
  readonly above: HTMLElement;
  readonly below: HTMLElement | null;
}

/** Between the arrow's middle and the texts. */
const TEXT_GAP_CSS = 12;
/** Breadth of the canvas across the arrow, head and halo included. */
const BREADTH_CSS = 20;
/** Of the vertical arrow, from the left edge. */
const VERTICAL_X_CSS = 36;

/** In CSS pixels from the link's own top left corner. */
interface Geometry {
  readonly startX: number;
  readonly lengthCss: number;
  readonly mapTop: number;
  readonly mapHeight: number;
  readonly height: number;
  readonly aboveHeight: number;
  readonly belowHeight: number;
}

export class LinkPainter {
  readonly #root: HTMLElement;
  readonly #parts: LinkParts;
  readonly #orientation: LinkOrientation;
  readonly #layer: CanvasLayer;
  readonly #travel = new LinkTravel();
  #theme: ChartTheme;
  #geometry: Geometry | null = null;

  constructor(
    root: HTMLElement,
    parts: LinkParts,
    orientation: LinkOrientation,
    className: string | undefined,
  ) {
    this.#root = root;
    this.#parts = parts;
    this.#orientation = orientation;
    this.#layer = addCanvas(root, className);
    this.#theme = currentTheme();
  }

  themeChanged(frame: FrameMessage | null): void {
    this.#theme = currentTheme();
    if (frame !== null) this.show(frame, performance.now());
  }

  sizeChanged(frame: FrameMessage | null): void {
    this.#geometry = this.#measure();
    if (frame !== null) this.show(frame, performance.now());
  }

  show({ summary }: FrameMessage, nowMs: number): void {
    const { migration } = summary;
    const geometry = this.#geometry;
    if (migration === null || geometry === null) return;
    this.#travel.advance(summary, nowMs);
    const y = geometry.mapTop + geometry.mapHeight * this.#travel.rowShare;
    if (this.#orientation === 'horizontal') this.#placeTexts(y, geometry);
    this.#paint(migration.sendingMBps, y, geometry);
  }

  remove(): void {
    this.#layer.element.remove();
  }

  #paint(sendingMBps: number, y: number, { lengthCss, startX }: Geometry): void {
    const { context, element } = this.#layer;
    if (context === null) return;
    const devicePixelRatio = window.devicePixelRatio || 1;
    const isDown = this.#orientation === 'vertical';
    const canvas: LinkCanvas = {
      widthCss: isDown ? BREADTH_CSS : lengthCss,
      heightCss: isDown ? lengthCss : BREADTH_CSS,
      devicePixelRatio,
      direction: isDown ? 'down' : 'right',
      startX: isDown ? BREADTH_CSS / 2 : 0,
      startY: isDown ? 0 : BREADTH_CSS / 2,
    };
    resizeCanvas(this.#layer, canvas.widthCss, canvas.heightCss, devicePixelRatio);
    const left = isDown ? VERTICAL_X_CSS - BREADTH_CSS / 2 : startX;
    const top = isDown ? 0 : y - BREADTH_CSS / 2;
    element.style.transform = `translate(${left}px, ${Math.round(top * devicePixelRatio) / devicePixelRatio}px)`;
    const layout = layoutLink(lengthCss, sendingMBps, this.#travel.travelledCss);
    paintLink(context, layout, canvas, this.#theme);
  }

  /** Above and below the arrow, or both at the side where there is room. */
  #placeTexts(y: number, { aboveHeight, belowHeight, height }: Geometry): void {
    const { above, below } = this.#parts;
    let aboveTop = y - TEXT_GAP_CSS - aboveHeight;
    let belowTop = y + TEXT_GAP_CSS;
    if (aboveTop < 0) {
      aboveTop = belowTop;
      belowTop += aboveHeight + 4;
    } else if (belowTop + belowHeight > height) {
      belowTop = y - TEXT_GAP_CSS - belowHeight;
      aboveTop = belowTop - 4 - aboveHeight;
    }
    above.style.transform = `translateY(${Math.round(aboveTop)}px)`;
    if (below !== null) below.style.transform = `translateY(${Math.round(belowTop)}px)`;
  }

  #measure(): Geometry {
    const own = this.#root.getBoundingClientRect();
    const texts = {
      aboveHeight: this.#parts.above.offsetHeight,
      belowHeight: this.#parts.below?.offsetHeight ?? 0,
      height: own.height,
    };
    const [source, target] = mapsBeside(this.#root).map((map) => map.getBoundingClientRect());
    if (this.#orientation === 'vertical' || source === undefined || target === undefined) {
      const lengthCss = this.#orientation === 'vertical' ? own.height : own.width;
      return { startX: 0, lengthCss, mapTop: 0, mapHeight: own.height, ...texts };
    }
    return {
      startX: source.right - own.left,
      lengthCss: Math.max(MOST_SQUARES + SQUARE_CSS, target.left - source.right),
      mapTop: source.top + 1 - own.top,
      mapHeight: source.height - 2,
      ...texts,
    };
  }
}
