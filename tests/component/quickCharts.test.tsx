/** The charts of a quick migration, and the disk in the blackout of a live one. */
import { cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { FrameSummary } from '../../src/protocol/frameSummary.ts';
import type { MigrationRow } from '../../src/protocol/runInfo.ts';
import { MapLegend } from '../../src/ui/shared/charts/MapLegend.tsx';
import { PageLens } from '../../src/ui/shared/charts/PageLens.tsx';
import { RoundsChart } from '../../src/ui/shared/charts/RoundsChart.tsx';
import { StorageLink } from '../../src/ui/shared/charts/StorageLink.tsx';
import { Timeline } from '../../src/ui/shared/charts/Timeline.tsx';
import {
  manualFrames,
  migrationOf,
  phaseOf,
  quickFrameOf,
  quickMigrationOf,
} from '../support/chartRows.ts';
import { cluster } from '../support/clusterBuilder.ts';
import { fakeLab } from '../support/fakeLab.tsx';

const NS_PER_S = 1_000_000_000;
const plain = (text: string | null): string => (text ?? '').replaceAll('\u00a0', ' ');

afterEach(cleanup);

describe('PageLens', () => {
  const lens: NonNullable<FrameSummary['lens']> = {
    cell: 914,
    firstPage: 914 * 128,
    pages: 128,
    dirty: 0,
    sent: 40,
    codes: Array.from({ length: 128 }, (_, page) => (page < 40 ? 1 : 0)),
    worst: Array.from({ length: 128 }, (_, page) => 914 * 128 + page),
    pagesPerCode: 1,
  };

  const noPage = { page: null, onPage: (): void => undefined };

  it('says what is saved or read back', () => {
    const { container, rerender } = render(
      <PageLens lens={lens} memoryMiB={4096} phase="saving" {...noPage} />,
    );
    const squaresOf = (code: number): number =>
      container.querySelector(`[data-code="${code}"]`)!.getAttribute('d')!.match(/M/g)!.length;
    expect(plain(container.textContent)).toBe('Cell 914, at 457 MB: 40 of 128 saved');
    // What is saved has left the memory.
    expect([squaresOf(0), squaresOf(1)]).toEqual([40, 88]);
    rerender(<PageLens lens={lens} memoryMiB={4096} phase="restoring" {...noPage} />);
    expect(plain(container.textContent)).toBe('Cell 914, at 457 MB: 40 of 128 read back');
    expect([squaresOf(0), squaresOf(1)]).toEqual([88, 40]);
  });
});

describe('Timeline', () => {
  function setup(migration: MigrationRow): HTMLElement {
    render(
      <Timeline
        migration={migration}
        run={{ startNs: 0, endNs: 60 * NS_PER_S }}
        nowNs={13.7 * NS_PER_S}
        mode="equal"
        onSeek={() => undefined}
        onStep={() => undefined}
      />,
    );
    return screen.getByRole('slider', { name: 'Timeline' });
  }

  it('hatches all of a quick migration', () => {
    const slider = setup(quickMigrationOf());
    const texts = [...slider.children].map(({ textContent }) => plain(textContent));
    expect(texts.slice(0, 3)).toEqual(['Save16.0 s', 'LUN moves2.0 s', 'Restore16.0 s']);
    expect(slider.querySelectorAll('[data-hatch]')).toHaveLength(3);
  });

  it('says and marks how much of the blackout the disk takes', () => {
    const phases = [
      phaseOf('round', 0, 10, { number: 1 }),
      phaseOf('stop-and-copy', 10, 10.5),
      phaseOf('storage', 10.5, 13.5),
      phaseOf('resuming', 13.5, 14),
    ];
    const slider = setup(migrationOf({ phases }));
    expect(plain(screen.getByText(/of it disk/).textContent)).toBe('4.0 s, 3.0 s of it disk');
    const mark = slider.querySelector<HTMLElement>('[data-disk]')!;
    expect([mark.style.left, mark.style.width]).toEqual(['12.5%', '75%']);
  });

  it('marks no share of the disk where it takes none', () => {
    const slider = setup(migrationOf());
    expect(slider.querySelector('[data-disk]')).toBeNull();
  });
});

describe('RoundsChart', () => {
  const quick = (
    <RoundsChart
      migration={quickMigrationOf()}
      nowNs={26 * NS_PER_S}
      mode="equal"
      yScale="log"
      thresholdPages={4096}
    />
  );

  it('is a figure of pages saved and read back, without a threshold', () => {
    const { container } = render(quick);
    const figure = screen.getByRole('figure', { name: 'Pages saved and read back' });
    expect(plain(within(figure).getByRole('img').getAttribute('aria-label'))).toMatch(
      /^1,000,000 pages were saved .* 50% of the time is over\.$/,
    );
    expect(container.querySelector('[data-threshold]')).toBeNull();
    const states = [...container.querySelectorAll('[data-state]')].map((element) =>
      element.getAttribute('data-state'),
    );
    expect(states).toEqual(['done', 'current']);
  });

  it('has a table without changed pages', async () => {
    fakeLab(cluster()).show(quick);
    await userEvent.click(screen.getByRole('button', { name: 'Show numbers' }));
    const table = screen.getByRole('table', { name: 'Pages saved and read back' });
    const heads = within(table).getAllByRole('columnheader');
    expect(heads.map(({ textContent }) => textContent)).toEqual([
      'Phase',
      'Begins after, s',
      'Took, s',
      'Pages',
    ]);
    expect(within(table).getAllByRole('row')).toHaveLength(4);
  });

  it('says why there is nothing to draw, instead of an empty grid', () => {
    const queued = quickMigrationOf({ phases: [], startedNs: null, outcome: 'queued' });
    render(
      <RoundsChart migration={queued} nowNs={0} mode="equal" yScale="log" thresholdPages={null} />,
    );
    expect(screen.getByText('It waits for its turn.')).toBeTruthy();
    expect(screen.queryByRole('img')).toBeNull();
  });
});

describe('MapLegend', () => {
  const texts = (): string[] =>
    screen.getAllByRole('listitem').map(({ textContent }) => textContent);

  it('counts where the pages of a quick migration are', () => {
    const frames = manualFrames(quickFrameOf('saving', 450_000));
    render(<MapLegend frames={frames} side="source" mode="quick" volume="LUN 1" />);
    expect(texts()).toEqual(['In memory 598,576', 'On LUN 1 450,000']);
    frames.push(quickFrameOf('disk-move', 0));
    expect(texts()).toEqual(['In memory 0', 'On LUN 1 1,048,576']);
  });

  it('counts what is read back on the target', () => {
    const frames = manualFrames(quickFrameOf('saving', 450_000));
    render(<MapLegend frames={frames} side="target" mode="quick" volume="LUN 1" />);
    expect(texts()).toEqual(['Read back 0', 'Missing 1,048,576']);
    frames.push(quickFrameOf('restoring', 450_000));
    expect(texts()).toEqual(['Read back 450,000', 'Missing 598,576']);
  });
});

describe('StorageLink', () => {
  it.each([
    ['saving', 'To LUN 1 268 MB/s 450,000 of 1,048,576 pages saved'],
    ['saved', 'LUN 1 waits for the others on it 1,048,576 pages saved'],
    ['disk-move', 'LUN 1 changes its owner 1,048,576 pages saved'],
    ['restoring', 'From LUN 1 268 MB/s 450,000 of 1,048,576 pages read back'],
  ] as const)('says which way the pages go, and how many are through: %s', (phase, text) => {
    const frames = manualFrames(quickFrameOf(phase, 450_000));
    const { container } = render(<StorageLink frames={frames} volume={0} volumeName="LUN 1" />);
    expect(plain(container.textContent)).toBe(text);
  });
});
