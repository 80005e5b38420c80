/**
 * The colours of the product as painters need them: as CSS text for strokes, and packed for the pixels of an
 * ImageData. The values stand in `tokens.css`; here they are only read, once per change of theme.
 */
import { rgb } from 'd3';

/** Light values, for where the style sheet is not there (tests, a page that is still loading). */
const fallback = {
  paper: '#F7F8F6',
  surface: '#FFFFFF',
  ink: '#12171A',
  'ink-2': '#434C51',
  'rule-2': '#838C90',
  unsent: '#E9EBE8',
  copied: '#74ADE0',
  dirty: '#C44400',
  hot: '#431000',
  'copied-ink': '#175E9E',
  lost: '#A0175C',
  'map-1': '#E4EEF7',
  'map-2': '#BCD6EE',
  'map-3': '#86B6E1',
  'map-4': '#4A8BC6',
  'map-5': '#1F5F9C',
} as const;

export type ChartColour = keyof typeof fallback;

/** One pixel as the little-endian 32-bit number of an ImageData: alpha, blue, green, red. */
export type PackedPixel = number;

export interface ChartTheme {
  readonly css: Readonly<Record<ChartColour, string>>;
  readonly pixel: Readonly<Record<ChartColour, PackedPixel>>;
}

/** Reads the custom properties that hold at `element`. */
export function readChartTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element);
  return createChartTheme((name) => style.getPropertyValue(`--${name}`).trim());
}

/** @param valueOf  CSS colour of a token; '' takes the light value. */
export function createChartTheme(valueOf: (name: ChartColour) => string): ChartTheme {
  const css: Record<string, string> = {};
  const pixel: Record<string, PackedPixel> = {};
  for (const name of Object.keys(fallback) as ChartColour[]) {
    const value = valueOf(name) || fallback[name];
    css[name] = value;
    pixel[name] = packPixel(value);
  }
  return {
    css: css as Record<ChartColour, string>,
    pixel: pixel as Record<ChartColour, PackedPixel>,
  };
}

/** '#123456' -> 0xff563412. */
export function packPixel(colour: string): PackedPixel {
  const { r, g, b } = rgb(colour);
  return ((0xff << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

/** The colour a `share` of the way from `from` to `to`, channel by channel. */
export function mixPixels(from: PackedPixel, to: PackedPixel, share: number): PackedPixel {
  let mixed = 0xff000000;
  for (const shift of [0, 8, 16]) {
    const start = (from >>> shift) & 0xff;
    const end = (to >>> shift) & 0xff;
    mixed |= Math.round(start + (end - start) * share) << shift;
  }
  return mixed >>> 0;
}
