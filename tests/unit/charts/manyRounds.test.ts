/** Thousands of rounds on one scale: few columns, and no round lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ghostLane } from '../../../src/charts/ghostLane.ts';
import { eachRound, lastRoundOf, toldTogether } from '../../../src/charts/manyRounds.ts';
import type { Segment } from '../../../src/charts/phases.ts';
import { phaseScale, type PhaseScaleMode } from '../../../src/charts/phaseScale.ts';
import { layoutRounds } from '../../../src/charts/roundsChart.ts';
import { momentText, roundsSummary, roundsTable } from '../../../src/charts/roundsText.ts';
import { longMigrationOf, roundOf, thinnedMigrationOf } from '../../support/chartRows.ts';

const NS_PER_S = 1_000_000_000;

/** In the middle of a round, from 1. */
const inRound = (number: number): number => Math.round((number - 0.5) * NS_PER_S);

function scaleOf(rounds: number, nowNs: number, mode: PhaseScaleMode = 'equal', width = 960) {
  return phaseScale(longMigrationOf(rounds), nowNs, mode, width);
}

const roundsOf = (segments: readonly Segment[]): Segment[] =>
  segments.filter(({ kind }) => kind === 'round');

/** "1, 2, 3, 4–20": the rounds of each column. */
const numbers = (segments: readonly Segment[]): string[] =>
  roundsOf(segments).map((segment) =>
    [...new Set([segment.number, lastRoundOf(segment)])].join('–'),
  );

describe('rounds that are many', () => {
  it('have a column each up to 40 of them, however narrow the chart', () => {
    for (const mode of ['equal', 'to-scale'] as const) {
      expect(numbers(scaleOf(40, 0, mode, 240).segments)).toEqual(
        Array.from({ length: 40 }, (_, i) => String(i + 1)),
      );
    }
  });

  it('share columns otherwise: the first, the last and the present round stand alone', () => {
    const { segments } = scaleOf(1000, inRound(537));
    expect(numbers(segments)).toEqual([
      '1',
      '2',
      '3',
      ...Array.from({ length: 10 }, (_, i) => `${Math.max(4, i * 50 + 1)}–${(i + 1) * 50}`),
      '501–536',
      '537',
      '538–550',
      ...Array.from({ length: 9 }, (_, i) => `${i * 50 + 551}–${Math.min(997, i * 50 + 600)}`),
      '998',
      '999',
      '1000',
    ]);
    const present = segments.find(({ state }) => state === 'current')!;
    expect(present.label).toBe('Round 537');
  });

  it('are in the same groups at the end of the run', () => {
    const { segments } = scaleOf(1000, 2000 * NS_PER_S);
    expect(numbers(segments).slice(3, 5)).toEqual(['4–50', '51–100']);
  });

  it('keep their places while the present round goes through its group', () => {
    const early = scaleOf(1000, inRound(525)).segments;
    const late = scaleOf(1000, inRound(535)).segments;
    const places = (segments: readonly Segment[]): Map<string, string> =>
      new Map(segments.map(({ label, x0, x1 }) => [label, `${x0.toFixed(6)} ${x1.toFixed(6)}`]));
    const [before, after] = [places(early), places(late)];
    const both = [...before].filter(([label]) => after.has(label));
    expect(both.length).toBe(before.size - 3);
    for (const [label, place] of both) expect(after.get(label)).toBe(place);
  });

  it('are all there, once, in few columns that can be seen, whatever their number and the width', () => {
    const anyMode = fc.constantFrom<PhaseScaleMode>('equal', 'to-scale');
    fc.assert(
      fc.property(
        fc.integer({ min: 41, max: 3000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 320, max: 2000 }),
        anyMode,
        (count, share, width, mode) => {
          const nowNs = Math.floor(share * count * NS_PER_S);
          const { segments } = scaleOf(count, nowNs, mode, width);
          const rounds = roundsOf(segments);
          const each = rounds.flatMap((segment) => eachRound(segment, nowNs));
          expect(each.map(({ number }) => number)).toEqual(
            Array.from({ length: count }, (_, i) => i + 1),
          );
          expect(rounds.length).toBeLessThanOrEqual(Math.max(43, width / 8));
          segments.slice(1).forEach(({ x0, startNs }, i) => {
            expect(x0).toBe(segments[i]!.x1);
            expect(startNs).toBe(segments[i]!.endNs);
          });
          expect(segments.at(-1)!.x1).toBeCloseTo(width);
          const narrowest = Math.min(...rounds.slice(0, -1).map(({ x0, x1 }) => x1 - x0));
          expect(narrowest).toBeGreaterThanOrEqual(Math.min(6, (width * 0.64) / count));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are told in few names on the timeline', () => {
    const named = toldTogether(scaleOf(1000, inRound(537)).segments);
    expect(named.map(({ label }) => label)).toEqual([
      'Round 1',
      'Round 2',
      'Round 3',
      'Rounds 4 to 536',
      'Round 537',
      'Rounds 538 to 997',
      'Round 998',
      'Round 999',
      'Round 1,000',
      'Blackout',
    ]);
  });

  it('take as long as they took on the scale of time', () => {
    const scale = scaleOf(1000, inRound(537), 'to-scale', 1001);
    expect(scale.xOf(500 * NS_PER_S)).toBeCloseTo(500);
    expect(roundsOf(scale.segments).length).toBeLessThan(90);
  });
});

describe('the chart of many rounds', () => {
  const layout = (rounds: number, nowNs: number) =>
    layoutRounds({
      scale: scaleOf(rounds, nowNs),
      nowNs,
      pagesScale: 'linear',
      thresholdPages: null,
      top: 20,
      baseline: 120,
      shortTicks: false,
      textScale: 1,
    });

  it('has a bar for each column, with the average of its rounds', () => {
    const phases = Array.from({ length: 1000 }, (_, i) =>
      roundOf(i + 1, i, i + 1, i % 2 === 0 ? 8000 : 4000, 5000),
    );
    const row = longMigrationOf(1000, { phases });
    const scale = phaseScale(row, 2000 * NS_PER_S, 'equal', 960);
    const { bars } = layoutRounds({
      scale,
      nowNs: 2000 * NS_PER_S,
      pagesScale: 'linear',
      thresholdPages: null,
      top: 20,
      baseline: 120,
      shortTicks: false,
      textScale: 1,
    });
    const shared = bars[10]!;
    expect(shared.pages).toBe(6000);
    expect(shared.top).toBe(120 - 100 * (6000 / 8000));
    expect(shared.diamond).toBeNull();
    expect(bars[0]!.diamond).not.toBeNull();
  });

  it('has few bars', () => {
    expect(layout(3000, inRound(1500)).bars.length).toBeLessThan(80);
  });

  it('has room for what a round sent, where that is less than it began with', () => {
    const phases = [
      { ...roundOf(1, 0, 1, 100_000, 20_000), pagesSent: 90_000 },
      { ...roundOf(2, 1, 2, 20_000, 20_000), pagesSent: 2000 },
    ];
    const nowNs = 3 * NS_PER_S;
    const { bars, ticks } = layoutRounds({
      scale: phaseScale(longMigrationOf(2, { phases }), nowNs, 'equal', 960),
      nowNs,
      pagesScale: 'log',
      thresholdPages: null,
      top: 20,
      baseline: 120,
      shortTicks: false,
      textScale: 1,
    });
    expect(bars[1]!.top).toBeLessThan(110);
    expect(ticks[0]!.pages).toBe(1000);
  });
});

describe('many rounds in words', () => {
  const nowNs = inRound(537);
  const scale = scaleOf(1000, nowNs);

  it('are a few sentences', () => {
    expect(roundsSummary(scale, nowNs, null)).toBe(
      'Round 1 sent 10,000 pages, 9,000 changed meanwhile. ' +
        'Round 2 sent 10,000 pages, 9,000 changed meanwhile. ' +
        'Round 3 sent 10,000 pages, 9,000 changed meanwhile. ' +
        'Rounds 4 to 536 sent 10,000 pages each on average, 9,000 changed meanwhile. ' +
        'Round 537 sends 10,000 pages, 50% of its time is over.',
    );
  });

  it('name the present round, also where it shares its column', () => {
    expect(momentText(scale, nowNs, 0).replaceAll('\u00a0', ' ')).toBe('Round 537, 50%, 536.5 s');
    const timed = scaleOf(1000, nowNs, 'to-scale');
    expect(momentText(timed, nowNs, 0)).toMatch(/^Round 537, 50%/);
  });

  it('are all rows of the table', () => {
    const rows = roundsTable(scale, nowNs);
    expect(rows).toHaveLength(1001);
    expect(rows[535]).toMatchObject({ name: 'Round 536', sent: '10,000', changed: '9,000' });
    expect(rows[536]).toMatchObject({ name: 'Round 537', sent: 'of 10,000' });
    expect(rows[537]).toMatchObject({ name: 'Round 538', sent: 'to come' });
  });
});

describe('another branch of many rounds', () => {
  const lane = (present: number, other: number, mode: PhaseScaleMode) => {
    const ghost = {
      name: 'Branch 1',
      steps: null,
      migration: longMigrationOf(other, {
        phases: Array.from({ length: other }, (_, i) => roundOf(i + 1, i * 2, i * 2 + 2, 700, 600)),
      }),
    };
    const row = longMigrationOf(present);
    const scale = phaseScale(row, 0, mode, 960, { ghost });
    return ghostLane(ghost, { scale, present: row, mode, textScale: 1 });
  };

  it('is as few outlines as there are columns', () => {
    for (const mode of ['equal', 'to-scale'] as const) {
      const segments = lane(1000, 2000, mode);
      expect(segments.length).toBeLessThan(90);
      expect(Math.max(...segments.map(lastRoundOf))).toBe(2000);
      expect(lane(6, 2000, mode).length).toBeLessThan(90);
    }
  });
});

describe('a record in which rounds share rows', () => {
  const row = thinnedMigrationOf(100_000);
  const nowNs = inRound(50_000);

  it('has as few columns, each wide enough to be seen', () => {
    const { segments } = phaseScale(row, nowNs, 'equal', 960);
    const rounds = roundsOf(segments);
    expect(rounds.length).toBeLessThan(60);
    expect(Math.min(...rounds.map(({ x0, x1 }) => x1 - x0))).toBeGreaterThanOrEqual(6);
    expect(rounds.at(-1)!.number).toBe(100_000);
  });

  it('has the averages of all of its rounds', () => {
    const { segments } = phaseScale(row, 2e5 * NS_PER_S, 'equal', 960);
    const { bars } = layoutRounds({
      scale: phaseScale(row, 2e5 * NS_PER_S, 'equal', 960),
      nowNs: 2e5 * NS_PER_S,
      pagesScale: 'linear',
      thresholdPages: null,
      top: 20,
      baseline: 120,
      shortTicks: false,
      textScale: 1,
    });
    expect(new Set(bars.slice(0, -1).map(({ pages }) => pages))).toEqual(new Set([10_000]));
    expect(segments[4]!.lastNumber).toBeGreaterThan(1000);
  });

  it('is told in few names, with the row of the present moment between them', () => {
    const named = toldTogether(phaseScale(row, nowNs, 'equal', 960).segments);
    expect(named.map(({ label }) => label).slice(3, 6)).toEqual([
      'Rounds 4 to 49,964',
      'Rounds 49,965 to 50,220',
      'Rounds 50,221 to 99,997',
    ]);
  });
});
