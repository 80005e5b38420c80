/** The figures of a lane of the Compare screen, all read from its run. */
import { at } from '../base/assert.ts';
import type { Nanoseconds } from '../base/units.ts';
import type { ClientKind } from '../engine/scenario.ts';
import type { WatchedVm } from '../protocol/outline.ts';
import type { MigrationRow } from '../protocol/runInfo.ts';
import type { CompareRun } from './compareLanes.ts';
import { moveOf, outageNs, refusalOf } from './outlined.ts';
import { perRun } from './perRun.ts';

export interface LostConnections {
  readonly kind: ClientKind;
  readonly lost: number;
  readonly count: number;
}

export interface LaneFacts {
  /** Why it did not happen, or null. */
  readonly refusal: string | null;
  /** Infinite where the VM does not come back. */
  readonly outageNs: Nanoseconds;
  /** A row for each group of TCP clients. */
  readonly connections: readonly LostConnections[];
  /** From the click to the end of the move, or until the VM runs again; infinite where that does not come. */
  readonly takesNs: Nanoseconds;
  readonly outcome: MigrationRow['outcome'];
  /** The time of the scenario was up before the end of the move. */
  readonly isUnfinished: boolean;
  readonly bytes: number;
  readonly lostMiB: number;
  /** Infinite where a client gets no answer any more. */
  readonly longestSilenceNs: Nanoseconds;
  readonly lateAnswers: number;
  /** Other VMs that stood still or were lost too. */
  readonly others: readonly number[];
}

/** @throws Error where the outline does not tell of the VM's clients. */
export function watchedOf({ outline }: CompareRun): WatchedVm {
  if (outline.watched === null) throw new Error('the outline tells of no VM');
  return outline.watched;
}

export const factsOf = perRun((run: CompareRun): LaneFacts => {
  const { bytes, groups, lostMiB } = watchedOf(run);
  const move = moveOf(run, run.vm);
  const outage = endless(run) ? Infinity : outageNs(run, run.vm, Infinity);
  return {
    refusal: refusalOf(run)?.text ?? null,
    outageNs: outage,
    connections: groups
      .filter(({ kind }) => kind !== 'ping')
      .map(({ kind, count, kept }) => ({ kind, count, lost: count - kept })),
    takesNs: move === null ? outage : (move.endedNs ?? Infinity),
    outcome: move?.outcome ?? 'completed',
    isUnfinished: move !== null && move.endedNs === null,
    bytes: bytes.at(-1)?.bytes ?? 0,
    lostMiB,
    longestSilenceNs: Math.max(0, ...groups.map(({ longestSilenceNs }) => longestSilenceNs)),
    lateAnswers: groups.reduce((sum, { late }) => sum + late, 0),
    others: othersOf(run),
  };
});

/** Whether the VM is still out when nothing more happens. */
function endless({ outline, vm }: CompareRun): boolean {
  return at(outline.moments, outline.moments.length - 1).vms[vm]?.status !== 'running';
}

/** "client"; "row" where there are more clients than can be drawn, so that each row stands for some of them. */
export function drawnAs(run: CompareRun): 'client' | 'row' {
  const { groups, trails } = watchedOf(run);
  return groups.reduce((sum, { count }) => sum + count, 0) > trails.length ? 'row' : 'client';
}

function othersOf({ outline, vm }: CompareRun): number[] {
  const stood = (other: number): boolean =>
    outline.moments.some(({ vms }) => vms[other]?.status !== 'running');
  return outline.run.scenario.vms.flatMap((_, other) =>
    other !== vm && stood(other) ? [other] : [],
  );
}

export function sumOfLost(connections: readonly LostConnections[]): LostConnections {
  return connections.reduce(
    (sum, { lost, count }) => ({ ...sum, lost: sum.lost + lost, count: sum.count + count }),
    { kind: connections[0]?.kind ?? 'windows-lan', lost: 0, count: 0 },
  );
}

/** Bytes moved for the VM by then. */
export function bytesAt(run: CompareRun, ns: Nanoseconds): number {
  const { bytes } = watchedOf(run);
  // Halving: there may be thousands, and a table asks for each of thousands of rounds.
  let [next, end] = [0, bytes.length];
  while (next < end) {
    const middle = (next + end) >> 1;
    if (at(bytes, middle).ns > ns) end = middle;
    else next = middle + 1;
  }
  const [before, after] = [bytes[next - 1], bytes[next]];
  if (before === undefined) return 0;
  if (after === undefined) return before.bytes;
  const share = (ns - before.ns) / (after.ns - before.ns);
  return before.bytes + share * (after.bytes - before.bytes);
}
