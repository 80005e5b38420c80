/** The map screen over the real host of its cells, run in this process. */
import { act, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { beforeEach, describe, expect, it } from 'vitest';
import { at } from '../../src/base/assert.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import { presets } from '../../src/scenario/presets.ts';
import { MapScreen } from '../../src/ui/map/MapScreen.tsx';
import { cluster } from '../support/clusterBuilder.ts';
import { inlinePool } from '../support/convergencePools.ts';
import { fakeLab } from '../support/fakeLab.tsx';
import { summaryOf } from '../support/fakeSession.ts';

/** 16 MiB, so that a cell takes a moment. */
const tiny = cluster({
  vms: [
    {
      writers: [{ kind: 'uniform', pagesPerSecond: 3000, startMiB: 0, sizeMiB: 8 }],
      clients: [{ kind: 'windows-lan', count: 3, requestEveryMs: 500 }],
    },
  ],
  migrationMBps: 117,
  liveMigration: { stopBelowMs: 20, resumeMs: 100 },
  commands: [],
});

/** @param isKnown  Whether the Lab has shown its first moment. */
function setup(scenario: Scenario = tiny, isKnown = true) {
  const inline = inlinePool();
  const lab = fakeLab(scenario, { convergence: inline.pool });
  if (isKnown) lab.session.paint(summaryOf(scenario, {}));
  let fulls = 0;
  inline.pool.subscribe((event) => {
    if (event.type === 'full') fulls++;
  });
  lab.show(
    <Router hook={useHashLocation}>
      <MapScreen />
    </Router>,
  );
  const user = userEvent.setup();
  /** Lets the workers go on until `done`. */
  const run = (done: () => boolean): void => act(() => inline.run(done));
  /** Until so many cells in all were run with all pages. */
  const runFull = (cells: number): void => run(() => fulls >= cells);
  const field = () => screen.getByRole('application', { name: /^Cells by dirty rate/ });
  const panel = (name: string) => screen.getByRole('region', { name });
  const row = (name: string, term: string) =>
    within(panel(name)).getByText(term).nextElementSibling?.textContent;
  return { ...lab, ...inline, run, runFull, user, field, panel, row };
}

beforeEach(() => {
  window.location.hash = '#/map';
});

describe('the map', () => {
  it('runs the VM as it is with all pages first, and says its figures', () => {
    const { runFull, panel, row } = setup();
    expect(panel('vm-1 now').textContent).toContain('Being run with all 4,096 pages');
    runFull(1);
    expect(panel('vm-1 now').textContent).toContain('Run with all 4,096 pages.');
    expect(row('vm-1 now', 'Dirty rate')).toBe('3,000\u00a0pages/s');
    expect(row('vm-1 now', 'Migration network')).toBe('1\u00a0Gbit/s');
    expect(row('vm-1 now', 'Connections lost')).toBe('0 of 3');
  });

  it('waits for the shown moment of the Lab, and is about the guest as it writes then', () => {
    const { session, pool, panel, row } = setup(tiny, false);
    const main = screen.getByRole('main');
    expect(main.getAttribute('aria-busy')).toBe('true');
    expect(main.textContent).toContain('worked out up to the shown moment');
    expect(pool.cells.divisors).toHaveLength(0);
    const summary = summaryOf(tiny, {});
    // As after a command that set them.
    const at20s = (pagesPerSecond: number) => ({
      ...summary,
      timeNs: 20e9,
      vms: summary.vms.map((vm) => ({
        ...vm,
        writers: [{ kind: 'sweep', pagesPerSecond, startMiB: 0, sizeMiB: 8 }] as const,
      })),
    });
    act(() => session.paint(at20s(5000)));
    expect(row('vm-1 now', 'Dirty rate')).toBe('5,000\u00a0pages/s');
    // Another moment of the same run, by another link.
    act(() => session.paint(at20s(7000)));
    expect(row('vm-1 now', 'Dirty rate')).toBe('7,000\u00a0pages/s');
    expect(panel('vm-1 now').textContent).toContain('Being run');
  });

  it('shows the figure that is chosen large, and the others as rows', async () => {
    const { runFull, panel, user, row } = setup();
    runFull(1);
    const outage = /([\d.]+)\u00a0s outage/.exec(panel('vm-1 now').textContent)?.[1];
    await user.click(screen.getByRole('radio', { name: 'Total time' }));
    expect(panel('vm-1 now').textContent).toContain('s in all');
    expect(row('vm-1 now', 'Outage')).toBe(`${outage ?? ''}\u00a0s`);
    await user.click(screen.getByRole('radio', { name: 'Data moved' }));
    expect(panel('vm-1 now').textContent).toContain('MB moved');
  });

  it('is one stop of the keyboard: arrows move the cell, which is told in words', async () => {
    const { runFull, user, field, panel, row } = setup();
    expect(panel('Under the pointer').textContent).toContain('Point at the map');
    act(() => field().focus());
    expect(row('Under the pointer', 'Dirty rate')).toBe('3,000\u00a0pages/s');
    await user.keyboard('{ArrowRight}{Shift>}{ArrowUp}{/Shift}');
    const rate = row('Under the pointer', 'Dirty rate') ?? '';
    expect(rate).toMatch(/^3,1\d\d/);
    expect(row('Under the pointer', 'Migration network')).toMatch(/^1\.8/);
    runFull(2);
    expect(panel('Under the pointer').textContent).toContain('Run with all 4,096 pages.');
    expect(field().textContent).toMatch(
      /3,1\d\d\u00a0pages\/s at 1\.8\d\u00a0Gbit\/s: outage [\d.]+\u00a0s, after \d+ rounds?/,
    );
  });

  it('opens a cell in the Lab with a click or Enter: its rate, its bandwidth, and no command', async () => {
    const { runStore, session, user, field } = setup();
    fireEvent.pointerMove(field(), { clientX: 700, clientY: 200 });
    fireEvent.pointerDown(field(), { clientX: 700, clientY: 200, pointerType: 'mouse' });
    fireEvent.click(field(), { clientX: 700, clientY: 200 });
    const { scenario } = runStore.getState();
    const [writer] = at(scenario.vms, 0).writers;
    expect(writer?.pagesPerSecond).toBeGreaterThan(70_000);
    expect(scenario.network.migrationMBps).toBeGreaterThan(117);
    expect(scenario.commands).toEqual([]);
    expect(scenario.title).toContain('vm-1 at ');
    expect(window.location.hash).toBe('#/lab');
    act(() => session.paint(summaryOf(scenario, {})));
    act(() => field().focus());
    await user.keyboard('{ArrowLeft}{Enter}');
    expect(runStore.getState().scenario.title).not.toBe(scenario.title);
  });

  it('only points with a tap of a finger; the button opens the cell', async () => {
    const { runStore, user, field } = setup();
    fireEvent.pointerDown(field(), { clientX: 700, clientY: 200, pointerType: 'touch' });
    fireEvent.click(field(), { clientX: 700, clientY: 200 });
    expect(runStore.getState().scenario).toBe(tiny);
    await user.click(screen.getByRole('button', { name: 'Open this point in the lab' }));
    expect(runStore.getState().scenario.title).toContain('vm-1 at ');
  });

  it('has the slice as a table, with what was not run yet', async () => {
    const { run, user, pool } = setup();
    run(() => pool.cells.sketched > 150);
    await user.click(screen.getByRole('button', { name: 'Show numbers' }));
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    expect(rows).toHaveLength(113);
    const texts = rows.map(({ textContent }) => textContent);
    expect(texts.some((text) => text.includes('not run yet'))).toBe(true);
    expect(texts.some((text) => text.includes('when little was left'))).toBe(true);
  });

  it('says why it has no place for a VM that writes nothing', () => {
    const { panel } = setup(cluster({ vms: [{}], commands: [] }));
    expect(panel('vm-1 now').textContent).toContain('writes nothing');
  });

  it('says why no node can take the VM', () => {
    const oneLun = presets.find(({ id }) => id === 'one-lun');
    setup(oneLun?.scenario);
    expect(screen.getByRole('status').textContent).toContain('No node can take web-01');
    expect(screen.queryByRole('application')).toBeNull();
  });

  it('tells of a failure, and begins anew', async () => {
    const { workers, user, runFull, panel } = setup();
    act(() => at(workers, 0).onerror?.({ message: 'planted', preventDefault: () => undefined }));
    expect(screen.getByRole('alert').textContent).toContain('planted');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(screen.queryByRole('alert')).toBeNull();
    runFull(1);
    expect(panel('vm-1 now').textContent).toContain('Run with all');
    expect(workers).toHaveLength(2);
  });

  it('keeps the keys of the Lab from its clock while it is open', async () => {
    const { session, user } = setup();
    const before = session.sent.length;
    await user.keyboard(' 1{Home}');
    expect(session.sent.length).toBe(before);
  });
});
