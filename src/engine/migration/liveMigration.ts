/**
 * Live migration: the transitions between its phases. Set-up (connection, shell VM), rounds of pre-copy, then
 * the blackout (last pages, device state, storage hand-over, resume with the unsolicited ARP), clean-up.
 * Source: facts A1. Rules LM1 to LM13.
 */
import { at, assertNever } from '../../base/assert.ts';
import { memoryText } from '../../base/numberText.ts';
import { msToNs, type Nanoseconds } from '../../base/units.ts';
import { freeMiB, isBusy } from '../cluster/clusterState.ts';
import type { World } from '../world.ts';
import { passEndNs } from './copyPass.ts';
import type { Migration } from './migration.ts';
import { enter, endMigration } from './phaseChange.ts';
import { decide, startFirstRound } from './preCopy.ts';
import { handOverStorage, sendDeviceState, switchOver, takeStorageOver } from './switchover.ts';

/** Share of the set-up before the shell VM is created. Chosen for teaching. */
const CONNECTING_SHARE = 1 / 3;

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
    endMigration(world, migration, 'failed');
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
  switch (phase.name) {
    case 'queued':
      return;
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
      return completed(world, migration);
    default:
      return assertNever(phase);
  }
}

/** @param fromNs  Now: the connection stands. */
function createShell(world: World, migration: Migration, fromNs: Nanoseconds): void {
  const setupNs = msToNs(world.state.settings.setupMs);
  const endNs = fromNs + setupNs - Math.round(setupNs * CONNECTING_SHARE);
  enter(world, migration, { name: 'creating-shell', endNs });
  const { name, memoryMiB } = at(world.scenario.vms, migration.vm);
  world.emit(
    'shell-created',
    migration.vm,
    `A shell of ${name} is created on ${world.nodeName(migration.to)}, ${memoryText(memoryMiB)} reserved`,
  );
}

function completed(world: World, migration: Migration): void {
  const { name, memoryMiB } = at(world.scenario.vms, migration.vm);
  world.emit(
    'migration-completed',
    migration.vm,
    `${world.nodeName(migration.from)} deletes its copy of ${name} and frees ${memoryText(memoryMiB)}`,
  );
  endMigration(world, migration, 'completed');
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
  endMigration(world, migration, 'cancelled');
  return null;
}
