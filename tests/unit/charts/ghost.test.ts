import { describe, expect, it } from 'vitest';
import { NS_PER_S } from '../../../src/base/units.ts';
import { failoverSpans } from '../../../src/charts/failoverSpans.ts';
import { ghostLane, futureText, ghostText, type Ghost } from '../../../src/charts/ghostLane.ts';
import {
  phaseScale,
  segmentAt,
  spansScale,
  type PhaseScaleMode,
} from '../../../src/charts/phaseScale.ts';
import { layoutRounds } from '../../../src/charts/roundsChart.ts';
import { roundsTable } from '../../../src/charts/roundsText.ts';
import type { MigrationRow } from '../../../src/protocol/runInfo.ts';
import { calmMigration, phaseRow, quickMigrationRow, SECOND } from '../../support/fakeSession.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

/** As the calm one up to its second round, which is shorter and the last. */
function fasterMigration(more: Partial<MigrationRow> = {}): MigrationRow {
  return calmMigration({
    endedNs: 40 * SECOND,
    pausedNs: 39 * SECOND,
    resumedNs: 39.5 * SECOND,
    phases: [
      phaseRow('connecting', 0, 0.4),
      phaseRow('creating-shell', 0.4, 1.2),
      phaseRow('round', 1.2, 37.9, { number: 1, pagesToSend: 1_048_576 }),
      phaseRow('round', 37.9, 39, { number: 2, pagesToSend: 178_867 }),
      phaseRow('stop-and-copy', 39, 39.5, { pagesToSend: 3000 }),
      phaseRow('clean-up', 39.5, 40),
    ],
    ...more,
  });
}

const moved = (name: string, migration: MigrationRow): Ghost => ({ name, migration, steps: null });

const slow = moved('Branch 1', calmMigration());

function placed(present: MigrationRow, ghost: Ghost, mode: PhaseScaleMode = 'equal') {
  const scale = phaseScale(present, 50 * SECOND, mode, 1000, { ghost });
  const lane = ghostLane(ghost, { scale, present, mode, textScale: 1 });
  return { scale, lane };
}

/** "Round 1" for a column of the present move, "(Round 3)" for one that only the ghost has. */
function columns({ scale }: ReturnType<typeof placed>): string[] {
  return scale.segments.map(({ label, absent }) => (absent === true ? `(${label})` : label));
}

describe('a ghost with equal widths', () => {
  const both = placed(fasterMigration(), slow);

  it('stands in the columns of the present move, with more where it has more rounds', () => {
    const names = ['Setup', 'Round 1', 'Round 2', '(Round 3)', 'Blackout', 'Cleanup'];
    expect(columns(both)).toEqual(names);
    const column = (label: string) => both.scale.segments.find((each) => each.label === label)!;
    for (const { label, x0, x1 } of both.lane) {
      expect([x0, x1]).toEqual([column(label).x0, column(label).x1]);
    }
  });

  it('shows only what differs', () => {
    expect(both.lane.map(({ label }) => label)).toEqual([
      'Round 2',
      'Round 3',
      'Blackout',
      'Cleanup',
    ]);
    expect(placed(calmMigration(), slow).lane).toEqual([]);
  });

  it('takes no time of the present move', () => {
    const { scale } = both;
    expect(scale.endNs).toBe(40 * SECOND);
    const gap = scale.segments[3]!;
    expect(gap.startNs).toBe(gap.endNs);
    // The moment at the gap belongs to what comes after it.
    expect(segmentAt(scale, 39 * SECOND).label).toBe('Blackout');
    expect(scale.xOf(39 * SECOND)).toBe(gap.x1);
    expect(scale.xOf(39 * SECOND - 1)).toBeLessThanOrEqual(gap.x0);
    expect(scale.nsOf((gap.x0 + gap.x1) / 2)).toBe(39 * SECOND);
  });

  it('changes nothing where it has fewer rounds', () => {
    const shorter = placed(calmMigration(), moved('Branch 2', fasterMigration()));
    expect(columns(shorter)).not.toContain('(Round 3)');
    expect(shorter.lane.map(({ label }) => label)).toEqual(['Round 2', 'Blackout', 'Cleanup']);
  });

  it('goes on after the cross of a move that was cancelled', () => {
    const phases = fasterMigration().phases.slice(0, 4);
    const cancelled = fasterMigration({ outcome: 'cancelled', endedNs: 38 * SECOND, phases });
    const names = ['Setup', 'Round 1', 'Round 2', 'Cancelled'];
    const rest = ['(Round 3)', '(Blackout)', '(Cleanup)'];
    expect(columns(placed(cancelled, slow))).toEqual([...names, ...rest]);
  });

  it('has the whole width for itself beside another kind of move, or none', () => {
    const quick = placed(quickMigrationRow(), slow);
    expect(columns(quick)).toEqual(['Save', 'LUN moves', 'Restore']);
    expect(quick.lane[0]?.x0).toBe(0);
    expect(quick.lane.at(-1)?.x1).toBeCloseTo(1000);
    const alone = ghostLane(slow, { ...quick, present: null, mode: 'equal', textScale: 1 });
    expect(alone).toHaveLength(6);
  });

  it('is no row of the table', () => {
    expect(roundsTable(both.scale, 50 * SECOND).map(({ name }) => name)).not.toContain('Round 3');
  });
});

describe('a ghost to scale', () => {
  it('makes the track as long as itself, and keeps the end of the present move', () => {
    const { scale, lane } = placed(fasterMigration(), slow, 'to-scale');
    expect(scale.endNs).toBe(40 * SECOND);
    expect(scale.xOf(40 * SECOND)).toBeCloseTo((1000 * 40) / 49.1);
    expect(lane.at(-1)?.x1).toBeCloseTo(1000);
    const third = lane.find(({ label }) => label === 'Round 3')!;
    expect(third.x0).toBeCloseTo((1000 * 44.1) / 49.1);
  });

  it('begins with the request, whenever that was', () => {
    const later = quickMigrationRow({
      requestedNs: 100 * SECOND,
      startedNs: 100 * SECOND,
      phases: [phaseRow('saving', 100, 110), phaseRow('restoring', 110, 120)],
    });
    const { lane } = placed(later, slow, 'to-scale');
    expect(lane[0]?.x0).toBe(0);
    expect(lane.at(-1)?.endNs).toBe(149.1 * SECOND);
    expect(lane.at(-1)?.x1).toBeCloseTo(1000);
  });
});

describe('a ghost beside a failover', () => {
  const step = { kind: 'failover', number: 0, phases: [] } as const;
  const spans = [
    { ...step, label: 'Not noticed', startNs: 20 * SECOND, endNs: 25 * SECOND },
    { ...step, label: 'Boot', startNs: 25 * SECOND, endNs: 40 * SECOND },
  ];

  it('is cut to the time of the track when that is to scale', () => {
    const scale = spansScale(spans, 0, 'to-scale', 1000);
    const place = { scale, present: null, mode: 'to-scale', textScale: 1 } as const;
    const lane = ghostLane(slow, place);
    expect(lane.map(({ label }) => label)).toEqual(['Round 1', 'Round 2']);
    expect(lane[0]?.x0).toBe(0);
    expect(lane[1]?.x0).toBeCloseTo((1000 * 17.9) / 20);
    expect(lane[1]?.x1).toBe(1000);
  });

  it('has a scale of its own else', () => {
    const scale = spansScale(spans, 0, 'equal', 1000);
    expect(ghostLane(slow, { scale, present: null, mode: 'equal', textScale: 1 })).toHaveLength(6);
  });
});

describe('a ghost after a crash', () => {
  const at = (label: string, from: number, to: number) => {
    return { label, startNs: from * SECOND, endNs: to * SECOND, runs: label === 'Runs again' };
  };
  const steps = failoverSpans([
    at('Not noticed', 12, 17),
    at('Regroup', 17, 19),
    at('Boot', 19, 79),
    at('Runs again', 79, 300),
  ]);
  const crashed: Ghost = { name: 'Branch 1', migration: null, steps };
  const labels = (lane: ReturnType<typeof ghostLane>): string[] => lane.map(({ label }) => label);

  it('has a column for each step beside rounds, and changes nothing of their columns', () => {
    const { scale, lane } = placed(fasterMigration(), crashed);
    expect(labels(lane)).toEqual(['Not noticed', 'Regroup', 'Boot', 'Runs again']);
    expect(lane.map(({ x0 }) => x0)).toEqual([0, 250, 500, 750]);
    expect(scale.segments.some(({ absent }) => absent)).toBe(false);
  });

  it('makes a track to scale as long as it takes until the VM runs again', () => {
    const { scale, lane } = placed(fasterMigration(), crashed, 'to-scale');
    expect(labels(lane)).toEqual(['Not noticed', 'Regroup', 'Boot']);
    expect(scale.endNs).toBe(40 * SECOND);
    expect(lane[0]?.x0).toBeCloseTo((1000 * 12) / 79);
    expect(lane.at(-1)?.x1).toBeCloseTo(1000);
  });

  it.each(['equal', 'to-scale'] as const)('%s: is not drawn where the same is shown', (mode) => {
    const place = { scale: spansScale(steps, 0, mode, 1000), present: null, mode, textScale: 1 };
    expect(ghostLane(crashed, place)).toEqual([]);
    const later = steps.map((step) => ({ ...step, endNs: step.endNs + SECOND }));
    expect(ghostLane({ ...crashed, steps: later }, place)).not.toEqual([]);
  });

  it('says when it crashed, when it ran again, and each step', () => {
    expect(plain(ghostText(crashed))).toBe(
      'Ghost: Branch 1, crash at 12.0 s, runs again after 67.0 s. Not noticed 5.0 s, Regroup 2.0 s, Boot 60.0 s, Runs again 221.0 s.',
    );
    const down = futureText({ migration: null, steps: steps.slice(0, 2) });
    expect(plain(down)).toBe('crash at 12.0 s, does not run since');
  });
});

describe('the ghost in the rounds chart', () => {
  const view = { nowNs: 50 * NS_PER_S, pagesScale: 'linear', thresholdPages: null } as const;
  const size = { top: 20, baseline: 120, shortTicks: false, textScale: 1 };

  it('is a bar as high as what it sent, on the scale of the others', () => {
    const { scale, lane } = placed(fasterMigration(), slow);
    const { ghostBars, bars } = layoutRounds({ ...view, ...size, scale, ghost: lane });
    expect(ghostBars.map(({ key }) => key)).toEqual(['round2', 'round3', 'blackout0']);
    const second = bars.find(({ key }) => key === 'round2')!;
    expect(ghostBars[0]?.top).toBeGreaterThan(20);
    expect(ghostBars[0]).toMatchObject({ x0: second.x0, x1: second.x1 });
    expect(ghostBars[1]?.top).toBeGreaterThan(ghostBars[0]!.top);
    expect(layoutRounds({ ...view, ...size, scale }).ghostBars).toEqual([]);
  });

  it('makes the axis higher where it sent more', () => {
    const phases = [phaseRow('round', 0, 9, { number: 1, pagesToSend: 1000 })];
    const small = fasterMigration({ phases });
    const { scale, lane } = placed(small, slow);
    const { bars } = layoutRounds({ ...view, ...size, scale, ghost: lane });
    expect(bars[0]?.top).toBeGreaterThan(119);
  });
});

describe('a ghost in words', () => {
  it('says its rounds and its blackout', () => {
    expect(plain(ghostText(slow))).toBe('Ghost: Branch 1, 3 rounds, blackout 0.18 s.');
  });

  it.each([
    [quickMigrationRow(), 'quick migration, paused for 32.0 s'],
    [calmMigration({ outcome: 'cancelled' }), '3 rounds, cancelled'],
    [quickMigrationRow({ outcome: 'failed' }), 'quick migration, failed'],
    [calmMigration({ outcome: 'queued', phases: [] }), 'live migration, waiting for its turn'],
    [
      calmMigration({
        outcome: 'running',
        pausedNs: null,
        resumedNs: null,
        phases: calmMigration().phases.slice(0, 3),
      }),
      '1 round so far',
    ],
  ])('%#', (migration, words) => {
    expect(plain(futureText({ migration, steps: null }))).toBe(words);
  });
});
