/** Draining a node for maintenance, and bringing VMs back to a node that was repaired. Facts A2, D3. Rules DR1 to DR3, FO8. */
import { isolated } from '../../base/isolated.ts';
import { at } from '../../base/assert.ts';
import { listText } from '../../base/listText.ts';
import { msToNs } from '../../base/units.ts';
import { requestLive } from '../migration/liveMigration.ts';
import type { MigrationCause } from '../migration/migration.ts';
import { endMigration } from '../migration/phaseChange.ts';
import {
  movesTogether,
  running,
  startDiskMove,
  startQuickMigration,
} from '../migration/quickMigration.ts';
import { passOnRole } from '../storage/owners.ts';
import type { World } from '../world.ts';
import { migrationOf, vmsOn } from './clusterState.ts';
import { chooseOwner, choosePlace, networkProblem, obstacleOf, roomProblem } from './placement.ts';
import { holdsMemory, isRunning } from './vmState.ts';

/** No VM is placed on the node any more, and those on it leave. Rule DR1. */
export function drainNode(world: World, node: number): void {
  const own = at(world.state.nodes, node);
  own.paused = true;
  own.leaving = world.state.vms.map((_, vm) => vm).filter((vm) => isBound(world, vm, node));
  const coming = arrivals(world, node).length;
  const count = own.leaving.length;
  const more = coming === 0 ? '' : `, and ${coming} on the way to it will`;
  world.emit(
    'drain-started',
    -1,
    `${world.nodeName(node)} is paused for maintenance: ${count} ${count === 1 ? 'VM leaves' : 'VMs leave'} it${more}`,
  );
}

/** It has memory on the node, or is being moved away from it. */
function isBound({ state }: World, vm: number, node: number): boolean {
  const own = at(state.vms, vm);
  return own.node === node && (holdsMemory(own) || migrationOf(state, vm) !== null);
}

/** VMs whose move to the node has begun, and is not over. */
function arrivals({ state }: World, node: number): number[] {
  return state.migrations
    .filter(({ phase, to }) => phase.name !== 'queued' && to === node)
    .map(({ vm }) => vm);
}

/** VMs may be placed on the node again; none comes back by itself. Rule DR3. */
export function resumeNode(world: World, node: number): void {
  const { state } = world;
  const own = at(state.nodes, node);
  const name = world.nodeName(node);
  own.paused = false;
  // Why a running VM could not leave: it need not any more.
  const stayed = (own.leaving ?? []).map((vm) => at(state.vms, vm)).filter(isRunning);
  for (const vm of stayed) vm.blocked = null;
  own.leaving = null;
  const when = own.up ? 'takes VMs again' : 'takes VMs again once it is up';
  world.emit('node-resumed', -1, `${name} ${when}; none comes back by itself`);
  for (const migration of [...state.migrations]) {
    const { phase, cause, from, vm } = migration;
    if (phase.name !== 'queued' || cause !== 'drain' || from !== node) continue;
    world.emit('migration-cancelled', vm, `${world.vmName(vm)} need not leave ${name} any more`);
    endMigration(world, migration, 'cancelled');
  }
}

/** Asks for the moves that can be asked for now, and names the VMs that fit nowhere. Rules DR1, DR2. */
export function settleDrains(world: World): void {
  world.state.nodes.forEach((own, node) => {
    if (own.leaving === null) return;
    // Whoever arrives by a move that had begun before leaves again.
    const coming = arrivals(world, node);
    const bound = own.leaving.filter((vm) => isBound(world, vm, node) && !coming.includes(vm));
    own.leaving = [...bound, ...coming];
    for (const vm of own.leaving) sendAway(world, vm);
    const moving = passOnVolumes(world, node) || hasCopies(world, node);
    if (own.leaving.length > 0 || moving) return;
    own.leaving = null;
    world.emit('drain-completed', -1, drainedText(world, node));
  });
}

/** A copy that a VM has left behind is not deleted yet. */
function hasCopies({ state }: World, node: number): boolean {
  return state.migrations.some(({ phase, from }) => phase.name === 'clean-up' && from === node);
}

/** What the node coordinates goes to another at once, and so does a disk that nothing uses. @returns Whether one is on its way. */
function passOnVolumes(world: World, node: number): boolean {
  const { scenario, state } = world;
  let moving = false;
  state.volumes.forEach(({ kind, owner, change }, volume) => {
    if (owner !== node) return;
    if (change !== null) return void (moving = true);
    if (kind === 'csv') return passOnRole(world, volume);
    const vms = vmsOn(scenario, volume);
    const isUsed = vms.some(
      (vm) => holdsMemory(at(state.vms, vm)) || migrationOf(state, vm) !== null,
    );
    const to = isUsed ? null : chooseOwner(world, volume, vms);
    if (to === null) return;
    startDiskMove(world, volume, node, to, state.timeNs + msToNs(state.settings.diskMoveMs));
    moving = true;
  });
  return moving;
}

function drainedText(world: World, node: number): string {
  const { scenario, state } = world;
  const name = world.nodeName(node);
  if (state.vms.some((vm) => vm.node === node && holdsMemory(vm))) {
    return `No more VM leaves ${name}`;
  }
  const kept = scenario.volumes.filter((_, volume) => at(state.volumes, volume).owner === node);
  if (kept.length === 0) return `${name} is empty: it can be serviced`;
  const volumes = listText(kept.map((volume) => isolated(volume.name)));
  return `No VM is left on ${name}, but no other node can take ${volumes}`;
}

function sendAway(world: World, vm: number): void {
  const { state } = world;
  const own = at(state.vms, vm);
  if (isChanging(world, vm)) return;
  const vms = movesTogether(world, vm);
  const method = vms.length > 1 ? 'quick' : 'live';
  if (vms.some((other) => isBusyWithItself(world, other))) return;
  const { node, reason } = choosePlace(world, running(world, vms), method);
  if (node !== null) return move(world, vm, node, 'drain');
  if (own.blocked === reason) return;
  own.blocked = reason;
  world.emit(
    'drain-blocked',
    vm,
    `${world.vmName(vm)} cannot leave ${world.nodeName(own.node)}: ${reason}`,
  );
}

/** Its disk is on the way. */
function isChanging(world: World, vm: number): boolean {
  return at(world.state.volumes, world.volumeOf(vm)).change !== null;
}

/** It starts, or is being moved: it can be moved when that is over. */
function isBusyWithItself({ state }: World, vm: number): boolean {
  const own = at(state.vms, vm);
  return migrationOf(state, vm) !== null || (holdsMemory(own) && !isRunning(own));
}

/** By live migration, or with all others on its cluster disk by quick migration. */
function move(world: World, vm: number, to: number, cause: MigrationCause): void {
  const vms = movesTogether(world, vm);
  for (const other of running(world, vms)) at(world.state.vms, other).blocked = null;
  if (vms.length === 1) requestLive(world, vm, to, cause);
  else startQuickMigration(world, vms, { to, cause, asked: vm });
}

/**
 * Off by default. VMs that began on a repaired node and run elsewhere go back to it; one that is being started or moved, as
 * soon as that is over. Rule FO8.
 */
export function settleFailbacks(world: World): void {
  world.state.nodes.forEach((own, node) => {
    own.returning = own.returning.filter((vm) => !bringBack(world, vm, node));
  });
}

/** Asks for the move back. @returns false while the VM has to be waited for. */
function bringBack(world: World, vm: number, node: number): boolean {
  const { state } = world;
  const own = at(state.vms, vm);
  if (own.node === node && isRunning(own)) return true;
  const vms = movesTogether(world, vm);
  const ready = isRunning(own) && !vms.some((other) => isBusyWithItself(world, other));
  if (!ready || isChanging(world, vm)) return false;
  const network = vms.length === 1 ? networkProblem(world, own.node, node) : null;
  const going = running(world, vms);
  const problem = obstacleOf(world, going, node) ?? network ?? roomProblem(world, going, node);
  if (problem === null) move(world, vm, node, 'failback');
  else {
    const text = `${world.vmName(vm)} does not go back to ${world.nodeName(node)}: ${problem}`;
    world.emit('failback-blocked', vm, text);
  }
  return true;
}
