/** Real runs of the engine for tests of the storage screen, worked out once each. */
import type { Scenario } from '../../src/engine/scenario.ts';
import type { Outline } from '../../src/protocol/messages.ts';
import {
  laneScenario,
  restScenario,
  type LaneId,
  type LaneRun,
  type MoveMethod,
} from '../../src/state/storageLanes.ts';
import { outlineOf } from '../../src/worker/outline.ts';

const known = new Map<string, Outline>();

function outlineNow(scenario: Scenario): Outline {
  const key = JSON.stringify(scenario);
  const outline = known.get(key) ?? outlineOf(scenario);
  known.set(key, outline);
  return outline;
}

/** As the session answers, without a worker. */
export function answerOutline(scenario: Scenario): Promise<Outline> {
  return Promise.resolve(outlineNow(scenario));
}

export function laneRun(lane: LaneId, method: MoveMethod = 'quick'): LaneRun {
  const [rest] = outlineNow(restScenario(lane)).moments;
  if (rest === undefined) throw new Error(`the lane ${lane} has no moment`);
  return { rest, outline: outlineNow(laneScenario(lane, method)) };
}
