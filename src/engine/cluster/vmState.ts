/** One VM at one moment: where its group is, what it does, and what its clients have met so far. Rules CL1, FO3 to FO6. */
import { at, invariant } from '../../base/assert.ts';
import type { Nanoseconds } from '../../base/units.ts';
import type { WriterSpec } from '../settings.ts';

/** The guest wrote with these writers from `setAtNs` of its own clock to the next entry's. */
export interface WriterPeriod {
  readonly setAtNs: Nanoseconds;
  readonly writers: readonly WriterSpec[];
  /** How often the writers had been set by then; absent where never. It is part of the key of what they draw. Rule OP3. */
  readonly number?: number;
}

/** `toNs` is null while it lasts. */
export interface Interval {
  readonly fromNs: Nanoseconds;
  readonly toNs: Nanoseconds | null;
}

/** No client gets an answer from `fromNs` on. */
export interface Outage extends Interval {
  /** When the guest was lost: it starts anew, and knows no connection from before. null: it goes on where it stood. */
  readonly lostNs: Nanoseconds | null;
}

export type VmStatus =
  | { readonly name: 'running' }
  /** Its memory is on its node, the guest stands still. */
  | { readonly name: 'paused' }
  /** Paused, and goes on as soon as its node owns its disk again. */
  | { readonly name: 'waiting-for-disk' }
  /** Its memory is in a file on its volume. */
  | { readonly name: 'saved' }
  /** Its memory is read back from the file. */
  | { readonly name: 'restoring' }
  /** It has no memory. */
  | { readonly name: 'off' }
  /** Its configuration comes online; then it boots, or is read back: `from` is the node it was on when it was saved. */
  | { readonly name: 'configuring'; readonly endNs: Nanoseconds; readonly from: number | null }
  | { readonly name: 'booting'; readonly endNs: Nanoseconds };

export type VmStatusName = VmStatus['name'];

export interface VmState {
  /** Index of the node that owns its group: it runs, is paused or starts there and nowhere else. */
  node: number;
  status: VmStatus;
  /** Simulated time minus the guest's clock, up to the last resume or start. */
  pausedNs: Nanoseconds;
  writerPeriods: readonly WriterPeriod[];
  outages: readonly Outage[];
  /** It runs, but its disk does not answer. */
  stalls: readonly Interval[];
  /** It runs, and its disk is reached through the coordinator. */
  redirected: readonly Interval[];
  /** Pages that held something and were never on disk when it crashed; summed over all crashes. */
  lostPages: number;
  /** Why it cannot be started now, or null. */
  blocked: string | null;
}

export function isRunning(vm: VmState): boolean {
  return vm.status.name === 'running';
}

/** Whether the VM takes memory of its node. */
export function holdsMemory({ status }: VmState): boolean {
  return status.name !== 'saved' && status.name !== 'off';
}

/** The guest stands still from now on. */
export function pauseVm(vm: VmState, nowNs: Nanoseconds): void {
  invariant(isRunning(vm), `a VM that is ${vm.status.name} cannot be paused`);
  vm.status = { name: 'paused' };
  vm.outages = [...vm.outages, { fromNs: nowNs, toNs: null, lostNs: null }];
}

/** The guest goes on where it stood. @returns How long it stood. */
export function resumeVm(vm: VmState, nowNs: Nanoseconds): Nanoseconds {
  const stoodNs = endOutage(vm, nowNs);
  vm.pausedNs += stoodNs;
  vm.status = { name: 'running' };
  return stoodNs;
}

/** The guest's memory is gone; its clock will begin at 0 again. */
export function loseVm(vm: VmState, nowNs: Nanoseconds): void {
  const open = vm.outages.at(-1);
  if (open === undefined || open.toNs !== null) {
    vm.outages = [...vm.outages, { fromNs: nowNs, toNs: null, lostNs: nowNs }];
  } else {
    vm.outages = [...vm.outages.slice(0, -1), { ...open, lostNs: open.lostNs ?? nowNs }];
  }
  vm.status = { name: 'off' };
}

/** The guest has booted: its clock shows 0, its writers begin anew. */
export function startVm(vm: VmState, nowNs: Nanoseconds): Nanoseconds {
  const outNs = endOutage(vm, nowNs);
  vm.writerPeriods = [{ ...at(vm.writerPeriods, vm.writerPeriods.length - 1), setAtNs: 0 }];
  vm.pausedNs = nowNs;
  vm.status = { name: 'running' };
  return outNs;
}

function endOutage(vm: VmState, nowNs: Nanoseconds): Nanoseconds {
  const outage = at(vm.outages, vm.outages.length - 1);
  invariant(outage.toNs === null, 'the outage is over already');
  vm.outages = [...vm.outages.slice(0, -1), { ...outage, toNs: nowNs }];
  return nowNs - outage.fromNs;
}

/** `intervals` with its last one opened or closed at `nowNs`, so that it says whether `now` holds. */
export function noteInterval(
  intervals: readonly Interval[],
  now: boolean,
  nowNs: Nanoseconds,
): readonly Interval[] {
  const last = intervals.at(-1);
  const open = last !== undefined && last.toNs === null;
  if (open === now) return intervals;
  if (!open) return [...intervals, { fromNs: nowNs, toNs: null }];
  const rest = intervals.slice(0, -1);
  return last.fromNs === nowNs ? rest : [...rest, { ...last, toNs: nowNs }];
}
