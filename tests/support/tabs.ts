/** Tabs of the page over fake sessions: each has a storage of its own, and all of them share one for Recent. */
import { at } from '../../src/base/assert.ts';
import type { Command } from '../../src/engine/command.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import { presets } from '../../src/scenario/presets.ts';
import { readKeptRun } from '../../src/state/keptRun.ts';
import { createShelf } from '../../src/state/recentShelf.ts';
import { createRecentStore } from '../../src/state/recentStore.ts';
import { createRunStore, recordingOf } from '../../src/state/runStore.ts';
import { createFakeSession, runOf, SECOND, summaryOf } from './fakeSession.ts';
import { memoryKeepsake, memoryValues, type MemoryKeepsake } from './memoryStorage.ts';

export const { scenario: calm } = at(presets, 0);

export const move: Command = { do: 'live-migrate', vm: 'web01', to: 'node2', atMs: 0 };
export const faster: Command = { do: 'set-live-migration', migrationMBps: 1170, atMs: 12_000 };

export function withCommands(...commands: readonly Command[]): Scenario {
  return { ...calm, commands };
}

export function createBrowser() {
  const shared = memoryValues();
  let ids = 0;
  /** Wall clock. */
  const clock = { ms: Date.UTC(2026, 10, 30, 14, 5) };

  /** Opens the page, with what the storage of the tab holds, or with the first preset. */
  function openTab(tab: MemoryKeepsake = memoryKeepsake()) {
    const session = createFakeSession();
    const store = createRunStore({ session, scenario: calm, now: () => Date.now() });
    const kept = readKeptRun(tab);
    if (kept === null) store.actions.loadScenario(calm);
    else store.actions.openKept(kept);
    const now = (): number => clock.ms;
    const newId = (): string => `id${++ids}`;
    const shelf = createShelf({ values: shared, tab, now, newId });
    const outline = (): Promise<never> => new Promise(() => undefined);
    const recent = createRecentStore({ runStore: store, tab, shelf, outline, now, newId });
    const tell = (recording: Scenario): void => {
      session.emit({ type: 'run', run: runOf(structuredClone(recording)) });
    };
    return {
      session,
      store,
      recent,
      shelf,
      tab,
      tell,
      /** The worker tells of the run with one more command. */
      give: (...commands: readonly Command[]) => {
        const recording = recordingOf(store.getState());
        tell({ ...recording, commands: [...recording.commands, ...commands] });
      },
      paint: (seconds: number, playing = false) => {
        const summary = { timeNs: seconds * SECOND, playing };
        session.paint(summaryOf(store.getState().scenario, summary));
      },
      commands: () => recordingOf(store.getState()).commands,
      /** All is written, and the list is read again. */
      settled: async () => {
        await recent.keeper.written();
        await recent.actions.refresh();
      },
      entries: () => recent.getState().entries ?? [],
      leave: () => recent.keeper.leave(session.frames.latest()?.summary.timeNs),
      /** The page is loaded anew in the same tab. */
      reload: () => {
        recent.keeper.leave(session.frames.latest()?.summary.timeNs);
        recent.keeper.stop();
        return openTab(memoryKeepsake(tab.values));
      },
      /** As a browser does: with a copy of the tab's storage, while this one lives. */
      duplicate: () => openTab(memoryKeepsake(tab.values)),
    };
  }

  return { shared, clock, openTab };
}
