/** The whole page over a fake session, and verbs for what a person does with it. */
import { act, cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll } from 'vitest';
import { at } from '../../src/base/assert.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import type { FrameSummary } from '../../src/protocol/frameSummary.ts';
import type { RunInfo } from '../../src/protocol/runInfo.ts';
import { presets } from '../../src/scenario/presets.ts';
import { App } from '../../src/ui/App.tsx';
// The parts that the page loads on demand: no test waits for their files.
import '../../src/ui/compare/CompareScreen.tsx';
import '../../src/ui/editor/EditorDialog.tsx';
import '../../src/ui/header/ScenarioMenu.tsx';
import '../../src/ui/keyboard/KeysDialog.tsx';
import '../../src/ui/Lab.tsx';
import '../../src/ui/map/MapScreen.tsx';
import '../../src/ui/share/ShareDialog.tsx';
import '../../src/ui/shared/RecentList.tsx';
import '../../src/ui/storage/StorageScreen.tsx';
import type { LabParts } from '../../src/ui/shared/lab.tsx';
import { fakeLab } from './fakeLab.tsx';
import { calmEvents, calmMigration, runOf, SECOND, summaryOf } from './fakeSession.ts';

const { scenario } = at(presets, 0);

// The Lab is a file of its own too, and once it has been shown it comes at once.
beforeAll(async () => {
  openLab();
  await screen.findByRole('region', { name: 'Transport' });
  cleanup();
});

const migrating: Scenario = {
  ...scenario,
  commands: [{ do: 'live-migrate', vm: 'web01', to: 'node2', atMs: 0 }],
};

export interface LabOptions {
  readonly hash?: '#/' | '#/lab' | '#/compare' | '#/storage' | '#/map';
  /** Runs a scenario beside the Lab; without it, nothing is ever answered. */
  readonly outline?: LabParts['outline'];
}

export function openLab({ hash = '#/lab', outline }: LabOptions = {}) {
  window.location.hash = hash;
  const { session, runStore, viewStore, recent, shared, show } = fakeLab(scenario, {
    presets,
    ...(outline && { outline }),
  });
  const user = userEvent.setup();
  runStore.actions.loadScenario(scenario);
  show(<App />);
  const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });
  return {
    session,
    runStore,
    viewStore,
    recent,
    shared,
    user,
    button,
    press: (name: string | RegExp) => user.click(button(name)),
    keys: (keys: string) => user.keyboard(keys),
    sentence: () => screen.getByRole('heading', { level: 1 }).textContent,
    /** The run with its migration is known, and this second of it is shown. */
    showSecond: (seconds: number, more: Partial<FrameSummary> = {}, run: Partial<RunInfo> = {}) => {
      const end = { endNs: 49.1 * SECOND, computedToNs: 49.1 * SECOND };
      const info = runOf(migrating, {
        migrations: [calmMigration()],
        events: calmEvents(),
        ...end,
        ...run,
      });
      act(() => {
        session.emit({ type: 'run', run: info });
        session.paint(summaryOf(migrating, { timeNs: seconds * SECOND, ...more }));
      });
    },
    /** The cluster at rest, as the worker sees it. */
    showRest: (more: Partial<FrameSummary> = {}) => {
      act(() => {
        session.emit({ type: 'run', run: runOf(scenario) });
        session.paint(summaryOf(scenario, more));
      });
    },
    fail: (name: string, message: string) =>
      act(() => session.emit({ type: 'failed', failure: { name, message } })),
    node: (name: string) => within(screen.getByRole('region', { name })),
    /** Types into the number of the inspector with this label, and leaves it. */
    enter: async (label: string, text: string) => {
      await user.click(button(new RegExp(`^${label}:`)));
      const input = screen.getByRole('textbox', { name: label });
      await user.clear(input);
      await user.type(input, `${text}{Enter}`);
    },
    value: (label: string) =>
      button(new RegExp(`^${label}:`)).textContent?.replaceAll('\u00a0', ' '),
  };
}
