/** How the I/O of a node reaches a volume. Facts C2, C3. Rules ST1, ST4, ST5. */
import { at } from '../../base/assert.ts';
import { isMember, type ClusterState } from '../cluster/clusterState.ts';

export type Access =
  /** Straight to the LUN. */
  | 'direct'
  /** Through the coordinator, over the cluster network. */
  | 'redirected'
  /** It waits until the coordinator's role is taken over. */
  | 'stalled'
  | 'none';

export function accessOf(state: ClusterState, node: number, volume: number): Access {
  const { kind, owner, change } = at(state.volumes, volume);
  if (owner < 0 || !at(state.nodes, node).up) return 'none';
  const hasPath = reaches(state, node, volume);
  if (kind === 'cluster-disk') return owner === node && hasPath ? 'direct' : 'none';
  if (change !== null) return 'stalled';
  if (hasPath) return 'direct';
  return isMember(state, owner) && reaches(state, owner, volume) ? 'redirected' : 'none';
}

/** Whether the node has a path of its own to the volume. */
export function reaches(state: ClusterState, node: number, volume: number): boolean {
  return at(at(state.nodes, node).storagePaths, volume);
}
