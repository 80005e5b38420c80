/** Carries out the operator's commands. One that is impossible at its moment changes nothing and says why. Rules OP1 to OP4. */
import { at, assertNever } from '../base/assert.ts';
import { memoryText } from '../base/numberText.ts';
import { freeMiB, isBusy, migrationOf, nodeIndex, vmIndex } from './cluster/clusterState.ts';
import type { LiveMigrationChange, Operation } from './command.ts';
import { changePageCost } from './migration/copyPass.ts';
import { cancel, startIfPossible } from './migration/liveMigration.ts';
import { bytesSentNow, pageCost, passOf, type MigrationSettings } from './migration/migration.ts';
import type { WriterSpec } from './settings.ts';
import type { World } from './world.ts';

export function operate(world: World, operation: Operation): void {
  switch (operation.do) {
    case 'live-migrate':
      return liveMigrate(world, operation.vm, operation.to);
    case 'cancel-migration':
      return cancelMigration(world, operation.vm);
    case 'set-writers':
      return setWriters(world, operation.vm, operation.writers);
    case 'set-live-migration':
      return setLiveMigration(world, operation);
    default:
      return assertNever(operation);
  }
}

/** Why `vm` cannot be live-migrated to `to` now, or null. Rule OP1. */
export function refusalToMigrate(world: World, vm: number, to: number): string | null {
  const { scenario, state } = world;
  const { name, memoryMiB, volume } = at(scenario.vms, vm);
  if (migrationOf(state, vm) !== null) return `${name} is already being moved`;
  if (at(state.vms, vm).node === to) return `${name} runs on ${world.nodeName(to)} already`;
  const free = freeMiB(scenario, state, to);
  if (free < memoryMiB) {
    return `${name} needs ${memoryText(memoryMiB)}, ${world.nodeName(to)} has ${memoryText(free)} free`;
  }
  const disk = at(scenario.volumes, world.volumeOf(vm));
  const other = scenario.vms.find((spec, index) => spec.volume === volume && index !== vm);
  if (disk.kind === 'cluster-disk' && other !== undefined) {
    return `${disk.name} holds ${other.name} too and has one owner, so ${name} cannot move alone`;
  }
  return null;
}

function liveMigrate(world: World, vmId: string, toId: string): void {
  const { scenario, state } = world;
  const vm = vmIndex(scenario, vmId);
  const to = nodeIndex(scenario, toId);
  const refusal = refusalToMigrate(world, vm, to);
  if (refusal !== null) return world.emit('command-refused', vm, refusal);
  const from = at(state.vms, vm).node;
  const migration = {
    id: state.nextMigrationId++,
    vm,
    from,
    to,
    requestedNs: state.timeNs,
    startedNs: null,
    phase: { name: 'queued' as const },
    stopReason: null,
    bytesSent: 0,
    pagesSent: 0,
  };
  state.migrations.push(migration);
  world.log?.migrationRequested(migration);
  const { name } = at(scenario.vms, vm);
  const path = `${world.nodeName(from)} to ${world.nodeName(to)}`;
  world.emit('migration-requested', vm, `Live migration of ${name} from ${path} requested`);
  if (!startIfPossible(world, migration)) {
    const busy = isBusy(state, from) ? from : to;
    world.emit(
      'migration-queued',
      vm,
      `${name} waits: ${world.nodeName(busy)} takes part in one live migration at a time`,
    );
  }
}

/** Rule LM2: requests wait in their order; one whose nodes are both free starts. */
export function startQueued(world: World): void {
  for (const migration of [...world.state.migrations]) {
    if (migration.phase.name === 'queued') startIfPossible(world, migration);
  }
}

function cancelMigration(world: World, vmId: string): void {
  const vm = vmIndex(world.scenario, vmId);
  const migration = migrationOf(world.state, vm);
  const { name } = at(world.scenario.vms, vm);
  const refusal = migration === null ? `${name} is not being moved` : cancel(world, migration);
  if (refusal !== null) return world.emit('command-refused', vm, `Nothing to cancel: ${refusal}`);
  // Its nodes may be free now for one that waits.
  startQueued(world);
}

/** The new writers begin now, with write number 0. Rule OP3. */
function setWriters(world: World, vmId: string, writers: readonly WriterSpec[]): void {
  const vm = vmIndex(world.scenario, vmId);
  const state = at(world.state.vms, vm);
  state.writerPeriods = [...state.writerPeriods, { setAtNs: world.clockOf(vm), writers }];
  world.emit('writers-changed', vm, `The writers of ${at(world.scenario.vms, vm).name} change`);
}

/** A new bandwidth or page size counts at once, also for the page on its way; the rest at the next decision. Rule OP4. */
function setLiveMigration(world: World, change: LiveMigrationChange): void {
  const { state } = world;
  const given: Readonly<Record<string, string | number | null | undefined>> = { ...change };
  // In the order of the settings: the same text for the same change.
  const changes = settingKeys.flatMap((key) => {
    const value = given[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  state.settings = { ...state.settings, ...Object.fromEntries(changes) };
  const cost = pageCost(state.settings);
  for (const migration of state.migrations) {
    const pass = passOf(migration);
    if (pass === null || (pass.pageNs === cost.pageNs && pass.pageBytes === cost.pageBytes))
      continue;
    migration.bytesSent = bytesSentNow(migration);
    changePageCost(pass, state.timeNs, cost);
  }
  const text = changes.map(([key, value]) => settingText(key, value)).join(', ');
  world.emit('settings-changed', -1, `Live migration settings change: ${text}`);
}

const settingWords: Readonly<
  Record<keyof MigrationSettings, readonly [name: string, unit: string]>
> = {
  setupMs: ['set-up', ' ms'],
  resumeMs: ['resume', ' ms'],
  deviceStateMB: ['device state', ' MB'],
  maxRounds: ['round limit', ''],
  stopBelowMs: ['stop below', ' ms'],
  tracking: ['bitmap policy', ''],
  diskMoveMs: ['disk move', ' ms'],
  pageHeaderBytes: ['page header', ' bytes'],
  migrationMBps: ['migration network', ' MB/s'],
};

const settingKeys = Object.keys(settingWords) as (keyof MigrationSettings)[];

function settingText(key: keyof MigrationSettings, value: string | number | null): string {
  const [name, unit] = settingWords[key];
  return value === null ? `${name} none` : `${name} ${value}${unit}`;
}
