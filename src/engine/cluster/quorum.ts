/**
 * Who may own anything: the votes of the members, and of a disk witness where one votes. Facts D4. Rule FO7.
 * Left out: file share witness, disk only.
 */
import type { Scenario } from '../scenario.ts';
import type { ClusterState } from './clusterState.ts';

export interface Quorum {
  readonly has: boolean;
  /** Votes that are there. */
  readonly votes: number;
  readonly needed: number;
  readonly total: number;
  /** Whether the disk witness votes; null where there is none. */
  readonly witness: boolean | null;
}

/** With an even number of nodes a disk witness makes a majority possible on either side. */
function hasWitness({ nodes, failover }: Scenario): boolean {
  if (failover.quorum === 'automatic') return nodes.length % 2 === 0;
  return failover.quorum === 'node-and-disk-majority';
}

/** Crashes count from the regroup on: until then the others do not know. */
export function quorumOf(scenario: Scenario, state: ClusterState): Quorum {
  const members = state.nodes.filter(({ member }) => member);
  const witness = hasWitness(scenario) ? members.some(({ witnessPath }) => witnessPath) : null;
  const total = state.nodes.length + (witness === null ? 0 : 1);
  const votes = members.length + (witness === true ? 1 : 0);
  const needed = Math.floor(total / 2) + 1;
  return { has: votes >= needed, votes, needed, total, witness };
}
