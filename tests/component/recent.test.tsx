/** Recent, as a person meets it: on Start, in the menu, and when a run gives place to another. */
import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { at } from '../../src/base/assert.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import { presets } from '../../src/scenario/presets.ts';
import { newCluster } from '../../src/state/newCluster.ts';
import { runOf, summaryOf } from '../support/fakeSession.ts';
import { openLab } from '../support/labPage.tsx';

beforeEach(() => window.localStorage.clear());

const { scenario: other } = at(presets, 1);
const named = (title: string): Scenario => ({ ...newCluster(), title });

async function openWith(titles: readonly string[], hash: '#/' | '#/lab' = '#/lab') {
  const lab = openLab({ hash });
  const { runStore, recent } = lab;
  const settle = () =>
    act(async () => {
      await recent.keeper.written();
      await recent.actions.refresh();
    });
  for (const title of titles) {
    act(() => {
      runStore.actions.loadScenario(other);
      runStore.actions.loadBuilt(named(title));
    });
    // oxlint-disable-next-line no-await-in-loop -- one after the other, as a person does
    await settle();
  }
  act(() => recent.actions.dismiss());
  const openMenu = async () => {
    await lab.press('Scenario');
    const menu = await screen.findByRole('region', { name: 'Scenarios' });
    return within(menu).getByRole('region', { name: 'Recent' });
  };
  const shown = () => runStore.getState().scenario.title;
  return { ...lab, settle, openMenu, shown };
}

const entries = (region: HTMLElement) => within(region).queryAllByRole('listitem');
const pressIn = (region: HTMLElement, name: string | RegExp) =>
  act(() => within(region).getByRole('button', { name }).click());

describe('Recent in the menu', () => {
  it('lists the newest three with name and time, then all', async () => {
    const { openMenu } = await openWith(['A', 'B', 'C', 'D']);
    const region = await openMenu();
    expect(entries(region).map((each) => each.textContent)).toEqual([
      expect.stringMatching(/^D today \d\d:\d\d, shown now$/),
      expect.stringMatching(/^C today \d\d:\d\d$/),
      expect.stringMatching(/^B today \d\d:\d\d$/),
    ]);
    pressIn(region, 'Show all 4');
    expect(entries(region)).toHaveLength(4);
    expect(region.querySelectorAll('svg')).toHaveLength(4);
  });

  it('opens an entry in the Lab and closes', async () => {
    const { openMenu, shown, keys } = await openWith(['A', 'B'], '#/');
    const region = await openMenu();
    expect(region.contains(document.activeElement)).toBe(true);
    // The first entry has the focus; the next is B's elder.
    await keys('{Tab}{Enter}');
    await waitFor(() => expect(shown()).toBe('A'));
    expect(window.location.hash).toBe('#/lab');
    expect(screen.queryByRole('region', { name: 'Scenarios' })).toBeNull();
  });

  it('says what comes here while nothing has', async () => {
    const { openMenu } = await openWith([]);
    const region = await openMenu();
    expect(region.textContent).toContain('What you build or command is listed here.');
    expect(within(region).queryByRole('button', { name: 'Clear all' })).toBeNull();
  });

  it('asks before it clears; the focus goes on', async () => {
    const { openMenu } = await openWith(['A', 'B']);
    const region = await openMenu();
    pressIn(region, 'Clear all');
    expect(document.activeElement?.textContent).toBe('Keep');
    pressIn(region, 'Keep');
    expect(entries(region)).toHaveLength(2);
    expect(document.activeElement?.textContent).toBe('Clear all');
    pressIn(region, 'Clear all');
    pressIn(region, 'Clear all 2 for ever');
    await waitFor(() => expect(entries(region)).toHaveLength(0));
    expect(document.activeElement).toBe(within(region).getByRole('heading', { name: 'Recent' }));
  });

  it.each([
    ['blocked', new Error('blocked'), 'This browser keeps nothing for this page.'],
    [
      'full',
      Object.assign(new Error('full'), { name: 'QuotaExceededError' }),
      'This browser has no room left',
    ],
  ])('says in a sentence that storage is %s', async (_, refusal, sentence) => {
    const { openMenu, shared } = await openWith([]);
    shared.refusal = refusal;
    const region = await openMenu();
    await waitFor(() => expect(within(region).getByRole('status').textContent).toContain(sentence));
  });

  it('says that an entry cannot be read, and the shown run stays', async () => {
    const { openMenu, shared, shown } = await openWith(['A', 'B']);
    for (const key of shared.values.keys()) if (key !== 'list') shared.values.set(key, 'x');
    const region = await openMenu();
    pressIn(region, /^A/);
    await waitFor(() =>
      expect(within(region).getByRole('status').textContent).toBe(
        '“A” could not be read. It may be damaged, or of a newer Migrascope.',
      ),
    );
    expect(shown()).toBe('B');
  });
});

describe('Recent on Start', () => {
  it('is not there before somebody has built something', async () => {
    await openWith([], '#/');
    expect(screen.queryByRole('region', { name: 'Recent' })).toBeNull();
  });

  it('is there from then on, and "New cluster" shows nothing of it', async () => {
    const { settle, shown } = await openWith(['A', 'B'], '#/');
    const region = await screen.findByRole('region', { name: 'Recent' });
    expect(entries(region)).toHaveLength(2);
    // The clock of the test has to go on: what is of this moment is not of before.
    await act(() => new Promise((resolve) => setTimeout(resolve, 2)));
    pressIn(region, 'New cluster…');
    await settle();
    expect(shown()).toBe('My cluster');
    const dialog = await screen.findByRole('dialog', { name: 'New cluster' });
    act(() => within(dialog).getByRole('button', { name: 'Cancel' }).click());
    expect(document.body.textContent).not.toMatch(/\b[AB] today/);
    const folded = screen.getByRole('region', { name: 'Recent' });
    expect(entries(folded)).toHaveLength(0);
    pressIn(folded, 'Show 2 of before');
    expect(entries(folded)).toHaveLength(2);
  });
});

describe('a cluster that gives place to another', () => {
  it('is told of, with the way back', async () => {
    const { press, shown, runStore } = await openWith(['A']);
    act(() => runStore.actions.loadScenario(other));
    const message = screen.getByText('“', { exact: false, selector: '.message__title' });
    expect(message.textContent).toBe('“A” is in Recent.');
    await press('Go back to it');
    expect(shown()).toBe('A');
    expect(screen.queryByText(/is in Recent/)).toBeNull();
  });

  it('is told of until somebody goes on with the new one', async () => {
    const { runStore, session } = await openWith(['A']);
    act(() => runStore.actions.loadScenario(other));
    const [vm] = other.vms;
    const moved: Scenario = {
      ...other,
      commands: [{ do: 'live-migrate', vm: vm!.id, to: 'node2', atMs: 0 }],
    };
    act(() => session.emit({ type: 'run', run: runOf(moved) }));
    act(() => session.paint(summaryOf(moved)));
    expect(document.querySelector('.message')).toBeNull();
  });

  it('is told of also where the browser keeps nothing', async () => {
    const { shared, settle, runStore, press, shown } = await openWith([]);
    shared.refusal = new Error('blocked');
    act(() => runStore.actions.loadBuilt(named('A')));
    await settle();
    act(() => runStore.actions.loadScenario(other));
    expect(document.querySelector('.message__title')?.textContent).toBe(
      '“A” is closed. This browser does not keep it.',
    );
    await press('Go back to it');
    expect(shown()).toBe('A');
  });
});
