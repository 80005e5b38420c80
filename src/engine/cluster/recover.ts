/**
 * What the cluster does by itself about the state it finds: it counts its votes, gives volumes an owner, stops what
 * lost its disk, starts what does not run. Called after everything that happens, until nothing is left to do.
 * Rules FO4 to FO7, ST3 to ST6.
 */
import { at, invariant } from '../../base/assert.ts';
import { msToNs } from '../../base/units.ts';
import { resumeAtSource, failMigration } from '../migration/brokenMigration.ts';
import { startQueued } from '../migration/liveMigration.ts';
import { groupOf, startDiskMove } from '../migration/quickMigration.ts';
import { takeStorageOver } from '../migration/switchover.ts';
import { accessOf } from '../storage/access.ts';
import { settleStorageRates } from '../storage/storageRates.ts';
import { settleOwners } from '../storage/owners.ts';
import { tellRedirected } from '../storage/volumeMoves.ts';
import type { World } from '../world.ts';
import { isMember, isSilent, migrationOf, vmsOn } from './clusterState.ts';
import { settleDrains, settleFailbacks } from './maintenance.ts';
import { choosePlace, obstacleOf, roomProblem } from './placement.ts';
import { quorumOf } from './quorum.ts';
import { crashVm, startGroup } from './vmLife.ts';
import { holdsMemory, isRunning, noteInterval } from './vmState.ts';

/** Every pass does something that is told, and what it does leaves less to do. */
const MOST_PASSES = 200;

export function recover(world: World): void {
  for (let pass = 0; ; pass++) {
    invariant(pass < MOST_PASSES, `the cluster does not come to rest at ${world.state.timeNs} ns`);
    const told = world.told;
    // Order: 1. votes, 2. owners of volumes, 3. VMs without a disk, 4. VMs that wait, 5. what does not run, 6. moves.
    settleQuorum(world);
    if (world.state.quorum) {
      settleOwners(world);
      stopWithoutDisk(world);
      resumeWaiting(world);
      startIdle(world);
      moveUselessDisks(world);
      startQueued(world);
      settleDrains(world);
      settleFailbacks(world);
    }
    settleIo(world);
    if (world.told === told) break;
  }
  settleStorageRates(world);
}

/** Rule FO7. */
function settleQuorum(world: World): void {
  const { state, scenario } = world;
  const { has, votes, needed, total } = quorumOf(scenario, state);
  if (has === state.quorum) return;
  state.quorum = has;
  if (has) {
    world.emit('quorum-regained', -1, `The cluster has quorum again: ${votes} of ${total} votes`);
    return;
  }
  world.emit(
    'quorum-lost',
    -1,
    `The cluster has no quorum and stops everything: ${votes} of ${total} votes, ${needed} are needed`,
  );
  state.vms.forEach((_, vm) => crashVm(world, vm, 'the cluster has no quorum'));
  for (const migration of [...state.migrations]) {
    failMigration(world, migration, 'the cluster has no quorum');
  }
  for (const volume of state.volumes) Object.assign(volume, { owner: -1, change: null });
}

/** A VM whose node reaches its CSV in no way stops. Rule ST5. */
function stopWithoutDisk(world: World): void {
  const { state } = world;
  state.vms.forEach((vm, index) => {
    const volume = world.volumeOf(index);
    const { kind } = at(state.volumes, volume);
    if (kind !== 'csv' || !holdsMemory(vm) || accessOf(state, vm.node, volume) !== 'none') return;
    const why = `no path leads from ${world.nodeName(vm.node)} to ${world.volumeName(volume)}`;
    crashVm(world, index, why);
    const migration = migrationOf(state, index);
    if (migration !== null) failMigration(world, migration, why);
  });
}

/** Who waits for its disk goes on where it waits, or is lost: at the source, or at the target of its move. Rules LM15, LM16. */
function resumeWaiting(world: World): void {
  const { state } = world;
  state.vms.forEach((vm, index) => {
    if (vm.status.name !== 'waiting-for-disk') return;
    const volume = world.volumeOf(index);
    const { owner, change } = at(state.volumes, volume);
    const migration = migrationOf(state, index);
    if (accessOf(state, vm.node, volume) !== 'none') {
      if (migration === null) resumeAtSource(world, index);
      else takeStorageOver(world, migration);
    } else if (owner >= 0 && owner !== vm.node && change === null && isMember(state, owner)) {
      const why = `${world.volumeName(volume)} belongs to ${world.nodeName(owner)} now`;
      crashVm(world, index, why);
      if (migration !== null) failMigration(world, migration, why);
    }
  });
}

/** Groups that are offline come online where they can. Rules FO4, FO6, RG2. */
function startIdle(world: World): void {
  const { state } = world;
  const indices = state.vms.map((_, index) => index);
  // First those that can run at one node only: the room was kept for them while their disk was on its way.
  for (const kind of ['cluster-disk', 'csv'] as const) {
    for (const vm of indices) {
      if (at(state.volumes, world.volumeOf(vm)).kind === kind) startIfIdle(world, vm);
    }
  }
}

function startIfIdle(world: World, index: number): void {
  const { state } = world;
  if (hasPlace(world, index)) return;
  const { kind, owner, change } = at(state.volumes, world.volumeOf(index));
  if (change !== null) return;
  const name = world.volumeName(world.volumeOf(index));
  if (owner < 0) return block(world, index, `no node can own ${name}`);
  if (!at(state.nodes, owner).up) return;
  if (kind === 'cluster-disk') {
    if (!isAboutToMove(world, world.volumeOf(index))) startAtOwner(world, index, owner);
    return;
  }
  const { node, reason } = choosePlace(world, [index], 'start');
  if (node === null) return block(world, index, reason);
  startGroup(world, index, node, reason);
}

/** Its VMs are being saved, and then it goes. */
function isAboutToMove(world: World, volume: number): boolean {
  return groupOf(world, volume).some(({ phase }) => phase.name !== 'restoring');
}

function startAtOwner(world: World, vm: number, owner: number): void {
  const problem = obstacleOf(world, [vm], owner) ?? roomProblem(world, [vm], owner);
  if (problem !== null) return block(world, vm, problem);
  const disk = world.volumeName(world.volumeOf(vm));
  startGroup(world, vm, owner, `${world.nodeName(owner)} owns ${disk}`);
}

/** A disk none of whose VMs can run where it is goes to a node that can run them, or at least one of them. Rule FO9. */
function moveUselessDisks(world: World): void {
  const { scenario, state } = world;
  state.volumes.forEach(({ kind, owner, change }, volume) => {
    const vms = vmsOn(scenario, volume);
    if (kind !== 'cluster-disk' || owner < 0 || change !== null) return;
    if (!at(state.nodes, owner).up || vms.some((vm) => hasPlace(world, vm))) return;
    const groups = [vms, ...vms.map((vm) => [vm])].filter((group) => group.length > 0);
    const places = groups.map((group) => choosePlace(world, group, 'start').node);
    const to = places.find((node) => node !== null) ?? null;
    // Where they can run at the owner they are started there.
    if (to === null || to === owner) return;
    startDiskMove(world, volume, owner, to, state.timeNs + msToNs(state.settings.diskMoveMs));
  });
}

/** It has memory, is on its way to it, or is taken for running: nobody knows yet that its node is down. */
function hasPlace({ state }: World, vm: number): boolean {
  return holdsMemory(at(state.vms, vm)) || migrationOf(state, vm) !== null || isSilent(state, vm);
}

function block(world: World, vm: number, reason: string): void {
  const own = at(world.state.vms, vm);
  if (own.blocked === reason) return;
  own.blocked = reason;
  world.emit('vm-blocked', vm, `${world.vmName(vm)} cannot be started: ${reason}`);
}

/** Notes for every running VM how its disk is reached from now on. Rules ST4, ST6. */
function settleIo(world: World): void {
  const { state } = world;
  state.vms.forEach((vm, index) => {
    const access = isRunning(vm) ? accessOf(state, vm.node, world.volumeOf(index)) : 'none';
    const before = diskWords(vm.stalls.at(-1)?.toNs === null, vm.redirected.at(-1)?.toNs === null);
    vm.stalls = noteInterval(vm.stalls, access === 'stalled', state.timeNs);
    vm.redirected = noteInterval(vm.redirected, access === 'redirected', state.timeNs);
    if (access === 'none' || access === before) return;
    const name = world.vmName(index);
    const { owner } = at(state.volumes, world.volumeOf(index));
    const disk = world.volumeName(world.volumeOf(index));
    if (access === 'stalled') {
      const text = `The disk of ${name} does not answer: ${disk} has no coordinator`;
      world.emit('io-stalled', index, text);
    } else if (access === 'redirected') tellRedirected(world, index);
    else if (before === 'stalled') {
      const text = `The disk of ${name} answers again: ${world.nodeName(owner)} coordinates ${disk}`;
      world.emit('io-resumed', index, text);
    } else {
      const text = `The disk of ${name} is reached directly again: ${world.nodeName(vm.node)} has a path to ${disk}`;
      world.emit('io-direct', index, text);
    }
  });
}

function diskWords(stalled: boolean, redirected: boolean): 'direct' | 'redirected' | 'stalled' {
  if (stalled) return 'stalled';
  return redirected ? 'redirected' : 'direct';
}
