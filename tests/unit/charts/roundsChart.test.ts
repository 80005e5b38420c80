import { describe, expect, it } from 'vitest';
import { curveUntil } from '../../../src/charts/dirtiedCurve.ts';
import { phaseScale } from '../../../src/charts/phaseScale.ts';
import { layoutRounds, shortCount, type RoundsView } from '../../../src/charts/roundsChart.ts';
import { migrationOf, phaseOf, quickMigrationOf, roundOf } from '../../support/chartRows.ts';

const NS_PER_S = 1_000_000_000;

function layoutAt(nowS: number, rest: Partial<RoundsView> = {}, row = migrationOf(), width = 960) {
  const nowNs = nowS * NS_PER_S;
  return layoutRounds({
    scale: phaseScale(row, nowNs, 'equal', width),
    nowNs,
    pagesScale: 'log',
    thresholdPages: 4096,
    top: 20,
    baseline: 120,
    shortTicks: false,
    textScale: 1,
    ...rest,
  });
}

describe('layoutRounds', () => {
  it('has a bar for each round and one for the last copy', () => {
    const { bars } = layoutAt(19.4);
    expect(bars.map(({ pages }) => pages)).toEqual([1_000_000, 100_000, 10_000, 3000]);
    expect(bars.map(({ blackout }) => blackout)).toEqual([false, false, false, true]);
  });

  it('measures on a log scale from the decade below the least to the tallest bar', () => {
    const { bars, ticks } = layoutAt(19.4);
    // 1,000 to 1,000,000 are three decades over 100 px.
    expect(ticks.map(({ text }) => text)).toEqual(['1,000', '10,000', '100,000', '1,000,000']);
    expect(bars[0]!.top).toBeCloseTo(20);
    expect(bars[1]!.top).toBeCloseTo(20 + 100 / 3);
  });

  it('starts at zero on a linear scale', () => {
    const { bars, ticks, thresholdY } = layoutAt(19.4, { pagesScale: 'linear' });
    expect(ticks[0]).toMatchObject({ y: 120, pages: 0 });
    expect(ticks.length).toBeLessThanOrEqual(5);
    expect(bars[1]!.top).toBeCloseTo(110);
    expect(thresholdY).toBeCloseTo(120 - 0.4096);
  });

  it('has at most five ticks, fewer where they would touch', () => {
    const tall = migrationOf({ phases: [roundOf(1, 0, 10, 1_000_000_000, 1)] });
    expect(layoutAt(5, {}, tall).ticks.length).toBeLessThanOrEqual(5);
    expect(layoutAt(5, { baseline: 60 }, tall).ticks.length).toBeLessThanOrEqual(3);
  });

  it('ends each curve at the height of the next bar', () => {
    const { bars } = layoutAt(19.4);
    expect(bars[0]!.diamond!.y).toBeCloseTo(bars[1]!.top);
    expect(bars[0]!.diamond!.x).toBeCloseTo(bars[1]!.x0);
    expect(bars[1]!.diamond!.y).toBeCloseTo(bars[2]!.top);
  });

  it('fills the current round up to now and leaves what is to come without numbers', () => {
    const { bars, playheadX } = layoutAt(13.7);
    expect(bars.map(({ state }) => state)).toEqual(['done', 'current', 'coming', 'coming']);
    expect(bars[1]!.filledTo).toBeCloseTo(playheadX);
    expect(bars[1]!.filledTo).toBeCloseTo((bars[1]!.x0 + bars[1]!.x1) / 2);
    expect(bars[2]).toMatchObject({ label: '', curve: '', diamond: null });
  });

  it('counts a complete round by what it sent, a running one by what it has to send', () => {
    const skipped = { ...roundOf(2, 10, 20, 500, 100), pagesSent: 400 };
    const row = migrationOf({ phases: [roundOf(1, 0, 10, 900, 500), skipped] });
    expect(layoutAt(15, {}, row).bars[1]!.pages).toBe(500);
    expect(layoutAt(20, {}, row).bars[1]!.pages).toBe(400);
  });

  it('keeps the height of a round that was cut off, filled as far as it came', () => {
    const broken = { ...roundOf(2, 10, 12, 500, 100), pagesSent: 125 };
    const phases = [roundOf(1, 0, 10, 900, 500), broken];
    const row = migrationOf({ phases, outcome: 'failed', endedNs: 12 * NS_PER_S });
    const bar = layoutAt(20, {}, row).bars[1]!;
    expect(bar.pages).toBe(500);
    expect((bar.filledTo - bar.x0) / (bar.x1 - bar.x0)).toBeCloseTo(0.25);
    // What changed meanwhile is told up to the moment of the cut.
    expect(bar.diamond!.x).toBeCloseTo(bar.x1);
  });

  it('shortens labels in narrow columns and then leaves them out', () => {
    const rounds = (count: number) =>
      migrationOf({
        phases: Array.from({ length: count }, (_, i) => roundOf(i + 1, i, i + 1, 178_867, 100)),
      });
    expect(layoutAt(99, {}, rounds(6)).bars[3]!.label).toBe('178,867');
    expect(layoutAt(99, {}, rounds(20)).bars[3]!.label).toBe('179k');
    expect(layoutAt(99, {}, rounds(45)).bars[3]!.label).toBe('');
  });

  it('has two bars of a quick migration: pages saved, and pages read back', () => {
    const row = quickMigrationOf();
    const { bars } = layoutAt(26, { pagesScale: 'linear', thresholdPages: null }, row);
    expect(bars.map(({ pages, state }) => [pages, state])).toEqual([
      [1_000_000, 'done'],
      [1_000_000, 'current'],
    ]);
    expect(bars[1]!.filledTo).toBeCloseTo((bars[1]!.x0 + bars[1]!.x1) / 2);
    expect(bars.map(({ curve, diamond }) => [curve, diamond])).toEqual([
      ['', null],
      ['', null],
    ]);
  });

  it('survives a migration without rounds', () => {
    const row = migrationOf({ phases: [phaseOf('connecting', 0, 1)] });
    expect(layoutAt(0.5, { thresholdPages: null }, row)).toMatchObject({
      bars: [],
      thresholdY: null,
    });
  });
});

describe('shortCount', () => {
  it('keeps two figures and a letter', () => {
    expect([1_048_576, 178_867, 6865, 999_600, 999].map(shortCount)).toEqual([
      '1M',
      '179k',
      '6.9k',
      '1M',
      '999',
    ]);
  });
});

describe('curveUntil', () => {
  const round = roundOf(1, 0, 10, 1000, 320);

  it('starts at nothing and ends at what the round changed', () => {
    const points = curveUntil(round, 1);
    expect(points[0]).toEqual({ share: 0, pages: 0 });
    expect(points.at(-1)).toEqual({ share: 1, pages: 320 });
  });

  it('reads between two recorded points', () => {
    expect(curveUntil(round, 0.5).at(-1)).toEqual({ share: 0.5, pages: 160 });
    expect(curveUntil(round, 0.484375).at(-1)?.pages).toBeCloseTo(155);
  });

  it('reaches the end of a round that was over early', () => {
    // Foreseen 8 times as long: 32 points on that length, 3 of them before the end of the eighth that came.
    const lengthNs = (round.endNs ?? 0) - round.startNs;
    const early = {
      ...round,
      plannedNs: lengthNs * 8,
      dirtiedCurve: [10, 20, 30],
      pagesDirtied: 35,
    };
    const points = curveUntil(early, 1);
    expect(points.at(-1)).toEqual({ share: 1, pages: 35 });
    expect(points.at(-2)?.share).toBeCloseTo(3 / 4);
  });
});
