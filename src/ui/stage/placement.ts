/** What stands where on the stage: pure readings of the run for the cluster as it is drawn. */
import { at } from '../../base/assert.ts';
import type { PhaseRow } from '../../protocol/messages.ts';
import { activeMoment, isBlackout, type Moment } from '../../state/moment.ts';
import { nodeOfVm, timeNsOf } from '../../state/selectors.ts';
import type { RunState } from '../../state/runStore.ts';

export type VmCondition = 'running' | 'moving' | 'paused' | 'waiting';

export interface PlacedVm {
  readonly vm: number;
  readonly condition: VmCondition;
}

export interface NodeContents {
  readonly node: number;
  readonly vms: readonly PlacedVm[];
  /** VMs whose shell waits here while they run elsewhere. */
  readonly shells: readonly number[];
}

/** Every node with what it holds at the shown time. */
export function contentsOfNodes(state: RunState): NodeContents[] {
  const timeNs = timeNsOf(state);
  const contents = state.scenario.nodes.map((_, node) => ({
    node,
    vms: [] as PlacedVm[],
    shells: [] as number[],
  }));
  state.scenario.vms.forEach((_, vm) => {
    const moment = activeMoment(state.run, vm, timeNs);
    const node = Math.min(nodeOfVm(state, vm), contents.length - 1);
    at(contents, node).vms.push({ vm, condition: conditionOf(state, vm, moment) });
    const target =
      moment === null || !holdsShell(moment.phase?.name)
        ? undefined
        : contents[moment.migration.to];
    if (target !== undefined && target.node !== node) target.shells.push(vm);
  });
  return contents;
}

function conditionOf(state: RunState, vm: number, moment: Moment | null): VmCondition {
  if (state.summary?.vms[vm]?.running === false || isBlackout(moment?.phase?.name)) return 'paused';
  if (moment === null) return 'running';
  return moment.phase === null ? 'waiting' : 'moving';
}

/** Place among the moves that wait, in the order of their requests; 0 when the VM does not wait. */
export function placeInLine(state: RunState, vm: number): number {
  const timeNs = timeNsOf(state);
  const waiting = (state.run?.migrations ?? []).filter(
    ({ requestedNs, startedNs, endedNs }) =>
      requestedNs <= timeNs && (startedNs ?? endedNs ?? Infinity) > timeNs,
  );
  return waiting.findIndex((row) => row.vm === vm) + 1;
}

/** A move as the stage shows it. */
export interface StageMove {
  readonly vm: number;
  readonly from: number;
  readonly to: number;
  readonly phase: PhaseRow['name'];
}

/** The move that the stage shows opened: under way, and past its queue. */
export function stageMove(state: RunState, vm: number): StageMove | null {
  const moment = activeMoment(state.run, vm, timeNsOf(state));
  if (moment === null || moment.phase === null) return null;
  const { from, to } = moment.migration;
  return { vm, from, to, phase: moment.phase.name };
}

/** Memory is reserved on the target once its shell is made. */
export function holdsShell(phase: PhaseRow['name'] | undefined): boolean {
  return phase !== undefined && phase !== 'connecting' && phase !== 'clean-up';
}

export function freeMiB(state: RunState, node: number): number {
  const { memoryMiB } = at(state.scenario.nodes, node);
  const used = state.summary?.nodes[node]?.usedMiB;
  if (used !== undefined) return memoryMiB - used;
  const vms = state.scenario.vms.filter((_, vm) => nodeOfVm(state, vm) === node);
  return memoryMiB - vms.reduce((sum, vm) => sum + vm.memoryMiB, 0);
}

/** "direct I/O, coordinator", "owner of LUN 1": how a node uses the volumes. */
export function storageText(state: RunState, node: number): string {
  const { volumes, nodes } = state.scenario;
  const words = volumes.flatMap((volume, index) => {
    const owner =
      state.summary?.volumeOwners[index] ?? nodes.findIndex(({ id }) => id === volume.owner);
    if (volume.kind === 'csv')
      return owner === node ? ['direct I/O', 'coordinator'] : ['direct I/O'];
    return owner === node ? [`owner of ${volume.name}`] : [];
  });
  return [...new Set(words)].join(', ');
}
