import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { StrictMode, act, useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FrameSource } from '../../src/charts/frameSource.ts';
import { MapLegend } from '../../src/ui/shared/charts/MapLegend.tsx';
import { MemoryMap } from '../../src/ui/shared/charts/MemoryMap.tsx';
import { MigrationLink } from '../../src/ui/shared/charts/MigrationLink.tsx';
import { PageLens } from '../../src/ui/shared/charts/PageLens.tsx';
import { RoundsChart } from '../../src/ui/shared/charts/RoundsChart.tsx';
import { Timeline, type TimelineProps } from '../../src/ui/shared/charts/Timeline.tsx';
import type { FrameSummary } from '../../src/protocol/frameSummary.ts';
import { frameOf, manualFrames, migrationOf } from '../support/chartRows.ts';
import { cluster } from '../support/clusterBuilder.ts';
import { fakeLab } from '../support/fakeLab.tsx';

const NS_PER_S = 1_000_000_000;
const plain = (text: string | null): string => (text ?? '').replaceAll('\u00a0', ' ');

afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

describe('PageLens', () => {
  const lens: NonNullable<FrameSummary['lens']> = {
    cell: 914,
    firstPage: 914 * 128,
    pages: 128,
    dirty: 52,
    sent: 128,
    codes: Array.from({ length: 128 }, (_, page) => (page < 52 ? 2 : 1)),
    worst: Array.from({ length: 128 }, (_, page) => 914 * 128 + page),
    pagesPerCode: 1,
  };

  const noPage = { page: null, onPage: (): void => undefined };

  it('says where the cell lies and how many of its pages are dirty', () => {
    const { container } = render(<PageLens lens={lens} memoryMiB={4096} {...noPage} />);
    expect(plain(container.textContent)).toBe('Cell 914, at 457 MB: 52 of 128 dirty');
    expect(
      screen.getByRole('application', { name: /^Pages of the cell: 52 of 128 dirty/ }),
    ).toBeTruthy();
  });

  it('says so when a square stands for several pages', () => {
    render(
      <PageLens lens={{ ...lens, pages: 1024, pagesPerCode: 8 }} memoryMiB={32_768} {...noPage} />,
    );
    expect(screen.getByText('Each square is 8 pages, shown as the worst of them.')).toBeTruthy();
  });

  it('asks to be pointed somewhere while it has no cell', () => {
    render(<PageLens lens={null} memoryMiB={4096} {...noPage} />);
    expect(screen.getByText(/^Point at a memory map/)).toBeTruthy();
  });
});

describe('Timeline', () => {
  function setup(props: Partial<TimelineProps> = {}) {
    const onSeek = vi.fn<TimelineProps['onSeek']>();
    const onStep = vi.fn<TimelineProps['onStep']>();
    render(
      <Timeline
        migration={migrationOf()}
        run={{ startNs: 0, endNs: 60 * NS_PER_S }}
        nowNs={13.7 * NS_PER_S}
        mode="equal"
        onSeek={onSeek}
        onStep={onStep}
        {...props}
      />,
    );
    const slider = screen.getByRole('slider', { name: 'Timeline' });
    const press = async (keys: string): Promise<void> => {
      slider.focus();
      await userEvent.keyboard(keys);
    };
    return { slider, press, onSeek, onStep };
  }

  it('is a slider in seconds that says phase, part and time', () => {
    const { slider } = setup();
    expect(plain(slider.getAttribute('aria-valuetext'))).toBe('Round 2, 50%, 13.7 s');
    expect(
      ['aria-valuemin', 'aria-valuenow', 'aria-valuemax'].map((name) => slider.getAttribute(name)),
    ).toEqual(['0', '13.7', '19.4']);
  });

  it('steps with the arrow keys, by rounds with Shift', async () => {
    const { press, onStep } = setup();
    await press('{ArrowRight}{ArrowLeft}{Shift>}{ArrowRight}{/Shift}');
    expect(onStep.mock.calls).toEqual([
      [1, 'step'],
      [-1, 'step'],
      [1, 'round'],
    ]);
  });

  it('goes to the ends with Home and End', async () => {
    const { press, onSeek } = setup();
    await press('{Home}{End}');
    expect(onSeek.mock.calls).toEqual([[0], [19.4 * NS_PER_S]]);
  });

  it('keeps its keys from the page', async () => {
    const onPage = vi.fn<(key: string) => void>();
    const listen = (event: KeyboardEvent): void => onPage(event.key);
    window.addEventListener('keydown', listen);
    const { press } = setup();
    await press('{ArrowRight}x');
    window.removeEventListener('keydown', listen);
    expect(onPage.mock.calls).toEqual([['x']]);
  });

  it('seeks where the pointer goes down, then at most once in an animation frame', () => {
    vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame'] });
    const { slider, onSeek } = setup({ gutter: 0 });
    slider.setPointerCapture = () => undefined;
    slider.hasPointerCapture = () => true;
    fireEvent.pointerDown(slider, { clientX: 0, button: 0, pointerId: 1 });
    fireEvent.pointerMove(slider, { clientX: 500, pointerId: 1 });
    fireEvent.pointerMove(slider, { clientX: 1096, pointerId: 1 });
    expect(onSeek.mock.calls).toEqual([[0]]);
    vi.advanceTimersToNextFrame();
    expect(onSeek.mock.calls).toEqual([[0], [19.4 * NS_PER_S]]);
  });

  it('leaves nothing to seek when the pointer has let go', () => {
    vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame'] });
    const { slider, onSeek } = setup({ gutter: 0 });
    slider.setPointerCapture = () => undefined;
    slider.hasPointerCapture = () => true;
    fireEvent.pointerDown(slider, { clientX: 0, button: 0, pointerId: 1 });
    fireEvent.pointerMove(slider, { clientX: 1096, pointerId: 1 });
    fireEvent.pointerUp(slider, { clientX: 1096, pointerId: 1 });
    expect(onSeek.mock.calls).toEqual([[0], [19.4 * NS_PER_S]]);
    vi.advanceTimersToNextFrame();
    expect(onSeek).toHaveBeenCalledTimes(2);
  });

  it('names and times the phases', () => {
    const { slider } = setup();
    const texts = [...slider.children].map(({ textContent }) => plain(textContent));
    expect(texts.slice(0, 3)).toEqual(['Setup1.2 s', 'Round 110.0 s', 'Round 25.0 s']);
  });

  it('ends with a crossed segment when the migration was cancelled', () => {
    setup({ migration: migrationOf({ outcome: 'cancelled' }) });
    expect(screen.getByText('Cancelled')).toBeTruthy();
  });

  it('tells nothing of the future while a prediction is open', () => {
    setup({ hideComing: true });
    expect(screen.queryByText('Round 3')).toBeNull();
    expect(screen.queryByText('Blackout')).toBeNull();
  });

  it('spans the run when there is no migration', () => {
    const { slider } = setup({ migration: null });
    expect(slider.getAttribute('aria-valuemax')).toBe('60');
  });
});

describe('RoundsChart', () => {
  const chart = (
    <RoundsChart
      migration={migrationOf()}
      nowNs={13.7 * NS_PER_S}
      mode="equal"
      yScale="log"
      thresholdPages={4096}
    />
  );

  it('is a figure with a summary in words', () => {
    render(chart);
    const figure = screen.getByRole('figure', { name: 'Pages per round' });
    const name = within(figure).getByRole('img').getAttribute('aria-label');
    expect(plain(name)).toMatch(
      /^Round 1 sent 1,000,000 pages, .* stop at 4,096 pages \(16 MB\)\.$/,
    );
  });

  it('draws finished rounds in full, the current one in part, the others as outlines', () => {
    const { container } = render(chart);
    const states = [...container.querySelectorAll('[data-state]')].map((element) =>
      element.getAttribute('data-state'),
    );
    expect(states).toEqual(['done', 'current', 'coming', 'coming']);
  });

  it('has its numbers in a table behind a button', async () => {
    // In the page, whose run the picture of the chart would be named after.
    fakeLab(cluster()).show(chart);
    expect(screen.queryByRole('table')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Show numbers' }));
    const table = within(screen.getByRole('dialog')).getByRole('table', {
      name: 'Pages per round',
    });
    const rows = within(table).getAllByRole('row');
    expect(rows).toHaveLength(7);
    expect(plain(rows[2]!.textContent)).toBe('Round 11.210.01,000,000100,000');
    expect(screen.getByRole('button', { name: 'Save picture' })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('MemoryMap', () => {
  function Pair({ frames }: { readonly frames: FrameSource }) {
    const [cell, setCell] = useState<number | null>(914);
    return (
      <StrictMode>
        <MemoryMap
          frames={frames}
          side="source"
          mode="state"
          lensCell={cell}
          onLensCell={setCell}
          label="Memory of web-01 on Node 1"
          axis
        />
      </StrictMode>
    );
  }

  const frame = frameOf({}, ({ sent, stale }) => {
    sent.fill(128);
    stale[915] = 52;
  });

  it('has one pair of canvases although StrictMode mounts effects twice', () => {
    const { container } = render(<Pair frames={manualFrames(frame)} />);
    expect(container.querySelectorAll('canvas')).toHaveLength(2);
    expect(screen.getByRole('application').dataset['cells']).toBe('8192');
  });

  it('is one focus stop with its state in words', () => {
    render(<Pair frames={manualFrames(frame)} />);
    const map = screen.getByRole('application', { name: 'Memory of web-01 on Node 1' });
    const ids = map.getAttribute('aria-describedby')!.split(' ');
    expect(ids.map((id) => document.getElementById(id)!.textContent).join('. ')).toBe(
      '43,225 of 1,048,576 pages dirty. Arrow keys move the cell, Escape leaves.',
    );
  });

  it('moves the cell with the arrow keys, says what it holds, and lets go on Escape', async () => {
    render(<Pair frames={manualFrames(frame)} />);
    const map = screen.getByRole('application');
    map.focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(plain(map.textContent)).toContain('Cell 915, at 457.5 MB: 52 of 128 dirty');
    await userEvent.keyboard('{Escape}');
    expect(document.activeElement).not.toBe(map);
  });

  it.each([
    ['lost', 'Lost with the node', true],
    ['empty', 'Empty', false],
  ] as const)('says that there is nothing in it: %s', async (look, words, hatched) => {
    const onLensCell = vi.fn<(cell: number | null) => void>();
    const { container } = render(
      <MemoryMap
        frames={manualFrames(frame)}
        side="source"
        mode="idle"
        lensCell={null}
        onLensCell={onLensCell}
        label="Memory of web-01 on Node 1"
        {...{ [look]: true }}
      />,
    );
    const map = screen.getByRole('application');
    expect(screen.getByText(words)).toBeTruthy();
    expect(container.querySelector('[data-hatch]') !== null).toBe(hatched);
    map.focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(onLensCell).not.toHaveBeenCalled();
  });

  it('has addresses beside it, and follows the VM that is shown', () => {
    const frames = manualFrames(frame);
    const { container } = render(<Pair frames={frames} />);
    expect(plain(container.textContent)).toMatch(/^01234 GB/);
    act(() => frames.push(frameOf({ pageCount: 2_097_152, pagesPerCell: 256 })));
    expect(plain(container.textContent)).toMatch(/^02468 GB/);
  });
});

describe('MapLegend', () => {
  const texts = (): string[] =>
    screen
      .getAllByRole('listitem')
      .filter((item) => !item.hidden)
      .map(({ textContent }) => textContent);

  it('counts pages', () => {
    render(<MapLegend frames={manualFrames(frameOf())} side="source" />);
    expect(texts()).toEqual(['Copied 1,005,351', 'Dirty 40,297', 'Dirty, sent 3 times 2,928']);
  });

  it('calls them otherwise on the target, where sent often means nothing', () => {
    render(<MapLegend frames={manualFrames(frameOf())} side="target" />);
    expect(texts()).toEqual(['Up to date 1,005,351', 'Out of date 43,225', 'Missing 0']);
  });

  it('says what was not sent yet in place of what was sent often', () => {
    const migration = { ...frameOf().summary.migration!, sentPages: 500_000, hotPages: 0 };
    render(<MapLegend frames={manualFrames(frameOf({ migration }))} side="source" />);
    expect(texts()).toEqual(['Copied 456,775', 'Dirty 43,225', 'Not sent 548,576']);
  });

  it('counts at most ten times a second while playing, and the last frame in any case', () => {
    vi.useFakeTimers();
    const frames = manualFrames();
    render(<MapLegend frames={frames} side="target" />);
    const push = (stalePages: number): void => {
      const migration = { ...frameOf().summary.migration!, stalePages };
      frames.push(frameOf({ playing: true, migration }));
    };
    push(1);
    push(2);
    push(3);
    expect(texts()[1]).toBe('Out of date 1');
    vi.advanceTimersByTime(100);
    expect(texts()[1]).toBe('Out of date 3');
  });
});

describe('MigrationLink', () => {
  it('says how much goes across, and which page', () => {
    const { container } = render(
      <MigrationLink frames={manualFrames(frameOf())} orientation="horizontal" />,
    );
    expect(plain(container.textContent)).toBe('Migration network 112 MB/ssending page 329,390');
  });

  it('says in a word why nothing goes across', () => {
    const migration = {
      ...frameOf().summary.migration!,
      phase: 'storage' as const,
      sendingMBps: 0,
      sendingPage: -1,
    };
    render(<MigrationLink frames={manualFrames(frameOf({ migration }))} orientation="vertical" />);
    expect(screen.getByText('disk changes owner')).toBeTruthy();
  });
});
