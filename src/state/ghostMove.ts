/** Which migration of another branch stands as a ghost behind the one that is shown. */
import type { MigrationRow, RunInfo } from '../protocol/runInfo.ts';
import { branchName, ghostOf } from './branches.ts';
import type { RunState } from './runStore.ts';

export interface GhostMove {
  /** Of the branch. */
  readonly name: string;
  /** Of the branch. */
  readonly id: number;
  readonly migration: MigrationRow;
}

/**
 * @param present    The migration of the VM that is shown, or null.
 * @param pointedAt  A branch that is pointed at in the list goes before the one that was left last.
 */
export function ghostMove(
  { branches, run }: Pick<RunState, 'branches' | 'run'>,
  vm: number,
  present: MigrationRow | null,
  pointedAt: number | null,
): GhostMove | null {
  const branch = ghostOf(branches, pointedAt);
  const migration = branch && counterpart(movesOf(branch.run, vm), movesOf(run, vm), present);
  return branch && migration ? { name: branchName(branch), id: branch.id, migration } : null;
}

function movesOf(run: RunInfo | null, vm: number): MigrationRow[] {
  return run?.migrations.filter((row) => row.vm === vm) ?? [];
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
