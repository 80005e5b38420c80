/**
 * A canvas inside a host element, made and removed by the effect that paints on it: StrictMode mounts effects
 * twice, and a canvas that React owns would keep what the first one drew.
 */
export interface CanvasLayer {
  readonly element: HTMLCanvasElement;
  /** null where there is no canvas (tests, very old browsers): then nothing is painted. */
  readonly context: CanvasRenderingContext2D | null;
}

export interface CanvasOptions {
  /** Painted pixel by pixel: kept in the memory of the page, not of the graphics card. */
  readonly ownPixels?: boolean;
}

export function addCanvas(
  host: Element,
  className: string | undefined,
  { ownPixels = false }: CanvasOptions = {},
): CanvasLayer {
  const element = document.createElement('canvas');
  if (className !== undefined) element.className = className;
  element.setAttribute('aria-hidden', 'true');
  host.append(element);
  return { element, context: element.getContext('2d', { willReadFrequently: ownPixels }) };
}

/** Sets the size in CSS pixels, whole in device pixels; clears the canvas only when it changes. */
export function resizeCanvas(
  { element }: CanvasLayer,
  widthCss: number,
  heightCss: number,
  devicePixelRatio: number,
): boolean {
  const width = Math.round(widthCss * devicePixelRatio);
  const height = Math.round(heightCss * devicePixelRatio);
  if (element.width === width && element.height === height) return false;
  element.width = width;
  element.height = height;
  element.style.width = `${width / devicePixelRatio}px`;
  element.style.height = `${height / devicePixelRatio}px`;
  return true;
}
