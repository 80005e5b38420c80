/**
 * Another branch as a lane of its own along the timeline, and as bars in the rounds chart: only what differs from the
 * present one. After a crash its lane has the steps of the cluster instead of rounds.
 */
import { secondsText, withThousands } from '../base/numberText.ts';
import { NS_PER_S } from '../base/units.ts';
import type { MigrationRow } from '../protocol/runInfo.ts';
import { columnOf, ghostSpans, type GhostFuture } from './ghost.ts';
import { joinedWhereNarrow, lastRoundOf, sharedBy } from './manyRounds.ts';
import { phaseSpans, type PhaseSpan, type Segment } from './phases.ts';
import { phaseScale, spansScale, type PhaseScale, type PhaseScaleMode } from './phaseScale.ts';

export type Ghost = GhostFuture & {
  /** "Branch 1". */
  readonly name: string;
};

export interface GhostSegment extends PhaseSpan {
  readonly x0: number;
  readonly x1: number;
}

export interface GhostPlace {
  /** With room for the ghost where there is a migration. */
  readonly scale: PhaseScale;
  /** null: there is none, and the ghost has the whole width for itself. */
  readonly present: MigrationRow | null;
  readonly mode: PhaseScaleMode;
  readonly textScale: number;
}

/** From left to right; empty where the ghost is the same. */
export function ghostLane(ghost: Ghost, place: GhostPlace): GhostSegment[] {
  return ghost.steps === null
    ? laneOfMove(ghost.migration, place)
    : laneOfSteps(ghost.steps, place);
}

function laneOfSteps(steps: readonly PhaseSpan[], { scale, mode }: GhostPlace): GhostSegment[] {
  if (isSameSteps(steps, scale.segments)) return [];
  const isTimed = mode === 'to-scale' && scale.endNs > scale.startNs;
  return isTimed
    ? withinTrack(steps, scale)
    : [...spansScale(steps, 0, 'equal', scale.width).segments];
}

function isSameSteps(steps: readonly PhaseSpan[], own: readonly PhaseSpan[]): boolean {
  return (
    steps.length === own.length &&
    steps.every(({ label, startNs, endNs }, place) => {
      const other = own[place];
      return other?.label === label && other.startNs === startNs && other.endNs === endNs;
    })
  );
}

function laneOfMove(migration: MigrationRow, place: GhostPlace): GhostSegment[] {
  const { scale, present, mode, textScale } = place;
  const alone = (): GhostSegment[] => [
    ...phaseScale(migration, 0, mode, scale.width, { textScale }).segments,
  ];
  if (present === null) {
    const isTimed = mode === 'to-scale' && scale.endNs > scale.startNs;
    return isTimed ? withinTrack(phaseSpans(migration, 0), scale) : alone();
  }
  const isOwn = sameSpans(present);
  const spans = ghostSpans(migration, present).filter((span) => !isOwn(span));
  if (mode === 'to-scale') {
    return joinedWhereNarrow(spans, scale.width).map((span) => toScale(span, scale.segments));
  }
  if (present.method !== migration.method) return alone();
  return scale.segments.flatMap((column): GhostSegment[] => {
    const own = spans.filter((span) => isOfColumn(span, column));
    if (own.length === 0) return [];
    const span = column.lastNumber === undefined ? own[0]! : sharedBy(own);
    return [{ ...span, x0: column.x0, x1: column.x1 }];
  });
}

function isOfColumn({ kind, number }: PhaseSpan, column: Segment): boolean {
  return kind === column.kind && column.number <= number && number <= lastRoundOf(column);
}

/** On a track of something else than a migration: what of the ghost happens in its time. */
function withinTrack(spans: readonly PhaseSpan[], { segments }: PhaseScale): GhostSegment[] {
  return spans.map((span) => toScale(span, segments)).filter(({ x0, x1 }) => x1 > x0);
}

/** Whether the present migration has the same phase at the same time with the same pages. */
function sameSpans(present: MigrationRow): (span: PhaseSpan) => boolean {
  const known = new Map(phaseSpans(present, 0).map((span) => [columnOf(span), span]));
  return (span) => {
    const own = known.get(columnOf(span));
    return (
      own?.startNs === span.startNs && own.endNs === span.endNs && pagesOf(own) === pagesOf(span)
    );
  };
}

function pagesOf({ phases }: PhaseSpan): number {
  return phases.reduce((sum, { pagesSent }) => sum + pagesSent, 0);
}

function toScale(span: PhaseSpan, segments: readonly Segment[]): GhostSegment {
  const xOf = (ns: number): number => {
    const found = segments.findLast(({ startNs }) => startNs <= ns) ?? segments[0]!;
    const { startNs, endNs, x0, x1 } = found;
    const share = endNs > startNs ? (ns - startNs) / (endNs - startNs) : 0;
    return x0 + (x1 - x0) * Math.max(0, Math.min(1, share));
  };
  return { ...span, x0: xOf(span.startNs), x1: xOf(span.endNs) };
}

/** "Ghost: Branch 1, 10 rounds, blackout 9.3 s." After a crash with its steps. */
export function ghostText(ghost: Ghost): string {
  const words = `Ghost: ${ghostTitle(ghost)}.`;
  return ghost.steps === null ? words : `${words} ${ghost.steps.map(stepText).join(', ')}.`;
}

/** "Branch 1, 10 rounds, blackout 9.3 s". */
export function ghostTitle({ name, ...future }: Ghost): string {
  return `${name}, ${futureText(future)}`;
}

function stepText({ label, startNs, endNs }: PhaseSpan): string {
  return `${label} ${secondsText((endNs - startNs) / NS_PER_S)}`;
}

/** "10 rounds, blackout 9.3 s", or "crash at 12.0 s, runs again after 71.0 s". */
export function futureText({ migration, steps }: GhostFuture): string {
  if (steps === null) return outcomeText(migration);
  const crashNs = steps[0]?.startNs ?? 0;
  const again = steps.find(({ kind }) => kind === 'run');
  const rest =
    again === undefined
      ? 'does not run since'
      : `runs again after ${secondsText((again.startNs - crashNs) / NS_PER_S)}`;
  return `crash at ${secondsText(crashNs / NS_PER_S)}, ${rest}`;
}

/** "10 rounds, blackout 9.3 s": what a migration came to. */
function outcomeText(migration: MigrationRow): string {
  const { method, outcome, phases } = migration;
  const last = phases.findLast(({ name }) => name === 'round');
  const count = last?.number ?? 0;
  const rounds = `${withThousands(count)} ${count === 1 ? 'round' : 'rounds'}`;
  const what = method === 'quick' ? 'quick migration' : rounds;
  if (outcome === 'queued') return `${method} migration, waiting for its turn`;
  if (outcome === 'cancelled' || outcome === 'failed') return `${what}, ${outcome}`;
  const paused = pauseNs(migration);
  if (paused === null) return `${what} so far`;
  return `${what}, ${method === 'quick' ? 'paused for' : 'blackout'} ${secondsText(paused / NS_PER_S)}`;
}

function pauseNs({ pausedNs, resumedNs }: MigrationRow): number | null {
  return pausedNs === null || resumedNs === null ? null : resumedNs - pausedNs;
}
