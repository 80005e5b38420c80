/**
 * Draws the way of a quick migration's pages between a map and the volume below, and keeps it at the row being sent. It
 * finds the maps by their `data-map-stage` and the volume by its `data-volume`.
 */
import {
  layoutStorageLink,
  paintStorageLink,
  type StorageLinkSpace,
} from '../../../charts/storageLink.ts';
import type { FrameMessage } from '../../../protocol/messages.ts';
import { addCanvas, resizeCanvas, type CanvasLayer } from './canvasLayer.ts';
import { wayOf } from './linkText.ts';
import { LinkTravel, mapsBeside } from './linkTravel.ts';
import { currentTheme } from './watchTheme.ts';

/** In CSS pixels from the link's own top left corner. */
interface Geometry {
  readonly width: number;
  /** Inner edges of the maps: the first lies left of the link, the second right of it. */
  readonly sourceX: number;
  readonly targetX: number;
  readonly mapTop: number;
  readonly mapHeight: number;
  readonly volumeY: number;
  readonly textHeight: number;
}

/** Between the arrow and the text above it. */
const TEXT_GAP_CSS = 10;

export class StorageLinkPainter {
  readonly #root: HTMLElement;
  readonly #text: HTMLElement;
  readonly #volume: number;
  readonly #layer: CanvasLayer;
  readonly #travel = new LinkTravel();
  #geometry: Geometry | null = null;

  /** @param volume  Index of the volume that holds the file. */
  constructor(root: HTMLElement, text: HTMLElement, volume: number, className: string | undefined) {
    this.#root = root;
    this.#text = text;
    this.#volume = volume;
    this.#layer = addCanvas(root, className);
  }

  sizeChanged(frame: FrameMessage | null): void {
    this.#geometry = this.#measure();
    if (frame !== null) this.show(frame, performance.now());
  }

  show(frame: FrameMessage, nowMs: number): void {
    const geometry = this.#geometry;
    const { migration } = frame.summary;
    if (migration === null || geometry === null) return;
    this.#travel.advance(frame.summary, nowMs);
    const way = wayOf(frame);
    const { mapTop, mapHeight, textHeight } = geometry;
    const y = mapTop + mapHeight * this.#travel.rowShare;
    const textTop =
      way === 'none' ? mapTop + (mapHeight - textHeight) / 2 : y - TEXT_GAP_CSS - textHeight;
    this.#text.style.transform = `translateY(${Math.max(0, Math.round(textTop))}px)`;
    this.#layer.element.hidden = way === 'none';
    if (way !== 'none') this.#paint(way, migration.sendingMBps, y, geometry);
  }

  remove(): void {
    this.#layer.element.remove();
  }

  #paint(way: 'down' | 'up', sendingMBps: number, y: number, geometry: Geometry): void {
    const { context, element } = this.#layer;
    if (context === null) return;
    const { width, sourceX, targetX, volumeY } = geometry;
    const devicePixelRatio = window.devicePixelRatio || 1;
    const size = { widthCss: targetX - sourceX, heightCss: volumeY, devicePixelRatio };
    resizeCanvas(this.#layer, size.widthCss, size.heightCss, devicePixelRatio);
    element.style.transform = `translateX(${sourceX}px)`;
    // Coordinates of the canvas begin at the source map's edge.
    const space: StorageLinkSpace = {
      way,
      row: { x: way === 'down' ? 0 : size.widthCss, y },
      cornerX: width / 2 - sourceX,
      volumeY,
    };
    const layout = layoutStorageLink(space, sendingMBps, this.#travel.travelledCss);
    paintStorageLink(context, layout, size, currentTheme());
  }

  #measure(): Geometry | null {
    const own = this.#root.getBoundingClientRect();
    const [source, target] = mapsBeside(this.#root).map((map) => map.getBoundingClientRect());
    if (source === undefined || target === undefined) return null;
    return {
      width: own.width,
      sourceX: source.right - own.left,
      targetX: target.left - own.left,
      mapTop: source.top + 1 - own.top,
      mapHeight: source.height - 2,
      volumeY:
        (volumeBelow(this.#root, this.#volume)?.getBoundingClientRect().top ?? own.bottom) -
        own.top,
      textHeight: this.#text.offsetHeight,
    };
  }
}

export function volumeBelow(root: Element, volume: number): Element | null {
  return root.closest('[data-cluster]')?.querySelector(`[data-volume="${volume}"]`) ?? null;
}
