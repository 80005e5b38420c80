/** What a volume says of itself, and the files of saved memory on it. */
import type { RunState } from '../../state/runStore.ts';
import { nodeName, volumeOfVm } from '../../state/names.ts';
import { nodeStateOf, volumeOf } from '../../state/selectors.ts';
import { conditionOf, percentOf } from './vmCondition.ts';

/** Fewer of them leave room for what kind of storage it is. */
const FEW_VOLUMES = 2;

/** After the name of a volume: who owns it, and where it goes. */
export function volumeNote(state: RunState, volume: number, plain: boolean): string {
  const { kind, owner, change } = volumeOf(state, volume);
  const name = (node: number): string => nodeName(state.scenario, node);
  const count = state.scenario.volumes.length;
  if (kind === 'csv') {
    if (owner < 0) return 'no node coordinates it';
    if (change !== null || !nodeStateOf(state, owner).up)
      return 'its coordinator is down, I/O waits';
    if (plain) return 'all virtual hard disks stay here, every node can open them';
    return count === 1 ? 'LUN on the SAN, open to all nodes' : `coordinator ${name(owner)}`;
  }
  if (change?.why === 'take-over') return `${name(change.to)} takes it over`;
  if (change !== null) {
    const from = count > FEW_VOLUMES ? '' : ` from ${name(owner)}`;
    return `moves${from} to ${name(change.to)}`;
  }
  if (owner < 0) return 'nobody owns it';
  if (!nodeStateOf(state, owner).up) return `its owner ${name(owner)} is down`;
  return count > FEW_VOLUMES ? `owner ${name(owner)}` : `LUN on the SAN, owner ${name(owner)}`;
}

/** A volume is drawn dashed while no node can use it. */
export function isDashed(state: RunState, volume: number): boolean {
  const { owner, change } = volumeOf(state, volume);
  return owner < 0 || change !== null || !nodeStateOf(state, owner).up;
}

export interface SaveFile {
  readonly vm: number;
  /** "43%", "43% read", or ''. */
  readonly note: string;
  /** Of it written, 0 to 1; null while that is not known. */
  readonly share: number | null;
}

/** Files with the memory of VMs that are being saved, are saved, or are read back. */
export function saveFiles(state: RunState, volume: number): SaveFile[] {
  return state.scenario.vms.flatMap((_, vm): SaveFile[] => {
    if (volumeOfVm(state.scenario, vm) !== volume) return [];
    const percent = percentOf(state, vm);
    const share = percent === null ? null : percent / 100;
    switch (conditionOf(state, vm)) {
      case 'saving':
        return [{ vm, note: percent === null ? '' : `${percent}%`, share }];
      case 'saved':
        return [{ vm, note: '', share: 1 }];
      case 'restoring':
        return [{ vm, note: percent === null ? '' : `${percent}% read`, share: 1 }];
      default:
        return [];
    }
  });
}
