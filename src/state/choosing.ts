/** What a node says while one is being chosen: what a click on it would do, or why it cannot be chosen. */
import { nodeName, vmName, volumeName } from './names.ts';
import type { RunState } from './runStore.ts';
import { nodeOfVm, nodeStateOf, refusalOf, volumeOf } from './selectors.ts';
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
      return volumeOf(state, choice.volume).moveRefusals[node] ?? null;
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

/** The first node on which something is to be said, or null. */
export function firstOffered(state: RunState, choice: NodeChoice): number | null {
  const first = state.scenario.nodes.findIndex((_, node) => isOffered(state, choice, node));
  return first === -1 ? null : first;
}

function startOf(state: RunState, choice: NodeChoice, home: number): number {
  if (choice.what === 'crash') return home;
  const own =
    choice.what === 'volume' ? volumeOf(state, choice.volume).owner : nodeOfVm(state, choice.vm);
  return own + 1;
}
