import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { takeOpeningMark, watchOpening } from '../../../src/state/openingMark.ts';
import { createRunStore } from '../../../src/state/runStore.ts';
import { createFakeSession, runOf, summaryOf } from '../../support/fakeSession.ts';
import { memoryKeepsake } from '../../support/memoryStorage.ts';
import { calm } from '../../support/tabs.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setup() {
  const session = createFakeSession();
  const store = createRunStore({ session, scenario: calm, now: () => 0 });
  store.actions.loadScenario(calm);
  const tab = memoryKeepsake();
  const { leave } = watchOpening(store, tab);
  return {
    tab,
    leave,
    store,
    paint: () => session.paint(summaryOf(calm)),
    complete: (complete: boolean) => session.emit({ type: 'run', run: runOf(calm, { complete }) }),
    fail: () =>
      session.emit({ type: 'failed', failure: { name: 'RangeError', message: 'memory' } }),
  };
}

describe('the next page opens without a run', () => {
  it('that has ended the page before it was worked out', () => {
    const { tab, paint, complete } = setup();
    paint();
    complete(false);
    expect(takeOpeningMark(tab)).toBe(true);
    expect(takeOpeningMark(tab)).toBe(false);
  });

  it('that has failed, however the page was left', () => {
    const { tab, paint, complete, fail, leave } = setup();
    paint();
    complete(true);
    fail();
    leave();
    expect(takeOpeningMark(tab)).toBe(true);
  });

  it('that has shown nothing for so long that somebody gave up', () => {
    const { tab, leave } = setup();
    vi.advanceTimersByTime(3000);
    leave();
    expect(takeOpeningMark(tab)).toBe(true);
  });

  it('that was opened later in the same page', () => {
    const { tab, paint, complete, store } = setup();
    paint();
    complete(true);
    store.actions.loadScenario(calm);
    expect(takeOpeningMark(tab)).toBe(true);
  });
});

describe('the next page opens with a run', () => {
  it('that was worked out', () => {
    const { tab, paint, complete } = setup();
    paint();
    complete(true);
    expect(takeOpeningMark(tab)).toBe(false);
  });

  it('that was left, at once too', () => {
    const early = setup();
    early.leave();
    expect(takeOpeningMark(early.tab)).toBe(false);
    const later = setup();
    later.paint();
    vi.advanceTimersByTime(5000);
    later.leave();
    expect(takeOpeningMark(later.tab)).toBe(false);
  });

  it('that has been shown for a while', () => {
    const { tab, paint } = setup();
    paint();
    vi.advanceTimersByTime(10_000);
    expect(takeOpeningMark(tab)).toBe(false);
  });
});
