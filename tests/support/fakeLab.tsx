/** Any part of the page over a fake session. */
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import type { Scenario } from '../../src/engine/scenario.ts';
import { createShelf, type KeyValues } from '../../src/state/recentShelf.ts';
import { createRecentStore, type RecentStore } from '../../src/state/recentStore.ts';
import { createRunStore, type RunStore } from '../../src/state/runStore.ts';
import { guardedStorage } from '../../src/state/storage.ts';
import { createViewStore } from '../../src/state/viewStore.ts';
import { LabProvider, type LabParts } from '../../src/ui/shared/lab.tsx';
import { inlinePool } from './convergencePools.ts';
import { createFakeSession } from './fakeSession.ts';
import { memoryKeepsake, memoryValues } from './memoryStorage.ts';

/** What happy-dom adds to its window. */
const { happyDOM: happyDom } = window as unknown as {
  readonly happyDOM: { setViewport(size: { width: number; height: number }): void };
};

/** Stores and session are ready before `show` draws, in a window of the reference size. */
export function fakeLab(scenario: Scenario, parts: Partial<LabParts> = {}) {
  happyDom.setViewport({ width: 1440, height: 900 });
  const session = createFakeSession();
  const runStore = createRunStore({ session, scenario, now: () => 0 });
  const viewStore = createViewStore(guardedStorage(() => window.localStorage));
  const shared = memoryValues();
  const recent = fakeRecent(runStore, shared);
  const value: LabParts = {
    runStore,
    viewStore,
    recent,
    frames: session.frames,
    presets: [],
    outline: (...asked) => session.outline(...asked),
    convergence: inlinePool().pool,
    ...parts,
  };
  const show = (page: ReactNode) => render(<LabProvider value={value}>{page}</LabProvider>);
  return { session, runStore, viewStore, recent, shared, show };
}

/** Recent over a storage in memory. */
function fakeRecent(runStore: RunStore, values: KeyValues): RecentStore {
  let ids = 0;
  const newId = (): string => `id${++ids}`;
  const now = (): number => Date.now();
  const outline = (): Promise<never> => new Promise(() => undefined);
  const tab = memoryKeepsake();
  const shelf = createShelf({ values, tab, now, newId });
  return createRecentStore({ runStore, tab, shelf, outline, now, newId });
}
