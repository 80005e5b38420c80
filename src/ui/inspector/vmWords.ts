/** What the inspector says of the selected VM: where it is, and why something cannot be done with it now. */
import { at } from '../../base/assert.ts';
import { memoryText, transferRateText, rounded, secondsText } from '../../base/numberText.ts';
import { activeMoment, isBlackout, isQuickPhase, type Moment } from '../../state/moment.ts';
import { listText } from '../../base/listText.ts';
import { nodeName, vmName, volumeName, volumeOfVm } from '../../state/names.ts';
import type { RunState } from '../../state/runStore.ts';
import {
  nodeOfVm,
  nodeStateOf,
  refusalOf,
  statusOf,
  timeNsOf,
  volumeOf,
  type MoveMethod,
} from '../../state/selectors.ts';
import { momentText } from '../../state/words.ts';

const MIB_PER_GIB = 1024;

/** "Running on Node 1", "Saved on LUN 1", "Booting on Node 2 until 80.0 s". */
export function whereText(state: RunState, vm: number): string {
  const { scenario } = state;
  const moment = momentNow(state, vm);
  if (moment !== null) return movingText(state, moment);
  const node = nodeName(scenario, nodeOfVm(state, vm));
  const row = state.summary?.vms[vm];
  const endNs = row?.statusEndNs ?? null;
  const until = endNs === null ? '' : ` until ${momentText(endNs)}`;
  switch (statusOf(state, vm)) {
    case 'running':
      return `Running on ${node}${diskText(state, vm)}`;
    case 'configuring':
      return `Starting on ${node}${until}`;
    case 'booting':
      return `Booting on ${node}${until}`;
    case 'restoring':
      return `Being read back on ${node}`;
    case 'paused':
    case 'waiting-for-disk':
      return `Paused on ${node}, waits for its disk`;
    case 'saved':
      return `Saved on ${diskName(state, vm)}, not running`;
    case 'off':
      return offText(state, vm);
  }
}

function offText(state: RunState, vm: number): string {
  const home = nodeOfVm(state, vm);
  const down = nodeStateOf(state, home).up ? null : `${nodeName(state.scenario, home)} is down`;
  const why = state.summary?.vms[vm]?.blocked ?? down;
  return why === null ? 'Not running' : `Not running: ${why}`;
}

function movingText({ scenario }: RunState, { migration, phase }: Moment): string {
  const { method, from, to } = migration;
  if (from === to) return `Being read back on ${nodeName(scenario, to)}`;
  const path = `${nodeName(scenario, from)} to ${nodeName(scenario, to)}`;
  if (phase === null) return `Waiting to move from ${path}`;
  return method === 'live' ? `Moving from ${path}` : `Quick migration from ${path}`;
}

function diskText(state: RunState, vm: number): string {
  const disk = state.summary?.vms[vm]?.disk ?? 'direct';
  if (disk === 'stalled') return ', its disk does not answer';
  if (disk === 'direct') return '';
  const { owner } = volumeOf(state, volumeOfVm(state.scenario, vm));
  return `, its disk through ${nodeName(state.scenario, owner)}`;
}

function diskName({ scenario }: RunState, vm: number): string {
  return volumeName(scenario, volumeOfVm(scenario, vm));
}

/** Why no node can be chosen for it now, or null. */
export function whyNotMovable(state: RunState, vm: number, method: MoveMethod): string | null {
  const name = vmName(state.scenario, vm);
  const { nodes } = state.scenario;
  if (momentNow(state, vm) !== null) return `${name} is already being moved.`;
  if (nodes.length === 1) return 'There is only one node.';
  const home = nodeOfVm(state, vm);
  const others = nodes.map((_, node) => node).filter((node) => node !== home);
  const refusals = others.map((node) => refusalOf(state, vm, node, method));
  if (refusals.includes(null)) return null;
  const reasons = [...new Set(refusals)];
  const more = reasons.length > 2 ? ', and so on' : '';
  return `No node can take ${name}: ${reasons.slice(0, 2).join('; ')}${more}.`;
}

/** Why its migration cannot be cancelled now, or null. Rule LM12. */
export function whyNotCancellable(state: RunState, vm: number): string | null {
  const moment = momentNow(state, vm);
  if (moment === null) return `${vmName(state.scenario, vm)} is not being moved.`;
  const phase = moment.phase?.name;
  if (isQuickPhase(phase)) return 'A quick migration cannot be cancelled.';
  return isBlackout(phase) || phase === 'clean-up' ? 'Too late: the switchover has begun.' : null;
}

function momentNow(state: RunState, vm: number): Moment | null {
  return activeMoment(state.run, vm, timeNsOf(state));
}

/** "Quick migration: 8 s per GB, so 32.0 s for web-01." With all that lies on the same cluster disk; nothing while it is not possible. Facts B2. */
export function quickSpeedText(state: RunState, vm: number): string {
  if (whyNotMovable(state, vm, 'quick') !== null) return '';
  const { quickMigration, network, vms } = state.scenario;
  const { secondsPerGiB } = quickMigration;
  if (secondsPerGiB === null) {
    return `Quick migration: as fast as the storage path, ${transferRateText(network.storageMBps)}.`;
  }
  const together = movedTogether(state, vm);
  const memoryMiB = together.reduce((sum, index) => sum + at(vms, index).memoryMiB, 0);
  const seconds = secondsText((secondsPerGiB * memoryMiB) / MIB_PER_GIB);
  const names = listText(together.map((index) => vmName(state.scenario, index)));
  return `Quick migration: ${rounded(secondsPerGiB, 2)}\u00a0s per GB, so ${seconds} for the ${memoryText(memoryMiB)} of ${names}.`;
}

/** All VMs of a cluster disk move at once; on a CSV each moves alone. */
function movedTogether(state: RunState, vm: number): number[] {
  const { scenario } = state;
  const volume = volumeOfVm(scenario, vm);
  if (volume < 0 || volumeOf(state, volume).kind === 'csv') return [vm];
  return scenario.vms
    .map((_, index) => index)
    .filter((index) => volumeOfVm(scenario, index) === volume);
}
