/** What stands after the name of an opened VM: in the two nodes of a move, and at rest. */
import { at } from '../../base/assert.ts';
import { memoryText } from '../../base/numberText.ts';
import { listText } from '../../base/listText.ts';
import { nodeName, vmName, volumeName, volumeOfVm } from '../../state/names.ts';
import type { RunState } from '../../state/runStore.ts';
import { nodeOfVm } from '../../state/selectors.ts';
import { holdsShell, type StageMove } from './placement.ts';
import {
  blockedText,
  conditionOf,
  conditionText,
  diskMark,
  percentOf,
  type VmCondition,
} from './vmCondition.ts';

/** One side of an opened move. */
export interface OpenSide {
  readonly condition: VmCondition | 'shell';
  readonly note: string;
}

export function sourceSide(state: RunState, move: StageMove): OpenSide {
  if (move.method === 'quick') return savingSide(state, move);
  if (nodeOfVm(state, move.vm) === move.to) {
    return { condition: 'shell', note: 'old copy, being deleted' };
  }
  if (conditionOf(state, move.vm) === 'paused') {
    return { condition: 'paused', note: 'blackout, paused' };
  }
  return { condition: 'running', note: `${memoryOf(state, move)}, running here` };
}

export function targetSide(state: RunState, move: StageMove): OpenSide {
  const memory = memoryOf(state, move);
  if (move.method === 'quick') {
    return move.phase === 'restoring'
      ? { condition: 'restoring', note: `reading back${shareOf(state, move)}, not running yet` }
      : { condition: 'shell', note: `${memory} reserved, empty` };
  }
  if (nodeOfVm(state, move.vm) === move.to) {
    return { condition: 'running', note: `${memory}, running here` };
  }
  const note = holdsShell(move.phase) ? `${memory} reserved, not running yet` : 'not there yet';
  return { condition: 'shell', note };
}

function savingSide(state: RunState, move: StageMove): OpenSide {
  const { scenario } = state;
  const disk = volumeName(scenario, volumeOfVm(scenario, move.vm));
  switch (move.phase) {
    case 'saving':
      return { condition: 'saving', note: `paused, saving${shareOf(state, move)}` };
    case 'saved':
      return { condition: 'saved', note: `saved, waits for ${othersBeingSaved(state, move.vm)}` };
    case 'disk-move':
      return { condition: 'saved', note: `saved, ${disk} moves to ${nodeName(scenario, move.to)}` };
    default:
      return { condition: 'shell', note: `moved, its memory is on ${disk}` };
  }
}

/** VMs on the same volume whose memory is still on its way to it. */
function othersBeingSaved({ summary, scenario }: RunState, vm: number): string {
  const volume = volumeOfVm(scenario, vm);
  const names = scenario.vms.flatMap(({ name }, other) =>
    other !== vm &&
    volumeOfVm(scenario, other) === volume &&
    summary?.vms[other]?.phase === 'saving'
      ? [name]
      : [],
  );
  return names.length === 0 ? 'the others' : listText(names);
}

function shareOf(state: RunState, { vm }: StageMove): string {
  const percent = percentOf(state, vm);
  return percent === null ? '' : ` ${percent}%`;
}

function memoryOf({ scenario }: RunState, { vm }: StageMove): string {
  return memoryText(at(scenario.vms, vm).memoryMiB);
}

/** At rest: "4 GB, running here", "memory lost", "booting, 38 s". */
export function restNote(state: RunState, vm: number): string {
  const condition = conditionOf(state, vm);
  const memory = memoryText(at(state.scenario.vms, vm).memoryMiB);
  if (condition === 'waiting') return `${memory}, waits for its turn`;
  if (condition !== 'running' || blockedText(state, vm) !== null) {
    return conditionText(state, vm, condition);
  }
  const mark = diskMark(state, vm);
  if (mark === 'stalled') return `${memory}, its disk waits`;
  return mark === null ? `${memory}, running here` : `${memory}, I/O redirected`;
}

/** Below the map of a VM that has no memory now, or null. */
export function noMemoryText(state: RunState, vm: number): string | null {
  const { scenario } = state;
  const name = vmName(scenario, vm);
  switch (conditionOf(state, vm)) {
    case 'crashed':
      return 'Lost: it was never on disk';
    case 'configuring':
    case 'booting':
      return `Empty: ${name} starts from its disk`;
    case 'saved':
      return `All of it is in a file on ${volumeName(scenario, volumeOfVm(scenario, vm))}`;
    default:
      return null;
  }
}
