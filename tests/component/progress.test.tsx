/** Chart and timeline of the selected VM: what they show before, in and after its move. */
import { act, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { crashEvents, eventRow, quickMigrationRow, SECOND } from '../support/fakeSession.ts';
import { openLab } from '../support/labPage.tsx';

beforeEach(() => window.localStorage.clear());

const chart = () => screen.queryByRole('figure', { name: /^Pages per round/ });
const timeline = () => screen.getByRole('slider', { name: 'Timeline' });

describe('after a move', () => {
  const events = [eventRow('node-resumed', 60, 'Node 1 takes VMs again', -1)];

  it('the rounds stay, and the track goes on to the end of the run', () => {
    const { showSecond } = openLab();
    showSecond(70, {}, { events, endNs: 80 * SECOND });
    expect(chart()).not.toBeNull();
    expect(timeline().textContent).toContain('Afterwards');
    expect(timeline().getAttribute('aria-valuemax')).toBe('80');
    expect(timeline().getAttribute('aria-valuetext')).toMatch(/^Afterwards, /);
  });

  it('nothing is added where nothing happens any more', () => {
    const { showSecond } = openLab();
    showSecond(49.1, {}, { endNs: 51 * SECOND });
    expect(timeline().textContent).not.toContain('Afterwards');
    expect(timeline().getAttribute('aria-valuemax')).toBe('49.1');
  });
});

describe('the choice of the axis', () => {
  const axis = () => screen.queryByRole('radiogroup', { name: 'Axis of pages' });

  it('is there for rounds, and not for a quick migration or a failover', () => {
    const { showSecond } = openLab();
    showSecond(10);
    expect(axis()).not.toBeNull();
    showSecond(10, {}, { migrations: [quickMigrationRow()], events: [] });
    expect(axis()).toBeNull();
    showSecond(18, {}, { migrations: [], events: crashEvents(12), endNs: 90 * SECOND });
    expect(axis()).toBeNull();
  });
});

describe('of a VM that was not moved', () => {
  it('the chart says when it appears', async () => {
    const { runStore, showRest } = openLab();
    showRest();
    const { scenario } = runStore.getState();
    act(() => runStore.actions.loadScenario({ ...scenario, title: 'My cluster' }));
    const text = 'What is copied, round by round, appears here as soon as web-01 is moved.';
    expect(await screen.findByText(text)).toBeTruthy();
    expect(chart()).toBeNull();
  });
});
