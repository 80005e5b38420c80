/** The cluster of one moment as the page reads it: rows for nodes, volumes and VMs. */
import { at } from '../base/assert.ts';
import { PAGES_PER_MIB } from '../base/units.ts';
import { migrationOf, usedMiB, type ClusterState } from '../engine/cluster/clusterState.ts';
import { isRunning, type VmState } from '../engine/cluster/vmState.ts';
import type { Scenario } from '../engine/scenario.ts';
import { refusalForNode, refusalToConvert, refusalToMoveVolume } from '../engine/refusals.ts';
import type { Simulation } from '../engine/simulation.ts';
import { accessOf } from '../engine/storage/access.ts';
import type { FrameSummary, VolumeRow } from '../protocol/frameSummary.ts';

export function vmRows(scenario: Scenario, state: ClusterState): FrameSummary['vms'] {
  return state.vms.map((vm, index) => ({
    node: vm.node,
    status: vm.status.name,
    statusEndNs: 'endNs' in vm.status ? vm.status.endNs : null,
    outageNs: vm.outages.reduce(
      (sum, { fromNs, toNs }) => sum + (toNs ?? state.timeNs) - fromNs,
      0,
    ),
    disk: diskOf(scenario, state, index, vm),
    lostMiB: vm.lostPages / PAGES_PER_MIB,
    blocked: vm.blocked,
    phase: migrationOf(state, index)?.phase.name ?? null,
    writers: vm.writerPeriods.at(-1)?.writers ?? [],
  }));
}

function diskOf(
  { vms, volumes }: Scenario,
  state: ClusterState,
  index: number,
  vm: VmState,
): 'direct' | 'redirected' | 'stalled' {
  if (!isRunning(vm)) return 'direct';
  const volume = volumes.findIndex(({ id }) => id === at(vms, index).volume);
  const access = accessOf(state, vm.node, volume);
  return access === 'none' ? 'direct' : access;
}

export function nodeRows(simulation: Simulation): FrameSummary['nodes'] {
  const { scenario, state } = simulation;
  return state.nodes.map((own, node) => ({
    usedMiB: usedMiB(scenario, state, node),
    up: own.up,
    downSinceNs: own.downSinceNs,
    member: own.member,
    unnoticed: own.failure?.stage === 'unnoticed',
    paused: own.paused,
    migrationNetwork: own.migrationNetwork,
    drainRefusal: refusalForNode(simulation, node, 'drain-node'),
  }));
}

/** With what can be done to them now. */
export function volumeRowsToAct(simulation: Simulation): FrameSummary['volumes'] {
  const { scenario, state } = simulation;
  return volumeRows(state).map((row, volume) => {
    const other = row.kind === 'csv' ? 'cluster-disk' : 'csv';
    return {
      ...row,
      moveRefusals: scenario.nodes.map((_, node) => refusalToMoveVolume(simulation, volume, node)),
      convertRefusal: refusalToConvert(simulation, volume, other),
    };
  });
}

export function volumeRows(state: ClusterState): VolumeRow[] {
  return state.volumes.map(({ kind, owner, change }, volume) => ({
    kind,
    owner,
    change,
    access: state.nodes.map((_, node) => accessOf(state, node, volume)),
    paths: state.nodes.map(({ storagePaths }) => at(storagePaths, volume)),
  }));
}
