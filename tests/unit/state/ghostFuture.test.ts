import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { Command } from '../../../src/engine/command.ts';
import type { EventRow, MigrationRow } from '../../../src/protocol/runInfo.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { firstBranches, withStep } from '../../../src/state/branches.ts';
import { ghostFuture, lastFuture } from '../../../src/state/ghostFuture.ts';
import { calmMigration, crashEvents, runOf, SECOND } from '../../support/fakeSession.ts';

const { scenario } = at(presets, 0);
const move: Command = { do: 'live-migrate', vm: 'web01', to: 'node2', atMs: 0 };
const crash: Command = { do: 'crash-node', node: 'node3', atMs: 12_000 };

const first = calmMigration();
const second = calmMigration({ id: 2, requestedNs: 60 * SECOND });
const ofOther = calmMigration({ id: 1, vm: 1 });

/** A run with these migrations, whose ghost has those. */
function branched(
  own: readonly MigrationRow[],
  others: readonly MigrationRow[],
  events: { readonly own?: readonly EventRow[]; readonly others?: readonly EventRow[] } = {},
) {
  const before = { ...scenario, commands: [move] };
  const after = { ...scenario, commands: [move, crash] };
  const told = (migrations: readonly MigrationRow[], rows: readonly EventRow[] = []) => {
    return { migrations: [...migrations], events: [...rows], endNs: 200 * SECOND };
  };
  const left = { run: runOf(before, told(others, events.others)), seenToNs: 50 * SECOND };
  const branches = withStep(firstBranches(before), after, left);
  return { branches, run: runOf(after, told(own, events.own)) };
}

/** What of the ghost stands behind the shown migration, and behind the steps of a crash. */
function ghost(
  state: ReturnType<typeof branched>,
  vm: number,
  migration: MigrationRow | null,
  pointedAt: number | null = null,
  crashNs: number | null = null,
) {
  return ghostFuture(state, vm, { migration, crashNs }, pointedAt);
}

describe('the ghost of a migration', () => {
  it('is the one of the same VM that was asked for at the same moment', () => {
    const state = branched([first], [ofOther, first, second]);
    expect(ghost(state, 0, first)).toEqual({
      name: 'Branch 1',
      id: 1,
      migration: first,
      steps: null,
    });
    expect(ghost(state, 1, null)?.migration).toBe(ofOther);
    expect(ghost(state, 2, null)).toBeNull();
  });

  it('is the one at the same place, where none was asked for then', () => {
    const later = calmMigration({ id: 2, requestedNs: 70 * SECOND });
    const state = branched([first, later], [first, second]);
    expect(ghost(state, 0, later)?.migration).toBe(second);
    expect(ghost(branched([first, later], [first]), 0, later)).toBeNull();
  });

  it('is what comes next in the branch, where nothing is moved here', () => {
    expect(ghost(branched([], [first]), 0, null)?.migration).toBe(first);
    expect(ghost(branched([], []), 0, null)).toBeNull();
  });

  it('is that of the branch that is pointed at', () => {
    const { branches, run } = branched([first], [first]);
    const third = { ...scenario, commands: [move, { ...crash, node: 'node2' }] };
    const state = { branches: withStep(branches, third, { run, seenToNs: 50 * SECOND }), run };
    expect(ghost(state, 0, first)?.id).toBe(2);
    expect(ghost(state, 0, first, 1)?.id).toBe(1);
    expect(ghost(state, 0, first, 3)?.id).toBe(2);
  });
});

describe('the ghost of a VM that crashed', () => {
  const cut = calmMigration({ outcome: 'failed', endedNs: 12 * SECOND });
  const others = crashEvents(12);
  const labels = ['Not noticed', 'Regroup', 'Configuration', 'Boot', 'Runs again'];
  const labelsOf = (future: ReturnType<typeof ghost> | ReturnType<typeof lastFuture>) =>
    future?.steps?.map(({ label }) => label);

  it('is what the cluster did, where the shown run has a move', () => {
    const state = branched([first], [cut], { others });
    expect(labelsOf(ghost(state, 0, first))).toEqual(labels);
    expect(ghost(state, 0, first)).toMatchObject({ name: 'Branch 1', id: 1, migration: null });
  });

  it('is what the cluster did, where nothing happened to the shown VM', () => {
    expect(labelsOf(ghost(branched([], [], { others }), 0, null))).toEqual(labels);
    expect(ghost(branched([], [], { others }), 1, null)).toBeNull();
  });

  it('is the move, where only the shown run crashed', () => {
    const state = branched([cut], [first], { own: others });
    expect(ghost(state, 0, cut, null, 12 * SECOND)?.migration).toBe(first);
  });

  it('is compared with the same crash only while its steps are shown', () => {
    const state = branched([cut], [cut], { own: others, others });
    expect(ghost(state, 0, cut)?.migration).toBe(cut);
    expect(labelsOf(ghost(state, 0, cut, null, 12 * SECOND))).toEqual(labels);
  });

  it('is the next move, once that is compared', () => {
    const later = calmMigration({ id: 2, requestedNs: 100 * SECOND });
    const state = branched([first, later], [cut, later], { others });
    expect(ghost(state, 0, later)?.migration).toBe(later);
    expect(labelsOf(ghost(state, 0, first))).toEqual(labels);
  });

  it('is in the list what happened last', () => {
    const { run } = branched([cut], [], { own: others });
    expect(labelsOf(lastFuture(run, 0))).toEqual(labels);
    const moved = branched([cut, second], [], { own: others });
    expect(lastFuture(moved.run, 0)?.migration).toBe(second);
    expect(lastFuture(run, 1)).toBeNull();
    expect(lastFuture(null, 0)).toBeNull();
  });
});
