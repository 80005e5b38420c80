/** What lights up together: a phase with its column, its segment and its lines of the log; an event with its moment and its phase. */
import type { PageFacts } from '../protocol/frameSummary.ts';
import type { EventRow, RunInfo } from '../protocol/runInfo.ts';

export interface Lit {
  /** A phase has a length; an event has none. */
  readonly fromNs: number;
  readonly toNs: number;
  /** A moment that gets a mark of its own, or null. */
  readonly momentNs: number | null;
  /** Place of the event in the log, when it is one. */
  readonly event: number | null;
}

export function litEvent({ atNs }: EventRow, place: number): Lit {
  return { fromNs: atNs, toNs: atNs, momentNs: atNs, event: place };
}

/** The phase in which a page was sent last, and the moment; null while it was not. */
export function litPage(
  run: RunInfo | null,
  migration: number,
  { sentNs }: Pick<PageFacts, 'sentNs'>,
): Lit | null {
  if (sentNs === null) return null;
  const phases = run?.migrations.find(({ id }) => id === migration)?.phases ?? [];
  // At a border it is the phase that ends there.
  const phase = phases.findLast(({ startNs }) => startNs < sentNs);
  if (phase === undefined) return null;
  const toNs = phase.endNs ?? sentNs;
  return { fromNs: phase.startNs, toNs, momentNs: sentNs, event: null };
}

/** Whether a line of the log is meant: the event itself, or what happens to the VM, or to all, in the phase. */
export function isLitLine(
  lit: Lit | null,
  { atNs, vm }: EventRow,
  place: number,
  of: number,
): boolean {
  if (lit === null) return false;
  if (lit.event !== null) return lit.event === place;
  return lit.fromNs <= atNs && atNs < lit.toNs && (vm === of || vm < 0);
}
