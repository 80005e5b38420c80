/**
 * A migration cut into the segments that rounds chart and timeline share. Live: queued, setup, one per round, blackout,
 * clean-up. Quick: queued, save, wait for the others on the disk, disk move, restore. A crossed one stands where it was
 * cancelled or failed. Phases that a viewer takes for one are merged. What the run goes on with after the move is one more.
 */
import { withThousands } from '../base/numberText.ts';
import type { MigrationRow, PhaseRow } from '../protocol/runInfo.ts';

export type SegmentKind =
  | 'queued'
  | 'setup'
  | 'round'
  | 'blackout'
  | 'clean-up'
  | 'save'
  | 'wait'
  | 'disk-move'
  | 'restore'
  | 'failover'
  | 'cut'
  | 'after'
  | 'run';
export type SegmentState = 'done' | 'current' | 'coming';

/** The VM does not run in these. */
const standsStill: ReadonlySet<SegmentKind> = new Set([
  'blackout',
  'save',
  'wait',
  'disk-move',
  'restore',
  'failover',
]);

export function isHatched(kind: SegmentKind): boolean {
  return standsStill.has(kind);
}

export interface PhaseSpan {
  readonly kind: SegmentKind;
  readonly label: string;
  /** Of the round, from 1; 0 for others. */
  readonly number: number;
  /** Of the last round, where several share the span. */
  readonly lastNumber?: number;
  readonly startNs: number;
  readonly endNs: number;
  /** As recorded; a round has one, rounds that share the span, setup and blackout may have several. */
  readonly phases: readonly PhaseRow[];
  /** Only another branch has it: it takes no time here, and is nothing but room for the ghost. */
  readonly absent?: true;
}

/** A span on a horizontal scale. */
export interface Segment extends PhaseSpan {
  readonly x0: number;
  readonly x1: number;
  readonly state: SegmentState;
}

export function stateAt(
  { kind, startNs, endNs }: Pick<PhaseSpan, 'kind' | 'startNs' | 'endNs'>,
  nowNs: number,
): SegmentState {
  const isEmptyRun = kind === 'run' && endNs <= startNs;
  if (nowNs < startNs || isEmptyRun) return 'coming';
  return nowNs >= endNs || kind === 'cut' ? 'done' : 'current';
}

/**
 * A phase whose end is not worked out yet is shown with the length foreseen, and at least up to now.
 *
 * @param untilNs End of what is shown after the move, or null where nothing is.
 */
export function phaseSpans(
  migration: MigrationRow,
  nowNs: number,
  untilNs: number | null = null,
): PhaseSpan[] {
  const spans: PhaseSpan[] = [];
  const startedNs = migration.startedNs ?? Math.max(nowNs, migration.requestedNs);
  if (startedNs > migration.requestedNs) {
    spans.push(span('queued', migration.requestedNs, startedNs, []));
  }
  for (const phase of migration.phases) addPhase(spans, phase, nowNs);
  const last = spans.at(-1);
  const { outcome } = migration;
  if (outcome === 'cancelled' || outcome === 'failed') {
    const atNs = migration.endedNs ?? last?.endNs ?? nowNs;
    const label = outcome === 'cancelled' ? 'Cancelled' : 'Failed';
    spans.push({ ...span('cut', atNs, atNs, []), label });
  }
  const endNs = spans.at(-1)?.endNs ?? Infinity;
  if (untilNs !== null && untilNs > endNs) spans.push(span('after', endNs, untilNs, []));
  return spans;
}

/** The spans without what a viewer is to guess: all that comes after `nowNs` is one span without a name. */
export function withoutComing(spans: readonly PhaseSpan[], nowNs: number): PhaseSpan[] {
  const known = spans.filter(({ startNs }) => startNs <= nowNs);
  const [next] = spans.slice(known.length);
  if (next === undefined) return known;
  const rest = span('run', next.startNs, spans.at(-1)!.endNs, []);
  return [...known, { ...rest, label: '' }];
}

/** Where in a blackout the disk changes its owner; null where nothing is handed over. */
export function diskHandOver({
  kind,
  phases,
  endNs,
}: PhaseSpan): { fromNs: number; toNs: number } | null {
  if (kind !== 'blackout') return null;
  // Two where the source stopped meanwhile: then the disk was taken over.
  const moves = phases.filter(({ name }) => name === 'storage');
  const [first, last] = [moves[0], moves.at(-1)];
  if (first === undefined || last === undefined) return null;
  const toNs = last.endNs ?? Math.min(endNs, last.startNs + last.plannedNs);
  return toNs > first.startNs ? { fromNs: first.startNs, toNs } : null;
}

function addPhase(spans: PhaseSpan[], phase: PhaseRow, nowNs: number): void {
  const endNs = endOf(phase, nowNs);
  const kind = kindOf(phase.name);
  const last = spans.at(-1);
  if (last !== undefined && last.kind === kind && kind !== 'round') {
    spans[spans.length - 1] = { ...last, endNs, phases: [...last.phases, phase] };
    return;
  }
  // A phase of no length is nothing to see, except a round, which has its number.
  if (endNs === phase.startNs && phase.endNs !== null && kind !== 'round' && kind !== 'blackout') {
    return;
  }
  spans.push({ ...span(kind, phase.startNs, endNs, [phase]), ...roundName(phase) });
}

/** A length that is not foreseen (it waits for others) reaches up to now. */
function endOf({ startNs, endNs, plannedNs }: PhaseRow, nowNs: number): number {
  if (endNs !== null) return endNs;
  return Math.max(nowNs, startNs, Number.isFinite(plannedNs) ? startNs + plannedNs : startNs);
}

function span(
  kind: SegmentKind,
  startNs: number,
  endNs: number,
  phases: readonly PhaseRow[],
): PhaseSpan {
  return { kind, label: labels[kind], number: 0, startNs, endNs, phases };
}

/** What a round is called; null of other phases. */
export function roundName({
  name,
  number,
  lastNumber,
}: PhaseRow): Pick<PhaseSpan, 'label' | 'number' | 'lastNumber'> | null {
  if (name !== 'round') return null;
  if (lastNumber === undefined) return { label: `Round ${withThousands(number)}`, number };
  const label = `Rounds ${withThousands(number)} to ${withThousands(lastNumber)}`;
  return { label, number, lastNumber };
}

function kindOf(name: PhaseRow['name']): SegmentKind {
  switch (name) {
    case 'queued':
      return 'queued';
    case 'connecting':
    case 'creating-shell':
      return 'setup';
    case 'round':
      return 'round';
    case 'stop-and-copy':
    case 'device-state':
    case 'storage':
    case 'resuming':
      return 'blackout';
    case 'clean-up':
      return 'clean-up';
    case 'saving':
      return 'save';
    case 'saved':
      return 'wait';
    case 'disk-move':
      return 'disk-move';
    case 'restoring':
      return 'restore';
  }
}

const labels: Readonly<Record<SegmentKind, string>> = {
  queued: 'Queued',
  setup: 'Setup',
  round: 'Round',
  blackout: 'Blackout',
  'clean-up': 'Cleanup',
  save: 'Save',
  wait: 'Wait',
  'disk-move': 'LUN moves',
  restore: 'Restore',
  failover: 'Failover',
  cut: 'Ended',
  after: 'Afterwards',
  run: 'Run',
};
