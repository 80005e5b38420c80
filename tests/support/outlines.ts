/** Real runs of the engine for tests of the screens beside the Lab, worked out once each. */
import type { Scenario } from '../../src/engine/scenario.ts';
import type { Outline } from '../../src/protocol/outline.ts';
import type { Compared, Differs, ValuePair } from '../../src/state/compareDifferences.ts';
import { compareLanes, type CompareRun } from '../../src/state/compareLanes.ts';
import {
  laneScenario,
  restScenario,
  type LaneId,
  type LaneRun,
  type MoveMethod,
} from '../../src/state/storageLanes.ts';
import { outlineOf } from '../../src/worker/outline.ts';

const known = new Map<string, Outline>();

function outlineNow(scenario: Scenario, watchedVm: number | null = null): Outline {
  const key = JSON.stringify([watchedVm, scenario]);
  const outline = known.get(key) ?? outlineOf(scenario, watchedVm);
  known.set(key, outline);
  return outline;
}

/** As the session answers, without a worker. */
export function answerOutline(scenario: Scenario, watchedVm?: number): Promise<Outline> {
  return Promise.resolve(outlineNow(scenario, watchedVm));
}

/** The lanes of the Compare screen. */
export function compareRuns(
  compared: Compared,
  differs: Differs = 'method',
  values: ValuePair = ['', ''],
): CompareRun[] {
  return compareLanes(compared, differs, values).map((lane) => ({
    lane,
    vm: compared.vm,
    outline: outlineNow(lane.scenario, compared.vm),
  }));
}

export function laneRun(lane: LaneId, method: MoveMethod = 'quick'): LaneRun {
  const [rest] = outlineNow(restScenario(lane)).moments;
  if (rest === undefined) throw new Error(`the lane ${lane} has no moment`);
  return { rest, outline: outlineNow(laneScenario(lane, method)) };
}
