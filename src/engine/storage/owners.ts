/**
 * Every volume gets an owner or a coordinator among the nodes that can be one. A cluster disk whose owner is gone is
 * taken over; the role of a coordinator passes on, and I/O waits until the others have regrouped. Rules ST3, ST5, FO5.
 */
import { at } from '../../base/assert.ts';
import { msToNs } from '../../base/units.ts';
import { freeMiB, isMember, migrationOf, vmsOn } from '../cluster/clusterState.ts';
import { chooseOwner, firstWithMost } from '../cluster/placement.ts';
import { crashVm } from '../cluster/vmLife.ts';
import { failMigration } from '../migration/brokenMigration.ts';
import type { World } from '../world.ts';
import { reaches } from './access.ts';
import { endVolumeChange, moveCoordinator } from './volumeMoves.ts';

export function settleOwners(world: World): void {
  world.state.volumes.forEach(({ kind }, volume) => {
    if (kind === 'csv') settleCoordinator(world, volume);
    else settleOwner(world, volume);
  });
}

function settleCoordinator(world: World, volume: number): void {
  const { state } = world;
  const own = at(state.volumes, volume);
  const name = world.volumeName(volume);
  if (own.owner < 0 || !at(state.nodes, own.owner).up) {
    // Whoever is to have the role has not had it yet.
    const gone = own.change === null ? own.owner : -1;
    own.owner = chooseCoordinator(world, volume) ?? -1;
    own.change =
      own.owner < 0
        ? null
        : { why: 'take-over', to: own.owner, startNs: state.timeNs, endNs: Infinity };
    if (gone >= 0) {
      const vm = vmsOn(world.scenario, volume)[0] ?? -1;
      world.emit(
        'coordinator-lost',
        vm,
        `${name} has lost its coordinator ${world.nodeName(gone)}: all I/O waits for a new one`,
      );
    }
  }
  // Until every crash is known, nobody may take the role.
  const settled = state.nodes.every(({ up, member }) => up || !member);
  if (settled) endVolumeChange(world, volume);
  if (own.change !== null || own.owner < 0 || reaches(state, own.owner, volume)) return;
  const better = chooseCoordinator(world, volume);
  if (better === null || !reaches(state, better, volume)) return;
  moveCoordinator(world, volume, better, `: ${world.nodeName(own.owner)} has no path to it`);
}

/** A member: rather with a path, of these rather one that is not paused, of these the one with the most memory free. */
function chooseCoordinator({ state, scenario }: World, volume: number): number | null {
  const members = scenario.nodes.map((_, node) => node).filter((node) => isMember(state, node));
  const withPath = members.filter((node) => reaches(state, node, volume));
  const able = withPath.length > 0 ? withPath : members;
  const active = able.filter((node) => !at(state.nodes, node).paused);
  return firstWithMost(active.length > 0 ? active : able, (node) => freeMiB(scenario, state, node));
}

/** The role of a drained node goes to one that is not paused and has a path, if there is one. Rule DR4. */
export function passOnRole(world: World, volume: number): void {
  const { state } = world;
  const { owner } = at(state.volumes, volume);
  const to = chooseCoordinator(world, volume);
  if (to === null || at(state.nodes, to).paused || !reaches(state, to, volume)) return;
  moveCoordinator(world, volume, to, `: ${world.nodeName(owner)} is paused for maintenance`);
}

function settleOwner(world: World, volume: number): void {
  const { state } = world;
  const own = at(state.volumes, volume);
  if (own.change !== null && !canOwn(world, own.change.to, volume)) breakOff(world, volume);
  if (own.change !== null) return;
  if (own.owner >= 0 && at(state.nodes, own.owner).up && !reaches(state, own.owner, volume)) {
    failDisk(world, volume);
  }
  if (own.owner >= 0 && at(state.nodes, own.owner).member) return;
  takeOver(world, volume);
}

function canOwn({ state }: World, node: number, volume: number): boolean {
  return isMember(state, node) && reaches(state, node, volume);
}

/** The node that was to have the disk cannot have it any more. */
function breakOff(world: World, volume: number): void {
  const { state } = world;
  const own = at(state.volumes, volume);
  const { change } = own;
  if (change === null) return;
  const why = `${world.nodeName(change.to)} cannot own ${world.volumeName(volume)}`;
  for (const vm of vmsOn(world.scenario, volume)) {
    const migration = migrationOf(state, vm);
    if (migration?.phase.name === 'storage' || migration?.phase.name === 'disk-move') {
      failMigration(world, migration, why);
    }
  }
  if (own.change === null) return;
  Object.assign(own, { owner: -1, change: null });
  world.emit(
    'volume-move-failed',
    vmsOn(world.scenario, volume)[0] ?? -1,
    `${why}: the move is broken off`,
  );
}

/** The owner has lost its path: the disk fails, and what runs on it stops. Rule ST5. */
function failDisk(world: World, volume: number): void {
  const { state } = world;
  const own = at(state.volumes, volume);
  const node = world.nodeName(own.owner);
  const name = world.volumeName(volume);
  const why = `${node} has no path to ${name}`;
  for (const vm of vmsOn(world.scenario, volume)) {
    const migration = migrationOf(state, vm);
    // Its memory is whole at the source, only its disk is gone.
    const waits = migration?.phase.name === 'resuming';
    if (!waits) crashVm(world, vm, why);
    if (migration !== null) failMigration(world, migration, why);
  }
  releaseDisk(world, volume, why);
}

/** The disk belongs to nobody from now on. @param why "Node 1 has no path to it". */
export function releaseDisk(world: World, volume: number, why: string): void {
  at(world.state.volumes, volume).owner = -1;
  const vm = vmsOn(world.scenario, volume)[0] ?? -1;
  world.emit('resource-offline', vm, `${world.volumeName(volume)} is offline: ${why}`);
}

/** Rule FO5. */
function takeOver(world: World, volume: number): void {
  const { state, scenario } = world;
  const own = at(state.volumes, volume);
  const vms = vmsOn(scenario, volume);
  const to = chooseOwner(world, volume, vms);
  if (to === null) {
    if (own.owner < 0) return;
    const why = `${world.nodeName(own.owner)} is down, and no other node can own it`;
    return releaseDisk(world, volume, why);
  }
  own.owner = -1;
  const endNs = state.timeNs + msToNs(scenario.failover.diskTakeoverMs);
  own.change = { why: 'take-over', to, startNs: state.timeNs, endNs };
  world.emit(
    'volume-move-started',
    vms[0] ?? -1,
    `${world.nodeName(to)} takes ${world.volumeName(volume)} over and mounts it`,
  );
}
