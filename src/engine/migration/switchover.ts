/**
 * The blackout: last pages, registers and device state, storage, resume on the destination. Nothing of
 * it can be cancelled. Source: facts A1, steps 5 to 8. Rules LM9 to LM11.
 */
import { at } from '../../base/assert.ts';
import { memoryText, pagesText, secondsText, withThousands } from '../../base/numberText.ts';
import { NS_PER_MS, NS_PER_S, msToNs, type Nanoseconds } from '../../base/units.ts';
import { pauseVm, resumeVm } from '../cluster/vmState.ts';
import { clearDirtyBitmap, takeDirtyBitmap } from '../memory/guestMemory.ts';
import type { World } from '../world.ts';
import { createPass } from './copyPass.ts';
import { deviceStateBytes, nsPerByte, pageCost, type Migration } from './migration.ts';
import { endMigration, enter } from './phaseChange.ts';

/** Time the source takes to delete its copy. Chosen for teaching; not part of the total time (facts G1). */
const CLEAN_UP_NS: Nanoseconds = 500 * NS_PER_MS;

/** The VM is paused after `rounds` rounds and what is left becomes the last set to send. Rule LM9. */
export function startBlackout(world: World, migration: Migration, rounds: number): void {
  const { state } = world;
  pauseVm(at(state.vms, migration.vm), state.timeNs);
  const memory = world.memoryOf(migration);
  takeDirtyBitmap(memory);
  memory.markedInRound = 0;
  migration.preCopy = { rounds, pagesLeft: memory.sendSetPages };
  const pass = createPass(memory.sendSetPages, state.timeNs, pageCost(state.settings));
  enter(world, migration, { name: 'stop-and-copy', pass });
  const name = world.vmName(migration.vm);
  const left = pagesText(memory.sendSetPages);
  world.emit(
    'vm-paused',
    migration.vm,
    migration.stopReason === 'round-limit'
      ? `${name} is paused after ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, the limit: its last ${left} go across, so the blackout is long`
      : memory.sendSetPages === 0
        ? `${name} is paused: 0 pages are left to go across`
        : `${name} is paused: its last ${left} go across while nothing changes them`,
  );
}

/** The last pages are across. */
export function sendDeviceState(world: World, migration: Migration): void {
  const { state } = world;
  const memory = world.memoryOf(migration);
  clearDirtyBitmap(memory);
  const bytes = deviceStateBytes(state.settings);
  const { phase } = migration;
  const sent = phase.name === 'stop-and-copy' ? phase.pass.sent : 0;
  enter(world, migration, {
    name: 'device-state',
    bytes,
    startNs: state.timeNs,
    endNs: state.timeNs + Math.round(bytes * nsPerByte(state.settings)),
  });
  world.emit(
    'last-pages-sent',
    migration.vm,
    `Registers and device state of ${world.vmName(migration.vm)} follow: ${sent === 0 ? '0 pages were left' : `its last ${pagesText(sent)} are across`}`,
  );
}

/** With a CSV there is nothing to move; a cluster disk changes its owner inside the blackout. Rule LM10. */
export function handOverStorage(world: World, migration: Migration): void {
  const { state } = world;
  const index = world.volumeOf(migration.vm);
  const volume = at(state.volumes, index);
  const [name, to] = [world.vmName(migration.vm), world.nodeName(migration.to)];
  const [what, disk] = [`${state.settings.deviceStateMB}\u00a0MB`, world.volumeName(index)];
  world.emit(
    'device-state-sent',
    migration.vm,
    volume.kind === 'csv'
      ? `${to} resumes ${name}: its ${what} of registers and device state are across, no disk has to move`
      : `The ${what} of registers and device state of ${name} are across: now ${disk} goes over`,
  );
  if (volume.kind === 'csv') return resume(world, migration);
  const endNs = state.timeNs + msToNs(state.settings.diskMoveMs);
  // The migration itself ends the move, with its phase.
  volume.change = { why: 'move', to: migration.to, startNs: state.timeNs, endNs: Infinity };
  enter(world, migration, { name: 'storage', endNs });
  world.emit(
    'volume-move-started',
    migration.vm,
    `${disk} moves to ${to} within ${secondsText((endNs - state.timeNs) / NS_PER_S)}: a cluster disk has one owner, so ${name} waits for it`,
  );
}

/** The disk belongs to the destination. Rule LM10. */
export function takeStorageOver(world: World, migration: Migration): void {
  const index = world.volumeOf(migration.vm);
  Object.assign(at(world.state.volumes, index), { owner: migration.to, change: null });
  at(world.state.vms, migration.vm).status = { name: 'paused' };
  const [name, to] = [world.vmName(migration.vm), world.nodeName(migration.to)];
  world.emit(
    'disk-moved',
    migration.vm,
    `${to} resumes ${name}: ${world.volumeName(index)} belongs to it and is mounted there`,
  );
  resume(world, migration);
}

/** Whether the target holds all of the VM: its last page, registers and device state. */
export function isAcross({ phase }: Migration): boolean {
  return phase.name === 'storage' || phase.name === 'resuming';
}

/** Whether it goes on only when its target owns the disk, however long that takes. */
export function waitsForDisk({ phase }: Migration): boolean {
  return phase.name === 'storage' && phase.endNs === Infinity;
}

/**
 * The source has stopped when all was across: the copy on the target counts from now on. A cluster disk whose move breaks off
 * with the source has to be taken over first. Rule LM16.
 */
export function goOnAtTarget(world: World, migration: Migration): void {
  const { state } = world;
  const { phase, to } = migration;
  const vm = at(state.vms, migration.vm);
  if (vm.node === to) return;
  vm.node = to;
  const [name, source, target] = [
    world.vmName(migration.vm),
    world.nodeName(migration.from),
    world.nodeName(to),
  ];
  if (phase.name === 'resuming') {
    enter(world, migration, phase);
    return world.emit(
      'memory-across',
      migration.vm,
      `${target} resumes ${name} all the same: its memory and device state were across before ${source} stopped, nothing is lost`,
    );
  }
  const index = world.volumeOf(migration.vm);
  at(state.volumes, index).change = null;
  vm.status = { name: 'waiting-for-disk' };
  enter(world, migration, { name: 'storage', endNs: Infinity });
  world.emit(
    'vm-waits-for-disk',
    migration.vm,
    `${name} waits at ${target}, paused and with its whole memory, until ${world.volumeName(index)} is there: all of it was across before ${source} stopped`,
  );
}

function resume(world: World, migration: Migration): void {
  const endNs = world.state.timeNs + msToNs(world.state.settings.resumeMs);
  enter(world, migration, { name: 'resuming', endNs });
}

/** All pages are compared, the VM runs on the destination, clients reach it there. Rules LM9 and LM11. */
export function switchOver(world: World, migration: Migration): void {
  const { state } = world;
  const name = world.vmName(migration.vm);
  const differing = world.differingPages(migration);
  world.log?.memoryCompared(migration, differing);
  world.emit(
    'memory-compared',
    migration.vm,
    differing === 0
      ? `All ${withThousands(world.memoryOf(migration).pageCount)} pages compared: both memories are the same`
      : `All ${withThousands(world.memoryOf(migration).pageCount)} pages compared: ${withThousands(differing)} ${differing === 1 ? 'differs' : 'differ'} between source and target`,
  );
  const vm = at(state.vms, migration.vm);
  const sourceStopped = vm.node === migration.to;
  const pausedNs = resumeVm(vm, state.timeNs);
  vm.node = migration.to;
  vm.blocked = null;
  // A source that stopped has no copy to delete.
  if (!sourceStopped)
    enter(world, migration, { name: 'clean-up', endNs: state.timeNs + CLEAN_UP_NS });
  world.emit(
    'vm-resumed',
    migration.vm,
    `${name} runs on ${world.nodeName(migration.to)} after a blackout of ${secondsText(pausedNs / NS_PER_S)}: ${world.nodeName(migration.to)} tells the network that ${name} is here now`,
  );
  if (sourceStopped) {
    const why = `${world.nodeName(migration.from)} stopped when all of it was across`;
    completeMove(world, migration, movedText(world, migration, pausedNs, why));
  }
}

/** The source has deleted its copy. A long blackout is told with its cause. */
export function endCleanUp(world: World, migration: Migration): void {
  const { vm, from, stopReason, preCopy } = migration;
  const blackout = at(world.state.vms, vm).outages.findLast(({ toNs }) => toNs !== null);
  const pausedNs = (blackout?.toNs ?? 0) - (blackout?.fromNs ?? 0);
  const memory = memoryText(at(world.scenario.vms, vm).memoryMiB);
  const text =
    stopReason === 'round-limit' && preCopy !== null
      ? notEnoughText(world.vmName(vm), preCopy, pausedNs)
      : movedText(world, migration, pausedNs, `${world.nodeName(from)} frees ${memory}`);
  completeMove(world, migration, text);
}

function notEnoughText(
  vm: string,
  { rounds, pagesLeft }: NonNullable<Migration['preCopy']>,
  pausedNs: Nanoseconds,
): string {
  const enough = rounds === 1 ? '1 round was not enough' : `${rounds} rounds were not enough`;
  const last = pagesLeft === 1 ? 'its last page was' : `its last ${pagesText(pagesLeft)} were`;
  return `${enough}. ${vm} stopped for ${secondsText(pausedNs / NS_PER_S)} while ${last} copied`;
}

function movedText(
  world: World,
  { vm, to }: Migration,
  pausedNs: Nanoseconds,
  why: string,
): string {
  return `${world.vmName(vm)} moved to ${world.nodeName(to)} with a blackout of ${secondsText(pausedNs / NS_PER_S)}: ${why}`;
}

function completeMove(world: World, migration: Migration, text: string): void {
  world.emit('migration-completed', migration.vm, text);
  endMigration(world, migration, 'completed');
}
