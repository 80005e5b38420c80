/**
 * One pass over the send set: a pre-copy round, or the last copy while the VM is paused. Here is when its
 * pages are sent; how they are sent is in `copyBatch.ts`.
 *
 * Page k of a pass is read when its last byte leaves, at `anchor + round(k x page time)`; writes due by then
 * come before it. The moments are computed, never added up, so a pass can be advanced in slices of any
 * length. Rules CP1, CP2 and CP5.
 */
import type { Nanoseconds } from '../../base/units.ts';
import type { GuestMemory } from '../memory/guestMemory.ts';
import type { Writer } from '../memory/writers.ts';
import type { TrackingPolicy } from '../settings.ts';
import type { PageWatch } from './pageWatch.ts';

/** Plain data: copied into keyframes. */
export interface CopyPass {
  /** Sends that end the pass; with `skip-redirtied` an upper bound, with `sync-when-rest-small` as the limit stands now. */
  pages: number;
  /** Page and header on the network. */
  pageBytes: number;
  /** Time of one page on the network, a fraction of a nanosecond included. */
  pageNs: number;
  /** Send `anchorSent + k` happens at `anchorNs + k x pageNs`, rounded. */
  anchorNs: number;
  anchorSent: number;
  sent: number;
  /** Word of the send set where the search for the next page begins: a short cut, not part of the state. */
  cursorWord: number;
  /** Page sent last, or -1. */
  lastPage: number;
  /** Up to here all writes are applied. */
  writtenToNs: Nanoseconds;
  /** Set by `skip-redirtied` when nothing is left to send. */
  endedNs: Nanoseconds | null;
}

export interface PassContext {
  readonly memory: GuestMemory;
  readonly pass: CopyPass;
  /** None while the VM is paused. */
  readonly writers: readonly Writer[];
  /** Simulated time minus the guest's clock. */
  readonly pausedNs: Nanoseconds;
  readonly tracking: TrackingPolicy;
  /** How long the pass takes from its start, as it is planned now. */
  readonly passNs: Nanoseconds;
  /** Changed: somebody asks about a page of this memory. */
  readonly watch?: PageWatch | undefined;
}

/** How pages travel at the moment. */
export interface PageCost {
  readonly pageBytes: number;
  readonly pageNs: number;
}

/** @param announcingNs  What goes across before the first page. */
export function createPass(
  pages: number,
  startNs: Nanoseconds,
  cost: PageCost,
  announcingNs = 0,
  cursorWord = 0,
): CopyPass {
  return {
    pages,
    pageBytes: cost.pageBytes,
    pageNs: cost.pageNs,
    anchorNs: startNs + announcingNs,
    anchorSent: 0,
    sent: 0,
    cursorWord,
    lastPage: -1,
    writtenToNs: startNs,
    endedNs: pages === 0 ? Math.round(startNs + announcingNs) : null,
  };
}

/** When send number `k` (from 1) of the pass happens. Rule CP1. */
export function sendMoment(pass: CopyPass, k: number): Nanoseconds {
  return Math.round(pass.anchorNs + (k - pass.anchorSent) * pass.pageNs);
}

/** How long a pass that began at `startNs` takes, as far as that is known. */
export function plannedPassNs({
  pass,
  startNs,
}: {
  readonly pass: CopyPass;
  readonly startNs: Nanoseconds;
}): Nanoseconds {
  return sendMoment(pass, pass.pages) - startNs;
}

/** When the pass is over, or Infinity while that depends on what the guest writes. */
export function passEndNs(pass: CopyPass, tracking: TrackingPolicy): Nanoseconds {
  if (tracking === 'skip-redirtied') return pass.endedNs ?? Infinity;
  return sendMoment(pass, pass.pages);
}

/** Goes on at another page cost from `atNs`; the page on its way keeps the share that is already across. Rule CP2. */
export function changePageCost(pass: CopyPass, atNs: Nanoseconds, cost: PageCost): void {
  const progress = (atNs - pass.anchorNs) / pass.pageNs + pass.anchorSent - pass.sent;
  const announcing = pass.sent === 0 && atNs < pass.anchorNs;
  // What is due at `atNs` has been sent, so the next page leaves a nanosecond later at the earliest.
  const most = 1 - 0.75 / cost.pageNs;
  if (!announcing) pass.anchorNs = atNs - Math.max(0, Math.min(progress, most)) * cost.pageNs;
  pass.anchorSent = pass.sent;
  pass.pageBytes = cost.pageBytes;
  pass.pageNs = cost.pageNs;
}

/** Number of sends with a moment at or before `ns`; at most `pass.pages`. */
export function sendsDueBy(pass: CopyPass, ns: Nanoseconds): number {
  let k = Math.floor((ns - pass.anchorNs) / pass.pageNs) + pass.anchorSent;
  k = Math.max(pass.sent, Math.min(k, pass.pages));
  while (k < pass.pages && sendMoment(pass, k + 1) <= ns) k++;
  while (k > pass.sent && sendMoment(pass, k) > ns) k--;
  return k;
}
