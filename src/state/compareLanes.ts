/**
 * The lanes of the Compare screen: the cluster of the Lab without what was commanded there, and one command at 0 in
 * each. They differ in that command, or in one value of the set-up; everything else is the same.
 */
import { at } from '../base/assert.ts';
import type { Command } from '../engine/command.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { Outline } from '../protocol/outline.ts';
import {
  differences,
  type CompareValue,
  type Compared,
  type Differs,
  type ValuePair,
} from './compareDifferences.ts';
import { homeNode, volumeOfVm } from './names.ts';

export type LaneMethod = 'quick' | 'live' | 'crash';
export type LaneKey = LaneMethod | 'first' | 'second';

export interface CompareLane {
  readonly key: LaneKey;
  readonly method: LaneMethod;
  /** From the other lanes. */
  readonly differs: Differs;
  /** Of what differs; null where that is the method. */
  readonly value: CompareValue | null;
  readonly scenario: Scenario;
}

/** A lane with its whole run. */
export interface CompareRun {
  readonly lane: CompareLane;
  readonly vm: number;
  readonly outline: Outline;
}

const methods: readonly LaneMethod[] = ['quick', 'live', 'crash'];

/** @param values  Of what differs; not looked at where that is the method. */
export function compareLanes(
  compared: Compared,
  differs: Differs,
  values: ValuePair,
): CompareLane[] {
  if (differs === 'method') {
    return methods.map((method) => ({
      key: method,
      method,
      differs,
      value: null,
      scenario: withCommand(compared, method),
    }));
  }
  const { apply } = differences[differs];
  return values.map((value, place) => ({
    key: place === 0 ? 'first' : 'second',
    method: 'live',
    differs,
    value,
    scenario: withCommand({ ...compared, scenario: apply(compared, value) }, 'live'),
  }));
}

function withCommand(compared: Compared, method: LaneMethod): Scenario {
  return { ...compared.scenario, commands: [commandOf(compared, method)] };
}

function commandOf(compared: Compared, method: LaneMethod): Command {
  const { id, node } = at(compared.scenario.vms, compared.vm);
  if (method === 'crash') return { do: 'crash-node', node, atMs: 0 };
  const to = at(compared.scenario.nodes, targetNode(compared)).id;
  return { do: `${method}-migrate`, vm: id, to, atMs: 0 };
}

/**
 * The first node, in number order after the VM's own, that has room for what goes there and may own the VM. Where there
 * is none the next node is asked, and says why not.
 */
export function targetNode({ scenario, vm }: Compared): number {
  const { nodes, vms } = scenario;
  const home = homeNode(scenario, vm);
  const others = nodes.slice(1).map((_, step) => (home + 1 + step) % nodes.length);
  const { possibleOwners } = at(vms, vm);
  const neededMiB = memoryOf(scenario, goTogether(scenario, vm));
  const fits = others.find((node) => {
    const { id, memoryMiB } = at(nodes, node);
    const there = vms.flatMap((_, other) => (homeNode(scenario, other) === node ? [other] : []));
    return (
      (possibleOwners === null || possibleOwners.includes(id)) &&
      memoryMiB - memoryOf(scenario, there) >= neededMiB
    );
  });
  return fits ?? others[0] ?? home;
}

/** VMs on one cluster disk can only go together. */
function goTogether(scenario: Scenario, vm: number): number[] {
  const volume = volumeOfVm(scenario, vm);
  if (scenario.volumes[volume]?.kind !== 'cluster-disk') return [vm];
  return scenario.vms.flatMap((_, other) =>
    volumeOfVm(scenario, other) === volume ? [other] : [],
  );
}

function memoryOf(scenario: Scenario, vms: readonly number[]): number {
  return vms.reduce((sum, vm) => sum + at(scenario.vms, vm).memoryMiB, 0);
}
