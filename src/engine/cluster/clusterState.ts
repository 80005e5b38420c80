/**
 * The cluster at one moment, as plain data: nodes, volumes, VMs, what is being moved, which settings hold.
 * Memory pages are kept apart (`memory/guestMemory.ts`). Rules CL1 to CL5.
 */
import { at, invariant } from '../../base/assert.ts';
import { msToNs, type Nanoseconds } from '../../base/units.ts';
import type { Scenario } from '../scenario.ts';
import type { Migration, MigrationSettings } from '../migration/migration.ts';
import type { VolumeState } from '../storage/volumeState.ts';
import type { NodeState } from './nodeState.ts';
import { holdsMemory, type VmState } from './vmState.ts';

export interface ClusterState {
  timeNs: Nanoseconds;
  /** Commands already carried out. */
  commandsDone: number;
  nextMigrationId: number;
  settings: MigrationSettings;
  nodes: NodeState[];
  volumes: VolumeState[];
  vms: VmState[];
  /** Without it nothing is owned and nothing runs. */
  quorum: boolean;
  /** Queued and under way, in the order of their requests. */
  migrations: Migration[];
}

export function createClusterState(scenario: Scenario): ClusterState {
  return {
    timeNs: 0,
    commandsDone: 0,
    nextMigrationId: 0,
    settings: { ...scenario.liveMigration, migrationMBps: scenario.network.migrationMBps },
    nodes: scenario.nodes.map(() => ({
      up: true,
      downSinceNs: null,
      failure: null,
      member: true,
      paused: false,
      leaving: null,
      returning: [],
      migrationNetwork: true,
      storagePaths: scenario.volumes.map(() => true),
      witnessPath: true,
    })),
    volumes: scenario.volumes.map(({ kind, owner }) => ({
      kind,
      owner: nodeIndex(scenario, owner),
      change: null,
    })),
    vms: scenario.vms.map((vm) => ({
      node: nodeIndex(scenario, vm.node),
      status: { name: 'running' },
      pausedNs: 0,
      writerPeriods: [{ setAtNs: 0, writers: vm.writers }],
      outages: [],
      stalls: [],
      redirected: [],
      lostPages: 0,
      blocked: null,
    })),
    quorum: true,
    migrations: [],
  };
}

/** A copy that shares nothing that changes. */
export function copyClusterState(state: ClusterState): ClusterState {
  return {
    ...state,
    nodes: state.nodes.map((node) => ({ ...node })),
    volumes: state.volumes.map((volume) => ({ ...volume })),
    vms: state.vms.map((vm) => ({ ...vm })),
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

export function volumeIndex(scenario: Scenario, id: string): number {
  const index = scenario.volumes.findIndex((volume) => volume.id === id);
  invariant(index >= 0, `no volume "${id}"`);
  return index;
}

/** Indices of the VMs whose disk lies on `volume`. */
export function vmsOn(scenario: Scenario, volume: number): number[] {
  const { id } = at(scenario.volumes, volume);
  return scenario.vms.flatMap((vm, index) => (vm.volume === id ? [index] : []));
}

/** Memory of `node` that is taken: by its VMs, by shells, and by copies not yet deleted. Rule CL2. */
export function usedMiB(scenario: Scenario, state: ClusterState, node: number): number {
  let used = 0;
  state.vms.forEach((vm, index) => {
    if (vm.node === node && holdsMemory(vm)) used += at(scenario.vms, index).memoryMiB;
  });
  for (const migration of state.migrations) {
    if (reservesOn(state, migration) === node) used += at(scenario.vms, migration.vm).memoryMiB;
  }
  return used;
}

/** The node on which a migration takes memory beside the VM itself, or -1. */
function reservesOn(state: ClusterState, { phase, vm, from, to }: Migration): number {
  if (phase.name === 'queued') return -1;
  if (phase.name === 'clean-up') return from;
  const own = at(state.vms, vm);
  return own.node === to && holdsMemory(own) ? -1 : to;
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
    ({ method, phase, from, to }) =>
      method === 'live' && phase.name !== 'queued' && (from === node || to === node),
  );
}

/** Whether the cluster counts the node in and it answers. */
export function isMember(state: ClusterState, node: number): boolean {
  const { up, member } = at(state.nodes, node);
  return up && member;
}

/** Whether the VM stopped with its node and the others take it for running. Rules FO2, FO4. */
export function isSilent({ nodes }: ClusterState, vm: number): boolean {
  return nodes.some(({ failure }) => failure?.silent.includes(vm) === true);
}

/** Heartbeats that are missed until a crash is noticed. */
export function noticeNs({ failover }: Scenario): Nanoseconds {
  return msToNs(failover.heartbeatMs) * failover.missedHeartbeats;
}
