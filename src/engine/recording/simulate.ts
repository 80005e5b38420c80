/** A whole run in one go, for the command line and for tests. */
import { createReport, type Report } from '../report.ts';
import type { Scenario } from '../scenario.ts';
import { KeyframeStore } from './keyframeStore.ts';
import { RunAhead } from './runAhead.ts';

/** The report at the end of the run: when all is quiet, or when the scenario's time is up. */
export function simulate(scenario: Scenario): Report {
  // Nobody looks back, so one keyframe at the start is enough.
  const run = new RunAhead(scenario, new KeyframeStore(0));
  while (!run.complete) run.advance(Infinity);
  return createReport(run.simulation, run.record);
}
