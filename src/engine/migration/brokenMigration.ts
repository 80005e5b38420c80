/**
 * Migrations that end because something broke. Until the VM runs on the target the source's copy is the one that
 * counts (facts A5), or the target's once the source has stopped with all across. Rules LM14 to LM16, QM5.
 */
import { at } from '../../base/assert.ts';
import { secondsText } from '../../base/numberText.ts';
import { NS_PER_S } from '../../base/units.ts';
import { accessOf } from '../storage/access.ts';
import { resumeVm } from '../cluster/vmState.ts';
import type { World } from '../world.ts';
import type { Migration } from './migration.ts';
import { endMigration } from './phaseChange.ts';

/**
 * The migration fails; its VM goes on at the source, if its memory is there.
 *
 * @param why "the migration network is cut", or the node that crashed.
 */
export function failMigration(
  world: World,
  migration: Migration,
  why: string | { readonly crashed: string },
): void {
  const { vm, from, phase } = migration;
  const { state } = world;
  if (phase.name === 'clean-up') return endMigration(world, migration, 'completed');
  const volume = at(state.volumes, world.volumeOf(vm));
  const own = at(state.vms, vm);
  // A disk between two nodes belongs to nobody; a live hand-over that is not over leaves it at the source.
  if (phase.name === 'storage' && own.node === from) {
    volume.change = null;
    const text = `${world.volumeName(world.volumeOf(vm))} stays on ${world.nodeName(from)}`;
    world.emit('volume-move-failed', vm, `${text}: its move is broken off`);
  }
  if (phase.name === 'disk-move') Object.assign(volume, { owner: -1, change: null });
  if (phase.name === 'restoring') own.status = { name: 'saved' };
  const name = world.vmName(vm);
  const kept = own.status.name === 'saved' ? '; its memory is safe in its file' : '';
  const what = migration.cause === 'failover' ? `reading ${name} back` : `the move of ${name}`;
  const failed =
    typeof why === 'string'
      ? `${moveText(migration)} of ${name} failed: ${why}`
      : `${why.crashed} crashed, so ${what} failed`;
  world.emit('migration-failed', vm, `${failed}${kept}`);
  endMigration(world, migration, 'failed');
  if (own.status.name === 'paused' && at(state.nodes, own.node).up) resumeAtSource(world, vm);
}

function moveText({ method, cause }: Migration): string {
  if (method === 'live') return 'Live migration';
  return cause === 'failover' ? 'Reading back' : 'Quick migration';
}

/** The guest goes on at once, or when its node has its disk again. */
export function resumeAtSource(world: World, vm: number): void {
  const { state } = world;
  const own = at(state.vms, vm);
  const name = world.vmName(vm);
  if (accessOf(state, own.node, world.volumeOf(vm)) === 'none') {
    own.status = { name: 'waiting-for-disk' };
    return world.emit(
      'vm-waits-for-disk',
      vm,
      `${name} waits at ${world.nodeName(own.node)}, paused and with its whole memory, until ${world.volumeName(world.volumeOf(vm))} is there again`,
    );
  }
  const stoodNs = resumeVm(own, state.timeNs);
  world.emit(
    'vm-resumed',
    vm,
    `${name} goes on at ${world.nodeName(own.node)} after ${secondsText(stoodNs / NS_PER_S)}, nothing is lost`,
  );
}
