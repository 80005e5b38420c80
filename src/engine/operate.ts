/** Carries out the operator's commands. One that is impossible at its moment changes nothing and says why. Rules OP1 to OP9. */
import { at, assertNever } from '../base/assert.ts';
import { rateFigure, rounded, withThousands } from '../base/numberText.ts';
import { migrationOf, nodeIndex, vmIndex, vmsOn, volumeIndex } from './cluster/clusterState.ts';
import { crashNode, repairNode } from './cluster/failover.ts';
import { drainNode, resumeNode } from './cluster/maintenance.ts';
import { isRunning } from './cluster/vmState.ts';
import type { LiveMigrationChange, Operation } from './command.ts';
import { setMigrationNetwork, setStoragePaths } from './cuts.ts';
import { changePageCost } from './migration/copyPass.ts';
import { cancel, requestLive } from './migration/liveMigration.ts';
import {
  bytesSentNow,
  pageCost,
  passOf,
  type MigrationMethod,
  type MigrationSettings,
} from './migration/migration.ts';
import { lookByNewSettings } from './migration/preCopy.ts';
import { movesTogether, startDiskMove, startQuickMigration } from './migration/quickMigration.ts';
import {
  hostsOf,
  refusalForNode,
  refusalToConvert,
  refusalToMigrate,
  refusalToMoveVolume,
} from './refusals.ts';
import type { WriterSpec } from './settings.ts';
import { makeClusterDisk, makeCsv, moveCoordinator } from './storage/volumeMoves.ts';
import { msToNs } from '../base/units.ts';
import type { World } from './world.ts';

export function operate(world: World, operation: Operation): void {
  const { scenario } = world;
  switch (operation.do) {
    case 'live-migrate':
      return migrate(world, operation.vm, operation.to, 'live');
    case 'quick-migrate':
      return migrate(world, operation.vm, operation.to, 'quick');
    case 'cancel-migration':
      return cancelMigration(world, operation.vm);
    case 'set-writers':
      return setWriters(world, operation.vm, operation.writers);
    case 'set-live-migration':
      return setLiveMigration(world, operation);
    case 'move-volume':
      return moveVolume(world, operation.volume, operation.to);
    case 'make-csv':
    case 'make-cluster-disk':
      return convert(world, operation.volume, operation.do);
    case 'crash-node':
    case 'repair-node':
    case 'drain-node':
    case 'resume-node':
      return operateNode(world, nodeIndex(scenario, operation.node), operation.do);
    case 'cut-storage-path':
    case 'repair-storage-path':
      return setStoragePaths(world, operation);
    case 'cut-migration-network':
    case 'repair-migration-network':
      return setMigrationNetwork(world, operation);
    default:
      return assertNever(operation);
  }
}

function migrate(world: World, vmId: string, toId: string, method: MigrationMethod): void {
  const vm = vmIndex(world.scenario, vmId);
  const to = nodeIndex(world.scenario, toId);
  const refusal = refusalToMigrate(world, vm, to, method);
  if (refusal !== null) return world.emit('command-refused', vm, refusal);
  if (method === 'live') return requestLive(world, vm, to, 'operator');
  startQuickMigration(world, movesTogether(world, vm), { to, cause: 'operator', asked: vm });
}

function cancelMigration(world: World, vmId: string): void {
  const vm = vmIndex(world.scenario, vmId);
  const migration = migrationOf(world.state, vm);
  const refusal =
    migration === null ? `${world.vmName(vm)} is not being moved` : cancel(world, migration);
  if (refusal !== null) world.emit('command-refused', vm, `Nothing to cancel: ${refusal}`);
}

/** A cluster disk takes its running VMs along; the coordinator's role goes over alone. Rules ST2, ST3. */
function moveVolume(world: World, volumeId: string, toId: string): void {
  const { scenario, state } = world;
  const volume = volumeIndex(scenario, volumeId);
  const to = nodeIndex(scenario, toId);
  const vms = vmsOn(scenario, volume);
  const refusal = refusalToMoveVolume(world, volume, to);
  if (refusal !== null) return world.emit('command-refused', -1, refusal);
  const { kind, owner } = at(state.volumes, volume);
  if (kind === 'csv') return moveCoordinator(world, volume, to, '');
  if (vms.some((vm) => isRunning(at(state.vms, vm)))) {
    return startQuickMigration(world, vms, { to, cause: 'operator', asked: -1 });
  }
  startDiskMove(world, volume, owner, to, state.timeNs + msToNs(state.settings.diskMoveMs));
}

function convert(world: World, volumeId: string, what: 'make-csv' | 'make-cluster-disk'): void {
  const volume = volumeIndex(world.scenario, volumeId);
  const kind = what === 'make-csv' ? 'csv' : 'cluster-disk';
  const refusal = refusalToConvert(world, volume, kind);
  if (refusal !== null) return world.emit('command-refused', -1, refusal);
  if (kind === 'csv') return makeCsv(world, volume);
  const [host] = hostsOf(world, vmsOn(world.scenario, volume));
  makeClusterDisk(world, volume, host ?? at(world.state.volumes, volume).owner);
}

type NodeOperation = 'crash-node' | 'repair-node' | 'drain-node' | 'resume-node';

function operateNode(world: World, node: number, what: NodeOperation): void {
  const refusal = refusalForNode(world, node, what);
  if (refusal !== null) return world.emit('command-refused', -1, refusal);
  switch (what) {
    case 'crash-node':
      return crashNode(world, node);
    case 'repair-node':
      return repairNode(world, node);
    case 'drain-node':
      return drainNode(world, node);
    case 'resume-node':
      return resumeNode(world, node);
    default:
      return assertNever(what);
  }
}

/** The new writers begin now, with write number 0, and draw pages that no writer of the VM drew before. Rule OP3. */
function setWriters(world: World, vmId: string, writers: readonly WriterSpec[]): void {
  const vm = vmIndex(world.scenario, vmId);
  const state = at(world.state.vms, vm);
  const number = (state.writerPeriods.at(-1)?.number ?? 0) + 1;
  state.writerPeriods = [...state.writerPeriods, { setAtNs: world.clockOf(vm), writers, number }];
  const pages = writers.reduce((sum, { pagesPerSecond }) => sum + pagesPerSecond, 0);
  world.emit(
    'writers-changed',
    vm,
    `${world.vmName(vm)} writes ${withThousands(pages)} pages/s from here on: its workload was changed`,
  );
}

/** A new bandwidth or page size counts at once, also for the page on its way; the rest at the next look or decision. Rule OP4. */
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
    // A quick migration goes by the storage path, whatever the migration network does.
    const pass = migration.method === 'live' ? passOf(migration) : null;
    if (pass === null) continue;
    if (pass.pageNs !== cost.pageNs || pass.pageBytes !== cost.pageBytes) {
      migration.bytesSent = bytesSentNow(migration, state.timeNs);
      changePageCost(pass, state.timeNs, cost);
    }
    lookByNewSettings(world, migration);
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
  lookEveryMs: ['look every', ' ms'],
  diskMoveMs: ['disk move', ' ms'],
  pageHeaderBytes: ['page header', ' bytes'],
  migrationMBps: ['migration network', ' MB/s'],
};

const settingKeys = Object.keys(settingWords) as (keyof MigrationSettings)[];

/** Of a setting, as it is told. */
const MOST_DECIMALS = 3;

function settingText(key: keyof MigrationSettings, value: string | number | null): string {
  const [name, unit] = settingWords[key];
  if (value === null) return `${name} none`;
  if (typeof value === 'string') return `${name} ${value}`;
  const text = key === 'migrationMBps' ? rateFigure(value) : rounded(value, MOST_DECIMALS);
  return `${name} ${text}${unit}`;
}
