/** What holds whatever happens to a cluster: checked at many moments of random runs with a queue. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { msToNs } from '../../src/base/units.ts';
import { Simulation } from '../../src/engine/simulation.ts';
import { stateDigest } from '../../src/engine/stateDigest.ts';
import { arbitraryScenario } from '../support/arbitraryScenario.ts';
import { busyClusterArbitrary } from '../support/clusterArbitrary.ts';
import { runToEnd, startRun } from '../support/clusterRuns.ts';
import { BoundedRecord } from '../support/eventLaw.ts';
import { hastyScenario } from '../support/hastyScenario.ts';
import { checkInvariants } from '../support/invariants.ts';
import { wholeRecordingArbitrary } from '../support/wholeCluster.ts';

const SEED = 20_080_227;
const sliceStream = fc.infiniteStream(fc.integer({ min: 1, max: 100_000_000 }));
const batches = fc.integer({ min: 1, max: 20_000 });

describe('a busy cluster', () => {
  it(`[CL1] [CL2] [CL3] [CL4] keeps its laws at every moment (seed ${SEED})`, () => {
    let moments = 0;
    let completed = 0;
    fc.assert(
      fc.property(busyClusterArbitrary(), batches, sliceStream, (scenario, batch, slices) => {
        const { simulation, record } = startRun(scenario, { batch });
        checkInvariants(simulation);
        while (!simulation.isQuiet) {
          simulation.advanceTo(simulation.timeNs + slices.next().value);
          checkInvariants(simulation);
          moments++;
        }
        for (const migration of record.migrations) {
          expect(['completed', 'cancelled', 'failed']).toContain(migration.outcome);
          if (migration.outcome !== 'completed') continue;
          completed++;
          expect(migration.differingPages).toBe(0);
          const copied = migration.phases.filter(({ pagesToSend }) => pagesToSend > 0);
          expect(copied.reduce((sum, phase) => sum + phase.pagesSent, 0)).toBe(migration.pagesSent);
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
    expect(moments).toBeGreaterThan(10_000);
    expect(completed).toBeGreaterThan(200);
  });

  it(`[CL1] [CL2] [CL3] [CL4] keeps them for whatever a file can say (seed ${SEED})`, () => {
    fc.assert(
      fc.property(arbitraryScenario, sliceStream, (scenario, slices) => {
        const { simulation, record } = startRun(scenario);
        checkInvariants(simulation);
        const untilNs = msToNs(scenario.untilMs);
        while (!simulation.isQuiet && simulation.timeNs < untilNs) {
          simulation.advanceTo(Math.min(untilNs, simulation.timeNs + slices.next().value));
          checkInvariants(simulation);
        }
        for (const { differingPages } of record.migrations) expect(differingPages ?? 0).toBe(0);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  it.each([
    ['whatever a file can say', arbitraryScenario, 150],
    ['durations of 0 and 1 ms', hastyScenario, 400],
  ])(`[SI6] ends, with a bounded number of events: %s (seed ${SEED})`, (_, scenarios, numRuns) => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const record = new BoundedRecord(scenario);
        const simulation = new Simulation(scenario, { keepsVersions: true, log: record });
        // All that has begun by then comes to its end.
        const untilNs = msToNs(scenario.untilMs) + 120_000_000_000;
        simulation.advanceTo(untilNs);
        checkInvariants(simulation);
        expect(simulation.isQuiet || simulation.state.settings.maxRounds === null).toBe(true);
        for (const { differingPages } of record.migrations) expect(differingPages ?? 0).toBe(0);
      }),
      { seed: SEED, numRuns },
    );
  });

  it(`[LM5] [GM2] sends in a round the pages that were taken for it (seed ${SEED})`, () => {
    fc.assert(
      fc.property(busyClusterArbitrary(), (scenario) => {
        const { record } = runToEnd(scenario);
        for (const { phases, outcome } of record.migrations) {
          const passes = phases.filter(({ name }) => name === 'round' || name === 'stop-and-copy');
          passes.forEach((pass, index) => {
            expect(pass.pagesSent).toBeLessThanOrEqual(pass.pagesToSend);
            const next = passes[index + 1];
            expect(next?.pagesToSend ?? pass.pagesLeft).toBe(pass.pagesLeft);
            const all = pass.name === 'stop-and-copy' && outcome === 'completed';
            expect(all ? pass.pagesSent : pass.pagesToSend).toBe(pass.pagesToSend);
          });
        }
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  it(`[SI1] [SI2] has one digest for one moment: in one go, in slices, in batches (seed ${SEED})`, () => {
    fc.assert(
      fc.property(
        busyClusterArbitrary(),
        batches,
        sliceStream,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 }),
        (scenario, batch, slices, shares) => {
          const endNs = runToEnd(scenario).simulation.timeNs;
          const sliced = startRun(scenario, { batch }).simulation;
          for (const share of shares.toSorted((a, b) => a - b)) {
            const ns = Math.round(share * endNs);
            while (sliced.timeNs < ns) {
              sliced.advanceTo(Math.min(ns, sliced.timeNs + slices.next().value));
            }
            const whole = new Simulation(scenario, { keepsVersions: true });
            whole.advanceTo(ns);
            expect(stateDigest(sliced)).toBe(stateDigest(whole));
          }
        },
      ),
      { seed: SEED, numRuns: 100 },
    );
  });

  it(`[SI2] [RE3] is the same from any keyframe, with everything that can be commanded (seed ${SEED})`, () => {
    let ended = 0;
    fc.assert(
      fc.property(wholeRecordingArbitrary, sliceStream, (scenario, slices) => {
        const whole = startRun(scenario);
        const verdicts = new Map<number, number>();
        whole.simulation.advanceTo(msToNs(scenario.untilMs));
        for (const { id, differingPages } of whole.record.migrations) {
          if (differingPages !== null) verdicts.set(id, differingPages);
          ended++;
        }
        const counted = startRun(scenario).simulation;
        const restored = new Simulation(scenario, { keepsVersions: false, verdicts });
        for (let step = 0; step < 60; step++) {
          const keyframe = counted.keyframe();
          const ns = Math.min(msToNs(scenario.untilMs), counted.timeNs + 3 * slices.next().value);
          counted.advanceTo(ns);
          restored.restore(keyframe);
          restored.advanceTo(ns);
          expect(stateDigest(restored)).toBe(stateDigest(counted));
        }
        counted.advanceTo(msToNs(scenario.untilMs));
        expect(stateDigest(counted)).toBe(stateDigest(whole.simulation));
      }),
      { seed: SEED, numRuns: 100 },
    );
    expect(ended).toBeGreaterThan(100);
  });

  it(`[GM6] goes through the same states without versions, and from any keyframe (seed ${SEED})`, () => {
    fc.assert(
      fc.property(busyClusterArbitrary(), sliceStream, (scenario, slices) => {
        const { record } = runToEnd(scenario);
        const { verdicts } = record;
        const counted = startRun(scenario).simulation;
        const shown = new Simulation(scenario, { keepsVersions: false, verdicts });
        const restored = new Simulation(scenario, { keepsVersions: false, verdicts });
        while (!counted.isQuiet) {
          const keyframe = counted.keyframe();
          const ns = counted.timeNs + slices.next().value;
          counted.advanceTo(ns);
          shown.advanceTo(ns);
          restored.restore(keyframe);
          restored.advanceTo(ns);
          expect(stateDigest(shown)).toBe(stateDigest(counted));
          expect(stateDigest(restored)).toBe(stateDigest(counted));
        }
      }),
      { seed: SEED, numRuns: 150 },
    );
  });
});
