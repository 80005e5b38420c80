import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { Command } from '../../../src/engine/command.ts';
import type { MigrationRow } from '../../../src/protocol/runInfo.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { firstBranches, withStep } from '../../../src/state/branches.ts';
import { ghostMove } from '../../../src/state/ghostMove.ts';
import { calmMigration, runOf, SECOND } from '../../support/fakeSession.ts';

const { scenario } = at(presets, 0);
const move: Command = { do: 'live-migrate', vm: 'web01', to: 'node2', atMs: 0 };
const crash: Command = { do: 'crash-node', node: 'node3', atMs: 12_000 };

const first = calmMigration();
const second = calmMigration({ id: 2, requestedNs: 60 * SECOND });
const ofOther = calmMigration({ id: 1, vm: 1 });

/** A run with these migrations, whose ghost has those. */
function branched(own: readonly MigrationRow[], others: readonly MigrationRow[]) {
  const before = { ...scenario, commands: [move] };
  const after = { ...scenario, commands: [move, crash] };
  const left = { run: runOf(before, { migrations: [...others] }), seenToNs: 50 * SECOND };
  const branches = withStep(firstBranches(before), after, left);
  return { branches, run: runOf(after, { migrations: [...own] }) };
}

describe('the ghost of a migration', () => {
  it('is the one of the same VM that was asked for at the same moment', () => {
    const state = branched([first], [ofOther, first, second]);
    expect(ghostMove(state, 0, first, null)).toEqual({ name: 'Branch 1', id: 1, migration: first });
    expect(ghostMove(state, 1, null, null)?.migration).toBe(ofOther);
    expect(ghostMove(state, 2, null, null)).toBeNull();
  });

  it('is the one at the same place, where none was asked for then', () => {
    const later = calmMigration({ id: 2, requestedNs: 70 * SECOND });
    const state = branched([first, later], [first, second]);
    expect(ghostMove(state, 0, later, null)?.migration).toBe(second);
    expect(ghostMove(branched([first, later], [first]), 0, later, null)).toBeNull();
  });

  it('is what comes next in the branch, where nothing is moved here', () => {
    expect(ghostMove(branched([], [first]), 0, null, null)?.migration).toBe(first);
    expect(ghostMove(branched([], []), 0, null, null)).toBeNull();
  });

  it('is that of the branch that is pointed at', () => {
    const { branches, run } = branched([first], [first]);
    const third = { ...scenario, commands: [move, { ...crash, node: 'node2' }] };
    const state = { branches: withStep(branches, third, { run, seenToNs: 50 * SECOND }), run };
    expect(ghostMove(state, 0, first, null)?.id).toBe(2);
    expect(ghostMove(state, 0, first, 1)?.id).toBe(1);
    expect(ghostMove(state, 0, first, 3)?.id).toBe(2);
  });
});
