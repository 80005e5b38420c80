/** What one recording gives here, in Node, for comparison with browsers. */
import { createReport } from '../../src/engine/index.ts';
import { RecordedRun } from '../../src/engine/recording/recordedRun.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import { stateDigest } from '../../src/engine/stateDigest.ts';

const SEED = 20261123;

export interface EngineDigests {
  /** Moments of the run, in no order: each is reached from before and from behind. */
  readonly times: readonly number[];
  /** Of the state at each of them. */
  readonly digests: readonly string[];
  readonly report: string;
}

export function engineDigests(scenario: Scenario, count: number): EngineDigests {
  const run = new RecordedRun(scenario);
  while (!run.complete) run.workAhead(1 << 20);
  const times = moments(count, run.computedToNs);
  const digests = times.map((ns) => {
    run.seek(ns);
    return stateDigest(run.shown);
  });
  return { times, digests, report: createReport(run.ahead, run.record).digest };
}

/** Shares of the run out of a small generator. */
function moments(count: number, endNs: number): number[] {
  let state = SEED;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * endNs);
  });
}
