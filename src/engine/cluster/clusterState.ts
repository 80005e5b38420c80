/**
 * The cluster at one moment, as plain data: where each VM runs, what is being moved, which settings hold.
 * Memory pages are kept apart (`memory/guestMemory.ts`). Rules CL1 to CL4.
 */
import { at, invariant } from '../../base/assert.ts';
import type { Nanoseconds } from '../../base/units.ts';
import type { Scenario } from '../scenario.ts';
import type { WriterSpec } from '../settings.ts';
import type { Migration, MigrationSettings } from '../migration/migration.ts';

/** The guest wrote with these writers from `setAtNs` of its own clock to the next entry's. */
export interface WriterPeriod {
  readonly setAtNs: Nanoseconds;
  readonly writers: readonly WriterSpec[];
}

/** No client gets an answer from `fromNs` on; `toNs` is null while that lasts. */
export interface Outage {
  readonly fromNs: Nanoseconds;
  readonly toNs: Nanoseconds | null;
}

export interface VmState {
  /** Index of the node it runs on, or is paused on. */
  node: number;
  running: boolean;
  /** Simulated time minus the guest's clock, up to the last resume. */
  pausedNs: Nanoseconds;
  writerPeriods: readonly WriterPeriod[];
  outages: readonly Outage[];
}

export interface ClusterState {
  timeNs: Nanoseconds;
  /** Commands already carried out. */
  commandsDone: number;
  nextMigrationId: number;
  settings: MigrationSettings;
  vms: VmState[];
  /** Node index per volume: owner of a cluster disk, coordinator of a CSV. */
  volumeOwners: number[];
  /** Queued and under way, in the order of their requests. */
  migrations: Migration[];
}

export function createClusterState(scenario: Scenario): ClusterState {
  return {
    timeNs: 0,
    commandsDone: 0,
    nextMigrationId: 0,
    settings: { ...scenario.liveMigration, migrationMBps: scenario.network.migrationMBps },
    vms: scenario.vms.map((vm) => ({
      node: nodeIndex(scenario, vm.node),
      running: true,
      pausedNs: 0,
      writerPeriods: [{ setAtNs: 0, writers: vm.writers }],
      outages: [],
    })),
    volumeOwners: scenario.volumes.map((volume) => nodeIndex(scenario, volume.owner)),
    migrations: [],
  };
}

/** A copy that shares nothing that changes. */
export function copyClusterState(state: ClusterState): ClusterState {
  return {
    ...state,
    vms: state.vms.map((vm) => ({ ...vm })),
    volumeOwners: [...state.volumeOwners],
    migrations: state.migrations.map((migration) => ({
      ...migration,
      phase:
        'pass' in migration.phase
          ? { ...migration.phase, pass: { ...migration.phase.pass } }
          : migration.phase,
    })),
  };
}

export function nodeIndex(scenario: Scenario, id: string): number {
  const index = scenario.nodes.findIndex((node) => node.id === id);
  invariant(index >= 0, `no node "${id}"`);
  return index;
}

export function vmIndex(scenario: Scenario, id: string): number {
  const index = scenario.vms.findIndex((vm) => vm.id === id);
  invariant(index >= 0, `no VM "${id}"`);
  return index;
}

/** Memory of `node` that is taken: by its VMs, by shells, and by copies not yet deleted. Rule CL2. */
export function usedMiB(scenario: Scenario, state: ClusterState, node: number): number {
  let used = 0;
  state.vms.forEach((vm, index) => {
    if (vm.node === node) used += at(scenario.vms, index).memoryMiB;
  });
  for (const migration of state.migrations) {
    if (migration.phase.name === 'queued') continue;
    const elsewhere = migration.phase.name === 'clean-up' ? migration.from : migration.to;
    if (elsewhere === node) used += at(scenario.vms, migration.vm).memoryMiB;
  }
  return used;
}

export function freeMiB(scenario: Scenario, state: ClusterState, node: number): number {
  return at(scenario.nodes, node).memoryMiB - usedMiB(scenario, state, node);
}

export function migrationOf(state: ClusterState, vm: number): Migration | null {
  return state.migrations.find((migration) => migration.vm === vm) ?? null;
}

/** Whether `node` is source or destination of a live migration under way. Rule CL3. */
export function isBusy(state: ClusterState, node: number): boolean {
  return state.migrations.some(
    ({ phase, from, to }) => phase.name !== 'queued' && (from === node || to === node),
  );
}
