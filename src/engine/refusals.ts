/** Why a command cannot be carried out at its moment, in words, or null. Nothing here changes anything. Rules OP1 to OP8. */
import { at } from '../base/assert.ts';
import { listText } from '../base/listText.ts';
import { isMember, migrationOf, vmsOn } from './cluster/clusterState.ts';
import { networkProblem, obstacleOf, roomProblem, strangerProblem } from './cluster/placement.ts';
import { holdsMemory, type VmStatusName } from './cluster/vmState.ts';
import type { MigrationMethod } from './migration/migration.ts';
import { movesTogether, running } from './migration/quickMigration.ts';
import { reaches } from './storage/access.ts';
import type { World } from './world.ts';

const NO_QUORUM = 'the cluster has no quorum';

const statusWords: Readonly<Record<VmStatusName, string>> = {
  running: 'runs',
  paused: 'is paused',
  'waiting-for-disk': 'waits for its disk',
  saved: 'is saved',
  restoring: 'is being read back',
  off: 'does not run',
  configuring: 'is being started',
  booting: 'boots',
};

/** Rules OP1 and OP5. */
export function refusalToMigrate(
  world: World,
  vm: number,
  to: number,
  method: MigrationMethod,
): string | null {
  const { state } = world;
  const name = world.vmName(vm);
  const { status, node } = at(state.vms, vm);
  if (migrationOf(state, vm) !== null) return `${name} is already being moved`;
  if (!state.quorum) return NO_QUORUM;
  if (status.name !== 'running') return `${name} ${statusWords[status.name]}`;
  if (node === to) return `${name} runs on ${world.nodeName(to)} already`;
  const vms = method === 'quick' ? movesTogether(world, vm) : [vm];
  const going = running(world, vms);
  const problem = obstacleOf(world, going, to) ?? roomProblem(world, going, to);
  if (problem !== null) return problem;
  const change = changeProblem(world, world.volumeOf(vm));
  if (change !== null) return change;
  return method === 'live' ? liveProblem(world, vm, to) : groupProblem(world, vms);
}

function liveProblem(world: World, vm: number, to: number): string | null {
  const volume = world.volumeOf(vm);
  const others = vmsOn(world.scenario, volume).filter((index) => index !== vm);
  if (at(world.state.volumes, volume).kind === 'cluster-disk' && others.length > 0) {
    const names = listText(others.map((other) => world.vmName(other)));
    const all = others.length === 1 ? 'both' : 'all of them';
    return `${world.volumeName(volume)} holds ${names} too and has one owner, so ${world.vmName(vm)} cannot move alone; quick migration moves ${all}`;
  }
  return networkProblem(world, at(world.state.vms, vm).node, to);
}

/** Every VM that goes along runs, or has nothing that would have to be saved. */
function groupProblem(world: World, vms: readonly number[]): string | null {
  const { state } = world;
  for (const vm of vms) {
    const own = at(state.vms, vm);
    const name = world.vmName(vm);
    if (migrationOf(state, vm) !== null) return `${name} is already being moved`;
    if (own.status.name !== 'running' && holdsMemory(own)) {
      return `${name} lies on the same volume and ${statusWords[own.status.name]}`;
    }
  }
  return null;
}

/** Rule OP6. */
export function refusalToMoveVolume(world: World, volume: number, to: number): string | null {
  const { state } = world;
  const { kind, owner } = at(state.volumes, volume);
  const name = world.volumeName(volume);
  const node = world.nodeName(to);
  if (!state.quorum) return NO_QUORUM;
  const change = changeProblem(world, volume);
  if (change !== null) return change;
  if (owner < 0) return `nobody owns ${name}`;
  if (isUnnoticed(world, owner))
    return `${world.nodeName(owner)} is down, and the cluster does not know yet`;
  if (owner === to)
    return `${node} is the ${kind === 'csv' ? 'coordinator' : 'owner'} of ${name} already`;
  if (!isMember(state, to)) return `${node} is down`;
  if (!reaches(state, to, volume)) return `${node} has no path to ${name}`;
  if (kind === 'csv') return null;
  const vms = vmsOn(world.scenario, volume);
  if (vms.length === 0)
    return at(state.nodes, to).paused ? `${node} is paused for maintenance` : null;
  const going = running(world, vms);
  return obstacleOf(world, going, to) ?? roomProblem(world, going, to) ?? groupProblem(world, vms);
}

/** Rule OP7. */
export function refusalToConvert(
  world: World,
  volume: number,
  to: 'csv' | 'cluster-disk',
): string | null {
  const { state, scenario } = world;
  const { kind, owner } = at(state.volumes, volume);
  const name = world.volumeName(volume);
  if (kind === to)
    return `${name} is ${to === 'csv' ? 'a Cluster Shared Volume' : 'a cluster disk'} already`;
  if (!state.quorum) return NO_QUORUM;
  const change = changeProblem(world, volume);
  if (change !== null) return change;
  if (owner < 0) return `nobody owns ${name}`;
  const vms = vmsOn(scenario, volume);
  const gone = [owner, ...vms.map((vm) => at(state.vms, vm).node)].find((node) =>
    isUnnoticed(world, node),
  );
  if (gone !== undefined)
    return `${world.nodeName(gone)} is down, and the cluster does not know yet`;
  const moving = vms.find((vm) => migrationOf(state, vm) !== null);
  if (moving !== undefined) return `${world.vmName(moving)} is being moved`;
  if (to === 'csv') return null;
  const hosts = hostsOf(world, vms);
  if (hosts.length > 1) {
    const where = listText(hosts.map((node) => world.nodeName(node)));
    return `its VMs run on ${where}, and a cluster disk has one owner`;
  }
  const node = hosts[0] ?? owner;
  if (!reaches(state, node, volume)) return `${world.nodeName(node)} has no path to ${name}`;
  return strangerProblem(world, vms, node);
}

/** It has stopped, and the others have not dealt with that. */
function isUnnoticed({ state }: World, node: number): boolean {
  const { up, member } = at(state.nodes, node);
  return !up && member;
}

/** The nodes on which VMs hold memory. */
export function hostsOf({ state }: World, vms: readonly number[]): number[] {
  const held = vms.map((vm) => at(state.vms, vm)).filter(holdsMemory);
  return [...new Set(held.map(({ node }) => node))];
}

/** Rule OP8. */
export function refusalForNode(
  world: World,
  node: number,
  what: 'crash-node' | 'repair-node' | 'drain-node' | 'resume-node',
): string | null {
  const { state } = world;
  const { up, paused } = at(state.nodes, node);
  const name = world.nodeName(node);
  switch (what) {
    case 'crash-node':
      return up ? null : `${name} is down already`;
    case 'repair-node':
      return up ? `${name} is up` : null;
    case 'resume-node':
      return paused ? null : `${name} is not paused for maintenance`;
    case 'drain-node':
      if (!up) return `${name} is down`;
      if (paused) return `${name} is paused for maintenance already`;
      if (!state.quorum) return NO_QUORUM;
      return state.nodes.some(
        (other, index) => index !== node && isMember(state, index) && !other.paused,
      )
        ? null
        : `${name} is the last node that can own anything`;
  }
}

/** It is on its way to an owner or a coordinator. */
function changeProblem(world: World, volume: number): string | null {
  const { kind, change } = at(world.state.volumes, volume);
  if (change === null) return null;
  const name = world.volumeName(volume);
  if (change.why === 'move') return `${name} is being moved`;
  return kind === 'csv' ? `${name} waits for a coordinator` : `${name} is being taken over`;
}
