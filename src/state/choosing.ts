/** What a node says while one is being chosen: what a click on it would do, or why it cannot be chosen. */
import { at } from '../base/assert.ts';
import { memoryText } from '../base/numberText.ts';
import { listText, nodeName, vmName, volumeName, volumeOfVm } from './names.ts';
import type { RunState } from './runStore.ts';
import { isRunningNow, nodeOfVm, nodeStateOf, refusalOf, usedMiB, volumeOf } from './selectors.ts';
import type { NodeChoice } from './viewStore.ts';

/** "drop web-01 here", "crash Node 1", "give LUN 1 to Node 2". */
export function choiceText({ scenario }: RunState, choice: NodeChoice, node: number): string {
  const name = nodeName(scenario, node);
  switch (choice.what) {
    case 'crash':
      return `crash ${name}`;
    case 'volume':
      return `give ${volumeName(scenario, choice.volume)} to ${name}`;
    default:
      return `drop ${vmName(scenario, choice.vm)} here`;
  }
}

/** Why the node cannot be chosen now, or null. */
export function choiceRefusal(state: RunState, choice: NodeChoice, node: number): string | null {
  switch (choice.what) {
    case 'crash':
      return nodeStateOf(state, node).up
        ? null
        : `${nodeName(state.scenario, node)} is down already`;
    case 'volume':
      return volumeRefusal(state, choice.volume, node);
    default:
      return refusalOf(state, choice.vm, node, choice.what);
  }
}

/** Nothing is to be said on the node where the VM or the volume is already. */
export function isOffered(state: RunState, choice: NodeChoice, node: number): boolean {
  switch (choice.what) {
    case 'crash':
      return true;
    case 'volume':
      return volumeOf(state, choice.volume).owner !== node;
    default:
      return nodeOfVm(state, choice.vm) !== node;
  }
}

/** Why the node cannot own or coordinate the volume now, or null. Rule OP6. */
function volumeRefusal(state: RunState, volume: number, node: number): string | null {
  const { scenario } = state;
  const { kind, owner, paths } = volumeOf(state, volume);
  const disk = volumeName(scenario, volume);
  const name = nodeName(scenario, node);
  const { up, member, paused } = nodeStateOf(state, node);
  if (owner === node) return `${name} has ${disk} already`;
  if (!up || !member) return `${name} is down`;
  if (paths[node] === false) return `${name} has no path to ${disk}`;
  if (kind === 'csv') return null;
  return paused ? `${name} is paused for maintenance` : groupRefusal(state, volume, node);
}

/** All VMs of a cluster disk go with it: the node has to be allowed for each, and to have room for those that run. */
function groupRefusal(state: RunState, volume: number, node: number): string | null {
  const { vms, nodes } = state.scenario;
  const { id, name, memoryMiB } = at(nodes, node);
  const group = vms.map((_, vm) => vm).filter((vm) => volumeOfVm(state.scenario, vm) === volume);
  const stranger = group.find((vm) => vms[vm]?.possibleOwners?.includes(id) === false);
  if (stranger !== undefined) {
    return `${name} is not a possible owner of ${vmName(state.scenario, stranger)}`;
  }
  const needed = group
    .filter((vm) => isRunningNow(state, vm))
    .reduce((sum, vm) => sum + at(vms, vm).memoryMiB, 0);
  const free = memoryMiB - usedMiB(state, node);
  if (needed <= free) return null;
  const who = listText(group.map((vm) => at(vms, vm).name));
  return `${who} ${group.length === 1 ? 'needs' : 'need'} ${memoryText(needed)}, ${name} has ${memoryText(Math.max(0, free))} free`;
}

/**
 * The first node in number order that can be chosen.
 *
 * @param home Node of the selected VM: a crash is offered there first.
 */
export function firstChoice(state: RunState, choice: NodeChoice, home: number): number | null {
  const { nodes } = state.scenario;
  const start = startOf(state, choice, home);
  const inOrder = nodes.map((_, i) => (start + i) % nodes.length);
  return inOrder.find((node) => choiceRefusal(state, choice, node) === null) ?? null;
}

function startOf(state: RunState, choice: NodeChoice, home: number): number {
  if (choice.what === 'crash') return home;
  const own =
    choice.what === 'volume' ? volumeOf(state, choice.volume).owner : nodeOfVm(state, choice.vm);
  return own + 1;
}
