/**
 * What lights up together: a phase with its column, its segment, its lines of the log and the cells it sends; an event with its
 * moment and its phase; a cell with the phases that send its pages.
 */
import type { CellPass, PageFacts } from '../protocol/frameSummary.ts';
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

/** What happened from one event to another. */
export function litStretch(first: EventRow, last: EventRow): Lit {
  // A phase that ends with the last event is not the one that it begins.
  return { fromNs: first.atNs, toNs: last.atNs + 1, momentNs: null, event: null };
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

/** All that is lit, for what shows time: what is pointed at, else the passes that send pages of the cell under the lens. */
export function litSpans(lit: Lit | null, cellPasses: readonly CellPass[]): readonly Lit[] {
  if (lit !== null) return [lit];
  return cellPasses.map(({ startNs, endNs }) => ({
    fromNs: startNs,
    toNs: endNs,
    momentNs: null,
    event: null,
  }));
}

/** What is lit on the maps: the pass in which an event happens, or a phase. A page is marked there by its cell. */
export function litOnMaps(lit: Lit | null): { fromNs: number; toNs: number } | null {
  if (lit === null || (lit.momentNs !== null && lit.event === null)) return null;
  return { fromNs: lit.fromNs, toNs: lit.toNs };
}

/** Whether a line of the log is meant: the event itself, or what happens to the VM, or to all, in a phase. */
export function isLitLine(
  spans: readonly Lit[],
  { atNs, vm }: EventRow,
  place: number,
  of: number,
): boolean {
  return spans.some((lit) => {
    if (lit.event !== null) return lit.event === place;
    return lit.fromNs <= atNs && atNs < lit.toNs && (vm === of || vm < 0);
  });
}
