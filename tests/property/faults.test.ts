/** The comparison at switchover can fail: planted faults are seen, each as exactly one page. */
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/assert.ts';
import { createReport } from '../../src/engine/report.ts';
import { policies } from '../support/clusterArbitrary.ts';
import { cluster, migrate, writer } from '../support/clusterBuilder.ts';
import { faults, runWithFault } from '../support/clusterFaults.ts';
import { migrationOfRun, runToEnd, startRun } from '../support/clusterRuns.ts';
import { checkInvariants } from '../support/invariants.ts';

function scenario(seed: number) {
  return cluster({
    seed,
    vms: [
      {
        memoryMiB: 16,
        touchedMiB: 12,
        writers: [writer('uniform', 2000 + 100 * seed, 12), writer('sweep', 700, 3, 1)],
      },
    ],
    migrationMBps: 60,
    liveMigration: {
      tracking: at(policies, seed % policies.length),
      maxRounds: 1 + (seed % 6),
      stopBelowMs: 3,
      setupMs: 20,
      resumeMs: 10,
      deviceStateMB: 0.1,
    },
    commands: [migrate(5)],
  });
}

describe('a planted fault', () => {
  it.each(faults)('[GM4] "%s" makes exactly one page differ', (fault) => {
    const run = runWithFault(scenario(3), fault, 7);
    expect(run).not.toBeNull();
    const report = createReport(run!.simulation, run!.record);
    expect(migrationOfRun(run!).differingPages).toBe(1);
    expect(at(report.migrations, 0)).toMatchObject({
      outcome: 'completed',
      memoryIdentical: false,
    });
    const compared = report.events.find(({ kind }) => kind === 'memory-compared');
    expect(compared?.text).toBe('All 4,096 pages compared: 1 differs between source and target');
  });

  it('[GM4] is seen in 100 of 100 random runs (seeds 0 to 99)', () => {
    let seen = 0;
    let planted = 0;
    for (let seed = 0; planted < 100; seed++) {
      const run = runWithFault(scenario(seed % 100), at(faults, seed % faults.length), seed);
      if (run === null) continue;
      planted++;
      if (migrationOfRun(run).differingPages === 1) seen++;
    }
    expect(seen).toBe(100);
  });

  it('[GM4] is not there in the same 100 runs left alone', () => {
    for (let seed = 0; seed < 100; seed++) {
      expect(migrationOfRun(runToEnd(scenario(seed))).differingPages).toBe(0);
    }
  });

  it('[GM4] hides only when exactly 65,536 writes to one page are lost', () => {
    for (const [lost, differing] of [
      [65_535, 1],
      [65_536, 0],
      [65_537, 1],
    ] as const) {
      const whole = migrationOfRun(runToEnd(scenario(1)));
      const { simulation, record } = startRun(scenario(1));
      simulation.advanceTo((whole.resumedNs ?? 0) - 1);
      const { versions } = simulation.memoryOf(at(simulation.state.migrations, 0));
      for (let write = 0; write < lost; write++) versions!.source[77]!++;
      while (!simulation.isQuiet) simulation.advanceTo(simulation.timeNs + 1e9);
      expect(record.migrations[0]?.differingPages).toBe(differing);
    }
  });

  it('[GM4] is seen at once by the checks of the tests', () => {
    const { simulation } = startRun(scenario(4));
    simulation.advanceTo(100_000_000);
    const memory = simulation.memoryOf(at(simulation.state.migrations, 0));
    checkInvariants(simulation);
    const word = memory.dirtyBitmap.findIndex((bits) => bits !== 0);
    memory.dirtyBitmap[word]! &= memory.dirtyBitmap[word]! - 1;
    expect(() => checkInvariants(simulation)).toThrow(/dirty pages/);
  });
});
