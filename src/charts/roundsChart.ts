/**
 * The rounds chart as numbers: one column per segment of the phase scale, a bar as high as the pages sent in the
 * round, a curve of the pages changed meanwhile, and the stop threshold. The curve's end is the height of the next
 * bar: what changed in one round is what the next one sends. Nothing of the future but outlines. A quick migration has two
 * bars: pages saved, and pages read back. A column that several rounds share shows their averages.
 */
import { line, curveMonotoneX, scaleLinear, scaleLog, type ScaleLinear } from 'd3';
import { withThousands } from '../base/numberText.ts';
import type { PhaseRow } from '../protocol/runInfo.ts';
import { curveUntil, type CurvePoint } from './dirtiedCurve.ts';
import type { GhostSegment } from './ghostLane.ts';
import type { PhaseScale } from './phaseScale.ts';
import type { Segment } from './phases.ts';

export type PagesScale = 'log' | 'linear';

export interface RoundBar {
  readonly key: string;
  readonly state: Segment['state'];
  readonly blackout: boolean;
  readonly x0: number;
  readonly x1: number;
  /** Right edge of the filled part: up to now, and in a round that was cut off as far as it came. */
  readonly filledTo: number;
  readonly top: number;
  readonly pages: number;
  /** Shortened or '' where the column is too narrow; '' for what is to come. */
  readonly label: string;
  /** SVG path of the pages changed meanwhile up to now, or ''. */
  readonly curve: string;
  /** End of the curve. */
  readonly diamond: { readonly x: number; readonly y: number } | null;
}

/** What another branch sent in the round: an outline and nothing else. */
export interface GhostBar {
  readonly key: string;
  readonly x0: number;
  readonly x1: number;
  readonly top: number;
}

export interface RoundsLayout {
  readonly bars: readonly RoundBar[];
  readonly ghostBars: readonly GhostBar[];
  readonly ticks: readonly { readonly y: number; readonly pages: number; readonly text: string }[];
  readonly thresholdY: number | null;
  readonly baseline: number;
  readonly playheadX: number;
}

export interface RoundsView {
  readonly scale: PhaseScale;
  readonly nowNs: number;
  readonly pagesScale: PagesScale;
  readonly thresholdPages: number | null;
  /** Of another branch, on the same scale. */
  readonly ghost?: readonly GhostSegment[];
  /** Of the tallest bar, and of the baseline. */
  readonly top: number;
  readonly baseline: number;
  /** "1M" instead of "1,000,000". */
  readonly shortTicks: boolean;
  /** Size of the texts, 1 at the reference width. */
  readonly textScale: number;
}

export function layoutRounds(view: RoundsView): RoundsLayout {
  const { scale, nowNs, thresholdPages, baseline } = view;
  const columns = scale.segments.flatMap((segment, index) => {
    const figures = columnFigures(segment);
    const isCut = scale.segments[index + 1]?.kind === 'cut';
    return figures === null ? [] : [{ segment, figures, isCut }];
  });
  const ghosts = (view.ghost ?? []).flatMap((segment) => {
    const figures = columnFigures(segment);
    return figures === null ? [] : [{ segment, pages: figures.pagesSent || figures.pagesToSend }];
  });
  const y = pagesToY(view, [
    ...columns.flatMap(({ figures }) => [
      figures.pagesToSend,
      figures.pagesSent,
      figures.pagesDirtied,
    ]),
    ...ghosts.map(({ pages }) => pages),
  ]);
  const bars = columns.map((column) => barOf(column, view, y.of));
  const ticks = y.ticks.map((pages) => {
    const text = view.shortTicks ? shortCount(pages) : withThousands(pages);
    return { y: y.of(pages), pages, text };
  });
  const ghostBars = ghosts.map(({ segment: { kind, number, x0, x1 }, pages }) => {
    return { key: `${kind}${number}`, x0, x1, top: y.of(pages) };
  });
  return {
    bars,
    ghostBars,
    ticks,
    thresholdY: thresholdPages === null ? null : y.of(thresholdPages),
    baseline,
    playheadX: scale.xOf(nowNs),
  };
}

/** The phase of a segment in which pages travel: a round, the last copy in the blackout, a save, a restore. */
export function copyPhaseOf({ phases }: Pick<Segment, 'phases'>): PhaseRow | undefined {
  return phases.find(({ name }) => copyPhases.has(name));
}

/** What a column shows: of one phase its own numbers, of several rounds the averages of those that are over. */
export interface ColumnFigures {
  readonly pagesToSend: number;
  readonly pagesSent: number;
  readonly pagesDirtied: number;
}

export function columnFigures({ phases }: Pick<Segment, 'phases'>): ColumnFigures | null {
  const copies = phases.filter(({ name }) => copyPhases.has(name));
  const [only] = copies;
  if (only === undefined) return null;
  if (copies.length === 1 && only.lastNumber === undefined) return only;
  const over = copies.filter(({ endNs }) => endNs !== null);
  const sum = (rows: readonly PhaseRow[], of: (row: PhaseRow) => number): number =>
    rows.reduce((all, row) => all + of(row), 0);
  const average = (rows: readonly PhaseRow[], of: (row: PhaseRow) => number): number =>
    Math.round(sum(rows, of) / Math.max(1, sum(rows, roundsOf)));
  return {
    pagesToSend: average(copies, ({ pagesToSend }) => pagesToSend),
    pagesSent: average(over, ({ pagesSent }) => pagesSent),
    pagesDirtied: average(over, ({ pagesDirtied }) => pagesDirtied),
  };
}

/** One, or as many as share the row. */
function roundsOf({ number, lastNumber = number }: PhaseRow): number {
  return lastNumber - number + 1;
}

const copyPhases: ReadonlySet<PhaseRow['name']> = new Set([
  'round',
  'stop-and-copy',
  'saving',
  'restoring',
]);

/** At most this many lines across, and at least this far apart. */
const MOST_TICKS = 5;
const TICK_CSS = 16;

interface PagesAxis {
  readonly of: (pages: number) => number;
  readonly ticks: readonly number[];
}

function pagesToY(view: RoundsView, counts: readonly number[]): PagesAxis {
  const positive = [...counts, view.thresholdPages ?? 0].filter((pages) => pages > 0);
  const most = Math.max(10, ...positive);
  const range = [view.baseline, view.top];
  const fitting = Math.floor((view.baseline - view.top) / (TICK_CSS * view.textScale)) + 1;
  const mostTicks = Math.max(2, Math.min(MOST_TICKS, fitting));
  if (view.pagesScale === 'linear') {
    const scale = scaleLinear([0, most], range).clamp(true);
    return { of: scale, ticks: evenTicks(scale, mostTicks) };
  }
  const least = Math.min(most / 10, ...positive);
  const lowest = 10 ** Math.floor(Math.log10(least) + 1e-9);
  const scale = scaleLog([lowest, most], range).clamp(true);
  return { of: (pages) => scale(Math.max(pages, lowest)), ticks: decades(lowest, most, mostTicks) };
}

/** D3 takes the wished number as a hint and may answer with more. */
function evenTicks(scale: ScaleLinear<number, number>, mostTicks: number): number[] {
  for (let wished = mostTicks; wished > 1; wished--) {
    const ticks = scale.ticks(wished);
    if (ticks.length <= mostTicks) return ticks;
  }
  return [0];
}

function decades(lowest: number, most: number, mostTicks: number): number[] {
  const count = Math.floor(Math.log10(most / lowest) + 1e-9) + 1;
  const every = Math.ceil(count / mostTicks);
  return Array.from({ length: Math.ceil(count / every) }, (_, i) => lowest * 10 ** (i * every));
}

interface BarColumn {
  readonly segment: Segment;
  readonly figures: ColumnFigures;
  /** The migration ended in it. */
  readonly isCut: boolean;
}

/** A round that was cut off keeps the height of what it had to send, filled as far as it came. */
function barOf(
  { segment, figures, isCut }: BarColumn,
  view: RoundsView,
  y: (pages: number) => number,
): RoundBar {
  const { kind, number, lastNumber, state, x0, x1 } = segment;
  const phase = segment.phases.findLast(({ name }) => copyPhases.has(name))!;
  // Pages skipped because they changed again before their turn were not sent.
  const isWhole = state === 'done' && phase.endNs !== null && !isCut;
  const isShared = lastNumber !== undefined;
  const showsSent = isWhole || (isShared && state === 'current' && figures.pagesSent > 0);
  const pages = showsSent ? figures.pagesSent : figures.pagesToSend;
  const nowX = view.scale.xOf(view.nowNs);
  const passedTo = state === 'done' ? x1 : state === 'current' ? nowX : x0;
  const share = x1 > x0 ? (passedTo - x0) / (x1 - x0) : 0;
  const sentShare = isCut && !isShared ? phase.pagesSent / Math.max(1, phase.pagesToSend) : 1;
  const points = kind === 'round' && share > 0 ? pointsOf(segment, figures, share) : [];
  const end = points.at(-1);
  const xAt = (at: number): number => x0 + (x1 - x0) * at;
  const path = line<CurvePoint>(
    (point) => xAt(point.share),
    (point) => y(point.pages),
  ).curve(curveMonotoneX);
  return {
    key: `${kind}${number}`,
    state,
    blackout: kind === 'blackout',
    x0,
    x1,
    filledTo: x0 + (passedTo - x0) * sentShare,
    top: y(pages),
    pages,
    label: state === 'coming' ? '' : labelWithin(pages, (x1 - x0) / view.textScale),
    curve: points.length > 1 ? (path(points) ?? '') : '',
    // Several rounds have no single end.
    diamond: end === undefined || isShared ? null : { x: xAt(end.share), y: y(end.pages) },
  };
}

/** What changed meanwhile: in one round as it grew, in several as a line at their average. */
function pointsOf(segment: Segment, { pagesDirtied }: ColumnFigures, share: number): CurvePoint[] {
  if (segment.lastNumber === undefined) return curveUntil(copyPhaseOf(segment)!, share);
  return [
    { share: 0, pages: pagesDirtied },
    { share, pages: pagesDirtied },
  ];
}

/** Width of a digit of the bar labels, 14 px bold. */
const DIGIT_CSS = 8.4;

function labelWithin(pages: number, width: number): string {
  const full = withThousands(pages);
  if (full.length * DIGIT_CSS + 8 <= width) return full;
  const short = shortCount(pages);
  return short.length * DIGIT_CSS + 4 <= width ? short : '';
}

/** 1048576 -> "1M", 178867 -> "179k", 6865 -> "6.9k". */
export function shortCount(pages: number): string {
  if (pages >= 999_500) return `${twoFigures(pages / 1_000_000)}M`;
  if (pages >= 1000) return `${twoFigures(pages / 1000)}k`;
  return String(Math.round(pages));
}

function twoFigures(value: number): string {
  return value >= 9.95 ? String(Math.round(value)) : String(Number(value.toFixed(1)));
}
