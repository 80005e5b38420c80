/**
 * Room for another branch on the scale of the present one. Equal widths: a round of the ghost stands in the column of the
 * same round; what only the ghost has gets a column that takes no time. To scale: the track reaches to the ghost's end, or to
 * the moment when its VM runs again after a crash. Both begin with the request.
 */
import type { MigrationRow } from '../protocol/runInfo.ts';
import { phaseSpans, type PhaseSpan, type SegmentKind } from './phases.ts';

/** What happened in another branch: a migration, or the steps after a crash. */
export type GhostFuture =
  | { readonly migration: MigrationRow; readonly steps: null }
  /** At least one; of kind `run` from the moment when the VM runs again. */
  | { readonly migration: null; readonly steps: readonly PhaseSpan[] };

/** The spans of another migration, moved so that both were asked for at the same time. */
export function ghostSpans(ghost: MigrationRow, present: MigrationRow): PhaseSpan[] {
  const shift = present.requestedNs - ghost.requestedNs;
  return phaseSpans(ghost, 0).map((span) => ({
    ...span,
    startNs: span.startNs + shift,
    endNs: span.endNs + shift,
  }));
}

/** The spans of the present migration, and absent ones where the ghost needs room. */
export function roomForGhost(
  spans: readonly PhaseSpan[],
  present: MigrationRow,
  { migration, steps }: GhostFuture,
  mode: 'equal' | 'to-scale',
): PhaseSpan[] {
  if (steps !== null) {
    const down = steps.filter(({ kind }) => kind !== 'run');
    return mode === 'to-scale' ? withTail(spans, down) : [...spans];
  }
  const others = ghostSpans(migration, present);
  if (mode === 'to-scale') return withTail(spans, others);
  return present.method === migration.method ? withColumns(spans, others) : [...spans];
}

function withTail(spans: readonly PhaseSpan[], ghost: readonly PhaseSpan[]): PhaseSpan[] {
  const startNs = spans.at(-1)?.endNs;
  const endNs = ghost.at(-1)?.endNs;
  if (startNs === undefined || endNs === undefined || endNs <= startNs) return [...spans];
  return [
    ...spans,
    { kind: 'run', label: '', number: 0, startNs, endNs, phases: [], absent: true },
  ];
}

function withColumns(spans: readonly PhaseSpan[], ghost: readonly PhaseSpan[]): PhaseSpan[] {
  const own = new Set(spans.map(columnOf));
  const extra = ghost.filter((span) => span.kind !== 'cut' && !own.has(columnOf(span)));
  const columns: PhaseSpan[] = [];
  const add = (span: PhaseSpan, ns: number): void => {
    columns.push({ ...span, startNs: ns, endNs: ns, phases: [], absent: true });
  };
  for (const span of spans) {
    // Where the present migration was cut off, the rest of the ghost follows.
    const limit = span.kind === 'cut' ? 0 : columnOf(span);
    while (extra[0] !== undefined && columnOf(extra[0]) < limit) add(extra.shift()!, span.startNs);
    columns.push(span);
  }
  const endNs = spans.at(-1)?.endNs ?? 0;
  for (const span of extra) add(span, endNs);
  return columns;
}

const order: readonly SegmentKind[] = [
  'queued',
  'setup',
  'round',
  'save',
  'wait',
  'blackout',
  'disk-move',
  'restore',
  'clean-up',
  'failover',
  'cut',
  'after',
  'run',
];

/** More than a migration has rounds. */
const MOST_ROUNDS = 1_000_000_000;

/** The same number for the same phase of two migrations, in their order. */
export function columnOf({ kind, number }: Pick<PhaseSpan, 'kind' | 'number'>): number {
  return (order.indexOf(kind) + 1) * MOST_ROUNDS + number;
}
