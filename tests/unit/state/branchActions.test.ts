/** Branches in the run store: what page and worker tell each other. */
import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { Command, Operation } from '../../../src/engine/command.ts';
import type { Scenario } from '../../../src/engine/scenario.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { whyNoRedo, whyNoUndo } from '../../../src/state/branchActions.ts';
import { branchName, isWhole } from '../../../src/state/branches.ts';
import { withSettings } from '../../../src/state/edits.ts';
import { createRunStore } from '../../../src/state/runStore.ts';
import {
  calmMigration,
  createFakeSession,
  runOf,
  SECOND,
  summaryOf,
} from '../../support/fakeSession.ts';

const { scenario } = at(presets, 0);

const live: Operation = { do: 'live-migrate', vm: 'web01', to: 'node2' };
const tenGbit: Operation = { do: 'set-live-migration', migrationMBps: 1170 };
const move: Command = { ...live, atMs: 0 };
const faster: Command = { ...tenGbit, atMs: 12_000 };

function recording(...commands: readonly Command[]): Scenario {
  return { ...scenario, commands };
}

/** The page has opened with the first preset. */
function setup() {
  const session = createFakeSession();
  const store = createRunStore({ session, scenario, now: () => 0 });
  const { actions } = store;
  actions.loadScenario(scenario);
  const paint = (seconds: number): void =>
    session.paint(summaryOf(scenario, { timeNs: seconds * SECOND }));
  /** The worker tells of the run: each time a copy of the recording. */
  const tell = (of: Scenario, more: Parameters<typeof runOf>[1] = {}): void =>
    session.emit({ type: 'run', run: runOf(structuredClone(of), more) });
  return {
    session,
    store,
    actions,
    paint,
    tell,
    names: () => store.getState().branches.list.map(branchName),
    present: () => store.getState().branches.present.branch,
    commands: () => session.loaded.at(-1)?.scenario.commands,
    /** The move was seen to its end, and made faster after its first 12 seconds. */
    fork: () => {
      actions.operate(live);
      tell(recording(move), {
        migrations: [calmMigration()],
        endNs: 49 * SECOND,
        computedToNs: 49 * SECOND,
        reportDigest: 'old',
      });
      paint(49);
      paint(12);
      actions.operate(tenGbit);
      tell(recording(move, faster), {
        endNs: 20 * SECOND,
        computedToNs: 20 * SECOND,
        reportDigest: 'new',
      });
    },
  };
}

describe('a command in the past', () => {
  it('makes a branch when the worker has told of it', () => {
    const { fork, store, names, present } = setup();
    fork();
    expect(names()).toEqual(['Branch 1', 'Branch 2']);
    expect(present()).toBe(2);
    const [old] = store.getState().branches.list;
    expect(old).toMatchObject({ seenToNs: 49 * SECOND, run: { reportDigest: 'old' } });
    expect(store.getState().seenToNs).toBe(12 * SECOND);
  });

  it('waits for the worker: until then nothing is undone or chosen', () => {
    const { store, session, actions, tell } = setup();
    actions.operate(live);
    expect(whyNoUndo(store.getState())).toBe('The last command is still being worked out.');
    expect(whyNoRedo(store.getState())).toBe('The last command is still being worked out.');
    // Told before the worker had the command.
    tell(scenario);
    actions.undo();
    actions.chooseBranch(1);
    expect(session.loaded).toHaveLength(1);
    tell(recording(move));
    expect(whyNoUndo(store.getState())).toBeNull();
    expect(whyNoRedo(store.getState())).toBe('Nothing was undone.');
  });

  it('counts as one step with those that follow before the worker tells', () => {
    const { store, actions, tell, paint } = setup();
    actions.operate(live);
    tell(recording(move));
    paint(30);
    paint(12);
    actions.operate(tenGbit);
    paint(13);
    actions.operate(tenGbit);
    tell(recording(move, faster, { ...faster, atMs: 13_000 }));
    expect(store.getState().branches.list).toHaveLength(2);
    expect(store.getState().branches.list[1]?.steps).toHaveLength(3);
  });

  it('is forgotten when the simulation is restarted', () => {
    const { store, actions } = setup();
    actions.operate(live);
    actions.restart();
    expect(whyNoUndo(store.getState())).toBe('There is nothing to undo.');
  });
});

describe('a branch that is chosen', () => {
  it('is loaded at the shown time, and its rows are there at once', () => {
    const { fork, actions, session, store, commands } = setup();
    fork();
    actions.chooseBranch(1);
    expect(commands()).toEqual([move]);
    expect(session.loaded.at(-1)?.showNs).toBe(12 * SECOND);
    const { run, seenToNs } = store.getState();
    expect(run?.migrations).toHaveLength(1);
    expect(run).toMatchObject({ complete: false, reportDigest: null });
    expect(seenToNs).toBe(49 * SECOND);
  });

  it('keeps what is known of it until the worker knows as much', () => {
    const { fork, actions, store, tell } = setup();
    fork();
    actions.chooseBranch(1);
    tell(recording(move), { complete: false, computedToNs: SECOND });
    expect(store.getState().run?.migrations).toHaveLength(1);
    tell(recording(move), { computedToNs: 49 * SECOND, reportDigest: 'old again' });
    expect(store.getState().run?.reportDigest).toBe('old again');
  });

  it('is shown at its end where it is shorter', () => {
    const { fork, actions, session, paint } = setup();
    fork();
    actions.chooseBranch(1);
    paint(45);
    actions.chooseBranch(2);
    expect(session.loaded.at(-1)?.showNs).toBe(20 * SECOND);
  });
});

describe('undo and redo', () => {
  it('load the run before the command at its moment, and the one with it', () => {
    const { fork, actions, session, commands, present, store } = setup();
    fork();
    actions.undo();
    expect(commands()).toEqual([move]);
    expect(session.loaded.at(-1)?.showNs).toBe(12 * SECOND);
    expect(present()).toBe(1);
    actions.undo();
    expect(commands()).toEqual([]);
    expect(session.loaded.at(-1)?.showNs).toBe(0);
    expect(isWhole(store.getState().branches)).toBe(false);
    actions.undo();
    expect(session.loaded).toHaveLength(3);
    actions.redo();
    actions.redo();
    expect(commands()).toEqual([move, faster]);
    expect(session.loaded.at(-1)?.showNs).toBe(12 * SECOND);
    actions.redo();
    expect(session.loaded).toHaveLength(5);
  });

  it('take back an edit before the start', () => {
    const { actions, store } = setup();
    actions.editScenario(withSettings(scenario, { maxRounds: 3 }));
    expect(store.getState().scenario.liveMigration.maxRounds).toBe(3);
    actions.undo();
    expect(store.getState().scenario.liveMigration.maxRounds).toBe(10);
    actions.redo();
    expect(store.getState().scenario.liveMigration.maxRounds).toBe(3);
    expect(store.getState().branches.list).toHaveLength(1);
  });
});

it('another scenario ends all branches', () => {
  const { fork, actions, names, store } = setup();
  fork();
  actions.loadScenario(at(presets, 1).scenario);
  expect(names()).toEqual(['Branch 1']);
  expect(whyNoUndo(store.getState())).toBe('There is nothing to undo.');
});
