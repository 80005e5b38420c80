import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { printScenario } from '../../../src/scenario/print.ts';
import { sentenceMoments } from '../../../src/state/moment.ts';
import { createRunStore } from '../../../src/state/runStore.ts';
import { firstTarget, settingsOf } from '../../../src/state/selectors.ts';
import { syncShow } from '../../../src/state/showSync.ts';
import { guardedStorage } from '../../../src/state/storage.ts';
import { createViewStore } from '../../../src/state/viewStore.ts';
import {
  calmMigration,
  createFakeSession,
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
  it('appends a live migration at the shown time and plays', () => {
    const { actions, session } = setup();
    actions.liveMigrate('web01', 'node2');
    expect(session.sent).toEqual([
      { type: 'operate', operation: { do: 'live-migrate', vm: 'web01', to: 'node2' } },
      { type: 'play', speed: 5 },
    ]);
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
    const show = { type: 'show', vm: 0, lensCell: null, content: true, idleSecond: 0 };
    expect(session.sent).toEqual([show, show]);
  });
});

describe('selectors', () => {
  it('answer from the scenario before the first frame, with the same object each time', () => {
    const state = setup().store.getState();
    expect(settingsOf(state)).toBe(settingsOf(state));
    expect(firstTarget(state, 0)).toBe(1);
  });

  it('list the moments at which the sentence changes', () => {
    const run = runOf(scenario, { migrations: [calmMigration()] });
    expect(sentenceMoments(run, 0).map((ns) => ns / SECOND)).toEqual([
      0, 0.4, 1.2, 37.9, 44.1, 48.06, 48.2, 48.21, 48.24, 49.1,
    ]);
  });
});
