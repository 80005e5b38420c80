/** Draining a node: who leaves, in what order, and who cannot. */
import { describe, expect, it } from 'vitest';
import { simulate } from '../../../../src/engine/recording/simulate.ts';
import {
  cancel,
  cluster,
  crashNode,
  drainNode,
  migrate,
  quickMigrate,
  resumeNode,
} from '../../../support/clusterBuilder.ts';
import { startRun } from '../../../support/clusterRuns.ts';
import { story, texts, whereabouts } from '../../../support/clusterStory.ts';

const small = { memoryMiB: 16 };
const disk = { kind: 'cluster-disk' } as const;

describe('a drained node', () => {
  const drained = cluster({
    nodes: [4096, 4096, 4096],
    vms: [small, small, small],
    commands: [drainNode(0, 'node1')],
  });

  it('[DR1] sends its VMs away one at a time', () => {
    const report = simulate(drained);
    expect(report.nodes[0]).toMatchObject({ paused: true });
    expect(report.migrations.map(({ method, cause }) => `${method} ${cause}`)).toEqual([
      'live drain',
      'live drain',
      'live drain',
    ]);
    // 4,096 ms of copying and half a second of clean-up each.
    expect(report.migrations.map(({ startedAtMs }) => startedAtMs)).toEqual([0, 4596, 9192]);
    expect(story(report, 'migration-queued').length).toBe(2);
    expect(story(report, 'drain-completed')).toEqual(['13288 drain-completed']);
  });

  it('[DR1] sends VMs that share a cluster disk by quick migration', () => {
    const report = simulate(
      cluster({
        nodes: [4096, 4096],
        volumes: [disk],
        vms: [small, small],
        commands: [drainNode(0, 'node1')],
      }),
    );
    expect(report.migrations.map(({ method }) => method)).toEqual(['quick', 'quick']);
    expect(whereabouts(report)).toEqual(['running on node2', 'running on node2']);
  });

  it('[DR2] names a VM that fits nowhere, and moves it when there is room', () => {
    const nodes = [4096, 1024, 1024];
    const vms = [
      { memoryMiB: 800 },
      { memoryMiB: 600, node: 'node2' },
      { memoryMiB: 600, node: 'node3' },
    ];
    const commands = [drainNode(0, 'node1'), quickMigrate(5000, 'vm3', 'node2')];
    const stuck = simulate(cluster({ nodes, vms, commands: commands.slice(0, 1) }));
    expect(texts(stuck, 'drain-blocked')).toEqual([
      'vm-1 fits nowhere else: vm-1 needs 800 MB, Node 2 has 424 MB free; vm-1 needs 800 MB, Node 3 has 424 MB free',
    ]);
    expect(whereabouts(stuck)[0]).toBe('running on node1');
    // A smaller VM leaves node 3: then there is room.
    const smaller = vms.map((vm, i) => (i === 2 ? { ...vm, memoryMiB: 400 } : vm));
    const freed = simulate(cluster({ nodes, vms: smaller, migrationMBps: 117, commands }));
    expect(whereabouts(freed)).toEqual([
      'running on node3',
      'running on node2',
      'running on node2',
    ]);
  });

  it('[DR2] keeps a VM whose move is cancelled', () => {
    const report = simulate({ ...drained, commands: [drainNode(0, 'node1'), cancel(1000)] });
    expect(whereabouts(report)).toEqual([
      'running on node1',
      'running on node3',
      'running on node2',
    ]);
    expect(texts(report, 'drain-completed')).toEqual(['No more VM leaves Node 1']);
  });

  it('[DR2] finds another place when a target stops', () => {
    const report = simulate({
      ...drained,
      commands: [drainNode(0, 'node1'), crashNode(1000, 'node2')],
    });
    expect(whereabouts(report)).toEqual([
      'running on node3',
      'running on node3',
      'running on node3',
    ]);
    expect(report.vms.every(({ outageMs }) => outageMs === 0)).toBe(true);
  });

  it('[DR3] takes VMs again when it is resumed, and none comes back by itself', () => {
    const report = simulate({
      ...drained,
      commands: [drainNode(0, 'node1'), resumeNode(60_000, 'node1')],
    });
    expect(whereabouts(report).includes('running on node1')).toBe(false);
    const back = simulate({
      ...drained,
      commands: [
        drainNode(0, 'node1'),
        resumeNode(60_000, 'node1'),
        migrate(61_000, 'vm1', 'node1'),
      ],
    });
    expect(whereabouts(back)[0]).toBe('running on node1');
  });

  it('[DR3] names a VM that could not leave only until the node is resumed', () => {
    const { simulation } = startRun(
      cluster({
        nodes: [4096, 1024],
        vms: [{ memoryMiB: 2048 }],
        commands: [drainNode(0, 'node1'), resumeNode(60_000, 'node1')],
      }),
    );
    const blocked = (): number => simulation.state.vms.filter((vm) => vm.blocked !== null).length;
    simulation.advanceTo(59_000_000_000);
    expect(blocked()).toBeGreaterThan(0);
    simulation.advanceTo(61_000_000_000);
    expect(blocked()).toBe(0);
  });
});
