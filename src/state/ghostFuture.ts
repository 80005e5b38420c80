/**
 * What of another branch stands as a ghost behind the one that is shown: a migration of the VM, or what the cluster did after the
 * VM crashed.
 */
import type { Nanoseconds } from '../base/units.ts';
import type { EventRow, MigrationRow, RunInfo } from '../protocol/runInfo.ts';
import { branchName, ghostOf } from './branches.ts';
import { failoverSteps, type FailoverStep } from './failoverSteps.ts';
import type { RunState } from './runStore.ts';

export type Future =
  | { readonly migration: MigrationRow; readonly steps: null }
  /** After a crash; at least one. */
  | { readonly migration: null; readonly steps: readonly FailoverStep[] };

export type GhostBranch = Future & {
  /** Of the branch. */
  readonly name: string;
  /** Of the branch. */
  readonly id: number;
};

/** What is shown of the VM. */
export interface Present {
  /** The migration that is shown, or the last one before a crash; or null. */
  readonly migration: MigrationRow | null;
  /** When the crash happened whose steps are shown, or null. */
  readonly crashNs: Nanoseconds | null;
}

/** @param pointedAt  A branch that is pointed at in the list goes before the one that was left last. */
export function ghostFuture(
  { branches, run }: Pick<RunState, 'branches' | 'run'>,
  vm: number,
  present: Present,
  pointedAt: number | null,
): GhostBranch | null {
  const branch = ghostOf(branches, pointedAt);
  if (branch?.run === null || branch?.run === undefined) return null;
  const future = futureOf(branch.run, run, vm, present);
  return future && { name: branchName(branch), id: branch.id, ...future };
}

/** The migration that belongs to the shown one; but where the VM crashes after it, and not in the shown run, that crash. */
function futureOf(
  ghost: RunInfo,
  own: RunInfo | null,
  vm: number,
  { migration, crashNs }: Present,
): Future | null {
  const moves = movesOf(ghost, vm);
  const move = counterpart(moves, movesOf(own, vm), migration);
  const fromNs = migration === null ? 0 : (move?.requestedNs ?? 0);
  const next = moves.find(({ requestedNs }) => requestedNs > (move?.requestedNs ?? -1));
  const crash = crashesOf(ghost, vm).find(
    ({ atNs }) => atNs >= fromNs && atNs < (next?.requestedNs ?? Infinity),
  );
  const isShared = crashesOf(own, vm).some(({ atNs }) => atNs === crash?.atNs);
  // Where both crashed, what followed is compared when it is shown of the present run too.
  const isOther = !isShared || crash?.atNs === crashNs;
  return (isOther ? afterCrash(ghost, vm, crash) : null) ?? afterMove(move);
}

/** The last move of the VM, or what happened after it crashed since; null where there is neither. */
export function lastFuture(run: RunInfo | null, vm: number): Future | null {
  const move = movesOf(run, vm).at(-1);
  const crash = crashesOf(run, vm).findLast(({ atNs }) => atNs >= (move?.requestedNs ?? 0));
  return afterCrash(run, vm, crash) ?? afterMove(move);
}

function afterCrash(run: RunInfo | null, vm: number, crash: EventRow | undefined): Future | null {
  const steps = crash === undefined ? null : failoverSteps(run, vm, crash.atNs);
  return steps === null || steps.length === 0 ? null : { migration: null, steps };
}

function afterMove(migration: MigrationRow | undefined): Future | null {
  return migration === undefined ? null : { migration, steps: null };
}

function movesOf(run: RunInfo | null, vm: number): MigrationRow[] {
  return run?.migrations.filter((row) => row.vm === vm) ?? [];
}

function crashesOf(run: RunInfo | null, vm: number): EventRow[] {
  return run?.events.filter(({ kind, vm: about }) => kind === 'vm-crashed' && about === vm) ?? [];
}

/** The one asked for at the same moment, else the one at the same place; without a present one, the first. */
function counterpart(
  ghosts: readonly MigrationRow[],
  own: readonly MigrationRow[],
  present: MigrationRow | null,
): MigrationRow | undefined {
  if (present === null) return ghosts[own.length];
  const sameTime = ghosts.find(({ requestedNs }) => requestedNs === present.requestedNs);
  return sameTime ?? ghosts[own.findIndex(({ id }) => id === present.id)];
}
