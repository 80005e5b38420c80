/**
 * Quick migration: the VM is paused, its memory goes to a file on its volume, the cluster disk moves, the memory is
 * read back on the other node, the VM goes on. All VMs of a cluster disk go together; on a CSV a VM goes
 * alone and no disk moves. Source: facts B1. Rules QM1 to QM6, RG1.
 */
import { at, invariant } from '../../base/assert.ts';
import { memoryText, pagesText, secondsText, withThousands } from '../../base/numberText.ts';
import { NS_PER_S, PAGES_PER_MIB } from '../../base/units.ts';
import { vmsOn } from '../cluster/clusterState.ts';
import { memoryOf } from '../cluster/placement.ts';
import { isRunning, pauseVm, resumeVm } from '../cluster/vmState.ts';
import { memoryToRestore, memoryToSave, stampKey } from '../memory/savedMemory.ts';
import { storagePageCost, storagePlan } from '../storage/storageRates.ts';
import type { World } from '../world.ts';
import { createPass } from './copyPass.ts';
import type { Migration, MigrationCause } from './migration.ts';
import { endMigration, enter, leavePhase } from './phaseChange.ts';
import { requestMigration } from './request.ts';

export interface GroupMove {
  readonly to: number;
  readonly cause: MigrationCause;
  /** The VM that was asked for; the others go along. -1: the disk was asked for. */
  readonly asked: number;
}

/** VMs that quick migration moves together with `vm`: all of its cluster disk, or it alone. Rule QM1. */
export function movesTogether(world: World, vm: number): number[] {
  const volume = world.volumeOf(vm);
  return movesDisk(world, vm) ? vmsOn(world.scenario, volume) : [vm];
}

/** Those of `vms` that run: what does not has nothing to save, and takes no room. */
export function running({ state }: World, vms: readonly number[]): number[] {
  return vms.filter((vm) => isRunning(at(state.vms, vm)));
}

function movesDisk(world: World, vm: number): boolean {
  return at(world.state.volumes, world.volumeOf(vm)).kind === 'cluster-disk';
}

/** Starts to save all running VMs of `vms`. They lie on one volume. */
export function startQuickMigration(world: World, vms: readonly number[], move: GroupMove): void {
  const going = running(world, vms);
  const plan = storagePlan(world, memoryOf(world, going), movesDisk(world, at(going, 0)));
  for (const vm of going) {
    const { to, cause } = move;
    const from = at(world.state.vms, vm).node;
    const migration = request(world, { vm, from, to, cause, storage: plan });
    emitRequested(world, migration, move);
    startSaving(world, migration);
  }
}

/** It does not wait in a queue. */
function request(
  world: World,
  asked: Omit<Parameters<typeof requestMigration>[1], 'method'>,
): Migration {
  return requestMigration(world, { ...asked, method: 'quick' });
}

function emitRequested(world: World, { vm, from, to }: Migration, { asked }: GroupMove): void {
  const name = world.vmName(vm);
  const path = `${world.nodeName(from)} to ${world.nodeName(to)}`;
  const disk = world.volumeName(world.volumeOf(vm));
  const why =
    vm === asked
      ? `its ${memoryText(at(world.scenario.vms, vm).memoryMiB)} go through a file on ${disk}`
      : `it lies on ${disk}, which moves`;
  world.emit(
    'migration-requested',
    vm,
    `Quick migration of ${name} from ${path} is asked for: ${why}`,
  );
}

function startSaving(world: World, migration: Migration): void {
  const { state } = world;
  const vm = at(state.vms, migration.vm);
  const pages = pagesOf(world, migration.vm);
  const name = world.vmName(migration.vm);
  pauseVm(vm, state.timeNs);
  world.memories.set(
    migration.id,
    memoryToSave(pages, world.keepsVersions, keyOf(world, migration.vm)),
  );
  const pass = createPass(pages, state.timeNs, storagePageCost(world, migration));
  enter(world, migration, { name: 'saving', pass });
  world.emit('vm-paused', migration.vm, `${name} is paused: nobody gets an answer from here on`);
  world.emit(
    'save-started',
    migration.vm,
    `${name} is stopped, and ${world.nodeName(migration.from)} writes its ${memoryText(pages / PAGES_PER_MIB)} to ${volumeName(world, migration)}`,
  );
}

/** All pages are in the file. The group goes offline from the VM down. Rules QM2, RG1. */
export function endSaving(world: World, migration: Migration): void {
  const { vm } = migration;
  const name = world.vmName(vm);
  const file = world.memoryOf(migration).versions?.destination;
  if (file !== undefined) world.savedFiles.set(vm, file);
  at(world.state.vms, vm).status = { name: 'saved' };
  world.emit(
    'state-saved',
    vm,
    `${name} is saved: its ${pagesText(pagesOf(world, vm))} are in a file on ${volumeName(world, migration)}`,
  );
  world.emit(
    'resource-offline',
    vm,
    `Virtual Machine ${name} is offline: its memory is in the file`,
  );
  world.emit(
    'resource-offline',
    vm,
    `Virtual Machine Configuration ${name} is offline: its Virtual Machine is offline`,
  );
  if (!movesDisk(world, vm)) return startRestoring(world, migration);
  enter(world, migration, { name: 'saved' });
  moveDiskWhenSaved(world, world.volumeOf(vm));
}

/** The disk moves once nothing on it is being saved any more. Rule QM1. */
function moveDiskWhenSaved(world: World, volume: number): void {
  const { state } = world;
  const group = groupOf(world, volume);
  if (group.some(({ phase }) => phase.name !== 'saved')) return;
  const { from, to, storage } = at(group, 0);
  const endNs = state.timeNs + (storage?.diskMoveNs ?? 0);
  for (const migration of group) enter(world, migration, { name: 'disk-move', endNs });
  startDiskMove(world, volume, from, to, endNs);
}

/** The volume leaves `from`. Whatever ends the move ends it by `state.volumes[volume].change`. */
export function startDiskMove(
  world: World,
  volume: number,
  from: number,
  to: number,
  endNs: number,
): void {
  const { state } = world;
  const name = world.volumeName(volume);
  invariant(from !== to, `${name} belongs to ${world.nodeName(to)} already`);
  at(state.volumes, volume).change = { why: 'move', to, startNs: state.timeNs, endNs };
  const vm = vmsOn(world.scenario, volume)[0] ?? -1;
  world.emit('resource-offline', vm, `${name} is offline: dismounted on ${world.nodeName(from)}`);
  const seconds = secondsText((endNs - state.timeNs) / NS_PER_S);
  world.emit(
    'volume-move-started',
    vm,
    `${name} moves to ${world.nodeName(to)} within ${seconds}: ${world.nodeName(from)} dismounts it, ${world.nodeName(to)} mounts it`,
  );
}

/** Quick migrations of the VMs on a cluster disk. */
export function groupOf(world: World, volume: number): Migration[] {
  return world.state.migrations.filter(
    ({ method, vm }) => method === 'quick' && world.volumeOf(vm) === volume,
  );
}

/** The memory is read back on the target, which owns the group from now on. Rule QM2. */
export function startRestoring(world: World, migration: Migration): void {
  const { state } = world;
  const { vm, to } = migration;
  const own = at(state.vms, vm);
  own.node = to;
  own.status = { name: 'restoring' };
  leavePhase(world, migration);
  const pages = pagesOf(world, vm);
  const file = world.keepsVersions ? world.savedFiles.get(vm) : undefined;
  const left = world.memories.get(migration.id)?.versions?.source;
  world.memories.set(migration.id, memoryToRestore(pages, file ?? null, left ?? null));
  const pass = createPass(pages, state.timeNs, { pageBytes: 0, pageNs: 1 });
  const restoring: Migration['phase'] = { name: 'restoring', pass };
  Object.assign(pass, storagePageCost(world, { ...migration, phase: restoring }));
  enter(world, migration, restoring);
  const name = world.vmName(vm);
  world.emit(
    'resource-online',
    vm,
    `Virtual Machine Configuration ${name} is online on ${world.nodeName(to)}`,
  );
  world.emit(
    'restore-started',
    vm,
    `${world.nodeName(to)} reads the ${memoryText(pages / PAGES_PER_MIB)} of ${name} back from ${volumeName(world, migration)}: it goes on where it stood`,
  );
}

/** All pages are compared, and the VM goes on where it stood. Rule QM3. */
export function endRestoring(world: World, migration: Migration): void {
  const { vm, to } = migration;
  const differing = world.differingPages(migration);
  world.log?.memoryCompared(migration, differing);
  const pages = withThousands(pagesOf(world, vm));
  world.emit(
    'memory-compared',
    vm,
    differing === 0
      ? `All ${pages} pages compared: what was read back is what was saved`
      : `All ${pages} pages compared: ${withThousands(differing)} ${differing === 1 ? 'is' : 'are'} not what was saved`,
  );
  const name = world.vmName(vm);
  const own = at(world.state.vms, vm);
  const stoodNs = resumeVm(own, world.state.timeNs);
  own.blocked = null;
  world.savedFiles.delete(vm);
  world.emit('resource-online', vm, `Virtual Machine ${name} is online on ${world.nodeName(to)}`);
  world.emit(
    'vm-resumed',
    vm,
    `${name} runs on ${world.nodeName(to)} after an outage of ${secondsText(stoodNs / NS_PER_S)}: ${world.nodeName(to)} tells the network that ${name} is here now`,
  );
  endMigration(world, migration, 'completed');
}

/** After a failure: a saved VM is read back where the cluster has placed it, as fast as a move would. Rules FO6, QM4. */
export function readBack(world: World, vm: number, from: number): void {
  const { node } = at(world.state.vms, vm);
  const { memoryMiB } = at(world.scenario.vms, vm);
  const plan = storagePlan(world, memoryMiB, movesDisk(world, vm));
  const asked = { vm, from, to: node, cause: 'failover' as const, storage: plan };
  startRestoring(world, request(world, asked));
}

function keyOf(world: World, vm: number): number {
  return stampKey(world.streamOf(vm), at(world.state.vms, vm).outages.length);
}

function pagesOf({ scenario }: World, vm: number): number {
  return at(scenario.vms, vm).memoryMiB * PAGES_PER_MIB;
}

function volumeName(world: World, { vm }: Migration): string {
  return world.volumeName(world.volumeOf(vm));
}
