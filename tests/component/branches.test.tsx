/** Branches on the page: the list, the ghost, undo and redo, and what a screen reader is told. */
import { act, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { at } from '../../src/base/assert.ts';
import type { Command } from '../../src/engine/command.ts';
import { presets } from '../../src/scenario/presets.ts';
import {
  calmMigration,
  crashEvents,
  phaseRow,
  runOf,
  SECOND,
  summaryOf,
} from '../support/fakeSession.ts';
import { openLab } from '../support/labPage.tsx';

const { scenario } = at(presets, 0);
const move: Command = { do: 'live-migrate', vm: 'web01', to: 'node2', atMs: 0 };
const faster: Command = { do: 'set-live-migration', migrationMBps: 1170, atMs: 12_000 };

/** As the calm one, but its first round is short and the only one. */
const fasterMove = calmMigration({
  endedNs: 16 * SECOND,
  pausedNs: 15 * SECOND,
  resumedNs: 15.5 * SECOND,
  phases: [
    phaseRow('connecting', 0, 0.4),
    phaseRow('creating-shell', 0.4, 1.2),
    phaseRow('round', 1.2, 15, { number: 1, pagesToSend: 1_048_576 }),
    phaseRow('stop-and-copy', 15, 15.5, { pagesToSend: 3679 }),
    phaseRow('clean-up', 15.5, 16),
  ],
});

/** The calm move was seen to its end; 12 seconds after its start the network became faster. */
function forked() {
  const lab = openLab();
  const tell = (commands: readonly Command[], migration: typeof fasterMove): void =>
    act(() => {
      const more = { migrations: [migration], endNs: migration.endedNs!, computedToNs: 49e9 };
      lab.session.emit({ type: 'run', run: runOf({ ...scenario, commands }, more) });
    });
  const paint = (seconds: number): void =>
    act(() => lab.session.paint(summaryOf(scenario, { timeNs: seconds * SECOND })));
  act(() => lab.runStore.actions.operate({ do: 'live-migrate', vm: 'web01', to: 'node2' }));
  tell([move], calmMigration());
  paint(49);
  paint(12);
  act(() => lab.runStore.actions.operate({ do: 'set-live-migration', migrationMBps: 1170 }));
  tell([move, faster], fasterMove);
  const list = () => within(screen.getByRole('list', { name: 'Branches' }));
  return { ...lab, tell, list, loaded: () => lab.session.loaded.at(-1)?.scenario.commands };
}

const ghost = () => screen.queryByRole('img', { name: /^Ghost: / });
const name = (element: HTMLElement | null) =>
  element?.getAttribute('aria-label')?.replaceAll('\u00a0', ' ');

beforeEach(() => localStorage.clear());

describe('branches', () => {
  it('are told of, listed, and drawn as a ghost', () => {
    const { list } = forked();
    const news = 'A branch was made: the run as it was stays as Branch 1.';
    expect(screen.getAllByRole('status')).toContain(screen.getByText(news));
    expect(list().getAllByRole('listitem')).toHaveLength(2);
    const shown = list().getByRole('button', { name: /^Branch 2/ });
    expect(shown.getAttribute('aria-current')).toBe('true');
    expect(name(ghost())).toBe('Ghost: Branch 1, 3 rounds, blackout 0.18 s.');
    const chart = screen.getByRole('img', { name: /^Round 1 .*Ghost: Branch 1, 3 rounds/ });
    expect(chart.querySelectorAll('[data-ghost]')).toHaveLength(4);
  });

  it('are chosen in the list, or by the name beside the ghost', async () => {
    const { list, user, loaded, session, button } = forked();
    await user.click(list().getByRole('button', { name: /^Branch 1/ }));
    expect(loaded()).toEqual([move]);
    expect(name(ghost())).toBe('Ghost: Branch 2, 1 round, blackout 0.50 s.');
    const loads = session.loaded.length;
    await user.click(list().getByRole('button', { name: /^Branch 1/ }));
    expect(session.loaded).toHaveLength(loads);
    await user.click(button('Branch 2'));
    expect(loaded()).toEqual([move, faster]);
  });

  it('can be called something; Escape and an empty name change nothing for good', async () => {
    const { list, user, keys } = forked();
    await user.click(list().getByRole('button', { name: 'Rename Branch 1' }));
    await keys('Slow{Enter}');
    expect(document.activeElement).toBe(list().getByRole('button', { name: 'Rename Slow' }));
    await user.click(list().getByRole('button', { name: 'Rename Slow' }));
    await keys('Other{Escape}');
    await user.click(list().getByRole('button', { name: 'Rename Slow' }));
    await user.clear(list().getByRole('textbox', { name: 'Name of Slow' }));
    await user.click(screen.getByRole('heading', { level: 1 }));
    expect(list().getByRole('button', { name: 'Rename Branch 1' })).toBeTruthy();
  });

  it('are dropped; then there is no ghost, and no list for one run', async () => {
    const { list, user } = forked();
    const shown = list().getByRole('button', { name: 'Drop Branch 2' });
    await user.click(shown);
    expect(list().getAllByRole('listitem')).toHaveLength(2);
    await user.click(list().getByRole('button', { name: 'Drop Branch 1' }));
    expect(screen.queryByRole('list', { name: 'Branches' })).toBeNull();
    expect(ghost()).toBeNull();
  });
});

describe('a branch in which the VM crashed', () => {
  it('is a ghost of the steps after it, and the list says how long the VM was down', async () => {
    const { list, keys, session, runStore } = forked();
    act(() => runStore.actions.operate({ do: 'crash-node', node: 'node1' }));
    const crash: Command = { do: 'crash-node', node: 'node1', atMs: 12_000 };
    const cut = calmMigration({ outcome: 'failed', endedNs: 12 * SECOND });
    const told = { migrations: [cut], events: crashEvents(12), endNs: 200 * SECOND };
    const commands = [move, faster, crash];
    act(() => session.emit({ type: 'run', run: runOf({ ...scenario, commands }, told) }));
    await keys('{Control>}z{/Control}');
    expect(name(ghost())).toBe(
      'Ghost: Branch 2, crash at 12.0 s, runs again after 68.0 s. Not noticed 5.0 s, Regroup 2.0 s, Configuration 1.0 s, Boot 60.0 s, Runs again 120.0 s.',
    );
    const shown = list().getByRole('button', { name: /^Branch 2/ });
    expect(shown.textContent?.replaceAll('\u00a0', ' ')).toContain('runs again after 68.0 s');
  });
});

describe('undo and redo', () => {
  it('work by key and by button, and say when there is nothing to do', async () => {
    const { keys, loaded, press, button, list } = forked();
    await keys('{Control>}z{/Control}');
    expect(loaded()).toEqual([move]);
    await keys('{Meta>}z{/Meta}');
    expect(loaded()).toEqual([]);
    expect(list().getByText('shown, 1 step undone')).toBeTruthy();
    expect(button('Undo').getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByText('There is nothing to undo.')).toBeTruthy();
    await press('Redo');
    await keys('{Control>}y{/Control}');
    expect(loaded()).toEqual([move, faster]);
    expect(screen.getByText('Nothing was undone.')).toBeTruthy();
  });

  it('leave the keys to a text field', async () => {
    const { button, user, keys, session } = forked();
    const loads = session.loaded.length;
    await user.click(button(/^Migration network:/));
    await keys('7{Control>}z{/Control}');
    expect(session.loaded).toHaveLength(loads);
  });
});
