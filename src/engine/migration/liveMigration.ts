/**
 * Live migration: the transitions between its phases. Set-up (connection, shell VM), rounds of pre-copy, then
 * the blackout (last pages, device state, storage hand-over, resume with the unsolicited ARP), clean-up.
 * Source: facts A1. Rules LM1 to LM13.
 */
import { at, assertNever } from '../../base/assert.ts';
import { countBits, setBits } from '../../base/bits.ts';
import { memoryText, pagesText, secondsText, withThousands } from '../../base/numberText.ts';
import { NS_PER_MS, NS_PER_S, PAGES_PER_MIB, msToNs, type Nanoseconds } from '../../base/units.ts';
import { freeMiB, isBusy } from '../cluster/clusterState.ts';
import {
  clearDirtyBitmap,
  createGuestMemory,
  pagesLeft,
  takeDirtyBitmap,
  touchCells,
  type GuestMemory,
} from '../memory/guestMemory.ts';
import { markTouched } from '../memory/touchedPages.ts';
import type { TrackingPolicy } from '../settings.ts';
import type { World } from '../world.ts';
import { createPass, passEndNs } from './copyPass.ts';
import {
  ANNOUNCEMENT_BYTES,
  bytesSentNow,
  deviceStateBytes,
  nsPerByte,
  pageCost,
  pagesSentNow,
  type Migration,
  type MigrationPhase,
} from './migration.ts';
import { stopReason, stopThresholdPages } from './stopCondition.ts';

/** Share of the set-up before the shell VM is created. Chosen for teaching. */
const CONNECTING_SHARE = 1 / 3;

/** How often `sync-when-rest-small` looks at what is left. Source: facts G4, row 6 (QEMU). */
const LOOK_EVERY_NS: Nanoseconds = 100 * NS_PER_MS;

/** Time the source takes to delete its copy. Chosen for teaching; not part of the total time (facts G1). */
const CLEAN_UP_NS: Nanoseconds = 500 * NS_PER_MS;

/** Starts a queued migration when both nodes are free; true when it started or had to be given up. Rule LM2. */
export function startIfPossible(world: World, migration: Migration): boolean {
  const { state, scenario } = world;
  if (isBusy(state, migration.from) || isBusy(state, migration.to)) return false;
  const { name, memoryMiB } = at(scenario.vms, migration.vm);
  const free = freeMiB(scenario, state, migration.to);
  if (free < memoryMiB) {
    const target = world.nodeName(migration.to);
    world.emit(
      'migration-failed',
      migration.vm,
      `${name} stays on ${world.nodeName(migration.from)}: it needs ${memoryText(memoryMiB)}, ${target} has ${memoryText(free)} free`,
    );
    end(world, migration, 'failed');
    return true;
  }
  migration.startedNs = state.timeNs;
  const setupNs = msToNs(state.settings.setupMs);
  enter(world, migration, {
    name: 'connecting',
    endNs: state.timeNs + Math.round(setupNs * CONNECTING_SHARE),
  });
  world.emit(
    'setup-started',
    migration.vm,
    `${world.nodeName(migration.from)} opens a connection to ${world.nodeName(migration.to)} and sends the configuration of ${name}`,
  );
  return true;
}

/** When the present phase is over; Infinity while that is open. */
export function phaseEndNs(migration: Migration): Nanoseconds {
  const { phase } = migration;
  switch (phase.name) {
    case 'queued':
      return Infinity;
    case 'round':
      return passEndNs(phase.pass, phase.tracking);
    case 'stop-and-copy':
      return passEndNs(phase.pass, 'sync-per-round');
    default:
      return phase.endNs;
  }
}

/** Ends the present phase, at its time, and enters the next. */
export function endPhase(world: World, migration: Migration): void {
  const { phase } = migration;
  const { state } = world;
  switch (phase.name) {
    case 'queued':
      return;
    case 'connecting': {
      const setupNs = msToNs(state.settings.setupMs);
      const endNs = phase.endNs + setupNs - Math.round(setupNs * CONNECTING_SHARE);
      enter(world, migration, { name: 'creating-shell', endNs });
      const { name, memoryMiB } = at(world.scenario.vms, migration.vm);
      world.emit(
        'shell-created',
        migration.vm,
        `A shell of ${name} is created on ${world.nodeName(migration.to)}, ${memoryText(memoryMiB)} reserved`,
      );
      return;
    }
    case 'creating-shell':
      return startFirstRound(world, migration);
    case 'round':
      return decide(world, migration, phase);
    case 'stop-and-copy':
      return sendDeviceState(world, migration);
    case 'device-state':
      return handOverStorage(world, migration);
    case 'storage':
      state.volumeOwners[world.volumeOf(migration.vm)] = migration.to;
      world.emit('disk-moved', migration.vm, `The disk belongs to ${world.nodeName(migration.to)}`);
      return resume(world, migration);
    case 'resuming':
      return switchOver(world, migration);
    case 'clean-up':
      return completed(world, migration);
    default:
      return assertNever(phase);
  }
}

/** The phase that ends is logged, and what its pass sent is added to the totals. */
function leavePhase(world: World, migration: Migration): void {
  world.log?.phaseEnded(world, migration);
  const bytes = bytesSentNow(migration);
  const pages = pagesSentNow(migration);
  migration.phase = { name: 'queued' };
  migration.bytesSent = bytes;
  migration.pagesSent = pages;
}

function enter(world: World, migration: Migration, phase: MigrationPhase): void {
  leavePhase(world, migration);
  migration.phase = phase;
  world.log?.phaseStarted(world, migration);
}

/** Dirty tracking is turned on and round 1 takes every touched page; the others are announced. Rule LM5. */
function startFirstRound(world: World, migration: Migration): void {
  const { name, memoryMiB, touchedMiB } = at(world.scenario.vms, migration.vm);
  const memory = createGuestMemory(memoryMiB * PAGES_PER_MIB, world.keepsVersions);
  world.memories.set(migration.id, memory);
  setBits(memory.sendSet, 0, touchedMiB * PAGES_PER_MIB);
  memory.sendSetPages = markTouched(
    memory,
    touchedMiB * PAGES_PER_MIB,
    at(world.state.vms, migration.vm),
    world.streamOf(migration.vm),
    world.clockOf(migration.vm),
  );
  const untouched = memory.pageCount - memory.sendSetPages;
  if (untouched > 0) announce(memory);
  takeSendSet(memory, world.state.settings.tracking);
  world.emit('tracking-started', migration.vm, `Dirty bitmap of ${name} turned on`);
  const announcedBytes = untouched * ANNOUNCEMENT_BYTES;
  migration.bytesSent += announcedBytes;
  startRound(world, migration, {
    number: 1,
    lastPage: -1,
    announcingNs: announcedBytes * nsPerByte(world.state.settings),
  });
}

function announce(memory: GuestMemory): void {
  const { sentOnce, sendSet } = memory;
  for (let i = 0; i < sentOnce.length; i++) sentOnce[i] = ~sendSet[i]!;
  touchCells(memory, 0, memory.pageCount - 1);
}

interface RoundStart {
  readonly number: number;
  /** Sent last in the round before, or -1. */
  readonly lastPage: number;
  readonly announcingNs: number;
}

function startRound(
  world: World,
  migration: Migration,
  { number, lastPage, announcingNs }: RoundStart,
): void {
  const { state } = world;
  const { tracking } = state.settings;
  const memory = world.memoryOf(migration);
  const cost = pageCost(state.settings);
  memory.markedInRound = 0;
  let pages = memory.sendSetPages;
  let cursorWord = 0;
  if (tracking === 'sync-when-rest-small') {
    // Rule LM8: the bitmap is read again once the rest would fit, and the sweep goes on where it stood.
    const rest = stopThresholdPages(msToNs(state.settings.stopBelowMs), cost.pageNs);
    const look = Math.max(1, Math.floor(LOOK_EVERY_NS / cost.pageNs));
    pages = Math.min(pages, Math.ceil(Math.max(0, pages - rest) / look) * look);
    cursorWord = Math.max(0, lastPage) >>> 5;
  }
  const pass = createPass(pages, state.timeNs, cost, announcingNs, cursorWord);
  enter(world, migration, { name: 'round', number, tracking, pass });
  const { name } = at(world.scenario.vms, migration.vm);
  const what =
    number === 1
      ? `Round 1 starts: all ${pagesText(memory.sendSetPages)} of ${name} that hold something`
      : `Round ${number} starts: ${pagesText(memory.sendSetPages)} to send again`;
  world.emit('round-started', migration.vm, what);
}

/** After a round: stop, or send again what was marked. Rules LM3 to LM8. */
function decide(
  world: World,
  migration: Migration,
  round: Extract<MigrationPhase, { name: 'round' }>,
): void {
  const { state } = world;
  const memory = world.memoryOf(migration);
  const cost = pageCost(state.settings);
  const left = pagesLeft(memory);
  const reason = stopReason(
    { stopBelowNs: msToNs(state.settings.stopBelowMs), maxRounds: state.settings.maxRounds },
    round.number,
    left,
    cost.pageNs,
  );
  leavePhase(world, migration);
  if (reason === null) {
    // A change of the policy counts from the next round on.
    takeSendSet(memory, state.settings.tracking);
    const { lastPage } = round.pass;
    return startRound(world, migration, { number: round.number + 1, lastPage, announcingNs: 0 });
  }
  migration.stopReason = reason;
  world.emit('pre-copy-stopped', migration.vm, stopText(reason, round.number, left, cost.pageNs));
  pauseVm(world, migration);
  takeDirtyBitmap(memory);
  memory.markedInRound = 0;
  const pass = createPass(memory.sendSetPages, state.timeNs, cost);
  enter(world, migration, { name: 'stop-and-copy', pass });
  const { name } = at(world.scenario.vms, migration.vm);
  world.emit('vm-paused', migration.vm, `${name} is paused: the blackout begins`);
}

/**
 * What is marked becomes, or joins, the set to send. With `clear-on-send` every page of the set is marked until it
 * is sent, from round 1 on: a write before its turn then marks nothing, in whatever batch it comes.
 */
function takeSendSet(memory: GuestMemory, tracking: TrackingPolicy): void {
  if (tracking !== 'clear-on-send') {
    takeDirtyBitmap(memory);
    return;
  }
  for (let i = 0; i < memory.wordCount; i++) {
    const word = memory.sendSet[i]! | memory.dirtyBitmap[i]!;
    memory.sendSet[i] = word;
    memory.dirtyBitmap[i] = word;
  }
  memory.sendSetPages = memory.dirtyPages = countBits(memory.sendSet);
}

function stopText(
  reason: 'small-enough' | 'round-limit',
  round: number,
  left: number,
  pageNs: number,
): string {
  const seconds = secondsText((left * pageNs) / NS_PER_S);
  return reason === 'small-enough'
    ? `${pagesText(left)} left: they take ${seconds}, few enough to stop`
    : `After ${round} rounds, the limit, ${pagesText(left)} are left: they take ${seconds}`;
}

function pauseVm(world: World, migration: Migration): void {
  const vm = at(world.state.vms, migration.vm);
  vm.running = false;
  vm.outages = [...vm.outages, { fromNs: world.state.timeNs, toNs: null }];
}

function sendDeviceState(world: World, migration: Migration): void {
  const { state } = world;
  const memory = world.memoryOf(migration);
  clearDirtyBitmap(memory);
  const bytes = deviceStateBytes(state.settings);
  migration.bytesSent += bytes;
  enter(world, migration, {
    name: 'device-state',
    endNs: state.timeNs + Math.round(bytes * nsPerByte(state.settings)),
  });
  world.emit(
    'last-pages-sent',
    migration.vm,
    'The last pages are across; registers and device state follow',
  );
}

/** With a CSV there is nothing to move; a cluster disk changes its owner inside the blackout. Rule LM10. */
function handOverStorage(world: World, migration: Migration): void {
  world.emit('device-state-sent', migration.vm, 'Registers and device state are across');
  if (at(world.scenario.volumes, world.volumeOf(migration.vm)).kind === 'csv')
    return resume(world, migration);
  const endNs = world.state.timeNs + msToNs(world.state.settings.diskMoveMs);
  enter(world, migration, { name: 'storage', endNs });
}

function resume(world: World, migration: Migration): void {
  const endNs = world.state.timeNs + msToNs(world.state.settings.resumeMs);
  enter(world, migration, { name: 'resuming', endNs });
}

/** All pages are compared, the VM runs on the destination, clients reach it there. Rules LM9 and LM11. */
function switchOver(world: World, migration: Migration): void {
  const { state } = world;
  const { name } = at(world.scenario.vms, migration.vm);
  const differing = world.differingPages(migration);
  world.log?.memoryCompared(migration, differing);
  world.emit(
    'memory-compared',
    migration.vm,
    differing === 0
      ? `All ${withThousands(world.memoryOf(migration).pageCount)} pages compared: both memories are the same`
      : `${pagesText(differing)} ${differing === 1 ? 'differs' : 'differ'} between source and target`,
  );
  const vm = at(state.vms, migration.vm);
  const outage = at(vm.outages, vm.outages.length - 1);
  const pausedNs = state.timeNs - outage.fromNs;
  vm.outages = [...vm.outages.slice(0, -1), { fromNs: outage.fromNs, toNs: state.timeNs }];
  vm.pausedNs += pausedNs;
  vm.node = migration.to;
  vm.running = true;
  enter(world, migration, { name: 'clean-up', endNs: state.timeNs + CLEAN_UP_NS });
  world.emit(
    'vm-resumed',
    migration.vm,
    `${name} runs on ${world.nodeName(migration.to)} after a blackout of ${secondsText(pausedNs / NS_PER_S)}; an unsolicited ARP tells the switch`,
  );
}

function completed(world: World, migration: Migration): void {
  const { name, memoryMiB } = at(world.scenario.vms, migration.vm);
  world.emit(
    'migration-completed',
    migration.vm,
    `${world.nodeName(migration.from)} deletes its copy of ${name} and frees ${memoryText(memoryMiB)}`,
  );
  end(world, migration, 'completed');
}

/** The VM stays on the source, untouched. Rule LM12. @returns The reason when it is too late, else null. */
export function cancel(world: World, migration: Migration): string | null {
  const { name } = at(world.scenario.vms, migration.vm);
  const { phase } = migration;
  const possible = ['queued', 'connecting', 'creating-shell', 'round'].includes(phase.name);
  if (!possible) return `the switchover of ${name} has begun`;
  world.emit(
    'migration-cancelled',
    migration.vm,
    `Live migration of ${name} cancelled: it runs on ${world.nodeName(migration.from)} as before`,
  );
  end(world, migration, 'cancelled');
  return null;
}

function end(
  world: World,
  migration: Migration,
  outcome: 'completed' | 'cancelled' | 'failed',
): void {
  leavePhase(world, migration);
  world.log?.migrationEnded(migration, outcome, world.state.timeNs);
  world.state.migrations = world.state.migrations.filter(({ id }) => id !== migration.id);
  world.memories.delete(migration.id);
}
