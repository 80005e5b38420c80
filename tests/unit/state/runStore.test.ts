import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { printScenario } from '../../../src/scenario/print.ts';
import { sentenceMoments } from '../../../src/state/moment.ts';
import { createRunStore } from '../../../src/state/runStore.ts';
import {
  firstMove,
  firstTarget,
  moveOperation,
  nodeStateOf,
  settingsOf,
  volumeOf,
} from '../../../src/state/selectors.ts';
import { syncShow } from '../../../src/state/showSync.ts';
import { guardedStorage } from '../../../src/state/storage.ts';
import { createViewStore } from '../../../src/state/viewStore.ts';
import {
  calmMigration,
  createFakeSession,
  crashEvents,
  eventRow,
  quickMigrationRow,
  runOf,
  SECOND,
  summaryOf,
} from '../../support/fakeSession.ts';

const { scenario } = at(presets, 0);

function setup() {
  const session = createFakeSession();
  let nowMs = 0;
  const store = createRunStore({ session, scenario, now: () => nowMs });
  store.actions.loadScenario(scenario);
  const started = {
    ...scenario,
    commands: [{ do: 'live-migrate', vm: 'web01', to: 'node2', atMs: 0 }],
  } as const;
  return {
    session,
    store,
    started,
    actions: store.actions,
    wait: (ms: number) => (nowMs += ms),
    paint: (seconds: number, playing: boolean) =>
      session.paint(summaryOf(scenario, { timeNs: seconds * SECOND, playing })),
    shownSeconds: () => (store.getState().summary?.timeNs ?? 0) / SECOND,
  };
}

describe('the run store', () => {
  describe('appends a command at the shown time', () => {
    const crash = { do: 'crash-node', node: 'node1' } as const;
    const appended = { type: 'operate', operation: crash };
    const play = { type: 'play', speed: 5 };

    it('and plays from the very start', () => {
      const { actions, session } = setup();
      actions.operate(crash);
      expect(session.sent).toEqual([appended, play]);
    });

    it('and plays on where the run has stopped by itself', () => {
      const { actions, session, paint, started } = setup();
      session.emit({ type: 'run', run: runOf(started, { endNs: 9 * SECOND }) });
      paint(9, false);
      actions.operate(crash);
      expect(session.sent).toEqual([appended, play]);
    });

    it('and stays where somebody has paused', () => {
      const { actions, session, paint, started } = setup();
      session.emit({ type: 'run', run: runOf(started, { endNs: 9 * SECOND }) });
      paint(5, false);
      actions.operate(crash);
      expect(session.sent).toEqual([appended]);
    });

    it('and does not start for a change of settings', () => {
      const { actions, session } = setup();
      const operation = { do: 'set-live-migration', maxRounds: 3 } as const;
      actions.operate(operation);
      expect(session.sent).toEqual([{ type: 'operate', operation }]);
    });
  });

  it('takes at most ten summaries a second while playing, and every one when not', () => {
    const { paint, wait, shownSeconds } = setup();
    paint(1, true);
    wait(50);
    paint(2, true);
    expect(shownSeconds()).toBe(1);
    wait(50);
    paint(3, true);
    expect(shownSeconds()).toBe(3);
    paint(4, false);
    expect(shownSeconds()).toBe(4);
    paint(2, false);
    expect(shownSeconds()).toBe(2);
  });

  it('plays again from the start when it stands at the end', () => {
    const { actions, session, paint, started } = setup();
    session.emit({
      type: 'run',
      run: runOf(started, { endNs: 9 * SECOND, computedToNs: 9 * SECOND }),
    });
    paint(9, false);
    actions.toggle();
    expect(session.sent).toEqual([
      { type: 'seek', ns: 0 },
      { type: 'play', speed: 5 },
    ]);
  });

  it('pauses what is about to play, before a frame shows that it plays', () => {
    const { actions, session, paint } = setup();
    actions.operate({ do: 'live-migrate', vm: 'web01', to: 'node2' });
    // On its way already when the command was given.
    paint(0, false);
    actions.toggle();
    expect(session.sent.map(({ type }) => type)).toEqual(['operate', 'play', 'pause']);
    actions.toggle();
    paint(1, true);
    actions.toggle();
    expect(session.sent.slice(3).map(({ type }) => type)).toEqual(['play', 'pause']);
  });

  it('changes the scenario itself before the start, and never afterwards', () => {
    const { actions, session, store, started } = setup();
    actions.editScenario({ ...scenario, title: 'Changed' });
    expect(store.getState().scenario.title).toBe('Changed');
    session.emit({ type: 'run', run: runOf(started) });
    actions.editScenario({ ...scenario, title: 'Too late' });
    expect(store.getState().scenario.title).toBe('Changed');
  });

  it('names every problem of a file and keeps the run', () => {
    const { actions, session, store } = setup();
    session.emit({ type: 'run', run: runOf(scenario) });
    expect(actions.openText('bad.json', '{"migrascope":1,"nodes":[]}')).toBe(false);
    const { rejection, run } = store.getState();
    expect(rejection?.what).toBe('bad.json');
    expect(rejection?.problems.map(({ path }) => path)).toContain('nodes');
    expect(run).not.toBeNull();
    expect(session.loaded).toHaveLength(1);
  });

  it('says so when a scenario has no VM to show', () => {
    const { actions, session, store } = setup();
    expect(actions.openText('empty.json', '{"migrascope":1}')).toBe(false);
    expect(store.getState().rejection?.problems).toEqual([
      { path: 'vms', message: 'is empty, allowed: 1 VM or more to show' },
    ]);
    expect(session.loaded).toHaveLength(1);
  });

  it('opens what an earlier release saved, and says what it changed', () => {
    const { actions, session, store } = setup();
    const text = '{"migrascope":1,"vms":[{"name":" "}]}';
    expect(actions.openText('old.json', text)).toBe(true);
    expect(session.loaded.at(-1)?.scenario.vms[0]?.name).toBe('vm1');
    expect(store.getState().repair).toEqual({
      what: 'old.json',
      sentence: '1 blank name was replaced.',
    });
    actions.dismissRepair();
    expect(store.getState().repair).toBeNull();
    actions.tellRepair('a', 'b');
    actions.loadScenario(scenario);
    expect(store.getState().repair).toBeNull();
  });

  it('opens what it saves', () => {
    const { actions, session, store, started } = setup();
    session.emit({ type: 'run', run: runOf(started) });
    const text = actions.recordingText();
    expect(text).toBe(printScenario(started));
    expect(actions.openText('run.json', text)).toBe(true);
    expect(store.getState().scenario.commands).toHaveLength(1);
  });

  it('restarts from the recording, commands included, at the shown time', () => {
    const { actions, session, store, started, paint } = setup();
    session.emit({ type: 'run', run: runOf(started) });
    paint(7, false);
    session.emit({ type: 'failed', failure: { name: 'WorkerError', message: 'gone' } });
    expect(store.getState().failure?.name).toBe('WorkerError');
    actions.restart();
    expect(session.loaded.at(-1)).toEqual({ scenario: started, showNs: 7 * SECOND });
    expect(store.getState().failure).toBeNull();
  });

  it('jumps to the moment in which the VM is paused', () => {
    const { actions, session } = setup();
    session.emit({ type: 'run', run: runOf(scenario, { migrations: [calmMigration()] }) });
    actions.jumpToSwitchover(0);
    expect(session.sent).toEqual([{ type: 'seek', ns: 48.06 * SECOND }]);
  });

  it('jumps to where the disk goes over in a quick migration', () => {
    const { actions, session } = setup();
    session.emit({ type: 'run', run: runOf(scenario, { migrations: [quickMigrationRow()] }) });
    actions.jumpToSwitchover(0);
    expect(session.sent).toEqual([{ type: 'seek', ns: 14.5 * SECOND }]);
  });

  it('goes to the end also while it is not known yet: the worker waits for it', () => {
    const { actions, session } = setup();
    actions.end();
    expect(session.sent).toEqual([{ type: 'seek', ns: Number.MAX_SAFE_INTEGER }]);
  });

  it('tells the worker again what to show after each load', () => {
    const { actions, session, store } = setup();
    const viewStore = createViewStore(
      guardedStorage(() => {
        throw new Error('blocked');
      }),
    );
    syncShow(store, viewStore);
    viewStore.actions.setMapMode('content');
    actions.loadScenario(scenario);
    const show = {
      type: 'show',
      vm: 0,
      lensCell: null,
      page: null,
      content: true,
      idleSecond: 0,
      lit: null,
    };
    expect(session.sent).toEqual([show, show]);
  });
});

describe('selectors', () => {
  it('answer from the scenario before the first frame, with the same object each time', () => {
    const state = setup().store.getState();
    expect(settingsOf(state)).toBe(settingsOf(state));
    expect(firstTarget(state, 0, 'live')).toBe(1);
  });

  it('begin with a quick migration where no live one is possible', () => {
    const { store, session } = setup();
    const refused = scenario.nodes.map(() => 'LUN 1 holds db-01 too');
    const { refusals } = summaryOf(scenario);
    session.paint(summaryOf(scenario, { refusals: { ...refusals, live: refused } }));
    const move = firstMove(store.getState(), 0);
    expect(move).toEqual({ method: 'quick', to: 1 });
    expect(move && moveOperation(store.getState(), 0, move)).toEqual({
      do: 'quick-migrate',
      vm: 'web01',
      to: 'node2',
    });
  });

  it('answer for nodes and volumes before the first frame: all is well', () => {
    const state = setup().store.getState();
    expect(nodeStateOf(state, 0)).toEqual(summaryOf(scenario).nodes[0]);
    expect(volumeOf(state, 0)).toEqual(summaryOf(scenario).volumes[0]);
  });

  it('list the moments at which the sentence changes', () => {
    const run = runOf(scenario, { migrations: [calmMigration()] });
    expect(seconds(sentenceMoments(run, 0))).toEqual([
      0, 0.4, 1.2, 37.9, 44.1, 48.06, 48.2, 48.21, 48.24, 49.1,
    ]);
  });

  it('list when the VMs that were taken along are back', () => {
    const [web, db] = [32, 40].map((end, vm) =>
      quickMigrationRow({ id: vm, vm, endedNs: end * SECOND, phases: [] }),
    );
    const oneLun = { ...scenario, vms: scenario.vms.slice(0, 1).flatMap((vm) => [vm, vm]) };
    const run = runOf(oneLun, { migrations: [web!, db!] });
    const disk = seconds(sentenceMoments(run, 0));
    expect(disk).toEqual([0, 32, 40]);
    expect(seconds(sentenceMoments(run, 1))).toEqual([0, 40]);
  });

  it('list what a failure does to the VM, and to the nodes of all others', () => {
    const run = runOf(scenario, { events: crashEvents(12) });
    expect(seconds(sentenceMoments(run, 0))).toEqual([0, 12, 17, 19, 20, 80]);
    expect(seconds(sentenceMoments(run, 1))).toEqual([0, 12, 17, 19]);
  });

  it('pass over what happens elsewhere while the VM is being moved, unless its disk is concerned', () => {
    const events = [
      eventRow('node-crashed', 10, 'Node 3 stops without warning', -1),
      eventRow('io-stalled', 11, 'The disk of web-01 does not answer'),
      eventRow('io-stalled', 13, 'The disk of db-01 does not answer', 1),
    ];
    const run = runOf(scenario, { migrations: [calmMigration()], events });
    expect(seconds(sentenceMoments(run, 0)).filter((s) => s > 1.2 && s < 37)).toEqual([11]);
  });

  it('pass over what the others do while its disk does not answer', () => {
    const events = [
      ...crashEvents(12),
      eventRow('io-stalled', 12, 'The disk of mail-01 does not answer', 3),
      eventRow('io-resumed', 19, 'The disk of mail-01 answers again', 3),
    ].toSorted((a, b) => a.atNs - b.atNs);
    expect(seconds(sentenceMoments(runOf(scenario, { events }), 3))).toEqual([0, 12, 19]);
    const stalled = [
      eventRow('io-stalled', 30, 'The disk of web-01 does not answer'),
      eventRow('vm-paused', 48.06, 'web-01 is paused'),
    ];
    const run = runOf(scenario, { migrations: [calmMigration()], events: stalled });
    expect(seconds(sentenceMoments(run, 0))).toEqual([
      0, 0.4, 1.2, 30, 48.06, 48.2, 48.21, 48.24, 49.1,
    ]);
  });
});

function seconds(times: readonly number[]): number[] {
  return times.map((ns) => ns / SECOND);
}
