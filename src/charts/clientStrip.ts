/**
 * A client strip: time from left to right. A tick is an answer, as high as its round trip was long, black and of full
 * height where it came late. A hollow circle at the foot is a transmission without an answer, a cross a lost
 * connection, an arrow a new one: shapes first, so that grey prints say the same.
 */
import { STRIP_KINDS, STRIP_MARKS, STRIP_SLOT } from '../protocol/frameColumns.ts';
import type { FrameMessage } from '../protocol/messages.ts';
import type { ChartTheme } from './theme.ts';

export type MarkKind = Exclude<keyof typeof STRIP_KINDS, 'none'>;

/** The columns of one strip; see `FrameBuffers`. */
export interface StripColumns {
  readonly slots: number;
  readonly places: Uint16Array;
  readonly kinds: Uint8Array;
  readonly roundTrips: Uint16Array;
}

export interface StripMark {
  /** Its middle. */
  readonly x: number;
  readonly kind: MarkKind;
  /** Of ticks. */
  readonly heightCss: number;
}

export interface StripLayout {
  /** Answers before all others, which stand before them. */
  readonly marks: readonly StripMark[];
  readonly tickWidthCss: number;
  readonly radiusCss: number;
  readonly heightCss: number;
}

export interface StripSpace {
  readonly widthCss: number;
  readonly heightCss: number;
  readonly devicePixelRatio: number;
}

/** Round trip that fills the height. Chosen so that the usual 0.5 to 1 ms reach half of it. */
const FULL_HEIGHT_US = 2500;
/** Pings are many: at least 3 px each, the newest that fit. */
const PING_PITCH_CSS = 3;
/** The strip of a connection is short enough to be seen whole in most places. */
const CONNECTION_PITCH_CSS = 2;
const CONNECTION_SLOTS = 40;

const kindOfCode = new Map<number, MarkKind>(
  (Object.keys(STRIP_KINDS) as (keyof typeof STRIP_KINDS)[])
    .filter((kind) => kind !== 'none')
    .map((kind) => [STRIP_KINDS[kind], kind]),
);

export function columnsOfStrip({ buffers }: FrameMessage, row: number): StripColumns {
  const start = row * STRIP_MARKS;
  const end = start + STRIP_MARKS;
  return {
    slots: buffers.stripSlots[row] ?? 0,
    places: buffers.stripPlaces.subarray(start, end),
    kinds: buffers.stripKinds.subarray(start, end),
    roundTrips: buffers.stripRoundTrips.subarray(start, end),
  };
}

/** How many of the newest slots there is room for. */
export function slotsFor(widthCss: number, slots: number): number {
  const pitch = slots > CONNECTION_SLOTS ? PING_PITCH_CSS : CONNECTION_PITCH_CSS;
  return Math.max(1, Math.min(slots, Math.floor(widthCss / pitch)));
}

export function layoutStrip(columns: StripColumns, space: StripSpace): StripLayout {
  const { widthCss, heightCss, devicePixelRatio } = space;
  const radiusCss = Math.min(3.5, heightCss / 4);
  // A circle, and what came of it, have room right of the newest tick.
  const roomCss = Math.max(0, widthCss - 2 * radiusCss);
  const shown = slotsFor(roomCss, columns.slots);
  // Whole device pixels, else the gaps between ticks differ; what is left over stays free at the left.
  const devicePx = Math.floor((roomCss * devicePixelRatio) / shown);
  const pitch = Math.max(1, devicePx) / devicePixelRatio;
  const middleCss = roomCss - (columns.slots - 0.5) * pitch;
  const tickWidthCss = Math.max(1, Math.min(3, pitch * 0.45));
  const placed: StripMark[] = [];
  for (let index = 0; index < columns.kinds.length; index++) {
    const kind = kindOfCode.get(columns.kinds[index]!);
    if (kind === undefined) break;
    const x = middleCss + (columns.places[index]! / STRIP_SLOT) * pitch;
    if (x < (kind === 'answered' || kind === 'late' ? 0 : radiusCss)) continue;
    placed.push({ x, kind, heightCss: tickHeight(columns.roundTrips[index]!, kind, heightCss) });
  }
  return { marks: apart(placed, widthCss, radiusCss), tickWidthCss, radiusCss, heightCss };
}

function tickHeight(roundTripUs: number, kind: MarkKind, heightCss: number): number {
  if (kind === 'late') return heightCss;
  if (kind !== 'answered') return 0;
  return Math.max(2, heightCss * Math.sqrt(Math.min(1, roundTripUs / FULL_HEIGHT_US)));
}

/**
 * Makes room around symbols. Circles that would overlap by more than a third are left out, or they would run into one
 * bar; what came of them steps aside to the right, and ticks of answers that would be covered are left out.
 */
function apart(
  marks: readonly StripMark[],
  widthCss: number,
  radius: number,
): readonly StripMark[] {
  const symbols: StripMark[] = [];
  const late: StripMark[] = [];
  for (const mark of marks) {
    if (mark.kind === 'answered') continue;
    const before = symbols.at(-1);
    const beforeX = before?.x ?? -Infinity;
    if (mark.kind === 'unanswered') {
      const x = Math.min(widthCss - radius, mark.x);
      if (x >= beforeX + 1.3 * radius) symbols.push({ ...mark, x });
      continue;
    }
    const half = mark.kind === 'late' ? 2 : radius;
    const distance = radius + half + 0.5;
    const x = Math.min(widthCss - half, Math.max(mark.x, beforeX + distance));
    // At the right end it is the symbol before that gives way.
    if (before !== undefined && beforeX > x - distance) {
      symbols[symbols.length - 1] = { ...before, x: x - distance };
    }
    (mark.kind === 'late' ? late : symbols).push({ ...mark, x });
  }
  const isCovered = ({ x }: StripMark): boolean =>
    symbols.some((symbol) => Math.abs(symbol.x - x) <= radius + 1) ||
    late.some((tick) => Math.abs(tick.x - x) <= 2);
  const answers = marks.filter((mark) => mark.kind === 'answered' && !isCovered(mark));
  return [...answers, ...late, ...symbols];
}

/** Clears the canvas and draws. */
export function paintStrip(
  context: CanvasRenderingContext2D,
  layout: StripLayout,
  size: { readonly widthCss: number; readonly devicePixelRatio: number },
  theme: ChartTheme,
): void {
  const { heightCss, tickWidthCss, radiusCss } = layout;
  const scale = size.devicePixelRatio;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, size.widthCss, heightCss);
  for (const mark of layout.marks) {
    if (mark.kind === 'answered' || mark.kind === 'late') {
      const isLate = mark.kind === 'late';
      context.fillStyle = isLate ? theme.css.ink : theme.css['ink-2'];
      const width = onDevicePixels(isLate ? tickWidthCss + 1 : tickWidthCss, scale);
      const left = onDevicePixels(mark.x - width / 2, scale);
      context.fillRect(left, heightCss - mark.heightCss, width, mark.heightCss);
    } else {
      context.strokeStyle = mark.kind === 'reconnected' ? theme.css.ink : theme.css.lost;
      context.lineWidth = mark.kind === 'lost' ? 2 : 1.5;
      context.beginPath();
      symbolPaths[mark.kind](context, mark.x, heightCss, radiusCss);
      context.stroke();
    }
  }
}

type SymbolPath = (
  context: CanvasRenderingContext2D,
  x: number,
  heightCss: number,
  radius: number,
) => void;

const symbolPaths: Readonly<Record<Exclude<MarkKind, 'answered' | 'late'>, SymbolPath>> = {
  unanswered(context, x, heightCss, radius) {
    context.arc(x, heightCss - radius - 1, radius, 0, 2 * Math.PI);
  },
  lost(context, x, heightCss, radius) {
    const y = heightCss - radius - 1;
    context.moveTo(x - radius, y - radius);
    context.lineTo(x + radius, y + radius);
    context.moveTo(x + radius, y - radius);
    context.lineTo(x - radius, y + radius);
  },
  reconnected(context, x, heightCss, radius) {
    context.moveTo(x, heightCss);
    context.lineTo(x, 1);
    context.moveTo(x - radius, 1 + radius);
    context.lineTo(x, 1);
    context.lineTo(x + radius, 1 + radius);
  },
};

function onDevicePixels(css: number, scale: number): number {
  return Math.round(css * scale) / scale;
}
