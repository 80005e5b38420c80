/** Which cells a pass is about; against the plain version of the rules in `tests/property/migration.test.ts`. */
import { describe, expect, it } from 'vitest';
import { RecordedRun } from '../../../../src/engine/recording/recordedRun.ts';
import type { Scenario } from '../../../../src/engine/scenario.ts';
import { cluster, migrate, quickMigrate } from '../../../support/clusterBuilder.ts';
import { passSendsOf } from '../../../support/passSends.ts';

function countsOf(scenario: Scenario): number[][] {
  const run = new RecordedRun(scenario);
  while (!run.complete) run.workAhead(1e6);
  return passSendsOf(run.record);
}

describe('the cells of a pass', () => {
  it('[GM8] are whole words where a cell is larger than one', () => {
    // 2 GB: 64 pages a cell.
    const scenario = cluster({
      vms: [{ memoryMiB: 2048, touchedMiB: 1024 }],
      migrationMBps: 400,
      commands: [migrate(0)],
    });
    const [first] = countsOf(scenario);
    expect(first).toHaveLength(8192);
    expect(first).toEqual(Array.from({ length: 8192 }, (_, cell) => (cell < 4096 ? 64 : 0)));
  });

  it('[GM8] are all, when memory is saved and when it is read back', () => {
    const scenario = cluster({
      commands: [quickMigrate()],
    });
    const counts = countsOf(scenario);
    expect(counts.map((cells) => new Set(cells))).toEqual([new Set([1]), new Set([1])]);
  });
});
