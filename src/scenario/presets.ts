/** Scenarios to start from. None has commands: the page offers the first act, or moves the first VM to the second node. */
import { invariant } from '../base/assert.ts';
import type { Scenario } from '../engine/scenario.ts';
import { parseScenarioValue } from './parse.ts';
import { bigCalm } from './presets/bigCalm.ts';
import { calm } from './presets/calm.ts';
import { drain } from './presets/drain.ts';
import { failover } from './presets/failover.ts';
import { hotCache } from './presets/hotCache.ts';
import { oneLun, ownLuns, sharedVolume } from './presets/luns.ts';
import { quorum } from './presets/quorum.ts';
import { roundLimit } from './presets/roundLimit.ts';
import { small } from './presets/small.ts';
import type { FirstThing, PresetFile } from './presets/threeNodes.ts';
import { tinyHotSet } from './presets/tinyHotSet.ts';
import { untouched } from './presets/untouched.ts';

export interface Preset {
  readonly id: string;
  readonly title: string;
  /** What to look for, in one sentence. */
  readonly goal: string;
  /** null where the first thing to do is to move the first VM. */
  readonly first: FirstThing | null;
  readonly scenario: Scenario;
}

/** The first is the one the page opens with. */
export const presets: readonly Preset[] = [
  calm,
  roundLimit,
  hotCache,
  tinyHotSet,
  bigCalm,
  untouched,
  small,
  oneLun,
  ownLuns,
  sharedVolume,
  failover,
  drain,
  quorum,
].map(read);

function read({ id, goal, first, file }: PresetFile): Preset {
  const result = parseScenarioValue(file);
  invariant(result.ok, `preset ${id} is no scenario`);
  return { id, title: file.title, goal, first: first ?? null, scenario: result.scenario };
}
