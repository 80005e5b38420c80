/**
 * A client strip: one tick for each request, oldest at the left, as high as its round trip was long. A request
 * without an answer is a hollow circle at the foot; one answered late is a full, black tick.
 */
import { NO_ANSWER, STRIP_TICKS } from '../protocol/frameColumns.ts';
import type { FrameMessage } from '../protocol/messages.ts';
import type { ChartTheme } from './theme.ts';

export interface StripTick {
  /** Middle of the tick. */
  readonly x: number;
  readonly heightCss: number;
  readonly kind: 'answered' | 'late' | 'no-answer';
}

export interface StripLayout {
  readonly ticks: readonly StripTick[];
  readonly tickWidthCss: number;
  readonly circleRadiusCss: number;
  readonly heightCss: number;
}

export interface StripSpace {
  readonly widthCss: number;
  readonly heightCss: number;
  readonly devicePixelRatio: number;
  /** Newest requests that fill the width. */
  readonly shown: number;
}

/** Round trip that fills the height. Chosen so that the usual 0.5 to 1 ms reach half of it. */
const FULL_HEIGHT_US = 2500;
/** Above it an answer was asked for more than once. Windows repeats after 300 ms, Linux after 200 ms. */
const LATE_US = 20_000;

/** The pings of one strip. */
export function pingsOfStrip({ buffers }: FrameMessage, row: number): Uint16Array {
  return buffers.pings.subarray(row * STRIP_TICKS, (row + 1) * STRIP_TICKS);
}

/** Ticks that fit at 3 CSS pixels each. */
export function ticksFor(widthCss: number): number {
  return Math.max(1, Math.min(STRIP_TICKS, Math.floor(widthCss / 3)));
}

/** @param pings  `STRIP_TICKS` round trips in microseconds, oldest first, right-aligned. */
export function layoutStrip(pings: Uint16Array, space: StripSpace): StripLayout {
  const shown = Math.min(space.shown, pings.length);
  // Whole device pixels, else the gaps between ticks differ; what is left over stays free at the left.
  const devicePx = Math.floor((space.widthCss * space.devicePixelRatio) / shown);
  const pitch = Math.max(1, devicePx) / space.devicePixelRatio;
  const start = space.widthCss - shown * pitch;
  const circleRadiusCss = Math.min(3.5, space.heightCss / 4);
  const ticks: StripTick[] = [];
  let lastCircleX = -Infinity;
  for (let index = 0; index < shown; index++) {
    const roundTripUs = pings[pings.length - shown + index]!;
    if (roundTripUs === 0) continue;
    const x = start + (index + 0.5) * pitch;
    const tick = tickOf(roundTripUs, space.heightCss);
    if (tick.kind === 'no-answer') {
      // Circles that overlap by more than a third would run into one bar.
      if (x - lastCircleX < 1.3 * circleRadiusCss) continue;
      lastCircleX = x;
    }
    ticks.push({ x, ...tick });
  }
  return {
    ticks,
    tickWidthCss: Math.max(1, Math.min(3, pitch * 0.45)),
    circleRadiusCss,
    heightCss: space.heightCss,
  };
}

function tickOf(roundTripUs: number, heightCss: number): Pick<StripTick, 'heightCss' | 'kind'> {
  if (roundTripUs === NO_ANSWER) return { heightCss: 0, kind: 'no-answer' };
  const share = Math.sqrt(Math.min(1, roundTripUs / FULL_HEIGHT_US));
  const kind = roundTripUs >= LATE_US ? 'late' : 'answered';
  return { heightCss: Math.max(2, heightCss * share), kind };
}

/** Clears the canvas and draws. */
export function paintStrip(
  context: CanvasRenderingContext2D,
  layout: StripLayout,
  size: { readonly widthCss: number; readonly devicePixelRatio: number },
  theme: ChartTheme,
): void {
  const { heightCss, tickWidthCss, circleRadiusCss: radius } = layout;
  const scale = size.devicePixelRatio;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, size.widthCss, heightCss);
  context.strokeStyle = theme.css.lost;
  context.lineWidth = 1.5;
  for (const tick of layout.ticks) {
    if (tick.kind === 'no-answer') {
      context.beginPath();
      context.arc(tick.x, heightCss - radius - 1, radius, 0, 2 * Math.PI);
      context.stroke();
      continue;
    }
    const isLate = tick.kind === 'late';
    context.fillStyle = isLate ? theme.css.ink : theme.css['ink-2'];
    const width = onDevicePixels(isLate ? tickWidthCss + 1 : tickWidthCss, scale);
    const left = onDevicePixels(tick.x - width / 2, scale);
    context.fillRect(left, heightCss - tick.heightCss, width, tick.heightCss);
  }
}

function onDevicePixels(css: number, scale: number): number {
  return Math.round(css * scale) / scale;
}

/** The newest round trip in words: "ping 0.8 ms", "no answer", or '' before the first request. */
export function pingText(pings: Uint16Array): string {
  const newest = pings.findLast((roundTripUs) => roundTripUs > 0);
  if (newest === undefined) return '';
  if (newest === NO_ANSWER) return 'no answer';
  const ms = newest / 1000;
  return `ping ${ms < 9.95 ? ms.toFixed(1) : String(Math.round(ms))}\u00a0ms`;
}
