/** A run as far as it is worked out, as the page knows it. */
import type { Nanoseconds } from '../base/units.ts';
import type { RunRecord } from '../engine/recording/runRecord.ts';
import { createReport } from '../engine/report.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { Simulation } from '../engine/simulation.ts';
import type { RunInfo } from '../protocol/runInfo.ts';

export interface WorkedOutRun {
  readonly scenario: Scenario;
  readonly record: RunRecord;
  /** At `computedToNs`. */
  readonly ahead: Simulation;
  readonly computedToNs: Nanoseconds;
  readonly complete: boolean;
}

export function runInfoOf(run: WorkedOutRun): RunInfo {
  const { scenario, record, ahead, computedToNs, complete } = run;
  const report = complete ? createReport(ahead, record) : null;
  return {
    scenario,
    computedToNs,
    complete,
    endNs: computedToNs,
    migrations: record.migrations,
    events: record.events,
    reportDigest: report?.digest ?? null,
    clientResults: report === null ? null : [...report.clients],
  };
}
