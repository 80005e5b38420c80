/** The Compare screen's view, its runs, and its one clock. */
import { describe, expect, test } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { Scenario } from '../../../src/engine/scenario.ts';
import type { Outline, OutlineProgress } from '../../../src/protocol/outline.ts';
import { presets } from '../../../src/scenario/presets.ts';
import type { Compared } from '../../../src/state/compareDifferences.ts';
import {
  compareEndNs,
  compareSpeedNow,
  createCompareStore,
  firstView,
  isOutdated,
  pendingLanes,
  presentLane,
  shownNsOf,
  valuesOf,
  type CompareView,
} from '../../../src/state/compareStore.ts';
import { moveOf } from '../../../src/state/outlined.ts';
import { answerOutline } from '../../support/outlines.ts';

const SECOND = 1_000_000_000;
const calm: Compared = { scenario: at(presets, 0).scenario, vm: 0 };

type Answer = (scenario: Scenario, watchedVm?: number) => Promise<Outline>;

/** A store whose frames come when the test says so. */
function setup(answer: Answer = answerOutline) {
  const asked: { scenario: Scenario; vm: number | undefined }[] = [];
  const frames: ((ms: number) => void)[] = [];
  let ms = 0;
  const store = createCompareStore({
    outline: (scenario, vm) => {
      asked.push({ scenario, vm });
      return answer(scenario, vm);
    },
    requestFrame: (callback) => frames.push(callback),
  });
  return {
    ...store.actions,
    asked,
    frames,
    state: store.getState,
    shownS: () => shownNsOf(store.getState()) / SECOND,
    /** The next frame comes so much later. */
    frame: (passedMs: number) => {
      ms += passedMs;
      frames.shift()?.(ms);
    },
  };
}

async function opened() {
  const page = setup();
  await page.open(calm);
  return page;
}

/** Answers that come when the test says so. */
function setupSlow() {
  const waiting: (() => void)[] = [];
  const page = setup(
    (scenario, vm) =>
      new Promise((resolve) => {
        waiting.push(() => resolve(answerOutline(scenario, vm)));
      }),
  );
  const answerAll = async (): Promise<void> => {
    // Lanes are asked for one after the other.
    for (let turn = 0; turn < 20; turn++) {
      waiting.splice(0).forEach((go) => go());
      // oxlint-disable-next-line no-await-in-loop -- each answer leads to the next question
      await Promise.resolve();
    }
  };
  const answerOne = async (): Promise<void> => {
    waiting.shift()?.();
    // oxlint-disable-next-line no-await-in-loop -- each answer leads to the next question
    for (let turn = 0; turn < 6; turn++) await Promise.resolve();
  };
  return { ...page, answerAll, answerOne };
}

describe('the runs', () => {
  test('are those of the VM, watched, and are worked out once', async () => {
    const page = await opened();
    expect(page.asked.map(({ scenario, vm }) => `${scenario.commands[0]?.do} ${vm}`)).toEqual([
      'quick-migrate 0',
      'live-migrate 0',
      'crash-node 0',
    ]);
    await page.open({ ...calm, scenario: { ...calm.scenario } });
    expect(page.asked).toHaveLength(3);
    await page.setDiffers('rounds');
    // The Lab has a limit of 10 rounds, so that of the two only the lane of 5 rounds is new.
    expect(page.asked).toHaveLength(4);
    await page.setDiffers('method');
    expect(page.asked).toHaveLength(4);
  });

  test('are worked out anew for another VM or another cluster', async () => {
    const page = await opened();
    page.seek(3 * SECOND);
    await page.open({ ...calm, vm: 1 });
    expect(page.asked).toHaveLength(6);
    expect(page.asked.at(-1)?.vm).toBe(1);
    expect(page.state().view.shownNs).toBeNull();
  });

  test('of a choice that was changed meanwhile are not shown', async () => {
    const page = setupSlow();
    void page.open(calm);
    await Promise.resolve();
    void page.setDiffers('network');
    void page.setDiffers('rounds');
    await page.answerAll();
    const { runs } = page.state();
    expect(runs?.map(({ lane }) => lane.value)).toEqual([5, 10]);
    // Of each choice that was left one run was begun; that of 1 Gbit/s is also that of 10 rounds.
    expect(page.asked).toHaveLength(3);
  });

  test('are given up when nobody asks for them any more, and kept where they are still asked for', async () => {
    const signals: AbortSignal[] = [];
    const tell: ((progress: OutlineProgress) => void)[] = [];
    const store = createCompareStore({
      outline: (_scenario, _vm, watch) => {
        if (watch?.signal !== undefined) signals.push(watch.signal);
        if (watch?.onProgress !== undefined) tell.push(watch.onProgress);
        return new Promise((_resolve, reject) => {
          watch?.signal?.addEventListener('abort', () => reject(new Error('given up')));
        });
      },
      requestFrame: () => undefined,
    });
    const { open, setDiffers, setValue, setView } = store.actions;
    void open(calm);
    void setDiffers('network');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    // The first run, which is being worked out, stays the same.
    void setValue(1, 40);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    // It is the second now, and is told of as that.
    const network = (first: number, second: number): CompareView => {
      return { differs: 'network', values: [first, second], shownNs: null };
    };
    void setView(network(40, 1));
    tell[1]?.({ timeNs: SECOND, pass: null });
    expect(presentLane(store.getState())?.key).toBe('second');
    void setView(network(2.5, 40));
    await Promise.resolve();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, false, false]);
    expect(store.getState().failure).toBeNull();
  });

  test('come one after the other, those of before stay until there is one', async () => {
    const page = setupSlow();
    void page.open(calm);
    await page.answerAll();
    expect(pendingLanes(page.state())).toEqual([]);
    void page.setDiffers('network');
    expect(isOutdated(page.state())).toBe(true);
    expect(page.state().runs).toHaveLength(3);
    page.seek(SECOND);
    expect(page.state().view.shownNs).toBeNull();
    await page.answerOne();
    expect(isOutdated(page.state())).toBe(false);
    expect(page.state()).toMatchObject({ isWorking: true, runs: [{ lane: { value: 1 } }] });
    expect(pendingLanes(page.state()).map(({ value }) => value)).toEqual([10]);
    page.seek(SECOND);
    expect(page.shownS()).toBe(1);
    await page.answerAll();
    expect(page.state()).toMatchObject({ isWorking: false, progress: null });
  });

  test('that cannot be worked out are said, and asked for again', async () => {
    let works = false;
    const page = setup((scenario, vm) =>
      works ? answerOutline(scenario, vm) : Promise.reject(new Error('no worker')),
    );
    await page.open(calm);
    expect(page.state()).toMatchObject({ failure: 'no worker', runs: null });
    works = true;
    await page.load();
    expect(page.state().failure).toBeNull();
    expect(page.state().runs).toHaveLength(3);
  });
});

describe('the view', () => {
  test('is plain, and says the same when it is put in again', async () => {
    const page = await opened();
    await page.setDiffers('network');
    await page.setValue(0, 2.5);
    page.seek(7 * SECOND);
    const view = JSON.parse(JSON.stringify(page.state().view)) as CompareView;
    expect(view).toEqual({ differs: 'network', values: [2.5, 10], shownNs: 7 * SECOND });
    const other = setup();
    await other.setView(view);
    await other.open(calm);
    expect(other.state().view).toEqual(view);
    expect(other.shownS()).toBe(7);
    expect(other.state().runs?.map(({ lane }) => lane.value)).toEqual([2.5, 10]);
  });

  test('from outside falls back where its values cannot be used', async () => {
    const page = await opened();
    await page.setView({ differs: 'network', values: [-1, 10], shownNs: null });
    expect(valuesOf(page.state())).toEqual([1, 10]);
    await page.setView({ differs: 'colour' as 'network', values: null, shownNs: null });
    expect(page.state().view).toEqual(firstView);
  });

  test('stays at the shown time with another value, and goes to the end with another difference', async () => {
    const page = await opened();
    await page.setDiffers('rounds');
    page.seek(20 * SECOND);
    await page.setValue(1, 3);
    expect(page.shownS()).toBe(20);
    await page.setDiffers('stop');
    expect(page.state().view.shownNs).toBeNull();
  });
});

describe('the clock', () => {
  test('stands at the end of all lanes, and plays from the start', async () => {
    const page = await opened();
    const endS = compareEndNs(page.state()) / SECOND;
    expect(page.shownS()).toBe(endS);
    expect(page.frames).toHaveLength(0);
    page.primary();
    page.frame(16);
    page.frame(100);
    expect(page.shownS()).toBe(1);
    page.toggle();
    page.frame(100);
    expect(page.shownS()).toBe(1);
    expect(page.frames).toHaveLength(0);
    page.toggle();
    page.setSpeed(50);
    page.frame(0);
    page.frame(200);
    expect(page.shownS()).toBe(11);
    for (let i = 0; i < 30; i++) page.frame(250);
    expect(page.state().playing).toBe(false);
    expect(page.shownS()).toBe(endS);
  });

  test('does not run without runs', () => {
    const page = setup();
    page.primary();
    page.end();
    expect(page.state()).toMatchObject({ playing: false, view: firstView });
    expect(page.frames).toHaveLength(0);
  });

  test('slows down in the blackout', async () => {
    const page = await opened();
    const live = page.state().runs?.[1];
    const pausedNs = (live && moveOf(live, 0)?.pausedNs) ?? 0;
    page.seek(pausedNs);
    // 0.32 s take 1.5 s on the screen.
    expect(compareSpeedNow(page.state())).toBeCloseTo(0.216, 2);
    page.seek(pausedNs - SECOND);
    expect(compareSpeedNow(page.state())).toBe(10);
  });

  test('steps to whole seconds and to what changes in any lane', async () => {
    const page = await opened();
    page.home();
    expect(page.shownS()).toBe(0);
    page.step(-1);
    expect(page.shownS()).toBe(0);
    page.step(1);
    expect(page.shownS()).toBe(1);
    page.stepChange(1);
    // Round 1 of the live migration begins.
    expect(page.shownS()).toBe(2);
    page.stepChange(1);
    // The crash is noticed only when the others have regrouped.
    expect(page.shownS()).toBe(7);
    page.end();
    expect(page.state().view.shownNs).toBeNull();
    page.stepChange(1);
    expect(page.state().view.shownNs).toBeNull();
    page.stepChange(-1);
    expect(page.shownS()).toBe(68);
  });
});
