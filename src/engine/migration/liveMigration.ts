/**
 * Live migration: the transitions between its phases. Set-up (connection, shell VM), rounds of pre-copy, then
 * the blackout (last pages, device state, storage hand-over, resume with the unsolicited ARP), clean-up.
 * Source: facts A1. Rules LM1 to LM13.
 */
import { at, assertNever } from '../../base/assert.ts';
import { memoryText, transferRateText, secondsText } from '../../base/numberText.ts';
import { NS_PER_S, PAGES_PER_MIB, msToNs, type Nanoseconds } from '../../base/units.ts';
import { isBusy } from '../cluster/clusterState.ts';
import { networkProblem, obstacleOf, roomProblem } from '../cluster/placement.ts';
import type { World } from '../world.ts';
import { passEndNs } from './copyPass.ts';
import { pageCost, type Migration, type MigrationCause } from './migration.ts';
import { enter, endMigration } from './phaseChange.ts';
import { decide, startFirstRound } from './preCopy.ts';
import { endRestoring, endSaving } from './quickMigration.ts';
import { requestMigration } from './request.ts';
import {
  endCleanUp,
  handOverStorage,
  sendDeviceState,
  switchOver,
  takeStorageOver,
} from './switchover.ts';

/** Share of the set-up before the shell VM is created. Chosen for teaching. */
const CONNECTING_SHARE = 1 / 3;

/** Asks for a live migration: it starts at once, or waits in the queue. Rule LM2. */
export function requestLive(world: World, vm: number, to: number, cause: MigrationCause): void {
  const { state } = world;
  const from = at(state.vms, vm).node;
  const migration = requestMigration(world, {
    method: 'live',
    cause,
    vm,
    from,
    to,
    storage: null,
  });
  const name = world.vmName(vm);
  const path = `${world.nodeName(from)} to ${world.nodeName(to)}`;
  world.emit(
    'migration-requested',
    vm,
    `Live migration of ${name} from ${path} is asked for: ${requestText(world, vm, cause)}`,
  );
  if (startIfPossible(world, migration)) return;
  const busy = world.nodeName(isBusy(state, from) ? from : to);
  world.emit(
    'migration-queued',
    vm,
    `${name} waits: ${busy} takes part in one live migration at a time`,
  );
}

/** Who asked, and what is to go where. */
function requestText(world: World, vm: number, cause: MigrationCause): string {
  const { memoryMiB } = at(world.scenario.vms, vm);
  const { settings } = world.state;
  // Memory is counted in powers of two and the network in powers of ten: nobody should have to divide them.
  const onceNs = memoryMiB * PAGES_PER_MIB * pageCost(settings).pageNs;
  const seconds = secondsText(onceNs / NS_PER_S);
  const way = `its ${memoryText(memoryMiB)} take ${seconds} over the network at ${transferRateText(settings.migrationMBps)}`;
  switch (cause) {
    case 'drain':
      return `${world.nodeName(at(world.state.vms, vm).node)} is drained, ${way}`;
    case 'failback':
      return `it goes back to where it began, ${way}`;
    default:
      return way;
  }
}

/** Rule LM2: requests wait in their order; one whose nodes are both free starts. */
export function startQueued(world: World): void {
  for (const migration of [...world.state.migrations]) {
    if (migration.phase.name === 'queued') startIfPossible(world, migration);
  }
}

/** Starts a queued migration when both nodes are free; true when it started or had to be given up. Rule LM2. */
function startIfPossible(world: World, migration: Migration): boolean {
  const { state } = world;
  const { vm, from, to } = migration;
  if (isBusy(state, from) || isBusy(state, to)) return false;
  const name = world.vmName(vm);
  const problem =
    obstacleOf(world, [vm], to) ?? networkProblem(world, from, to) ?? roomProblem(world, [vm], to);
  if (problem !== null) {
    const stays = `${name} stays on ${world.nodeName(from)}`;
    world.emit('migration-failed', vm, `${stays}: ${problem}`);
    endMigration(world, migration, 'failed');
    return true;
  }
  const setupNs = msToNs(state.settings.setupMs);
  const connectingNs = Math.round(setupNs * CONNECTING_SHARE);
  enter(world, migration, { name: 'connecting', endNs: state.timeNs + connectingNs });
  world.emit(
    'setup-started',
    vm,
    `${world.nodeName(from)} connects to ${world.nodeName(to)} for ${secondsText(connectingNs / NS_PER_S)}: it sends the configuration of ${name}`,
  );
  return true;
}

/** When the present phase is over; Infinity while that is open. */
export function phaseEndNs(migration: Migration): Nanoseconds {
  const { phase } = migration;
  switch (phase.name) {
    case 'queued':
    case 'saved':
    // The volume says when its disk has moved.
    case 'disk-move':
      return Infinity;
    case 'round':
      return passEndNs(phase.pass, phase.tracking);
    case 'stop-and-copy':
    case 'saving':
    case 'restoring':
      return passEndNs(phase.pass, 'sync-per-round');
    default:
      return phase.endNs;
  }
}

/** Ends the present phase, at its time, and enters the next. */
export function endPhase(world: World, migration: Migration): void {
  const { phase } = migration;
  switch (phase.name) {
    case 'queued':
    case 'saved':
    case 'disk-move':
      return;
    case 'saving':
      return endSaving(world, migration);
    case 'restoring':
      return endRestoring(world, migration);
    case 'connecting':
      return createShell(world, migration, phase.endNs);
    case 'creating-shell':
      return startFirstRound(world, migration);
    case 'round':
      return decide(world, migration, phase);
    case 'stop-and-copy':
      return sendDeviceState(world, migration);
    case 'device-state':
      return handOverStorage(world, migration);
    case 'storage':
      return takeStorageOver(world, migration);
    case 'resuming':
      return switchOver(world, migration);
    case 'clean-up':
      return endCleanUp(world, migration);
    default:
      return assertNever(phase);
  }
}

/** @param fromNs  Now: the connection stands. */
function createShell(world: World, migration: Migration, fromNs: Nanoseconds): void {
  const setupNs = msToNs(world.state.settings.setupMs);
  const endNs = fromNs + setupNs - Math.round(setupNs * CONNECTING_SHARE);
  enter(world, migration, { name: 'creating-shell', endNs });
  const { memoryMiB } = at(world.scenario.vms, migration.vm);
  const name = world.vmName(migration.vm);
  world.emit(
    'shell-created',
    migration.vm,
    `${world.nodeName(migration.to)} creates an empty ${name} and reserves ${memoryText(memoryMiB)}: its pages need a place`,
  );
}

const standsStillWords: Readonly<Partial<Record<Migration['phase']['name'], string>>> = {
  saving: 'is paused already',
  restoring: 'is being read back',
};
function whereText({ phase }: Migration): string {
  if (phase.name === 'queued') return 'in the queue';
  return phase.name === 'round' ? `in round ${phase.number}` : 'during set-up';
}

/** The VM stays on the source, untouched. Rule LM12. @returns The reason when it is too late, else null. */
export function cancel(world: World, migration: Migration): string | null {
  const name = world.vmName(migration.vm);
  const { phase, method } = migration;
  if (method === 'quick') return `${name} ${standsStillWords[phase.name] ?? 'is saved already'}`;
  if (phase.name === 'clean-up') return `${name} runs on ${world.nodeName(migration.to)} already`;
  const possible = ['queued', 'connecting', 'creating-shell', 'round'].includes(phase.name);
  if (!possible) return `the switchover of ${name} has begun`;
  // Who calls off a drained VM's move wants it to stay.
  const source = at(world.state.nodes, migration.from);
  source.leaving = source.leaving?.filter((vm) => vm !== migration.vm) ?? null;
  world.emit(
    'migration-cancelled',
    migration.vm,
    `Live migration of ${name} is cancelled ${whereText(migration)}: it runs on ${world.nodeName(migration.from)} as before, nothing is lost`,
  );
  endMigration(world, migration, 'cancelled');
  return null;
}
