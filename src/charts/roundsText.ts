/** The rounds chart and the timeline in words and as table rows, for whoever does not see the drawing. */
import {
  memoryText,
  pagesText,
  secondsFigure,
  secondsText,
  withThousands,
} from '../base/numberText.ts';
import { NS_PER_S, PAGES_PER_MIB } from '../base/units.ts';
import type { MigrationRow } from '../protocol/runInfo.ts';
import { eachRound, lastRoundOf, toldTogether } from './manyRounds.ts';
import { diskHandOver, type Segment } from './phases.ts';
import { segmentAt, type PhaseScale } from './phaseScale.ts';
import { columnFigures, copyPhaseOf } from './roundsChart.ts';

export interface RoundsTableRow {
  readonly name: string;
  /** Since the migration was asked for, without their unit. */
  readonly begins: string;
  /** Without their unit. */
  readonly seconds: string;
  readonly sent: string;
  readonly changed: string;
}

/** In the table, of what has not happened. */
export const NOT_YET = 'to come';
const NONE = '–';

const withoutRow: ReadonlySet<Segment['kind']> = new Set(['cut', 'after', 'run']);

/** One row a phase, each round by itself; what has not happened at the shown time has no numbers. */
export function roundsTable(scale: PhaseScale, nowNs: number): RoundsTableRow[] {
  return scale.segments
    .filter(({ kind, absent }) => !withoutRow.has(kind) && absent !== true)
    .flatMap((segment) => eachRound(segment, nowNs))
    .map((segment): RoundsTableRow => {
      const phase = copyPhaseOf(segment);
      const name = segment.label;
      if (segment.state === 'coming') {
        return { name, begins: NOT_YET, seconds: NOT_YET, sent: NOT_YET, changed: NOT_YET };
      }
      const begins = lengthFigure(scale.startNs, segment.startNs);
      const seconds = segmentFigures(segment, nowNs, lengthFigure);
      if (phase === undefined) return { name, begins, seconds, sent: NONE, changed: NONE };
      if (segment.state === 'current') {
        const sent = `of ${withThousands(phase.pagesToSend)}`;
        return { name, begins, seconds, sent, changed: 'under way' };
      }
      const changed = segment.kind === 'round' ? withThousands(phase.pagesDirtied) : NONE;
      return { name, begins, seconds, sent: withThousands(phase.pagesSent), changed };
    });
}

/** The chart in a few sentences. */
export function roundsSummary(
  scale: PhaseScale,
  nowNs: number,
  thresholdPages: number | null,
): string {
  const sentences = toldTogether(scale.segments).flatMap((segment) => {
    const sentence = segmentSentence(segment, nowNs);
    return sentence === null ? [] : [sentence];
  });
  if (sentences.length === 0) sentences.push(nothingYet(scale));
  if (thresholdPages !== null) sentences.push(`Rounds ${thresholdText(thresholdPages)}.`);
  return sentences.join(' ');
}

function nothingYet({ segments }: PhaseScale): string {
  const isQuick = segments.some(({ kind }) => kind === 'save' || kind === 'restore');
  return isQuick ? 'No page has been saved.' : 'No round has begun.';
}

/** Instead of an empty chart: why no page has travelled. */
export function nothingSentText({ method, outcome }: MigrationRow): string {
  const done = method === 'quick' ? 'saved' : 'sent';
  if (outcome === 'cancelled') return `It was cancelled before any page was ${done}.`;
  if (outcome === 'failed') return `It failed before any page was ${done}.`;
  return outcome === 'queued' ? 'It waits for its turn.' : `No page has been ${done} yet.`;
}

/** A column that is pointed at. Nothing is told of what is to come. */
export function columnText(segment: Segment, nowNs: number): string {
  const verb = lastRoundOf(segment) > segment.number ? 'are' : 'is';
  return segmentSentence(segment, nowNs) ?? `${segment.label} ${verb} to come.`;
}

function segmentSentence(segment: Segment, nowNs: number): string | null {
  const phase = copyPhaseOf(segment);
  if (phase === undefined || segment.state === 'coming') return null;
  const { label, kind } = segment;
  if (kind === 'save' || kind === 'restore') return quickSentence(segment, nowNs);
  if (segment.lastNumber !== undefined) return sharedSentence(segment);
  if (segment.state === 'current') {
    const percent = percentIn(segment, nowNs);
    return `${label} sends ${pagesText(phase.pagesToSend)}, ${percent}% of its time is over.`;
  }
  const changed =
    segment.kind === 'round' ? `, ${withThousands(phase.pagesDirtied)} changed meanwhile` : '';
  return `${label} sent ${pagesText(phase.pagesSent)}${changed}.`;
}

/** "Rounds 101 to 200 sent 2,923 pages on average, 14,950 changed meanwhile." */
function sharedSentence(segment: Segment): string {
  const { pagesSent, pagesDirtied } = columnFigures(segment)!;
  const verb = segment.state === 'current' ? 'send' : 'sent';
  return `${segment.label} ${verb} ${pagesText(pagesSent)} each on average, ${withThousands(pagesDirtied)} changed meanwhile.`;
}

function quickSentence(segment: Segment, nowNs: number): string {
  const phase = copyPhaseOf(segment)!;
  const what = segment.kind === 'save' ? 'saved to the volume' : 'read back';
  const seconds = segmentLengthText(segment, nowNs);
  return segment.state === 'current'
    ? `${pagesText(phase.pagesToSend)} are being ${what}, ${percentIn(segment, nowNs)}% of the time is over.`
    : `${pagesText(phase.pagesSent)} were ${what} in ${seconds}.`;
}

/** "stop at 4,096 pages (16 MB)". */
export function thresholdText(pages: number): string {
  return `stop at ${pagesText(pages)} (${memoryText(pages / PAGES_PER_MIB)})`;
}

/** "Round 3, 52%, 45.3 s": where the timeline stands. */
export function momentText(scale: PhaseScale, nowNs: number, zeroNs: number): string {
  const ns = Math.max(scale.startNs, Math.min(nowNs, scale.endNs));
  const column = segmentAt(scale, ns);
  const rounds = eachRound(column, ns);
  const segment = rounds.findLast(({ startNs }) => startNs <= ns) ?? column;
  const time = lengthText(zeroNs, ns);
  if (segment.label === '') return time;
  if (segment.kind === 'cut') return `${segment.label}, ${time}`;
  return `${segment.label}, ${percentIn(segment, ns)}%, ${time}`;
}

/** "3.4 s, 3.0 s of it disk": a segment up to now, and how much of that the disk took to change its owner. */
export function segmentLengthText(segment: Segment, nowNs: number): string {
  return segmentFigures(segment, nowNs, lengthText);
}

function segmentFigures(segment: Segment, nowNs: number, figure: typeof lengthText): string {
  const toNs = Math.min(nowNs, segment.endNs);
  const whole = figure(segment.startNs, toNs);
  const disk = diskHandOver(segment);
  if (disk === null || disk.fromNs >= toNs) return whole;
  return `${whole}, ${figure(disk.fromNs, Math.min(disk.toNs, toNs))} of it disk`;
}

/** Seconds without their unit, for a column that names it. */
function lengthFigure(startNs: number, endNs: number): string {
  return secondsFigure((endNs - startNs) / NS_PER_S);
}

export function lengthText(startNs: number, endNs: number): string {
  return secondsText((endNs - startNs) / NS_PER_S);
}

function percentIn({ startNs, endNs }: Segment, ns: number): number {
  if (endNs <= startNs) return 100;
  return Math.round((100 * Math.max(0, Math.min(ns, endNs) - startNs)) / (endNs - startNs));
}
