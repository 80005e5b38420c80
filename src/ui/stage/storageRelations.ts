/** How the nodes reach the volumes at the shown time: for the lines between them, and in words. */
import { isolated } from '../../base/isolated.ts';
import type { StorageRoute, VolumeMove } from '../../charts/storageLines.ts';
import type { VolumeRow } from '../../protocol/frameSummary.ts';
import { listText } from '../../base/listText.ts';
import { nodeName, volumeName, volumeOfVm } from '../../state/names.ts';
import type { RunState } from '../../state/runStore.ts';
import { nodeStateOf, volumeOf } from '../../state/selectors.ts';
import type { StageMove } from './placement.ts';

/** @param move The opened move, or null: its source keeps a dotted line to the disk that left it. */
export function storageRoutes(state: RunState, move: StageMove | null): StorageRoute[] {
  const { nodes, volumes } = state.scenario;
  return nodes.flatMap((_, node) =>
    volumes.flatMap((__, volume): StorageRoute[] => {
      const row = volumeOf(state, volume);
      const kind = nodeStateOf(state, node).up ? routeKind(state, row, node, volume, move) : null;
      if (kind === null) return [];
      return [{ node, volume, kind, through: kind === 'redirected' ? row.owner : node }];
    }),
  );
}

function routeKind(
  state: RunState,
  row: VolumeRow,
  node: number,
  volume: number,
  move: StageMove | null,
): StorageRoute['kind'] | null {
  const access = row.access[node] ?? 'none';
  if (access === 'redirected') return 'redirected';
  if (row.paths[node] === false) return 'cut';
  if (row.kind === 'csv') return access === 'direct' ? 'direct' : 'dotted';
  if (row.change !== null) {
    if (row.change.to === node) return 'direct';
    return row.owner === node ? 'dotted' : null;
  }
  if (row.owner === node) return 'direct';
  return leftBy(state, volume, move) === node ? 'dotted' : null;
}

/** The node that a cluster disk has just left, while its VMs are read back; or -1. */
function leftBy(state: RunState, volume: number, move: StageMove | null): number {
  if (move === null || move.phase !== 'restoring') return -1;
  return volumeOfVm(state.scenario, move.vm) === volume ? move.from : -1;
}

export function volumeMoves(state: RunState): VolumeMove[] {
  return state.scenario.volumes.flatMap((_, volume): VolumeMove[] => {
    const { change, owner } = volumeOf(state, volume);
    return change === null || change.to === owner ? [] : [{ volume, from: owner, to: change.to }];
  });
}

/** "direct I/O, coordinator", "owner of LUN 1 and LUN 2": how a node uses the volumes. */
export function storageText(state: RunState, node: number, move: StageMove | null): string {
  const { volumes } = state.scenario;
  if (!nodeStateOf(state, node).up) return '';
  const uses = volumes.map((_, volume) => useOf(state, node, volume, move));
  const named = (use: Use): string =>
    listText(volumes.flatMap(({ name }, volume) => (uses[volume] === use ? [isolated(name)] : [])));
  const words: string[] = [];
  // What is unusual first: there may not be room for all.
  if (uses.includes('takes')) words.push(`takes ${named('takes')} over`);
  if (uses.includes('mounts')) words.push(`mounts ${named('mounts')}`);
  if (uses.includes('left')) words.push(`${named('left')} dismounted`);
  if (uses.includes('stalled')) words.push('I/O waits');
  const through = volumes.findIndex((_, volume) => uses[volume] === 'redirected');
  if (through >= 0) {
    const coordinator = nodeName(state.scenario, volumeOf(state, through).owner);
    words.push(`redirected I/O through ${coordinator}`);
  }
  if (uses.includes('owner')) words.push(`owner of ${named('owner')}`);
  const role = uses.includes('coordinator');
  if (volumes.length > 1) {
    // Here the lines say what is direct.
    if (role) words.push(`coordinator of ${named('coordinator')}`);
  } else if (role || uses.includes('direct')) words.push('direct I/O');
  if (role && volumes.length === 1) words.push('coordinator');
  return words.join(', ');
}

/** How one node uses one volume. */
type Use =
  | 'owner'
  | 'coordinator'
  | 'direct'
  | 'redirected'
  | 'stalled'
  | 'mounts'
  | 'takes'
  | 'left'
  | 'none';

function useOf(state: RunState, node: number, volume: number, move: StageMove | null): Use {
  const row = volumeOf(state, volume);
  const { change, owner } = row;
  if (row.kind === 'csv') {
    const access = row.access[node] ?? 'none';
    return access === 'direct' && owner === node ? 'coordinator' : access;
  }
  if (change?.to === node) return change.why === 'move' ? 'mounts' : 'takes';
  if (owner === node) return change === null ? 'owner' : 'left';
  return leftBy(state, volume, move) === node ? 'left' : 'none';
}

/** "SAN path down", "no path to LUN 1", or null while all is whole. */
export function pathFault(state: RunState, node: number): string | null {
  const { volumes } = state.scenario;
  const cut = volumes.flatMap((_, volume) =>
    volumeOf(state, volume).paths[node] === false ? [volumeName(state.scenario, volume)] : [],
  );
  if (cut.length === 0) return null;
  return cut.length === volumes.length ? 'SAN path down' : `No path to ${cut.join(', ')}`;
}
