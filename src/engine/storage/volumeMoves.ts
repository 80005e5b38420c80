/** The end of a volume's move or take-over, and the conversion between cluster disk and CSV. Facts C1, C2. Rules ST2, ST3, ST7. */
import { at } from '../../base/assert.ts';
import { vmsOn } from '../cluster/clusterState.ts';
import { groupOf, startRestoring } from '../migration/quickMigration.ts';
import type { World } from '../world.ts';

/** The change that is due is over: the disk is mounted where it went, and what waited for it goes on. */
export function endVolumeChange(world: World, volume: number): void {
  const own = at(world.state.volumes, volume);
  const { change } = own;
  if (change === null) return;
  own.owner = change.to;
  own.change = null;
  const vm = vmsOn(world.scenario, volume)[0] ?? -1;
  const name = world.volumeName(volume);
  const node = world.nodeName(change.to);
  if (own.kind === 'csv') {
    world.emit('coordinator-moved', vm, `${node} is the coordinator of ${name} now`);
    return;
  }
  world.emit('resource-online', vm, `${name} is online: mounted on ${node}`);
  world.emit('volume-moved', vm, `${name} belongs to ${node}`);
  for (const other of vmsOn(world.scenario, volume)) {
    const left = at(world.state.vms, other);
    // What does not run goes with its disk.
    if (change.why === 'move' && left.status.name === 'off') left.node = change.to;
  }
  for (const migration of groupOf(world, volume)) {
    if (migration.phase.name === 'disk-move') startRestoring(world, migration);
  }
}

/** The coordinator's role goes over at once; no VM moves. Rule ST3. */
export function moveCoordinator(world: World, volume: number, to: number, why: string): void {
  at(world.state.volumes, volume).owner = to;
  const vm = vmsOn(world.scenario, volume)[0] ?? -1;
  world.emit(
    'coordinator-moved',
    vm,
    `${world.nodeName(to)} is the coordinator of ${world.volumeName(volume)} now${why}`,
  );
  // Whose I/O went through the old coordinator goes through the new one.
  for (const other of vmsOn(world.scenario, volume)) {
    if (at(world.state.vms, other).redirected.at(-1)?.toNs === null) tellRedirected(world, other);
  }
}

/** The VM runs and has no path of its own. */
export function tellRedirected(world: World, vm: number): void {
  const volume = world.volumeOf(vm);
  const { owner } = at(world.state.volumes, volume);
  const { node } = at(world.state.vms, vm);
  const text = `The disk of ${world.vmName(vm)} is reached through ${world.nodeName(owner)}: ${world.nodeName(node)} has no path of its own to ${world.volumeName(volume)}`;
  world.emit('io-redirected', vm, text);
}

/** Every node may use the volume from now on; its owner becomes the coordinator. Rule ST7. */
export function makeCsv(world: World, volume: number): void {
  const own = at(world.state.volumes, volume);
  own.kind = 'csv';
  const vm = vmsOn(world.scenario, volume)[0] ?? -1;
  world.emit(
    'volume-converted',
    vm,
    `${world.volumeName(volume)} is a Cluster Shared Volume now, ${world.nodeName(own.owner)} its coordinator`,
  );
}

/** One node owns the volume from now on. Rule ST7. */
export function makeClusterDisk(world: World, volume: number, owner: number): void {
  const own = at(world.state.volumes, volume);
  own.kind = 'cluster-disk';
  own.owner = owner;
  const vms = vmsOn(world.scenario, volume);
  for (const vm of vms) at(world.state.vms, vm).node = owner;
  world.emit(
    'volume-converted',
    vms[0] ?? -1,
    `${world.volumeName(volume)} is a cluster disk now, owned by ${world.nodeName(owner)} alone`,
  );
}
