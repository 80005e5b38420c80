/** What stands where on the stage: pure readings of the run for the cluster as it is drawn. */
import { at } from '../../base/assert.ts';
import type { PhaseRow } from '../../protocol/runInfo.ts';
import { activeMoment } from '../../state/moment.ts';
import type { RunState } from '../../state/runStore.ts';
import { volumeOfVm } from '../../state/names.ts';
import { nodeOfVm, timeNsOf, usedMiB, volumeOf, type MoveMethod } from '../../state/selectors.ts';
import { conditionOf, type VmCondition } from './vmCondition.ts';

export interface PlacedVm {
  readonly vm: number;
  readonly condition: VmCondition;
}

/** The place of a VM that is elsewhere now. */
export interface GhostVm {
  readonly vm: number;
  /** It will come here, or has left. */
  readonly note: 'reserved' | 'moved';
}

export interface NodeContents {
  readonly node: number;
  readonly vms: readonly PlacedVm[];
  readonly ghosts: readonly GhostVm[];
}

/** Every node with what it holds at the shown time. */
export function contentsOfNodes(state: RunState): NodeContents[] {
  const contents = state.scenario.nodes.map((_, node) => ({
    node,
    vms: [] as PlacedVm[],
    ghosts: [] as GhostVm[],
  }));
  state.scenario.vms.forEach((_, vm) => {
    const node = Math.min(nodeOfVm(state, vm), contents.length - 1);
    at(contents, node).vms.push({ vm, condition: conditionOf(state, vm) });
    const other = ghostPlace(state, vm, node);
    if (other !== null) contents[other.node]?.ghosts.push({ vm, note: other.note });
  });
  return contents;
}

function ghostPlace(
  state: RunState,
  vm: number,
  node: number,
): { node: number; note: GhostVm['note'] } | null {
  const move = stageMove(state, vm);
  if (move === null) return null;
  const { method, from, to, phase } = move;
  if (node !== to) {
    const isReserved = method === 'quick' || holdsShell(phase);
    return isReserved ? { node: to, note: 'reserved' } : null;
  }
  return method === 'quick' ? { node: from, note: 'moved' } : null;
}

/** A move as the stage shows it. */
export interface StageMove {
  readonly vm: number;
  readonly from: number;
  readonly to: number;
  readonly method: MoveMethod;
  readonly phase: PhaseRow['name'];
}

/** The move that the stage shows opened: under way, past its queue, and between two nodes. */
export function stageMove(state: RunState, vm: number): StageMove | null {
  const moment = activeMoment(state.run, vm, timeNsOf(state));
  if (moment === null || moment.phase === null) return null;
  const { from, to, method } = moment.migration;
  return from === to ? null : { vm, from, to, method, phase: moment.phase.name };
}

/** Of a live migration: memory is reserved on the target once its shell is made. */
export function holdsShell(phase: PhaseRow['name'] | undefined): boolean {
  return phase !== undefined && phase !== 'connecting' && phase !== 'clean-up';
}

export function freeMiB(state: RunState, node: number): number {
  return at(state.scenario.nodes, node).memoryMiB - usedMiB(state, node);
}

/** How a VM moves when it is dragged: live, unless it shares a cluster disk, which only quick migration can move. */
export function methodOfDrag(state: RunState, vm: number): MoveMethod {
  const { vms } = state.scenario;
  const volume = volumeOfVm(state.scenario, vm);
  if (volume < 0 || volumeOf(state, volume).kind === 'csv') return 'live';
  const id = at(vms, vm).volume;
  return vms.filter((other) => other.volume === id).length > 1 ? 'quick' : 'live';
}
