/** Draining a node for maintenance, and bringing VMs back to a node that was repaired. Facts A2, D3. Rules DR1 to DR3, FO8. */
import { at } from '../../base/assert.ts';
import { requestLive } from '../migration/liveMigration.ts';
import type { MigrationCause } from '../migration/migration.ts';
import { movesTogether, startQuickMigration } from '../migration/quickMigration.ts';
import type { World } from '../world.ts';
import { migrationOf } from './clusterState.ts';
import { choosePlace, networkProblem, obstacleOf, roomProblem } from './placement.ts';
import { holdsMemory, isRunning } from './vmState.ts';

/** No VM is placed on the node any more, and those on it leave. Rule DR1. */
export function drainNode(world: World, node: number): void {
  const own = at(world.state.nodes, node);
  own.paused = true;
  own.leaving = world.state.vms.flatMap((vm, index) => (vm.node === node ? [index] : []));
  const count = own.leaving.length;
  world.emit(
    'drain-started',
    -1,
    `${world.nodeName(node)} is paused for maintenance: ${count} ${count === 1 ? 'VM leaves' : 'VMs leave'} it`,
  );
}

/** VMs may be placed on the node again; none comes back by itself. Rule DR3. */
export function resumeNode(world: World, node: number): void {
  const own = at(world.state.nodes, node);
  own.paused = false;
  // Why a running VM could not leave: it need not any more.
  const stayed = (own.leaving ?? []).map((vm) => at(world.state.vms, vm)).filter(isRunning);
  for (const vm of stayed) vm.blocked = null;
  own.leaving = null;
  world.emit(
    'node-resumed',
    -1,
    `${world.nodeName(node)} takes VMs again; none comes back by itself`,
  );
}

/** Asks for the moves that can be asked for now, and names the VMs that fit nowhere. Rules DR1, DR2. */
export function settleDrains(world: World): void {
  world.state.nodes.forEach((own, node) => {
    if (own.leaving === null) return;
    own.leaving = own.leaving.filter((vm) => at(world.state.vms, vm).node === node);
    for (const vm of own.leaving) sendAway(world, vm);
    if (own.leaving.length > 0) return;
    own.leaving = null;
    const stayed = world.state.vms.some((vm) => vm.node === node && holdsMemory(vm));
    world.emit(
      'drain-completed',
      -1,
      stayed
        ? `No more VM leaves ${world.nodeName(node)}`
        : `${world.nodeName(node)} is empty: it can be serviced`,
    );
  });
}

function sendAway(world: World, vm: number): void {
  const { state } = world;
  const own = at(state.vms, vm);
  if (!isRunning(own) || migrationOf(state, vm) !== null || isChanging(world, vm)) return;
  const vms = movesTogether(world, vm);
  const method = vms.length > 1 ? 'quick' : 'live';
  if (vms.some((other) => isBusyWithItself(world, other))) return;
  const { node, reason } = choosePlace(world, vms, method);
  if (node !== null) return move(world, vm, node, 'drain');
  if (own.blocked === reason) return;
  own.blocked = reason;
  world.emit('drain-blocked', vm, `${world.vmName(vm)} fits nowhere else: ${reason}`);
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
  for (const other of vms) at(world.state.vms, other).blocked = null;
  if (vms.length === 1) requestLive(world, vm, to, cause);
  else startQuickMigration(world, vms, { to, cause, asked: vm });
}

/** Off by default. VMs that began on the node and run elsewhere go back to it. Rule FO8. */
export function failBack(world: World, node: number): void {
  const { scenario, state } = world;
  if (!scenario.failover.failback || !state.quorum) return;
  const { id } = at(scenario.nodes, node);
  state.vms.forEach((vm, index) => {
    if (at(scenario.vms, index).node !== id || vm.node === node) return;
    const vms = movesTogether(world, index);
    const ready = vms.every(
      (other) => isRunning(at(state.vms, other)) && !isBusyWithItself(world, other),
    );
    if (!ready || isChanging(world, index)) return;
    const network = vms.length === 1 ? networkProblem(world, vm.node, node) : null;
    const problem = obstacleOf(world, vms, node) ?? network ?? roomProblem(world, vms, node);
    if (problem === null) move(world, index, node, 'failback');
  });
}
