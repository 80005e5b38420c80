/**
 * The blackout: last pages, registers and device state, storage, resume on the destination. Nothing of
 * it can be cancelled. Source: facts A1, steps 5 to 8. Rules LM9 to LM11.
 */
import { at } from '../../base/assert.ts';
import { pagesText, secondsText, withThousands } from '../../base/numberText.ts';
import { NS_PER_MS, NS_PER_S, msToNs, type Nanoseconds } from '../../base/units.ts';
import { pauseVm, resumeVm } from '../cluster/vmState.ts';
import { clearDirtyBitmap, takeDirtyBitmap } from '../memory/guestMemory.ts';
import type { World } from '../world.ts';
import { createPass } from './copyPass.ts';
import { deviceStateBytes, nsPerByte, pageCost, type Migration } from './migration.ts';
import { enter } from './phaseChange.ts';

/** Time the source takes to delete its copy. Chosen for teaching; not part of the total time (facts G1). */
const CLEAN_UP_NS: Nanoseconds = 500 * NS_PER_MS;

/** The VM is paused after `rounds` rounds and what is left becomes the last set to send. Rule LM9. */
export function startBlackout(world: World, migration: Migration, rounds: number): void {
  const { state } = world;
  pauseVm(at(state.vms, migration.vm), state.timeNs);
  const memory = world.memoryOf(migration);
  takeDirtyBitmap(memory);
  memory.markedInRound = 0;
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
  migration.bytesSent += bytes;
  enter(world, migration, {
    name: 'device-state',
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
  const [name, to] = [world.vmName(migration.vm), world.nodeName(migration.to)];
  world.emit(
    'disk-moved',
    migration.vm,
    `${to} resumes ${name}: ${world.volumeName(index)} belongs to it and is mounted there`,
  );
  resume(world, migration);
}

function resume(world: World, migration: Migration): void {
  const endNs = world.state.timeNs + msToNs(world.state.settings.resumeMs);
  enter(world, migration, { name: 'resuming', endNs });
}

/** All pages are compared, the VM runs on the destination, clients reach it there. Rules LM9 and LM11. */
export function switchOver(world: World, migration: Migration): void {
  const { state } = world;
  const { name } = at(world.scenario.vms, migration.vm);
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
  const pausedNs = resumeVm(vm, state.timeNs);
  vm.node = migration.to;
  vm.blocked = null;
  enter(world, migration, { name: 'clean-up', endNs: state.timeNs + CLEAN_UP_NS });
  world.emit(
    'vm-resumed',
    migration.vm,
    `${name} runs on ${world.nodeName(migration.to)} after a blackout of ${secondsText(pausedNs / NS_PER_S)}: an unsolicited ARP tells the switch`,
  );
}
