/**
 * The horizontal scale of rounds chart and timeline: one function, so that a bar stands exactly above its segment.
 * "Equal" gives every round the same width whatever it took, and save and restore too; "to scale" is simulated time.
 * Where rounds are too many for columns of their own, neighbours share one (`manyRounds.ts`).
 */
import type { MigrationRow } from '../protocol/runInfo.ts';
import { roomForGhost, type GhostFuture } from './ghost.ts';
import { joinedWhereNarrow, sharedColumns } from './manyRounds.ts';
import {
  diskHandOver,
  phaseSpans,
  stateAt,
  withoutComing,
  type PhaseSpan,
  type Segment,
  type SegmentKind,
} from './phases.ts';

export type PhaseScaleMode = 'equal' | 'to-scale';

export interface PhaseScale {
  /** From left to right without gaps, 0 to `width`. */
  readonly segments: readonly Segment[];
  readonly width: number;
  readonly startNs: number;
  readonly endNs: number;
  /** Never falls; times outside are taken as the nearest end. */
  xOf(ns: number): number;
  /** The time at `x`, a whole nanosecond. */
  nsOf(x: number): number;
}

export interface ScaleOptions {
  /** While a prediction is open: nothing of the future. */
  readonly hideComing?: boolean;
  /** Size of the texts, 1 at the reference width. */
  readonly textScale?: number;
  /** End of what is shown after the move, or null where nothing is. */
  readonly untilNs?: number | null;
  /** What happened in another branch: there has to be room for it. */
  readonly ghost?: GhostFuture | null;
}

export function phaseScale(
  migration: MigrationRow,
  nowNs: number,
  mode: PhaseScaleMode,
  width: number,
  more: ScaleOptions = {},
): PhaseScale {
  const { hideComing = false, textScale = 1, untilNs = null, ghost = null } = more;
  const all = phaseSpans(migration, nowNs, untilNs);
  const known = hideComing ? withoutComing(all, nowNs) : all;
  const spans = ghost === null ? known : roomForGhost(known, migration, ghost, mode);
  if (spans.length === 0) {
    return runScale(migration.requestedNs, Math.max(nowNs, migration.requestedNs), nowNs, width);
  }
  if (mode === 'to-scale') {
    const columns = joinedWhereNarrow(spans, width);
    return scaleOf(columns, nowNs, trueWidths(columns, width));
  }
  const widths = equalWidths(spans, width, textScale);
  const columns = sharedColumns(spans, widths, nowNs, textScale);
  return scaleOf(
    columns.map(({ span }) => span),
    nowNs,
    columns.map((column) => column.width),
  );
}

/** A run without a migration to show: one segment. */
export function runScale(startNs: number, endNs: number, nowNs: number, width: number): PhaseScale {
  // A run without length has not begun: there is nothing to name.
  const label = endNs > startNs ? 'Run' : '';
  const run: PhaseSpan = { kind: 'run', label, number: 0, startNs, endNs, phases: [] };
  return scaleOf([run], nowNs, [width]);
}

/** Spans that say themselves what they are: each as wide as the others, or to scale. */
export function spansScale(
  spans: readonly PhaseSpan[],
  nowNs: number,
  mode: PhaseScaleMode,
  width: number,
): PhaseScale {
  const widths =
    mode === 'equal' ? spans.map(() => width / spans.length) : trueWidths(spans, width);
  return scaleOf(spans, nowNs, widths);
}

/** The segment that holds `ns`: at a border, the one that begins there. */
export function segmentAt(scale: PhaseScale, ns: number): Segment {
  const { segments } = scale;
  const found = segments.findLast(({ startNs, absent }) => startNs <= ns && absent !== true);
  return found ?? segments[0]!;
}

function scaleOf(
  spans: readonly PhaseSpan[],
  nowNs: number,
  widths: readonly number[],
): PhaseScale {
  let x = 0;
  const segments = spans.map((span, index): Segment => {
    const x0 = x;
    x += widths[index]!;
    return { ...span, x0, x1: x, state: stateAt(span, nowNs) };
  });
  const scale: PhaseScale = {
    segments,
    width: x,
    startNs: spans[0]!.startNs,
    endNs: spans.findLast(({ absent }) => absent !== true)!.endNs,
    xOf: (ns) => {
      const { startNs, endNs, x0, x1 } = segmentAt(scale, ns);
      const share = endNs > startNs ? (ns - startNs) / (endNs - startNs) : 0;
      return x0 + (x1 - x0) * clamped(share);
    },
    nsOf: (at) => {
      const { startNs, endNs, x0, x1 } = segments.findLast((s) => s.x0 <= at) ?? segments[0]!;
      const share = x1 > x0 ? (at - x0) / (x1 - x0) : 0;
      return Math.round(startNs + (endNs - startNs) * clamped(share));
    },
  };
  return scale;
}

/** In these pages travel: they share what the others leave. */
type WideKind = 'round' | 'save' | 'restore';

/** Width of a segment beside them, in CSS pixels, enough for its name at 13 px. */
const sideWidths: Readonly<Record<Exclude<SegmentKind, WideKind | 'run' | 'failover'>, number>> = {
  queued: 66,
  setup: 62,
  blackout: 116,
  'clean-up': 76,
  wait: 92,
  'disk-move': 116,
  cut: 80,
  after: 108,
};
/** Of a blackout that says how much of it the disk takes. */
const WITH_DISK_WIDTH = 190;

/** Of the whole width, at most this share goes to segments beside the rounds; narrow tracks need it for rounds. */
const MOST_SIDE_SHARE = 0.36;
const MOST_SIDE_SHARE_NARROW = 0.28;
const NARROW = 600;
/** "Round 1" with its margins: the first round keeps its word when the others show only numbers. */
const WORD_WIDTH = 72;
const NUMBER_WIDTH = 24;

/** What is hidden takes the place of this many rounds: it must not tell how many there are. */
const HIDDEN_ROUNDS = 2;

function equalWidths(spans: readonly PhaseSpan[], width: number, textScale: number): number[] {
  const rounds = spans.filter(({ kind }) => isWide(kind)).length;
  const hidden = spans.some(({ kind }) => kind === 'run') ? HIDDEN_ROUNDS : 0;
  if (rounds + hidden === 0) return spans.map(() => width / spans.length);
  const wanted = spans.map((span) => sideWidth(span) * textScale);
  const total = wanted.reduce((sum, each) => sum + each, 0);
  const mostShare = width / textScale < NARROW ? MOST_SIDE_SHARE_NARROW : MOST_SIDE_SHARE;
  const shrink = Math.min(1, (width * mostShare) / Math.max(1, total));
  const forAll = width - total * shrink;
  const forHidden = (forAll * hidden) / (rounds + hidden);
  const forRounds = forAll - forHidden;
  const first = firstRoundWidth(forRounds, rounds);
  const other = rounds > 1 ? (forRounds - first) / (rounds - 1) : 0;
  const firstWide = spans.findIndex(({ kind }) => isWide(kind));
  return spans.map(({ kind }, index) => {
    if (kind === 'run') return forHidden;
    if (!isWide(kind)) return wanted[index]! * shrink;
    return index === firstWide ? first : other;
  });
}

function isWide(kind: SegmentKind): kind is WideKind {
  return kind === 'round' || kind === 'save' || kind === 'restore';
}

function firstRoundWidth(forRounds: number, rounds: number): number {
  const equal = forRounds / rounds;
  const leaves = (forRounds - WORD_WIDTH) / Math.max(1, rounds - 1);
  return equal < WORD_WIDTH && rounds > 1 && leaves >= NUMBER_WIDTH ? WORD_WIDTH : equal;
}

function sideWidth(span: PhaseSpan): number {
  const { kind } = span;
  if (kind === 'run' || kind === 'failover' || isWide(kind)) return 0;
  return diskHandOver(span) === null ? sideWidths[kind] : WITH_DISK_WIDTH;
}

/** Simulated time to scale; only the crossed end, which has no length, gets a width of its own. */
function trueWidths(spans: readonly PhaseSpan[], width: number): number[] {
  const cut = spans.some(({ kind }) => kind === 'cut') ? Math.min(sideWidths.cut, width * 0.2) : 0;
  const total = spans.reduce((sum, { startNs, endNs }) => sum + endNs - startNs, 0);
  if (total === 0) return spans.map(() => width / spans.length);
  return spans.map(({ kind, startNs, endNs }) =>
    kind === 'cut' ? cut : ((width - cut) * (endNs - startNs)) / total,
  );
}

function clamped(share: number): number {
  return Math.max(0, Math.min(1, share));
}
