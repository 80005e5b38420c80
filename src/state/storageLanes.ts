/**
 * The lanes of the storage screen: the same move on the same cluster, on three kinds of storage. Each is a run of the
 * engine, and everything a lane shows is read from it. Source: facts C1 to C3.
 */
import { at, invariant } from '../base/assert.ts';
import type { Nanoseconds } from '../base/units.ts';
import type { Command } from '../engine/command.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { OutlineMoment } from '../protocol/outline.ts';
import { presets } from '../scenario/presets.ts';
import { homeNode } from './names.ts';
import { changesOf, type Outlined } from './outlined.ts';

export const laneIds = ['own', 'both', 'csv'] as const;
export type LaneId = (typeof laneIds)[number];
export type MoveMethod = 'quick' | 'live';

/** The cluster as it stands before the move, and the whole run from the move on. */
export interface LaneRun extends Outlined {
  readonly rest: OutlineMoment;
}

/** Of the VM that is asked for, in every lane. */
export const ASKED_VM = 0;

const presetOf: Readonly<Record<LaneId, string>> = {
  own: 'own-luns',
  both: 'one-lun',
  csv: 'shared-volume',
};

/** What is broken before the move: a CSV goes on with a path less, which no other storage does. */
const beforehand: Readonly<Record<LaneId, readonly Command[]>> = {
  own: [],
  both: [],
  csv: [{ do: 'cut-storage-path', node: 'node3', atMs: 0 }],
};

/** The cluster of a lane, with nothing asked for yet. */
export function restScenario(lane: LaneId): Scenario {
  const preset = presets.find(({ id }) => id === presetOf[lane]);
  invariant(preset !== undefined, `no preset for the lane ${lane}`);
  return { ...preset.scenario, commands: beforehand[lane] };
}

/** The same, and the VM is sent to the second node at time 0. */
export function laneScenario(lane: LaneId, method: MoveMethod): Scenario {
  const scenario = restScenario(lane);
  const [vm, to] = [at(scenario.vms, ASKED_VM).id, at(scenario.nodes, 1).id];
  const move: Command = { do: `${method}-migrate`, vm, to, atMs: 0 };
  return { ...scenario, commands: [...scenario.commands, move] };
}

/** A moment to look at a lane: before the move, or so many nanoseconds after it. */
export type ShownNs = Nanoseconds | null;

export function momentAt({ rest, outline }: LaneRun, shownNs: ShownNs): OutlineMoment {
  if (shownNs === null) return rest;
  return outline.moments.findLast(({ fromNs }) => fromNs <= shownNs) ?? rest;
}

/** VMs that begin on the node that the asked one leaves: the ones that could be taken along. */
export function neighbours({ outline }: LaneRun): number[] {
  const { scenario } = outline.run;
  const home = homeNode(scenario, ASKED_VM);
  return scenario.vms.flatMap((_, vm) => (homeNode(scenario, vm) === home ? [vm] : []));
}

/** From here on the cluster stays as it is; clients may still ask again, which no lane shows. */
export function laneEndNs(lane: LaneRun): Nanoseconds {
  return changesOf(lane).at(-1) ?? 0;
}
