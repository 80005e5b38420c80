/**
 * One page followed while a migration copies: how often the guest wrote it, how often it was sent, and in which order.
 * Whoever asks about a page runs the recording once more with a watch; the run does not depend on it.
 */
import type { Nanoseconds } from '../../base/units.ts';
import { writesDue, type Writer } from '../memory/writers.ts';

export interface PageWatch {
  /** Of the migration that is looked at. */
  readonly migration: number;
  readonly page: number;
  /** Writes of the guest since the copy began. */
  written: number;
  /** Of these, those after the page was sent last. */
  writtenSince: number;
  /** Times sent; in a quick migration 1 when it is saved, 2 when it is read back. An announcement (CP5) is none. */
  sent: number;
  /** When it was sent last. */
  sentNs: Nanoseconds | null;
}

export function createPageWatch(migration: number, page: number): PageWatch {
  return { migration, page, written: 0, writtenSince: 0, sent: 0, sentNs: null };
}

/** The page leaves at `ns`. */
export function noteSend(watch: PageWatch, ns: Nanoseconds): void {
  watch.sent++;
  watch.sentNs = ns;
  watch.writtenSince = 0;
}

export function noteWrite(watch: PageWatch): void {
  watch.written++;
  watch.writtenSince++;
}

/**
 * Looks for the page among writes that were drawn. A batch applies its writes before its sends, so a send of the page in the same
 * batch has to be noted before: writes due by its moment come before it (CP1).
 *
 * @param firstWrite Number of the write in `drawn[0]`.
 */
export function noteDrawnWrites(
  watch: PageWatch,
  writer: Writer,
  drawn: Int32Array,
  firstWrite: number,
  count: number,
  pausedNs: Nanoseconds,
): void {
  const { page, sentNs } = watch;
  const bySend = sentNs === null ? 0 : writesDue(writer, sentNs - pausedNs);
  for (let i = 0; i < count; i++) {
    if (drawn[i] !== page) continue;
    if (firstWrite + i >= bySend) noteWrite(watch);
    else watch.written++;
  }
}
