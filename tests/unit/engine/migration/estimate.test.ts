/** The closed form of pre-copy, the table of facts G2, and the engine. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../../src/base/assert.ts';
import { estimate, type EstimateInput } from '../../../../src/engine/migration/estimate.ts';
import { cluster, writer } from '../../../support/clusterBuilder.ts';
import { migrationOfRun, roundsOf, runToEnd } from '../../../support/clusterRuns.ts';

const NS = 1e9;
const GIB = 2 ** 30;
const PAGE = 4096;

/** Facts G2: rounds in seconds, left in MB, blackout and total in seconds, sent as a multiple of the memory. */
const table = [
  [4, 117, 20, [36.71, 6.28, 1.07], 21.5, 0.183, 44.2, 1.21],
  [4, 117, 60, [36.71, 18.83, 9.65, 4.95, 2.54, 1.3, 0.67, 0.34], 20.5, 0.176, 75.2, 2.05],
  [
    4,
    117,
    110,
    [36.71, 34.51, 32.45, 30.51, 28.68, 26.97, 25.35, 23.84, 22.41, 21.07],
    2317.5,
    19.81,
    302.3,
    8.23,
  ],
  [16, 117, 20, [146.84, 25.1, 4.29, 0.73], 14.7, 0.125, 177.1, 1.21],
  [16, 1100, 100, [15.62, 1.42], 142.0, 0.129, 17.2, 1.1],
] as const;

function inputOf(gib: number, mbps: number, dirtyMBps: number): EstimateInput {
  return {
    pages: (gib * GIB) / PAGE,
    workingSetPages: (gib * GIB) / PAGE,
    dirtyPagesPerSecond: (dirtyMBps * 1e6) / PAGE,
    sentPagesPerSecond: (mbps * 1e6) / PAGE,
    stopBelowSeconds: 0.3,
    maxRounds: 10,
    setupSeconds: 0,
    handOverSeconds: 0,
  };
}

function engineRun(gib: number, mbps: number, dirtyMBps: number) {
  const memoryMiB = gib * 1024;
  return runToEnd(
    cluster({
      nodes: [65_536, 65_536],
      vms: [{ memoryMiB, writers: [writer('sweep', (dirtyMBps * 1e6) / PAGE, memoryMiB)] }],
      migrationMBps: mbps,
      liveMigration: { stopBelowMs: 300 },
    }),
    { keepsVersions: false, verdicts: new Map([[0, 0]]) },
  );
}

describe('the worked cases of facts G2', () => {
  for (const [gib, mbps, dirtyMBps, rounds, leftMB, blackout, total, sent] of table) {
    const name = `${gib} GiB at ${mbps} MB/s, ${dirtyMBps} MB/s written`;

    it(`[LM3] [LM4] are what the closed form gives: ${name}`, () => {
      const result = estimate(inputOf(gib, mbps, dirtyMBps));
      expect(result.rounds.map(({ seconds }) => Number(seconds.toFixed(2)))).toEqual(rounds);
      expect(Number(((result.pagesLeft * PAGE) / 1e6).toFixed(1))).toBe(leftMB);
      expect(Math.abs(result.blackoutSeconds - blackout)).toBeLessThan(
        blackout > 1 ? 0.0051 : 0.00051,
      );
      expect(Number(result.totalSeconds.toFixed(1))).toBe(total);
      expect(Number(((result.pagesSent * PAGE) / (gib * GIB)).toFixed(2))).toBe(sent);
      expect(result.stopReason).toBe(rounds.length === 10 ? 'round-limit' : 'small-enough');
    });

    it(`[LM5] are met by the engine within one page per round: ${name}`, () => {
      const run = engineRun(gib, mbps, dirtyMBps);
      const migration = migrationOfRun(run);
      const expected = estimate(inputOf(gib, mbps, dirtyMBps));
      expect(roundsOf(run)).toHaveLength(rounds.length);
      roundsOf(run).forEach((round, index) => {
        const { pages } = at(expected.rounds, index);
        expect(Math.abs(round.pagesSent - pages)).toBeLessThanOrEqual(1);
        const next = expected.rounds[index + 1]?.pages ?? expected.pagesLeft;
        expect(Math.abs(round.pagesLeft - next)).toBeLessThanOrEqual(1);
        const seconds = ((round.endNs ?? NaN) - round.startNs) / NS;
        expect(Math.abs(seconds - at(rounds, index))).toBeLessThan(0.0051);
      });
      expect(migration.stopReason).toBe(expected.stopReason);
      const [paused, resumed] = [migration.pausedNs ?? NaN, migration.resumedNs ?? NaN];
      expect(Math.abs((resumed - paused) / NS - blackout)).toBeLessThan(
        blackout > 1 ? 0.0051 : 0.00051,
      );
      expect(Math.abs(resumed / NS - total)).toBeLessThan(0.051);
      expect(Math.abs((migration.pagesSent * PAGE) / (gib * GIB) - sent)).toBeLessThan(0.0051);
    });
  }
});

describe('the closed form', () => {
  it('[LM5] is met by the engine for sweeps of any speed over any working set', () => {
    const parameters = fc.record({
      memoryMiB: fc.integer({ min: 16, max: 256 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      ratio: fc.double({ min: 0, max: 1.6, noNaN: true }),
      mbps: fc.double({ min: 20, max: 2000, noNaN: true }),
      stopBelowMs: fc.double({ min: 0.5, max: 200, noNaN: true }),
      maxRounds: fc.integer({ min: 1, max: 15 }),
      setupMs: fc.integer({ min: 0, max: 500 }),
      resumeMs: fc.integer({ min: 0, max: 500 }),
      deviceStateMB: fc.double({ min: 0, max: 2, noNaN: true }),
    });
    let compared = 0;
    fc.assert(
      fc.property(parameters, (p) => {
        const sentPagesPerSecond = (p.mbps * 1e6) / PAGE;
        const sizeMiB = Math.max(1, Math.round(p.share * p.memoryMiB));
        const pagesPerSecond = p.ratio * sentPagesPerSecond;
        const expected = estimate({
          pages: p.memoryMiB * 256,
          workingSetPages: sizeMiB * 256,
          dirtyPagesPerSecond: pagesPerSecond,
          sentPagesPerSecond,
          stopBelowSeconds: p.stopBelowMs / 1000,
          maxRounds: p.maxRounds,
          setupSeconds: p.setupMs / 1000,
          handOverSeconds: p.resumeMs / 1000 + p.deviceStateMB / p.mbps,
        });
        // At the very edge of stopping, one page decides.
        const threshold = (p.stopBelowMs / 1000) * sentPagesPerSecond;
        const lefts = [...expected.rounds.slice(1).map(({ pages }) => pages), expected.pagesLeft];
        fc.pre(lefts.every((left) => Math.abs(left - threshold) > 3));
        compared++;
        const run = runToEnd(
          cluster({
            vms: [{ memoryMiB: p.memoryMiB, writers: [writer('sweep', pagesPerSecond, sizeMiB)] }],
            migrationMBps: p.mbps,
            liveMigration: {
              stopBelowMs: p.stopBelowMs,
              maxRounds: p.maxRounds,
              setupMs: p.setupMs,
              resumeMs: p.resumeMs,
              deviceStateMB: p.deviceStateMB,
            },
          }),
        );
        const migration = migrationOfRun(run);
        expect(migration.stopReason).toBe(expected.stopReason);
        expect(roundsOf(run)).toHaveLength(expected.rounds.length);
        // Each round writes one page more or less; faster than the network, that adds up.
        let slack = 1;
        roundsOf(run).forEach((round, index) => {
          expect(Math.abs(round.pagesSent - at(expected.rounds, index).pages)).toBeLessThanOrEqual(
            slack,
          );
          slack = 1 + slack * Math.max(1, p.ratio);
        });
        const seconds = ((migration.resumedNs ?? NaN) - (migration.startedNs ?? NaN)) / NS;
        const slackSeconds = ((p.maxRounds + 1) * slack + 1) / sentPagesPerSecond;
        expect(Math.abs(seconds - expected.totalSeconds)).toBeLessThan(slackSeconds);
        const blackout = ((migration.resumedNs ?? NaN) - (migration.pausedNs ?? NaN)) / NS;
        expect(Math.abs(blackout - expected.blackoutSeconds)).toBeLessThan(slackSeconds);
      }),
      { seed: 20_091_022, numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it('[LM3] of an idle VM is one round', () => {
    const result = estimate(inputOf(4, 117, 0));
    expect(result).toMatchObject({ pagesLeft: 0, blackoutSeconds: 0, pagesSent: 2 ** 20 });
    expect(result.rounds).toHaveLength(1);
  });
});
