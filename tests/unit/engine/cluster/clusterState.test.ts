/** Where VMs run, whose memory is taken, who is busy, phase by phase. */
import { describe, expect, it } from 'vitest';
import { at } from '../../../../src/base/assert.ts';
import {
  copyClusterState,
  freeMiB,
  isBusy,
  nodeIndex,
  vmIndex,
} from '../../../../src/engine/cluster/clusterState.ts';
import { cluster, migrate } from '../../../support/clusterBuilder.ts';
import { startRun } from '../../../support/clusterRuns.ts';

const MS = 1_000_000;
const scenario = cluster({
  nodes: [64, 64, 64],
  vms: [
    { memoryMiB: 16, touchedMiB: 1 },
    { memoryMiB: 16, touchedMiB: 1 },
  ],
  volume: 'csv',
  liveMigration: { setupMs: 300, resumeMs: 100 },
  commands: [migrate(0), migrate(1, 'vm2')],
});

/** 0 to 300 ms set-up, then 8.4 ms of announcements and 256 pages to 564.4 ms, resume to 664.4 ms, clean-up. */
function at_(ms: number) {
  const { simulation } = startRun(scenario);
  simulation.advanceTo(Math.round(ms * MS));
  return simulation;
}

describe('the cluster', () => {
  it('[CL1] has a VM on the source until the switchover, and then on the destination', () => {
    const seen = [100, 400, 600, 664, 665, 1164].map((ms) => {
      const { node, status } = at(at_(ms).state.vms, 0);
      return `${node} ${status.name}`;
    });
    expect(seen).toEqual([
      '0 running',
      '0 running',
      '0 paused',
      '0 paused',
      '1 running',
      '1 running',
    ]);
  });

  it('[CL2] takes memory for the VM, for the shell from the start, for the old copy until the end', () => {
    const free = [0, 300, 600, 700, 1164].map((ms) => {
      const simulation = at_(ms);
      return [0, 1, 2].map((node) => freeMiB(scenario, simulation.state, node));
    });
    expect(free).toEqual([
      [32, 48, 64],
      [32, 48, 64],
      [32, 48, 64],
      [32, 48, 64],
      // The first is over and its copy deleted by 1,164.4 ms; just before, both are there.
      [32, 48, 64],
    ]);
    const after = at_(1165);
    expect([0, 1, 2].map((node) => freeMiB(scenario, after.state, node))).toEqual([48, 32, 64]);
  });

  it('[CL3] has a node busy from the start of a migration to the end of its clean-up', () => {
    const busy = (ms: number): boolean[] => [0, 1, 2].map((node) => isBusy(at_(ms).state, node));
    expect(busy(0)).toEqual([true, true, false]);
    expect(busy(1164)).toEqual([true, true, false]);
    // Then the one that waited begins.
    const next = at_(1165).state.migrations.map(({ id, phase }) => `${id} ${phase.name}`);
    expect(next).toEqual(['1 connecting']);
    expect(busy(4000)).toEqual([false, false, false]);
  });

  it('[CL4] has a cluster disk with its VM and leaves the coordinator of a CSV alone', () => {
    const disk = startRun(cluster({ volume: 'cluster-disk', liveMigration: { resumeMs: 10 } }));
    disk.simulation.advanceTo(3_600_000 * MS);
    expect(disk.simulation.state.volumes).toMatchObject([{ owner: 1, change: null }]);
    const csv = startRun(cluster({ volume: 'csv' }));
    csv.simulation.advanceTo(3_600_000 * MS);
    expect(csv.simulation.state.volumes).toMatchObject([{ owner: 0, change: null }]);
  });

  it('[SI2] is copied so that nothing is shared that changes', () => {
    const simulation = at_(400);
    const copy = copyClusterState(simulation.state);
    const text = JSON.stringify(copy);
    simulation.advanceTo(5000 * MS);
    expect(JSON.stringify(copy)).toBe(text);
  });

  it('[SI4] knows only nodes and VMs of the scenario', () => {
    expect(() => nodeIndex(scenario, 'node9')).toThrow('no node "node9"');
    expect(() => vmIndex(scenario, 'vm9')).toThrow('no VM "vm9"');
  });
});
