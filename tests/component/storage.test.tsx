import { fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Scenario } from '../../src/engine/scenario.ts';
import type { Outline } from '../../src/protocol/outline.ts';
import { openLab } from '../support/labPage.tsx';
import { answerOutline } from '../support/outlines.ts';

beforeEach(() => window.localStorage.clear());

async function setup(answer: (scenario: Scenario) => Promise<Outline> = answerOutline) {
  // A function of its own, so that the screen works its runs out anew.
  const lab = openLab({ hash: '#/storage', outline: (scenario) => answer(scenario) });
  await screen.findByRole('heading', { level: 1 });
  const lane = (name: RegExp) => {
    const found = screen
      .getAllByRole('region')
      .find((region) => within(region).queryByText(name) !== null);
    if (found === undefined) throw new Error(`no lane ${String(name)}`);
    return within(found);
  };
  return {
    ...lab,
    lane,
    both: () => lane(/^One LUN for both, /),
    csv: () => lane(/^CSV, /),
    choose: (name: string) => lab.user.click(screen.getByRole('radio', { name })),
    ready: () => screen.findByText(/^One LUN for both, /),
    time: () => screen.getByText(/Only the storage differs/).textContent?.replaceAll('\u00a0', ' '),
    /** Moves the shown time by the slider of the first lane. */
    seek: (seconds: number) => {
      const [slider] = screen.getAllByRole('slider', { name: /^Shown time/ });
      if (slider === undefined) throw new Error('no slider');
      fireEvent.change(slider, { target: { value: String(seconds) } });
    },
    announced: (text: RegExp) => screen.findByText(text, { selector: '[aria-live]' }),
  };
}

/** Cards on a node: "web-01 paused, reading". */
function cardsOn(lane: ReturnType<typeof within>, node: string): string[] {
  return within(lane.getByRole('list', { name: `VMs on ${node}` }))
    .queryAllByRole('listitem')
    .map((card) => card.textContent?.replace('-01', '-01 ').replaceAll('\u00a0', ' ') ?? '');
}

describe('the storage screen', () => {
  it('begins before the move, with two kinds of storage side by side', async () => {
    const { ready, both, csv, time, button } = await setup();
    await ready();
    expect(time()).toContain('before you press Move');
    expect(cardsOn(both(), 'Node 1')).toEqual(['web-01 4 GB, running', 'db-01 8 GB, running']);
    expect(csv().getByText('SAN path down')).toBeTruthy();
    expect(csv().getByText(/redirected I\/O through/)).toBeTruthy();
    expect(button('Move web-01')).toBeTruthy();
    expect(screen.getByRole('link', { name: /LUNs/ }).getAttribute('aria-current')).toBe('page');
  });

  it('shows one moment of both runs, wherever the clock stands', async () => {
    const { ready, both, csv, seek, time } = await setup();
    await ready();
    seek(60);
    expect(time()).toContain('60 s after you pressed Move');
    expect(cardsOn(both(), 'Node 2')).toEqual(['web-01 paused, reading', 'db-01 paused, reading']);
    expect(cardsOn(both(), 'Node 1')).toEqual(['web-01 4 GB, moved', 'db-01 8 GB, had to move']);
    expect(both().getByText('Owner of LUN 1')).toBeTruthy();
    expect(both().getByText('mounted here now')).toBeTruthy();
    expect(cardsOn(csv(), 'Node 2')).toEqual(['web-01 4 GB, running']);
    expect(cardsOn(csv(), 'Node 1')).toEqual(['web-01 4 GB, moved', 'db-01 8 GB, stayed, running']);
  });

  it('tells what it came to only when it has been seen', async () => {
    const { ready, seek } = await setup();
    await ready();
    seek(60);
    expect(screen.queryByText(/smallest thing a cluster can move/)).toBeNull();
    seek(96);
    expect(screen.getByText(/smallest thing a cluster can move/)).toBeTruthy();
    expect(screen.getByRole('img', { name: /^db-01: 96.0/ })).toBeTruthy();
  });

  it('shows all three kinds one by one', async () => {
    const { ready, choose } = await setup();
    await ready();
    await choose('One LUN per VM');
    expect(screen.getByText(/^One LUN per VM, /)).toBeTruthy();
    expect(screen.queryByText(/^One LUN for both, /)).toBeNull();
    expect(screen.getByText('LUN 3')).toBeTruthy();
  });

  it('says why a live migration is not possible', async () => {
    const { ready, choose, keys, both } = await setup();
    await ready();
    await choose('Live');
    expect(screen.getByText('One LUN for both, Windows Server 2008 R2')).toBeTruthy();
    await keys('{PageDown}');
    expect(both().getByRole('heading', { name: /^Not possible: LUN 1 holds/ })).toBeTruthy();
    expect(cardsOn(both(), 'Node 2')).toEqual([]);
  });

  it('shows no outage of a move that was refused: it has not won', async () => {
    const { ready, choose, keys, both, csv, user } = await setup();
    await ready();
    await choose('Live');
    const bar = () => both().getByRole('img', { name: /^web-01: / });
    // Nothing was asked for yet.
    expect(bar().getAttribute('aria-label')).toMatch(/^web-01: 0\.00\ss without an answer$/);
    await keys('{PageDown}');
    expect(bar().getAttribute('aria-label')).toMatch(/^web-01: Not possible: LUN 1 holds .+\.$/);
    expect(both().getByText('refused').getAttribute('title')).toMatch(/^Not possible: LUN 1 holds/);
    expect(csv().queryByText('refused')).toBeNull();
    await user.click(both().getByRole('button', { name: 'Show numbers' }));
    const [, asked] = within(screen.getByRole('table')).getAllByRole('row');
    expect(asked?.textContent).toBe('web-01refused');
  });

  it('has the bars as a table', async () => {
    const { ready, seek, both, user } = await setup();
    await ready();
    seek(85);
    await user.click(both().getByRole('button', { name: 'Show numbers' }));
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    expect(rows.map((row) => row.textContent?.replaceAll('\u00a0', ' ')).slice(1)).toEqual([
      'web-01asked for080.580.5',
      'db-01had to move0not yet85.0',
    ]);
  });

  it('announces what happens in the lanes', async () => {
    const { ready, seek, announced } = await setup();
    await ready();
    seek(60);
    expect(await announced(/One LUN for both: Node 2 reads web-01 and db-01 back/)).toBeTruthy();
  });
});

describe('its keys', () => {
  it('move its own clock and leave the Lab alone', async () => {
    const { ready, keys, time, session } = await setup();
    await ready();
    const sent = session.sent.length;
    await keys('{ArrowRight}{ArrowRight}{ArrowRight}');
    expect(time()).toContain(', 2 s after');
    await keys('{ArrowLeft}');
    expect(time()).toContain(', 1 s after');
    await keys('{End}');
    expect(time()).toContain(', 96 s after');
    await keys('{PageUp}');
    expect(time()).toContain(', 80 s after');
    await keys('{Home}');
    expect(time()).toContain('before you press Move');
    await keys('l');
    await keys('c');
    expect(session.sent).toHaveLength(sent);
  });

  it('press Move with Space, then pause and play', async () => {
    const { ready, keys, button } = await setup();
    await ready();
    await keys(' ');
    expect(button('Pause')).toBeTruthy();
    await keys(' ');
    expect(button('Play')).toBeTruthy();
    expect(button('Move web-01 again')).toBeTruthy();
  });

  it('are those of the Lab again when it is left', async () => {
    const { ready, keys, user, session, showSecond } = await setup();
    await ready();
    await user.click(screen.getByRole('link', { name: 'Lab' }));
    showSecond(45);
    await keys('{End}');
    expect(session.sent.at(-1)?.type).toBe('seek');
  });
});

describe('while the runs are worked out', () => {
  it('the move waits, with the reason', async () => {
    const { button, time } = await setup(() => new Promise(() => undefined));
    expect(button(/^Move/).getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByText('Working out the runs…')).toBeTruthy();
    expect(time()).toContain('before you press Move');
  });

  it('another method can be chosen, and its lanes come when they are there', async () => {
    const waiting: (() => void)[] = [];
    const isLive = ({ commands }: Scenario) =>
      commands.some(({ do: name }) => name === 'live-migrate');
    const { ready, choose } = await setup((scenario) =>
      isLive(scenario)
        ? new Promise((resolve) => {
            waiting.push(() => resolve(answerOutline(scenario)));
          })
        : answerOutline(scenario),
    );
    await ready();
    await choose('Live');
    expect(screen.getByText('Working out the runs…')).toBeTruthy();
    waiting.forEach((answer) => answer());
    await ready();
  });

  it('a failure is told, and can be tried again', async () => {
    let works = false;
    const { press, ready } = await setup((scenario) =>
      works ? answerOutline(scenario) : Promise.reject(new Error('the worker stopped')),
    );
    expect(await screen.findByText('the worker stopped.')).toBeTruthy();
    works = true;
    await press('Try again');
    await ready();
  });
});

describe('LUNs needed', () => {
  it('follow the VMs and not the nodes', async () => {
    const { press } = await setup();
    const counter = within(screen.getByRole('region', { name: 'LUNs needed' }));
    const results = () => counter.getAllByRole('definition').map((value) => value.textContent);
    expect(results()).toEqual(['6', '1']);
    await press('More: Nodes');
    expect(results()).toEqual(['6', '1']);
    await press('More: VMs that move alone');
    expect(results()).toEqual(['7', '1']);
    expect(counter.getByText(/7 VMs that move alone need 7 LUNs on 3 nodes/)).toBeTruthy();
  });

  it('stop at their limits', async () => {
    const { press, button } = await setup();
    await press('Fewer: Nodes');
    expect(button('Fewer: Nodes').getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByText(/on 2 nodes, and/)).toBeTruthy();
  });
});
