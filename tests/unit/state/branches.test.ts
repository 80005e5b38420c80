import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import { msToNs } from '../../../src/base/units.ts';
import type { Command, Operation } from '../../../src/engine/command.ts';
import type { Scenario } from '../../../src/engine/scenario.ts';
import { LONGEST_BRANCH_NAME } from '../../../src/scenario/limits.ts';
import { presets } from '../../../src/scenario/presets.ts';
import {
  branchName,
  chosen,
  dropped,
  firstBranches,
  ghostOf,
  leavesFuture,
  MOST_BRANCHES,
  presentRecording,
  redo,
  redoTarget,
  renamed,
  stepNs,
  undo,
  undoTarget,
  withStep,
  type Branches,
} from '../../../src/state/branches.ts';

const { scenario } = at(presets, 0);

const move: Command = { do: 'live-migrate', vm: 'web01', to: 'node2', atMs: 0 };
const crash = (atMs: number): Command => ({ do: 'crash-node', node: 'node1', atMs });
const network = (migrationMBps: number, atMs: number): Command => ({
  do: 'set-live-migration',
  migrationMBps,
  atMs,
});

const seen = (seconds: number) => ({ run: null, seenToNs: msToNs(seconds * 1000) });

function recording(...commands: readonly Command[]): Scenario {
  return { ...scenario, commands };
}

/** A command at the shown second of a run that was seen to another: what the store does with it. */
function command(branches: Branches, operation: Operation, shownS: number, seenToS: number) {
  const before = presentRecording(branches);
  const shownNs = shownS * 1e9;
  const kept = before.commands.filter(({ atMs }) => msToNs(atMs) <= shownNs);
  const after = { ...before, commands: [...kept, { ...operation, atMs: shownS * 1000 }] };
  const leaves = leavesFuture(before, shownNs, seenToS * 1e9);
  return withStep(branches, after, leaves ? seen(seenToS) : null);
}

/** "Branch 1: the move" of every branch; the shown one with its steps so far. */
function listed({ list, present }: Branches): string[] {
  return list.map((branch) => {
    const shown = branch.id === present.branch ? ` *${present.step}` : '';
    return `${branchName(branch)}: ${branch.note}${shown}`.replaceAll('\u00a0', ' ');
  });
}

const MOVE = 'Live-migrate web-01 to Node 2 at the start';

describe('a command leaves a future behind', () => {
  const ns = (seconds: number): number => seconds * 1e9;

  it.each([
    ['at the end of what was seen: it goes on', 20, 20, false],
    ['before what was seen', 20, 20.000000001, true],
    ['before a recorded command, never seen', 9, 9, true],
    ['at the very time of the last command', 12, 12, false],
  ])('%s', (_, shown, seenTo, leaves) => {
    expect(leavesFuture(recording(move, crash(12_000)), ns(shown), ns(seenTo))).toBe(leaves);
  });
});

describe('a branch', () => {
  const begun = command(firstBranches(scenario), move, 0, 0);

  it('is not made by the first commands, nor by one at the end of what was seen', () => {
    const more = command(begun, crash(0), 12, 12);
    expect(listed(begun)).toEqual([`Branch 1: ${MOVE} *1`]);
    expect(listed(more)).toEqual([`Branch 1: ${MOVE} *2`]);
    expect(more.news).toBe('');
  });

  it('is made by a command in the past; the run as it was stays, and is the ghost', () => {
    const known = { run: null, seenToNs: 49e9 };
    const forked = command(begun, network(1170, 0), 12, 49);
    expect(listed(forked)).toEqual([
      `Branch 1: ${MOVE}`,
      'Branch 2: Migration network 10 Gbit/s at 12.0 s *2',
    ]);
    expect(forked.news).toBe('A branch was made: the run as it was stays as Branch 1.');
    expect(ghostOf(forked, null)).toMatchObject({ id: 1, ...known });
    // What is pointed at is shown already, or is not there any more.
    expect(ghostOf(forked, 2)?.id).toBe(1);
    expect(ghostOf(forked, 9)?.id).toBe(1);
    expect(presentRecording(forked).commands).toEqual([move, network(1170, 12_000)]);
  });

  it('is chosen again: the other becomes the ghost', () => {
    const forked = command(begun, network(1170, 0), 12, 49);
    const back = chosen(forked, { branch: 1, step: 1 }, '');
    expect(presentRecording(back).commands).toEqual([move]);
    expect(ghostOf(back, null)?.id).toBe(2);
  });

  it('begins with an edit before the start, where the move was undone', () => {
    const undone = undo(begun, { branch: 1, step: 0 });
    const fast = { ...scenario, network: { ...scenario.network, migrationMBps: 1170 } };
    const edited = withStep(undone, fast, null);
    expect(listed(edited)).toEqual([
      `Branch 1: ${MOVE}`,
      'Branch 2: Migration network 10 Gbit/s, changed before the start *1',
    ]);
  });

  it('gets another name, and its number back', () => {
    const named = renamed(begun, 1, '  Slow network ');
    expect(branchName(at(named.list, 0))).toBe('Slow network');
    expect(branchName(at(renamed(named, 1, ' ').list, 0))).toBe('Branch 1');
    expect(renamed(begun, 1, 'فرع 1').news).toBe('The branch is called \u2068فرع 1\u2069.');
    const long = renamed(begun, 1, 'x'.repeat(300));
    expect(branchName(at(long.list, 0))).toHaveLength(LONGEST_BRANCH_NAME);
  });

  it('is dropped, unless it is shown; its number is not given again', () => {
    const forked = command(begun, network(1170, 0), 12, 49);
    expect(dropped(forked, 2)).toBe(forked);
    const one = dropped(forked, 1);
    expect(listed(one)).toEqual(['Branch 2: Migration network 10 Gbit/s at 12.0 s *2']);
    expect(one.news).toBe('Branch 1 was dropped.');
    expect(ghostOf(one, null)).toBeNull();
    expect(ghostOf(one, 1)).toBeNull();
    const again = command(one, network(500, 0), 13, 49);
    expect(again.list.map(({ id }) => id)).toEqual([2, 3]);
  });

  it(`makes room after ${MOST_BRANCHES}: the oldest without a name goes, not the shown one or its ghost`, () => {
    let branches = renamed(begun, 1, 'Keep');
    for (let i = 1; i <= MOST_BRANCHES; i++) {
      branches = command(branches, network(100 + i, 0), 50 - i, 60);
    }
    expect(branches.list.map(({ id }) => id)).toEqual([1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    for (let id = 3; id <= 11; id++) branches = renamed(branches, id, `Keep ${id}`);
    branches = command(renamed(branches, 12, 'Also'), network(99, 0), 5, 60);
    expect(branches.list[0]?.id).toBe(3);
    expect(branches.list).toHaveLength(MOST_BRANCHES);
  });
});

describe('undo and redo', () => {
  const begun = command(firstBranches(scenario), move, 0, 0);
  const goBack = (branches: Branches): Branches => undo(branches, undoTarget(branches)!);
  const goOn = (branches: Branches): Branches => redo(branches, redoTarget(branches)!);

  it('have nothing to do at the beginning', () => {
    expect(undoTarget(firstBranches(scenario))).toBeNull();
    expect(redoTarget(firstBranches(scenario))).toBeNull();
    // What a file brings along is not undone.
    expect(undoTarget(firstBranches(recording(move)))).toBeNull();
  });

  it('take back the last command and give it again; the branch as it was is the ghost', () => {
    const two = command(begun, crash(0), 12, 12);
    const one = goBack(two);
    expect(presentRecording(one).commands).toEqual([move]);
    expect(one.news).toBe('Undone: Crash Node 1 at 12.0\u00a0s.');
    expect(one.list).toHaveLength(1);
    expect(ghostOf(one, null)?.id).toBe(1);
    const none = goBack(one);
    expect(presentRecording(none)).toBe(scenario);
    expect(undoTarget(none)).toBeNull();
    const again = goOn(goOn(none));
    expect(again.present).toEqual(two.present);
    expect(again.news).toBe('Done again: Crash Node 1 at 12.0\u00a0s.');
    expect(ghostOf(again, null)).toBeNull();
    expect(redoTarget(again)).toBeNull();
  });

  it('lead to the branch that the present one came from, with the future it had', () => {
    const crashed = command(begun, crash(0), 20, 20);
    const forked = command(crashed, network(1170, 0), 12, 49);
    const back = goBack(forked);
    expect(presentRecording(back).commands).toEqual([move, crash(20_000)]);
    expect(ghostOf(back, null)?.id).toBe(2);
    expect(goOn(back).present).toEqual(forked.present);
  });

  it('keep a way back when the branch it came from was dropped', () => {
    const forked = dropped(command(begun, network(1170, 0), 12, 49), 1);
    const back = goBack(forked);
    expect(presentRecording(back).commands).toEqual([move]);
    expect(stepNs(presentRecording(forked))).toBe(12e9);
    expect(undoTarget(goBack(back))).toBeNull();
  });

  it('after an undo another command makes a branch, and nothing is left to redo', () => {
    const two = command(begun, crash(0), 12, 12);
    const other = command(goBack(two), network(1170, 0), 14, 14);
    expect(listed(other)).toEqual([
      `Branch 1: ${MOVE}`,
      'Branch 2: Migration network 10 Gbit/s at 14.0 s *2',
    ]);
    expect(redoTarget(other)).toBeNull();
    expect(presentRecording(chosen(other, { branch: 1, step: 2 }, '')).commands).toHaveLength(2);
  });

  it('keep also the run without the undone command, once it has been seen beyond that', () => {
    const two = command(begun, crash(0), 12, 12);
    const other = command(goBack(two), network(1170, 0), 14, 49);
    expect(listed(other)).toEqual([
      `Branch 1: ${MOVE}`,
      'Branch 2: Without: Crash Node 1 at 12.0 s',
      'Branch 3: Migration network 10 Gbit/s at 14.0 s *2',
    ]);
    expect(other.news).toBe('A branch was made: the run as it was stays as Branch 2.');
  });
});
