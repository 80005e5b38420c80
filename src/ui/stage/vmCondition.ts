/** What a VM goes through at the shown time, as its card says it: a condition, and the words after its name. */
import { vmName } from '../../state/names.ts';
import { at } from '../../base/assert.ts';
import { memoryText } from '../../base/numberText.ts';
import { NS_PER_S } from '../../base/units.ts';
import { activeMoment, isBlackout, placeInLine } from '../../state/moment.ts';
import { statusOf, timeNsOf } from '../../state/selectors.ts';
import { ordinal, reasonOnce } from '../../state/words.ts';
import type { RunState } from '../../state/runStore.ts';

export type VmCondition =
  | 'running'
  /** Runs while its memory is copied. */
  | 'moving'
  /** Runs, and its move waits for its turn. */
  | 'waiting'
  | 'paused'
  | 'saving'
  | 'saved'
  | 'restoring'
  | 'waiting-for-disk'
  /** Its memory is lost, and it has not been started again. */
  | 'crashed'
  | 'configuring'
  | 'booting';

export function conditionOf(state: RunState, vm: number): VmCondition {
  const moment = activeMoment(state.run, vm, timeNsOf(state));
  const phase = moment?.phase?.name;
  switch (statusOf(state, vm)) {
    case 'running':
      if (isBlackout(phase)) return 'paused';
      if (moment === null) return 'running';
      return moment.phase === null ? 'waiting' : 'moving';
    case 'paused':
      return phase === 'saving' ? 'saving' : 'paused';
    case 'waiting-for-disk':
      return 'waiting-for-disk';
    case 'saved':
      return 'saved';
    case 'restoring':
      return 'restoring';
    case 'off':
      return 'crashed';
    case 'configuring':
      return 'configuring';
    case 'booting':
      return 'booting';
  }
}

const runs: ReadonlySet<VmCondition> = new Set(['running', 'moving', 'waiting']);

export function isHatched(condition: VmCondition): boolean {
  return !runs.has(condition);
}

/** What stands after the name on a card: why it cannot be started, else what it goes through. */
export function conditionText(state: RunState, vm: number, condition: VmCondition): string {
  const blocked = blockedText(state, vm);
  if (blocked === null) return wordsOf(state, vm, condition);
  const own = `${vmName(state.scenario, vm)} `;
  const once = reasonOnce(blocked);
  // The name stands before it already.
  const reason = once.startsWith(own) ? once.slice(own.length) : once;
  // It runs, on a node that it is to leave.
  return condition === 'running' ? `stays: ${reason}` : reason;
}

export function blockedText({ summary }: RunState, vm: number): string | null {
  return summary?.vms[vm]?.blocked ?? null;
}

function wordsOf(state: RunState, vm: number, condition: VmCondition): string {
  switch (condition) {
    case 'running':
      return memoryText(at(state.scenario.vms, vm).memoryMiB) + diskText(state, vm);
    case 'moving':
      return `moving${diskText(state, vm)}`;
    case 'waiting':
      return `${ordinal(placeInLine(state.run, vm, timeNsOf(state)))} in line`;
    case 'paused':
      return 'blackout';
    case 'saving':
      return `saving${shareText(state, vm)}`;
    case 'saved':
      return 'saved to disk';
    case 'restoring':
      return `reading back${shareText(state, vm)}`;
    case 'waiting-for-disk':
      return 'waits for its disk';
    case 'crashed':
      return 'memory lost';
    case 'configuring':
      return 'starting';
    case 'booting':
      return `booting${secondsLeft(state, vm)}`;
  }
}

/** How a VM that runs reaches its disk, when not directly. */
export type DiskMark = 'stalled' | 'redirected' | null;

export function diskMark(state: RunState, vm: number): DiskMark {
  const disk = state.summary?.vms[vm]?.disk ?? 'direct';
  return disk === 'direct' ? null : disk;
}

function diskText(state: RunState, vm: number): string {
  const mark = diskMark(state, vm);
  if (mark === null) return '';
  return mark === 'stalled' ? ', disk waits' : ', redirected';
}

/** ", 43%" of the pages of the VM whose memory is on the maps; of others it is not known. */
function shareText(state: RunState, vm: number): string {
  const percent = percentOf(state, vm);
  return percent === null ? '' : `, ${percent}%`;
}

/** Whole percents of the pages that are through, of the VM whose memory is on the maps; else null. */
export function percentOf({ summary }: RunState, vm: number): number | null {
  const shown = summary?.migration;
  if (shown?.vm !== vm || summary === null || summary.pageCount === 0) return null;
  return Math.floor((100 * shown.sentPages) / summary.pageCount);
}

function secondsLeft(state: RunState, vm: number): string {
  const endNs = state.summary?.vms[vm]?.statusEndNs ?? null;
  return endNs === null ? '' : `, ${Math.ceil((endNs - timeNsOf(state)) / NS_PER_S)}\u00a0s`;
}

/** Why a VM cannot be picked up now, or null. */
export function unmovable(name: string, condition: VmCondition): string | null {
  switch (condition) {
    case 'running':
      return null;
    case 'crashed':
    case 'configuring':
    case 'booting':
      return `${name} does not run`;
    case 'waiting-for-disk':
      return `${name} waits for its disk`;
    default:
      return `${name} is already being moved`;
  }
}
