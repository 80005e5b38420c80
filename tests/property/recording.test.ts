/** Any moment, exactly: seeking, stepping and branching against fresh runs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/assert.ts';
import { msToNs, type Nanoseconds } from '../../src/base/units.ts';
import type { Operation } from '../../src/engine/command.ts';
import { KeyframeStore } from '../../src/engine/recording/keyframeStore.ts';
import { RecordedRun } from '../../src/engine/recording/recordedRun.ts';
import { RunAhead } from '../../src/engine/recording/runAhead.ts';
import { ShownMoment } from '../../src/engine/recording/shownMoment.ts';
import { nextStop, stepGrid, type StepUnit } from '../../src/engine/recording/stepGrid.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import { Simulation } from '../../src/engine/simulation.ts';
import { stateDigest } from '../../src/engine/stateDigest.ts';
import { busyClusterArbitrary, policies } from '../support/clusterArbitrary.ts';
import { cluster, migrate, writer } from '../support/clusterBuilder.ts';

const SEED = 20_090_722;
const random = fc.double({ min: 0, max: 1, noNaN: true });

/** Draws from a property of one run: the same numbers every time. */
function drawn<T>(arbitrary: fc.Arbitrary<T>, count: number): T[] {
  return fc.sample(arbitrary, { seed: SEED, numRuns: count });
}

/** 512 MiB and enough writing for about a dozen keyframes; three commands come in mid-run. */
function longRun(tracking: (typeof policies)[number]): Scenario {
  return cluster({
    vms: [
      {
        memoryMiB: 512,
        touchedMiB: 400,
        writers: [
          writer('uniform', 20_000, 150),
          {
            kind: 'hot',
            pagesPerSecond: 30_000,
            startMiB: 16,
            sizeMiB: 128,
            hotShare: 0.9,
            hotMiB: 16,
          },
        ],
      },
      { memoryMiB: 32, writers: [writer('sweep', 3000, 32)] },
    ],
    migrationMBps: 117,
    liveMigration: {
      setupMs: 300,
      resumeMs: 50,
      deviceStateMB: 1,
      stopBelowMs: 30,
      maxRounds: 12,
      tracking,
    },
    commands: [
      migrate(0),
      migrate(500, 'vm2'),
      { atMs: 5234.5, do: 'set-writers', vm: 'vm1', writers: [writer('uniform', 40_000, 100, 8)] },
      { atMs: 9500, do: 'set-live-migration', migrationMBps: 200, pageHeaderBytes: 40 },
      { atMs: 15_000.001, do: 'set-writers', vm: 'vm1', writers: [writer('uniform', 9000, 128)] },
    ],
    untilMs: 60_000,
  });
}

function completeRun(scenario: Scenario, budgetBytes?: number): RunAhead {
  const run = new RunAhead(scenario, new KeyframeStore(budgetBytes));
  while (!run.complete) run.advance(100_000);
  return run;
}

/** Digests of the moments, from one run with versions that goes from each to the next. */
function digestsAt(scenario: Scenario, moments: readonly Nanoseconds[]): Map<Nanoseconds, string> {
  const simulation = new Simulation(scenario, { keepsVersions: true });
  const digests = new Map<Nanoseconds, string>();
  for (const ns of moments.toSorted((a, b) => a - b)) {
    simulation.advanceTo(ns);
    digests.set(ns, stateDigest(simulation));
  }
  return digests;
}

function freshDigest(scenario: Scenario, ns: Nanoseconds): string {
  const simulation = new Simulation(scenario, { keepsVersions: true });
  simulation.advanceTo(ns);
  return stateDigest(simulation);
}

describe('seeking', () => {
  for (const tracking of policies) {
    it(`[SI2] [RE1] shows what a fresh run shows, after 1,000 random seeks (${tracking}, seed ${SEED})`, () => {
      const scenario = longRun(tracking);
      const run = completeRun(scenario, 2_000_000);
      expect(run.keyframes.count).toBeGreaterThanOrEqual(4);
      const moments = drawn(random, 1000).map((share) => Math.round(share * run.timeNs));
      const expected = digestsAt(scenario, moments);
      const shown = new ShownMoment(scenario, run.keyframes, run.record.verdicts);
      const wrong = moments.filter((ns) => {
        shown.seek(ns);
        return stateDigest(shown.simulation) !== expected.get(ns);
      });
      expect(wrong).toEqual([]);
      for (const ns of moments.slice(0, 5))
        expect(freshDigest(scenario, ns)).toBe(expected.get(ns));
    });
  }

  it(`[SI2] shows the same however often a moment is asked for (seed ${SEED})`, () => {
    fc.assert(
      fc.property(
        busyClusterArbitrary(),
        fc.array(random, { maxLength: 8 }),
        (scenario, shares) => {
          const run = completeRun(scenario);
          const shown = new ShownMoment(scenario, run.keyframes, run.record.verdicts);
          const edges = scenario.commands.map(({ atMs }) => msToNs(atMs));
          const moments = [...shares.map((share) => Math.round(share * run.timeNs)), ...edges];
          for (const ns of moments.filter((moment) => moment <= run.timeNs)) {
            shown.seek(ns);
            const digest = stateDigest(shown.simulation);
            shown.seek(ns);
            expect(stateDigest(shown.simulation)).toBe(digest);
            expect(digest).toBe(freshDigest(scenario, ns));
          }
        },
      ),
      { seed: SEED, numRuns: 40 },
    );
  });
});

describe('keyframes', () => {
  it('[RE2] stay within their budget, spread over the whole run', () => {
    const scenario = longRun('sync-per-round');
    const frameBytes = (512 * 256 * 5) / 8 + 1024;
    for (const budget of [3, 4, 6, 9].map((frames) => frames * frameBytes + 20_000)) {
      const run = new RunAhead(scenario, new KeyframeStore(budget));
      while (!run.complete) {
        run.advance(50_000);
        expect(run.keyframes.bytes).toBeLessThanOrEqual(budget);
      }
      expect(run.keyframes.count).toBeGreaterThanOrEqual(2);
      // The one before the middle is neither at the start nor far from it.
      expect(run.keyframes.before(run.timeNs / 2).timeNs).toBeGreaterThan(run.timeNs / 8);
    }
  });

  it('[RE2] are two at least, even when one alone is over the budget', () => {
    expect(completeRun(longRun('sync-per-round'), 1).keyframes.count).toBe(2);
  });

  it('[RE1] may be anywhere: a run in slices of any work gives the same record', () => {
    const scenario = longRun('clear-on-send');
    const records = [1000, 77_777, Infinity].map((work) => {
      const run = new RunAhead(scenario, new KeyframeStore());
      while (!run.complete) run.advance(work);
      return run.record;
    });
    expect(records[1]).toEqual(records[0]);
    expect(records[2]).toEqual(records[0]);
  });
});

describe('stepping', () => {
  const units: readonly StepUnit[] = ['batch', 'event', 'round'];

  it.each(units)(`[RE4] n forward and n back end where they began: %s (seed ${SEED})`, (unit) => {
    const run = new RecordedRun(longRun('skip-redirtied'));
    while (!run.complete) run.workAhead(100_000);
    const grid = stepGrid(run.record, unit, run.computedToNs);
    expect(grid.length).toBeGreaterThan(unit === 'batch' ? 200 : 10);
    const starts = unit === 'batch' ? drawn(fc.nat(grid.length - 1), 12) : [...grid.keys()];
    for (const start of starts) {
      const steps = Math.min(7, grid.length - 1 - start);
      run.seek(at(grid, start));
      const digests = [stateDigest(run.shown)];
      for (let n = 0; n < steps; n++) {
        run.seek(run.stepTarget(unit, 1) ?? NaN);
        digests.push(stateDigest(run.shown));
      }
      expect(run.shownNs).toBe(grid[start + steps]);
      for (let n = steps - 1; n >= 0; n--) {
        run.seek(run.stepTarget(unit, -1) ?? NaN);
        expect(stateDigest(run.shown)).toBe(digests[n]);
      }
      expect(run.shownNs).toBe(grid[start]);
    }
  });

  it.each(units)(
    '[RE4] goes from the start to the end and back over the same stops: %s',
    (unit) => {
      const { record, timeNs } = completeRun(longRun('sync-when-rest-small'));
      const grid = stepGrid(record, unit, timeNs);
      const forward = [0];
      for (let ns: number | null = 0; ns !== null; ns = nextStop(grid, ns, 1)) {
        if (ns > 0) forward.push(ns);
      }
      const back = [timeNs];
      for (let ns: number | null = timeNs; ns !== null; ns = nextStop(grid, ns, -1)) {
        if (ns < timeNs) back.push(ns);
      }
      expect(back.toReversed()).toEqual(forward);
      expect(forward).toEqual(grid);
      expect(new Set(grid).size).toBe(grid.length);
    },
  );

  it('[RE4] has the same settled stops before the run is complete', () => {
    const scenario = longRun('sync-per-round');
    const final = completeRun(scenario);
    const grid = stepGrid(final.record, 'batch', final.timeNs);
    const partial = new RunAhead(scenario, new KeyframeStore());
    while (!partial.complete) {
      partial.advance(60_000);
      expect(grid).toEqual(expect.arrayContaining(stepGrid(partial.record, 'batch', null)));
    }
  });
});

describe('a command at the shown moment', () => {
  const operation: fc.Arbitrary<Operation> = fc.oneof(
    fc.record({
      do: fc.constant('live-migrate' as const),
      vm: fc.constantFrom('vm1', 'vm2', 'vm3', 'vm4'),
      to: fc.constantFrom('node1', 'node2', 'node3'),
    }),
    fc.record({
      do: fc.constant('cancel-migration' as const),
      vm: fc.constantFrom('vm1', 'vm2', 'vm3', 'vm4'),
    }),
    fc.record({
      do: fc.constant('set-live-migration' as const),
      migrationMBps: fc.integer({ min: 20, max: 2000 }),
      tracking: fc.constantFrom(...policies),
    }),
    fc.record({
      do: fc.constant('set-writers' as const),
      vm: fc.constantFrom('vm1', 'vm2', 'vm3', 'vm4'),
      writers: fc.constant([writer('uniform', 5000, 16)]),
    }),
  );

  it(`[RE3] [SI4] continues as if it had always been in the recording (seed ${SEED})`, () => {
    fc.assert(
      fc.property(
        busyClusterArbitrary(6),
        fc.array(fc.tuple(random, operation, random), { minLength: 1, maxLength: 4 }),
        (scenario, branches) => {
          const run = new RecordedRun(scenario, 200_000);
          for (const [share, command, later] of branches) {
            while (!run.complete) run.workAhead(10_000);
            run.seek(Math.round(share * run.computedToNs));
            const commands = run.scenario.commands.length;
            run.operate(command);
            expect(run.scenario.commands.length).toBeLessThanOrEqual(commands + 1);
            expect(stateDigest(run.shown)).toBe(freshDigest(run.scenario, run.shownNs));
            while (!run.complete) run.workAhead(10_000);
            run.seek(Math.round(later * run.computedToNs));
            expect(stateDigest(run.shown)).toBe(freshDigest(run.scenario, run.shownNs));
          }
        },
      ),
      { seed: SEED, numRuns: 40 },
    );
  });
});
