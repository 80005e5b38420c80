/** The Lab while a guest never converges: thousands of rounds, few elements, all of it within reach. */
import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { longMigrationOf } from '../support/chartRows.ts';
import { SECOND } from '../support/fakeSession.ts';
import { openLab } from '../support/labPage.tsx';

const ROUNDS = 3000;

function setup() {
  const lab = openLab();
  const events = Array.from({ length: ROUNDS }, (_, i) => {
    const text = `Round ${i + 1} sends 10,000 pages: what web-01 wrote`;
    return { atNs: i * SECOND, kind: 'round-started' as const, vm: 0, text };
  });
  const endNs = ROUNDS * SECOND;
  const run = { migrations: [longMigrationOf(ROUNDS)], events, endNs, computedToNs: endNs };
  lab.showSecond(ROUNDS - 0.5, {}, run);
  const log = within(screen.getByRole('list', { name: 'Log' }));
  return {
    ...lab,
    run,
    lines: () => log.getAllByRole('button').map(({ textContent }) => textContent),
    line: (name: RegExp) => log.getByRole('button', { name }),
    chart: screen.getByRole('application', { name: /^Columns of the chart/ }),
    timeline: screen.getByRole('slider', { name: 'Timeline' }),
  };
}

describe('a run of thousands of rounds', () => {
  it('is a page of bounded size', () => {
    const { chart, timeline, lines } = setup();
    expect(chart.querySelectorAll('*').length).toBeLessThan(600);
    expect(timeline.querySelectorAll('[data-kind]').length).toBeLessThan(20);
    expect(lines().length).toBeLessThan(20);
  });

  it('has its last rounds in the log, and the others one press away', async () => {
    const { user, line, lines } = setup();
    expect(lines()[0]).toMatch(/Round 3000 sends/);
    expect(lines()[3]).toBe('Rounds 4 to 2,997: 10,000 pages each on average');
    const stretch = line(/^Rounds 4 to 2,997/);
    expect(stretch.getAttribute('aria-expanded')).toBe('false');
    await user.click(stretch);
    expect(stretch.getAttribute('aria-expanded')).toBe('true');
    await user.click(line(/^Rounds 2,001 to 2,997/));
    await user.click(line(/^Rounds 2,101 to 2,200/));
    expect(lines().filter((text) => / sends /.test(text ?? ''))).toHaveLength(106);
    await user.click(stretch);
    expect(lines().length).toBeLessThan(20);
  });

  it('keeps the line of the shown moment in the log', () => {
    const { showSecond, run, lines } = setup();
    showSecond(1500.5, {}, run);
    expect(lines().filter((text) => /Round 1501 sends/.test(text ?? ''))).toHaveLength(1);
    const current = screen
      .getByRole('list', { name: 'Log' })
      .querySelector<HTMLElement>('[aria-current]');
    expect(current?.textContent).toMatch(/Round 1501 sends/);
  });

  it('says by arrow keys and on the screen which rounds share a column', () => {
    const { chart } = setup();
    act(() => chart.focus());
    for (let column = 0; column < 4; column++) fireEvent.keyDown(chart, { key: 'ArrowRight' });
    const words = 'Rounds 4 to 100 sent 10,000 pages each on average, 9,000 changed meanwhile.';
    expect(within(chart).getAllByText(words)).toHaveLength(2);
  });

  it('shows two hundred rows of its numbers at a time, from the present one on', async () => {
    const { user } = setup();
    const figure = screen.getByRole('figure', { name: 'Pages per round' });
    await user.click(within(figure).getByRole('button', { name: 'Show numbers' }));
    const dialog = within(screen.getByRole('dialog', { name: 'Pages per round, as a table' }));
    const rows = (): (string | null)[] =>
      dialog.getAllByRole('rowheader').map(({ textContent }) => textContent);
    expect(rows().at(-1)).toBe('Round 3,000');
    expect(dialog.getByText('Rows 2,801 to 3,000 of 3,001')).toBeTruthy();
    await user.click(dialog.getByRole('button', { name: 'Previous' }));
    expect(rows()[0]).toBe('Round 2,601');
    await user.click(dialog.getByRole('button', { name: 'First' }));
    expect(rows()).toHaveLength(200);
    expect(dialog.getByRole('button', { name: 'Previous' }).getAttribute('aria-disabled')).toBe(
      'true',
    );
  });
});
