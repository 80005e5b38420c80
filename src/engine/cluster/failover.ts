/**
 * A node stops: what is gone at once, when the others notice, and how they regroup. Source: facts D2, D5.
 * Rules FO1, FO2, FO7. What the cluster then does about it is in `recover.ts`.
 */
import { isolated } from '../../base/isolated.ts';
import { at } from '../../base/assert.ts';
import { listText } from '../../base/listText.ts';
import { secondsText } from '../../base/numberText.ts';
import { NS_PER_S, msToNs, type Nanoseconds } from '../../base/units.ts';
import { failMigration } from '../migration/brokenMigration.ts';
import type { Migration } from '../migration/migration.ts';
import { goOnAtTarget, isAcross } from '../migration/switchover.ts';
import type { World } from '../world.ts';
import { isMember, noticeNs } from './clusterState.ts';
import type { NodeState } from './nodeState.ts';
import { quorumOf } from './quorum.ts';
import { releaseDisk } from '../storage/owners.ts';
import { crashVm } from './vmLife.ts';
import { holdsMemory } from './vmState.ts';

/** Power is gone: memory and connections with it. Rule FO1. */
export function crashNode(world: World, node: number): void {
  const { state, scenario } = world;
  const own = at(state.nodes, node);
  const name = world.nodeName(node);
  own.up = false;
  own.downSinceNs = state.timeNs;
  own.leaving = null;
  world.emit('node-crashed', -1, `${name} stops without warning`);
  for (const migration of [...state.migrations]) {
    if (migration.from === node && isAcross(migration)) goOnAtTarget(world, migration);
  }
  own.failure = {
    sinceNs: state.timeNs,
    stage: 'unnoticed',
    endNs: state.timeNs + noticeNs(scenario),
    silent: state.vms.flatMap((vm, index) => (vm.node === node && holdsMemory(vm) ? [index] : [])),
  };
  for (const migration of [...state.migrations]) {
    if (breaksWith(migration, node)) failMigration(world, migration, { crashed: name });
  }
  state.vms.forEach((vm, index) => {
    if (vm.node === node) crashVm(world, index, `${name} is down`);
  });
}

/** Whether a migration cannot go on without `node`. */
function breaksWith(migration: Migration, node: number): boolean {
  const { phase, from, to } = migration;
  // What is saved, or all across, needs its old node no more.
  const isFree = phase.name === 'disk-move' || phase.name === 'restoring' || isAcross(migration);
  return to === node || (from === node && !isFree);
}

export function failureEndNs({ failure }: NodeState): Nanoseconds {
  return failure?.endNs ?? Infinity;
}

/** The stage of a crash that is due ends: first the others notice, then they have regrouped. Rule FO2. */
export function endFailureStage(world: World, node: number): void {
  const { state, scenario } = world;
  const own = at(state.nodes, node);
  const { failure } = own;
  if (failure === null) return;
  if (failure.stage === 'regrouping') return regroup(world);
  const { missedHeartbeats: missed } = scenario.failover;
  const others = state.nodes.filter(({ up }) => up).length;
  const who = others === 1 ? 'the other node takes' : 'the others take';
  own.failure = {
    ...failure,
    stage: 'regrouping',
    endNs: state.timeNs + msToNs(scenario.failover.regroupMs),
  };
  world.emit(
    'node-down-noticed',
    -1,
    `${world.nodeName(node)} missed ${missed} ${missed === 1 ? 'heartbeat' : 'heartbeats'}: after ${secondsText((state.timeNs - failure.sinceNs) / NS_PER_S)} ${others === 0 ? 'no node is left to see it' : `${who} it for down and regroup${others === 1 ? 's' : ''}`}`,
  );
}

/** Who answers is a member. Rules FO2, FO7. */
function regroup(world: World): void {
  for (const node of world.state.nodes) {
    node.member = node.up;
    node.failure = null;
  }
  tellWhoIsLeft(world);
}

function tellWhoIsLeft(world: World): void {
  const { state, scenario } = world;
  const { votes, total, needed } = quorumOf(scenario, state);
  const members = scenario.nodes
    .filter((_, node) => at(state.nodes, node).member)
    .map(({ name }) => isolated(name));
  const who =
    members.length === 0
      ? 'No node of the cluster is left'
      : `The cluster is ${listText(members)} now`;
  world.emit('cluster-regrouped', -1, `${who}: ${votes} of ${total} votes, ${needed} are needed`);
}

/**
 * Power is back. Its memory is empty; what ran on it has been started elsewhere, or waits. Disks that nobody has taken
 * over yet are free for whoever can own them. Rule FO8.
 */
export function repairNode(world: World, node: number): void {
  const { scenario, state } = world;
  const own = at(state.nodes, node);
  own.up = true;
  own.downSinceNs = null;
  world.emit('node-repaired', -1, `${world.nodeName(node)} is up again and joins the cluster`);
  // Who joins a cluster takes over what that knows: another crash that is not noticed yet takes its time. Where there is
  // none, it counts who answers.
  const joins =
    state.quorum && scenario.nodes.some((_, other) => other !== node && isMember(state, other));
  own.member = true;
  own.failure = null;
  if (joins) tellWhoIsLeft(world);
  else regroup(world);
  state.volumes.forEach((volume, index) => {
    if (volume.kind !== 'cluster-disk' || volume.owner !== node || volume.change !== null) return;
    releaseDisk(world, index, `${world.nodeName(node)} started anew and has to mount it`);
  });
  const { id } = at(scenario.nodes, node);
  if (scenario.failover.failback) {
    own.returning = scenario.vms.flatMap((vm, index) => (vm.node === id ? [index] : []));
  }
}
