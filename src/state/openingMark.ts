/**
 * A mark in the storage of the tab while a run may still bring the page down. A page that finds it at its start was ended
 * by that run, or saw it fail: it opens without it, so that no reload fails for ever.
 */
import type { RunState, RunStore } from './runStore.ts';
import type { Keepsake } from './storage.ts';

const KEY = 'opening';

/** A run that shows nothing for so long does not come any more: whoever leaves then, leaves because of it. */
const PATIENCE_MS = 3000;

/** A run that has been shown for so long may be opened again: whoever reloads has had time to act. */
const SETTLED_MS = 10_000;

/** @returns Whether the kept run failed the last time. The mark is taken away. */
export function takeOpeningMark(tab: Keepsake): boolean {
  const isMarked = tab.read(KEY) !== null;
  tab.remove(KEY);
  return isMarked;
}

export interface OpeningWatch {
  /** The page is left, or goes to the background, where it may be ended without a word. */
  readonly leave: () => void;
}

export function watchOpening({ getState, subscribe }: RunStore, tab: Keepsake): OpeningWatch {
  let timers: ReturnType<typeof setTimeout>[] = [];
  let isLate = false;
  const settle = (): void => {
    const state = getState();
    if (!failedIn(state) && (state.summary !== null || !isLate)) tab.remove(KEY);
  };
  const begin = (): void => {
    tab.write(KEY, 'yes');
    isLate = false;
    for (const timer of timers) clearTimeout(timer);
    timers = [setTimeout(() => (isLate = true), PATIENCE_MS), setTimeout(settle, SETTLED_MS)];
  };
  begin();
  subscribe((state, before) => {
    const hasFailed = failedIn(state) && !failedIn(before);
    if (state.loads !== before.loads || hasFailed) begin();
    if (state.run !== before.run && state.run?.complete === true) settle();
  });
  return { leave: settle };
}

function failedIn({ failure, silent }: RunState): boolean {
  return failure !== null || silent;
}
