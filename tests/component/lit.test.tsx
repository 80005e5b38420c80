/** What is pointed at or focused in one place lights up in all others. */
import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { CellPass } from '../../src/protocol/frameSummary.ts';
import { syncShow } from '../../src/state/showSync.ts';
import { SECOND, shownMigrationOf, type FakeSession } from '../support/fakeSession.ts';
import { openLab } from '../support/labPage.tsx';

function setup() {
  const lab = openLab();
  lab.showSecond(45.3);
  const timeline = screen.getByRole('slider', { name: 'Timeline' });
  const chart = screen.getByRole('application', { name: /^Columns of the chart/ });
  const segments = (): HTMLElement[] => [...timeline.querySelectorAll<HTMLElement>('[data-kind]')];
  return {
    ...lab,
    chart,
    segment: (name: string): HTMLElement =>
      segments().find(({ textContent }) => textContent?.startsWith(name) === true)!,
    litSegments: () =>
      segments().flatMap((one) => (one.dataset['lit'] === undefined ? [] : [one.textContent])),
    litColumns: () => chart.querySelectorAll('[data-lit]').length,
    moment: () => timeline.querySelector('[data-lit-moment]'),
    line: (name: RegExp) => screen.getByRole('button', { name }),
    litLines: () =>
      within(screen.getByRole('list', { name: 'Log' }))
        .getAllByRole('button')
        .filter(({ dataset }) => dataset['lit'] !== undefined)
        .map(({ textContent }) => textContent),
  };
}

const lens = {
  cell: 0,
  firstPage: 0,
  pages: 128,
  dirty: 1,
  sent: 128,
  codes: Array.from({ length: 128 }, (_, page) => (page === 7 ? 2 : 1)),
  worst: Array.from({ length: 128 }, (_, page) => page),
  pagesPerCode: 1,
};

describe('a line of the log', () => {
  it('lights its moment and its phase while the pointer is on it', async () => {
    const { user, line, litSegments, litColumns, moment, litLines } = setup();
    await user.hover(line(/Round 2 sends/));
    expect(litSegments()).toEqual([expect.stringMatching(/^Round 2/)]);
    expect(litColumns()).toBe(1);
    expect(moment()).not.toBeNull();
    expect(litLines()).toHaveLength(1);
    await user.unhover(line(/Round 2 sends/));
    expect(litSegments()).toEqual([]);
    expect(litColumns()).toBe(0);
    expect(moment()).toBeNull();
  });

  it('does so by focus too', () => {
    const { line, litSegments } = setup();
    act(() => line(/creates an empty web-01/).focus());
    expect(litSegments()).toEqual([expect.stringMatching(/^Setup/)]);
    act(() => line(/creates an empty web-01/).blur());
    expect(litSegments()).toEqual([]);
  });
});

describe('a round', () => {
  it('lights its column and its lines when the pointer is on its segment', async () => {
    const { user, segment, litSegments, litColumns, litLines, moment } = setup();
    await user.hover(segment('Round 2'));
    expect(litSegments()).toEqual([expect.stringMatching(/^Round 2/)]);
    expect(litColumns()).toBe(1);
    expect(litLines()).toEqual([expect.stringMatching(/Round 2 sends 178,867 pages/)]);
    expect(moment()).toBeNull();
  });

  it('is reached by arrow keys in the chart, which leave the run where it is', () => {
    const { chart, session, litSegments } = setup();
    act(() => chart.focus());
    fireEvent.keyDown(chart, { key: 'ArrowRight' });
    expect(litSegments()).toEqual([expect.stringMatching(/^Round 1/)]);
    fireEvent.keyDown(chart, { key: 'ArrowRight' });
    fireEvent.keyDown(chart, { key: 'ArrowRight' });
    expect(litSegments()).toEqual([expect.stringMatching(/^Round 3/)]);
    expect(within(chart).getByText(/^Round 3 sends 64,414 pages/)).toBeTruthy();
    fireEvent.keyDown(chart, { key: 'ArrowLeft' });
    expect(litSegments()).toEqual([expect.stringMatching(/^Round 2/)]);
    fireEvent.keyDown(chart, { key: 'Escape' });
    expect(litSegments()).toEqual([]);
    expect(session.sent).toEqual([]);
  });
});

describe('the page card', () => {
  const facts = {
    page: 7,
    code: 2,
    toSend: true,
    written: 2,
    writtenSince: 1,
    sent: 1,
    sentNs: 40 * SECOND,
    sentIn: { name: 'round', number: 2 },
  } as const;

  const whyText = (): Element | null => document.querySelector('.page-card__why[aria-live]');

  it('opens for a square that is chosen, and lights the round in which its page was sent', async () => {
    const { user, showSecond, viewStore, litSegments, moment } = setup();
    const migration = shownMigrationOf({ round: 3 });
    showSecond(45.3, { lens, migration });
    const squares = screen.getByRole('application', { name: /^Pages of the cell: 1 of 128 dirty/ });
    act(() => squares.focus());
    for (let press = 0; press < 8; press++) fireEvent.keyDown(squares, { key: 'ArrowRight' });
    expect(viewStore.getState().lensPage).toBe(7);
    showSecond(45.3, { lens, migration, page: facts });
    const card = whyText()!;
    expect(card.textContent).toMatch(/^Page 7 is orange: web-01 wrote it once after it was sent/);
    await user.hover(card);
    expect(litSegments()).toEqual([expect.stringMatching(/^Round 2/)]);
    expect(moment()).not.toBeNull();
    await user.click(screen.getByRole('button', { name: 'The next page' }));
    expect(viewStore.getState()).toMatchObject({ lensPage: 8, lensCell: 0 });
    // Nothing is said of a page before its counts are there.
    expect(whyText()).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(viewStore.getState().lensPage).toBeNull();
    expect(litSegments()).toEqual([]);
  });
});

describe('the maps', () => {
  const shownLit = (session: FakeSession) => {
    const shows = session.sent.filter((command) => command.type === 'show');
    return shows.at(-1)?.lit;
  };

  it('are told of the round that is pointed at, and of the event', async () => {
    const { user, session, runStore, viewStore, segment, line } = setup();
    syncShow(runStore, viewStore);
    await user.hover(segment('Round 2'));
    const round = shownLit(session)!;
    expect(round.toNs).toBeGreaterThan(round.fromNs);
    await user.unhover(segment('Round 2'));
    expect(shownLit(session)).toBeNull();
    await user.hover(line(/Round 2 sends/));
    expect(shownLit(session)).toEqual({ fromNs: round.fromNs, toNs: round.fromNs });
  });

  it('say instead of their colours which cells are not faded', () => {
    const { showSecond } = setup();
    const migration = shownMigrationOf({ round: 3 });
    showSecond(45.3, { migration, lit: { round: 3, pages: 64_414, cells: 5210 } });
    const texts = screen.getAllByText(/^Not faded: cells with pages of round 3/);
    expect(texts.map((text) => text.parentElement?.textContent)).toEqual([
      'Not faded: cells with pages of round 3 5,210',
      'Not faded: cells with pages of round 3 5,210',
    ]);
    for (const text of texts) expect(text.closest('div')?.hasAttribute('data-lit')).toBe(true);
    showSecond(45.3, { migration, lit: null });
    for (const text of texts) expect(text.closest('div')?.hasAttribute('data-lit')).toBe(false);
  });
});

describe('a cell', () => {
  it('lights the rounds that send its pages, and says how many', () => {
    const { showSecond, runStore, viewStore, litSegments, litColumns, litLines } = setup();
    const phases = runStore.getState().run!.migrations[0]!.phases;
    const pass = (round: number, pages: number): CellPass => {
      const { name, startNs, endNs } = phases.find(({ number }) => number === round)!;
      return { name, round, startNs, endNs: endNs ?? startNs + 1, pages };
    };
    act(() => viewStore.actions.setLensCell(914, false));
    showSecond(45.3, {
      migration: shownMigrationOf({ round: 3 }),
      lens,
      cellPasses: [pass(1, 128), pass(3, 7)],
    });
    expect(litSegments()).toEqual([
      expect.stringMatching(/^Round 1/),
      expect.stringMatching(/^Round 3/),
    ]);
    expect(litColumns()).toBe(2);
    expect(litLines().join()).toMatch(/Round 3 sends/);
    expect(screen.getByText('128 of these pages go in round 1, 7 in round 3.')).toBeTruthy();
  });
});
