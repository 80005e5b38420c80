import { expect, test } from 'vitest';
import { Simulation } from '../../../src/engine/simulation.ts';
import { NO_ANSWER, STRIP_TICKS } from '../../../src/protocol/frameColumns.ts';
import { drawStrips } from '../../../src/worker/clientStrips.ts';
import { MOVE, calmScenario } from './hostHarness.ts';

const pingsAt = (toNs: number): Uint16Array => {
  const scenario = calmScenario({
    commands: [{ ...MOVE, atMs: 0 }],
    // A blackout of 1 s and a little.
    liveMigration: { ...calmScenario().liveMigration, resumeMs: 1000 },
  });
  const simulation = new Simulation(scenario, { keepsVersions: true });
  simulation.advanceTo(toNs);
  const pings = new Uint16Array(4 * STRIP_TICKS);
  drawStrips(simulation, 0, pings);
  return pings;
};

test('[CN2] before a blackout every request is answered in 0.6 to 1.0 ms, back to before the run', () => {
  const strip = pingsAt(0).subarray(0, STRIP_TICKS);
  expect(Math.min(...strip)).toBeGreaterThanOrEqual(600);
  expect(Math.max(...strip)).toBeLessThanOrEqual(1000);
  expect(new Set(strip).size).toBeGreaterThan(50);
});

test('[CN1] three clients every 300 ms meet a blackout of 1 s with about ten requests', () => {
  const lost = pingsAt(10e9).filter((ping) => ping === NO_ANSWER).length;
  expect(lost).toBeGreaterThanOrEqual(10);
  expect(lost).toBeLessThanOrEqual(11);
});

test('groups that do not exist have empty strips', () => {
  expect(pingsAt(0).subarray(STRIP_TICKS)).toEqual(new Uint16Array(3 * STRIP_TICKS));
});
