import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../src/session/session.ts';
import type { OutlineProgress } from '../../src/protocol/outline.ts';
import { openLab } from '../support/labPage.tsx';
import { answerOutline } from '../support/outlines.ts';

beforeEach(() => window.localStorage.clear());

type Answer = Session['outline'];

async function setup(answer: Answer = answerOutline) {
  // A function of its own, so that the screen works its runs out anew.
  const lab = openLab({ hash: '#/compare', outline: (...asked) => answer(...asked) });
  await screen.findByRole('combobox', { name: 'What differs' });
  const slider = () => screen.getByRole<HTMLInputElement>('slider', { name: 'Shown time' });
  return {
    ...lab,
    text: (name: string) => plain(screen.getByRole('region', { name })),
    lane: (name: string) => within(screen.getByRole('region', { name })),
    ready: async (name = 'Quick Migration') => {
      await waitFor(() => expect(screen.getByRole('main').getAttribute('aria-busy')).toBe('false'));
      return screen.findByRole('heading', { name });
    },
    slider,
    seek: (seconds: number) => fireEvent.change(slider(), { target: { value: String(seconds) } }),
    said: () => slider().getAttribute('aria-valuetext')?.replaceAll('\u00a0', ' ') ?? '',
    differ: (name: string) =>
      lab.user.selectOptions(screen.getByRole('combobox', { name: 'What differs' }), name),
    value: (label: string) => screen.getByRole('combobox', { name: label }),
  };
}

function plain(element: HTMLElement | null): string {
  return element?.textContent?.replaceAll('\u00a0', ' ') ?? '';
}

describe('the Compare screen', () => {
  it('asks what the clients notice, and shows three runs with their figures', async () => {
    const { ready, lane, text } = await setup();
    await ready();
    expect(plain(screen.getByRole('heading', { level: 1 }))).toBe(
      'Quick, live or a crash: what do 27 clients notice?',
    );
    expect(lane('Quick Migration').getByText('12 of 12 Windows connections lost')).toBeTruthy();
    expect(lane('Live Migration').getByText('0 of 12 Windows connections lost')).toBeTruthy();
    expect(text('Node crash')).toContain('db-01 and file-01 stop with it.');
    expect(screen.getByText(/^Live takes 19\.2/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Compare' }).getAttribute('aria-current')).toBe('page');
  });

  it('shows one moment of all runs, wherever the clock stands', async () => {
    const { ready, seek, text, said } = await setup();
    await ready();
    seek(8);
    expect(text('Quick Migration')).toContain(
      'web-01 is stopped, and Node 1 writes its 4 GB to Cluster Shared Volume 1.',
    );
    expect(text('Quick Migration')).toContain('Bytes moved 2 GB');
    expect(text('Live Migration')).toContain('Round 1 sends 1,048,576 pages');
    expect(said()).toMatch(/^8\.0 s\. Quick Migration: .* Node crash: web-01 boots on Node 3/);
  });

  it('has a magnifier for the blackout, and says how many times wider it is', async () => {
    const { ready, lane } = await setup();
    await ready();
    expect(plain(lane('Live Migration').getByText(/times wider$/))).toBe(
      '50.3 s to 51.3 s, 111 times wider',
    );
    expect(lane('Quick Migration').queryByText(/times wider$/)).toBeNull();
  });

  it('folds the clients of a group, and unfolds them in all lanes', async () => {
    const { ready, lane, user } = await setup();
    await ready();
    const heights = () =>
      ['Quick Migration', 'Live Migration'].map((name) =>
        Number(
          lane(name)
            .getByRole('img', { name: /Windows connections:/ })
            .getAttribute('height'),
        ),
      );
    const before = heights();
    const fold = lane('Live Migration').getByRole('button', { name: '12 Windows connections' });
    expect(fold.getAttribute('aria-expanded')).toBe('false');
    await user.click(fold);
    expect(fold.getAttribute('aria-expanded')).toBe('true');
    expect(heights().every((height, place) => height > before[place]! + 50)).toBe(true);
    await user.click(fold);
    expect(heights()).toEqual(before);
  });

  it('has its numbers as tables', async () => {
    const { ready, user } = await setup();
    await ready();
    await user.click(screen.getByRole('button', { name: 'Show numbers' }));
    expect(screen.getByRole('button', { name: 'Save picture' })).toBeTruthy();
    const [lanes, stretches, clients, marks] = screen.getAllByRole('table');
    const rows = within(lanes!).getAllByRole('row').slice(1).map(plain);
    expect(rows[0]).toBe('Quick Migration32.032.08.00122451.0120');
    expect(rows[2]).toBe('Node crash68.068.002424102.204.00');
    expect(within(stretches!).getAllByRole('row').map(plain)).toContain(
      'Live Migrationround 238.7845.124.70',
    );
    expect(plain(within(marks!).getByRole('row', { name: /^Windows 1 / }))).toMatch(
      /^Windows 1no answer 0, 0\.30, .*; gave up 18\.90; connected again 39\.90no answer /,
    );
    expect(within(clients!).getAllByRole('row')).toHaveLength(28);
    expect(plain(within(clients!).getByRole('row', { name: /^Windows 1 / }))).toBe(
      'Windows 1lost, back after 39.9 salways answeredlost, back after 69.9 s',
    );
  });

  it('is about the VM that is selected in the Lab', async () => {
    const { viewStore, ready } = await setup();
    await ready();
    viewStore.actions.selectVm(1);
    expect(await screen.findByText(/8\sGB, 9,000 dirty pages/)).toBeTruthy();
    await ready();
  });
});

describe('what differs', () => {
  it('is chosen, and two runs differ in nothing else', async () => {
    const { ready, differ, value, user } = await setup();
    await ready();
    await differ('Migration network');
    await ready('10\u00a0Gbit/s');
    expect(screen.queryByRole('heading', { name: 'Quick Migration' })).toBeNull();
    await user.selectOptions(value('First run'), '2.5');
    await ready('2.5\u00a0Gbit/s');
    expect(plain(screen.getByRole('heading', { level: 1 }))).toBe(
      '2.5 Gbit/s or 10 Gbit/s: what do 27 clients notice?',
    );
  });

  it('may be typed, and what is not allowed is said', async () => {
    const { ready, differ, value, user } = await setup();
    await ready();
    await differ('Round limit');
    await ready('5\u00a0rounds');
    await user.selectOptions(value('Second run'), 'Other…');
    const field = screen.getByRole('textbox', { name: 'Second run' });
    await user.clear(field);
    await user.type(field, '4000{Enter}');
    expect(plain(screen.getByRole('alert'))).toBe('Allowed: no limit to 1000 rounds.');
    await user.clear(field);
    await user.type(field, '7{Enter}');
    await ready('7\u00a0rounds');
    expect((value('Second run') as HTMLSelectElement).value).toBe('7');
  });

  it('is left as it was with Escape', async () => {
    const { ready, differ, value, user } = await setup();
    await ready();
    await differ('Dirty rate');
    await ready('32,000\u00a0pages/s');
    await user.selectOptions(value('First run'), 'Other…');
    await user.type(screen.getByRole('textbox', { name: 'First run' }), '5{Escape}');
    expect((value('First run') as HTMLSelectElement).value).toBe('16000');
  });
});

describe('its keys', () => {
  it('move its own clock and leave the Lab alone', async () => {
    const { ready, keys, said, session } = await setup();
    await ready();
    const sent = session.sent.length;
    await keys('{Home}');
    expect(said()).toMatch(/^0\.00 s\. /);
    await keys('{ArrowRight}{ArrowRight}');
    expect(said()).toMatch(/^2\.0 s\. /);
    await keys('{PageDown}');
    expect(said()).toMatch(/^7\.0 s\. /);
    await keys('{End}');
    expect(said()).toMatch(/^103\.1 s\. /);
    await keys('l');
    expect(session.sent).toHaveLength(sent);
  });

  it('move it from the slider too, a second at a time', async () => {
    const { ready, slider, said, keys } = await setup();
    await ready();
    await keys('{Home}');
    slider().focus();
    await keys('{ArrowRight}');
    expect(said()).toMatch(/^1\.0 s\. /);
    await keys('{PageDown}');
    expect(said()).toMatch(/^2\.0 s\. /);
    await keys('{ArrowLeft}');
    expect(said()).toMatch(/^1\.0 s\. /);
  });

  it('play from the start with Space, then pause', async () => {
    const { ready, keys, button, said } = await setup();
    await ready();
    await keys(' ');
    expect(button('Pause')).toBeTruthy();
    await keys(' ');
    expect(button('Play')).toBeTruthy();
    // However fast the frames came, it did not play to the end.
    expect(said()).not.toMatch(/^103\.1 s\. /);
  });
});

describe('while the runs are worked out', () => {
  it('nothing can be played, with the reason', async () => {
    const { button } = await setup(() => new Promise(() => undefined));
    expect(button('Run all again').getAttribute('aria-disabled')).toBe('true');
    expect(plain(screen.getByRole('region', { name: 'Live Migration' }))).toContain('Comes next.');
  });

  it('each lane is shown as soon as it is there, and the next says how far it is', async () => {
    const waiting: (() => void)[] = [];
    let tell: ((progress: OutlineProgress) => void) | undefined;
    const { text, button } = await setup(
      (scenario, vm, watch) =>
        new Promise((resolve) => {
          tell = watch?.onProgress;
          waiting.push(() => resolve(answerOutline(scenario, vm)));
        }),
    );
    expect(text('Quick Migration')).toContain('Being worked out…');
    act(() => tell?.({ timeNs: 8e9, pass: null }));
    expect(text('Quick Migration')).toContain('Worked out to 8.0 s.');
    await act(async () => waiting.shift()?.());
    expect(text('Quick Migration')).toContain('32.0 s outage');
    expect(button('Play').getAttribute('aria-disabled')).toBe('true');
    const pass = { phase: 'round', round: 2, pagesSent: 500, pagesToSend: 2000 } as const;
    act(() => tell?.({ timeNs: 4e9, pass }));
    expect(text('Live Migration')).toContain('Worked out to 4.0 s: round 2, 500 of 2,000 pages.');
    await act(async () => waiting.shift()?.());
    await act(async () => waiting.shift()?.());
    expect(text('Node crash')).toContain('68.0 s outage');
    expect(button('Play').getAttribute('aria-disabled')).toBeNull();
  });

  it('a failure is told, and can be tried again', async () => {
    let works = false;
    const { press, ready } = await setup((...asked) =>
      works ? answerOutline(asked[0], asked[1]) : Promise.reject(new Error('the worker stopped')),
    );
    expect(await screen.findByText('the worker stopped.')).toBeTruthy();
    works = true;
    await press('Try again');
    await ready();
  });
});
