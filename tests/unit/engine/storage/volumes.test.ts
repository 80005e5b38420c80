/** Cluster disks and CSVs: who uses them, how they move, what a cut path means. */
import { describe, expect, it } from 'vitest';
import { at } from '../../../../src/base/assert.ts';
import { accessOf } from '../../../../src/engine/storage/access.ts';
import { simulate } from '../../../../src/engine/recording/simulate.ts';
import type { Scenario } from '../../../../src/engine/scenario.ts';
import {
  cluster,
  crashNode,
  cutStoragePath,
  drainNode,
  makeClusterDisk,
  makeCsv,
  migrate,
  moveVolume,
  quickMigrate,
  repairStoragePath,
} from '../../../support/clusterBuilder.ts';
import { startRun } from '../../../support/clusterRuns.ts';
import { refusals, story, texts, whereabouts } from '../../../support/clusterStory.ts';

const MS = 1_000_000;
const nodes = [65_536, 65_536, 65_536];
const disk = { kind: 'cluster-disk' } as const;
const csv = { kind: 'csv' } as const;

/** How each node reaches the first volume at `ms`. */
function accessAt(scenario: Scenario, ms: number): string[] {
  const { simulation } = startRun(scenario);
  simulation.advanceTo(ms * MS);
  return nodes.map((_, node) => accessOf(simulation.state, node, 0));
}

describe('a volume', () => {
  it('[ST1] is used by its owner alone, or by every node', () => {
    expect(accessAt(cluster({ nodes, volumes: [disk], commands: [] }), 0)).toEqual([
      'direct',
      'none',
      'none',
    ]);
    expect(accessAt(cluster({ nodes, volumes: [csv], commands: [] }), 0)).toEqual([
      'direct',
      'direct',
      'direct',
    ]);
  });

  it('[ST2] takes its VMs along when the disk is moved', () => {
    const report = simulate(
      cluster({
        nodes,
        volumes: [disk],
        vms: [{ memoryMiB: 1024 }, { memoryMiB: 2048 }],
        commands: [moveVolume(0, 'lun1', 'node3')],
      }),
    );
    expect(whereabouts(report)).toEqual(['running on node3', 'running on node3']);
    expect(
      report.migrations.map(({ method, memoryIdentical }) => `${method} ${memoryIdentical}`),
    ).toEqual(['quick true', 'quick true']);
    // 3 GiB at 8 s.
    expect(report.vms[1]?.outageMs).toBe(24_000);
  });

  it('[ST2] without a VM moves in the time of its disk', () => {
    const report = simulate(
      cluster({ nodes, volumes: [csv, disk], commands: [moveVolume(1000, 'lun2', 'node2')] }),
    );
    expect(story(report)).toEqual([
      '1000 resource-offline',
      '1000 volume-move-started',
      '4000 resource-online',
      '4000 volume-moved',
    ]);
    expect(report.volumes[1]).toEqual({ id: 'lun2', owner: 'node2', kind: 'cluster-disk' });
  });

  it('[ST3] hands the role of coordinator over at once, and no VM moves', () => {
    const report = simulate(cluster({ nodes, commands: [moveVolume(500, 'lun1', 'node2')] }));
    expect(story(report)).toEqual(['500 coordinator-moved vm1']);
    expect(report.volumes[0]?.owner).toBe('node2');
    expect(report.vms[0]).toMatchObject({ node: 'node1', outageMs: 0 });
  });

  it('[ST7] becomes a CSV and back without a pause', () => {
    const report = simulate(
      cluster({
        nodes,
        volumes: [disk],
        commands: [makeCsv(100, 'lun1'), makeClusterDisk(200, 'lun1')],
      }),
    );
    expect(texts(report, 'volume-converted')).toEqual([
      'LUN 1 is a Cluster Shared Volume now, Node 1 its coordinator',
      'LUN 1 is a cluster disk now, owned by Node 1 alone',
    ]);
    expect(report.vms[0]?.outageMs).toBe(0);
  });

  it('[ST7] belongs to the node of its VMs when it becomes a cluster disk', () => {
    const elsewhere = cluster({
      nodes,
      vms: [{ node: 'node3' }],
      commands: [makeClusterDisk(0, 'lun1')],
    });
    expect(simulate(elsewhere).volumes[0]).toMatchObject({ owner: 'node3', kind: 'cluster-disk' });
  });
});

describe('a cut path', () => {
  const cut = cluster({
    nodes,
    vms: [{ node: 'node3', memoryMiB: 1024 }],
    commands: [cutStoragePath(1000, 'node3'), repairStoragePath(9000, 'node3')],
  });

  it('[ST4] leads through the coordinator', () => {
    expect(accessAt(cut, 999)).toEqual(['direct', 'direct', 'direct']);
    expect(accessAt(cut, 1000)).toEqual(['direct', 'direct', 'redirected']);
    expect(accessAt(cut, 9000)).toEqual(['direct', 'direct', 'direct']);
    const { simulation } = startRun(cut);
    simulation.advanceTo(10_000 * MS);
    expect(at(simulation.state.vms, 0).redirected).toEqual([
      { fromNs: 1000 * MS, toNs: 9000 * MS },
    ]);
    expect(story(simulate(cut))).toEqual([
      '1000 storage-path-cut',
      '1000 io-redirected vm1',
      '9000 storage-path-repaired',
      '9000 io-direct vm1',
    ]);
    expect(simulate(cut).vms[0]?.outageMs).toBe(0);
  });

  it('[ST5] [FO5] of the owner stops its VMs, and another node takes the disk over', () => {
    const scenario = cluster({
      nodes,
      volumes: [disk],
      commands: [cutStoragePath(1000, 'node1')],
    });
    const report = simulate(scenario);
    expect(story(report).slice(1, 6)).toEqual([
      '1000 vm-crashed vm1',
      '1000 memory-lost vm1',
      '1000 resource-offline vm1',
      '1000 volume-move-started vm1',
      '4000 resource-online vm1',
    ]);
    expect(texts(report, 'volume-move-started')).toEqual(['Node 2 takes LUN 1 over and mounts it']);
    const { simulation } = startRun(scenario);
    simulation.advanceTo(2000 * MS);
    expect(at(simulation.state.volumes, 0).owner).toBe(-1);
  });

  it('[ST4] leads through the new coordinator when the role moves', () => {
    const report = simulate(
      cluster({
        nodes,
        commands: [cutStoragePath(0, 'node1'), moveVolume(1000, 'lun1', 'node3')],
      }),
    );
    expect(texts(report, 'io-redirected')).toEqual([
      'The disk of vm-1 is reached through Node 2: Node 1 has no path of its own to LUN 1',
      'The disk of vm-1 is reached through Node 3: Node 1 has no path of its own to LUN 1',
    ]);
  });

  it('[ST3] [FO5] has one coordinator at a time, and one wait for it', () => {
    const report = simulate(
      cluster({
        nodes: [65_536, 65_536, 65_536, 65_536, 65_536],
        vms: [{ node: 'node5' }],
        // Node 2 would have had the role.
        commands: [crashNode(0, 'node1'), crashNode(1000, 'node2')],
      }),
    );
    expect(texts(report, 'coordinator-lost')).toEqual([
      'LUN 1 has lost its coordinator Node 1: all I/O waits for a new one',
    ]);
    expect(texts(report, 'coordinator-moved')).toEqual(['Node 3 is the coordinator of LUN 1 now']);
  });

  it('[ST2] of a target breaks the move of an idle disk off: it is mounted again', () => {
    const report = simulate(
      cluster({
        nodes,
        vms: [{ volume: 'lun2' }],
        volumes: [disk, csv],
        commands: [moveVolume(0), crashNode(1000, 'node2')],
      }),
    );
    expect(story(report, 'volume-move-failed', 'volume-move-started', 'volume-moved')).toEqual([
      '0 volume-move-started',
      '1000 volume-move-failed',
      '1000 volume-move-started',
      '4000 volume-moved',
    ]);
    // The VM on the other volume takes memory of node 1.
    expect(report.volumes[0]?.owner).toBe('node3');
  });

  it('[ST3] of the coordinator-to-be counts once it has the role', () => {
    const report = simulate(
      cluster({
        nodes: [65_536, 65_536, 65_536, 65_536, 65_536],
        vms: [{ node: 'node3' }],
        commands: [crashNode(0, 'node1'), cutStoragePath(1000, 'node2', 'lun1')],
      }),
    );
    expect(story(report, 'coordinator-moved')).toEqual([
      '7000 coordinator-moved vm1',
      '7000 coordinator-moved vm1',
    ]);
    expect(texts(report, 'coordinator-moved')[1]).toMatch(/: Node 2 has no path to it$/);
  });

  it('[ST3] of the coordinator hands the role over', () => {
    const report = simulate(cluster({ nodes, commands: [cutStoragePath(1000, 'node1', 'lun1')] }));
    expect(texts(report, 'coordinator-moved')).toEqual([
      'Node 2 is the coordinator of LUN 1 now: Node 1 has no path to it',
    ]);
    expect(report.vms[0]).toMatchObject({ node: 'node1', state: 'running', outageMs: 0 });
  });

  it('[ST5] of an owner stops its VMs, and another node takes the disk over', () => {
    const report = simulate(
      cluster({ nodes, volumes: [disk], commands: [cutStoragePath(1000, 'node1', 'lun1')] }),
    );
    // 3 s for the disk, 1 s of configuration, 60 s of boot.
    expect(report.vms[0]).toMatchObject({ node: 'node2', outageMs: 64_000, memoryLostMiB: 16 });
    expect(report.volumes[0]?.owner).toBe('node2');
  });

  it('[ST5] of all nodes stops the VMs of a CSV until one path is whole again', () => {
    const report = simulate(
      cluster({
        nodes,
        commands: [
          ...['node1', 'node2', 'node3'].map((node) => cutStoragePath(1000, node, 'lun1')),
          repairStoragePath(5000, 'node2', 'lun1'),
        ],
      }),
    );
    expect(report.vms[0]).toMatchObject({ state: 'running', memoryLostMiB: 16, outageMs: 65_000 });
    expect(report.volumes[0]?.owner).toBe('node2');
  });

  it('[ST6] makes a quick migration as slow as the cluster network', () => {
    const redirected = cluster({
      nodes,
      vms: [{ node: 'node3', memoryMiB: 1024 }],
      network: { clusterMBps: 100 },
      commands: [cutStoragePath(0, 'node3'), quickMigrate(0, 'vm1', 'node2')],
    });
    // 1 GiB at 100 MB/s to save, and 4 s to read it back directly.
    expect(simulate(redirected).vms[0]?.outageMs).toBeCloseTo(10_737.418 + 4000, 2);
  });
});

describe('two saves at once', () => {
  it('[ST6] over one path share it, over two they do not', () => {
    const commands = [quickMigrate(0, 'vm1', 'node3'), quickMigrate(0, 'vm2', 'node3')];
    const outages = (second: string): (number | undefined)[] =>
      simulate(
        cluster({ nodes, vms: [{ memoryMiB: 1024 }, { memoryMiB: 1024, node: second }], commands }),
      ).vms.map(({ outageMs }) => outageMs);
    // From one node: 8 s to save both at half speed, 8 s to read both back.
    expect(outages('node1')).toEqual([16_000, 16_000]);
    // From two: 4 s to save each, and the way to node 3 is shared.
    expect(outages('node2')).toEqual([12_000, 12_000]);
  });

  it('[ST6] stand still while the volume does not answer', () => {
    const report = simulate(
      cluster({
        nodes,
        vms: [{ memoryMiB: 1024, node: 'node2' }],
        commands: [quickMigrate(0, 'vm1', 'node3'), crashNode(1000, 'node1')],
      }),
    );
    // 8 s, and 7 s until the coordinator's role is taken.
    expect(report.vms[0]?.outageMs).toBeCloseTo(15_000, 0);
    expect(report.migrations[0]?.memoryIdentical).toBe(true);
  });
});

describe('a command about a volume is refused', () => {
  const moving = [quickMigrate(), makeCsv(10, 'lun1')];
  it.each([
    [
      '[OP6] when the node owns it',
      [moveVolume(0, 'lun1', 'node1')],
      'Node 1 is the owner of LUN 1 already',
    ],
    [
      '[OP6] when the node is down',
      [crashNode(0, 'node2'), moveVolume(1, 'lun1', 'node2')],
      'Node 2 is down',
    ],
    [
      '[OP6] while its owner is down and nobody has noticed',
      [crashNode(0, 'node1'), moveVolume(1, 'lun1', 'node2')],
      'Node 1 is down, and the cluster does not know yet',
    ],
    [
      '[OP7] while its owner is down and nobody has noticed',
      [crashNode(0, 'node1'), makeCsv(1, 'lun1')],
      'Node 1 is down, and the cluster does not know yet',
    ],
    [
      '[OP6] when the node has no path',
      [cutStoragePath(0, 'node2'), moveVolume(1, 'lun1', 'node2')],
      'Node 2 has no path to LUN 1',
    ],
    [
      '[OP6] when the node is paused',
      [drainNode(0, 'node2'), moveVolume(1, 'lun1', 'node2')],
      'Node 2 is paused for maintenance',
    ],
    [
      '[OP7] when it is of that kind',
      [makeClusterDisk(0, 'lun1')],
      'LUN 1 is a cluster disk already',
    ],
    ['[OP7] while a VM on it is moved', moving, 'vm-1 is being moved'],
    [
      '[OP9] when the path is cut already',
      [cutStoragePath(0, 'node2'), cutStoragePath(1, 'node2')],
      'The path of Node 2 to the storage is cut already',
    ],
    [
      '[OP9] when the path is whole',
      [repairStoragePath(0, 'node2', 'lun1')],
      'The path of Node 2 to LUN 1 is whole already',
    ],
  ])('%s', (_, commands, reason) => {
    expect(refusals(cluster({ nodes, volumes: [disk], commands }))).toEqual([reason]);
  });

  it('[OP7] when a VM on it could never run where it would be owned', () => {
    const elsewhere = cluster({
      nodes,
      volumes: [csv],
      vms: [{ node: 'node2', possibleOwners: ['node2'] }],
      commands: [crashNode(0, 'node2'), makeClusterDisk(8000, 'lun1')],
    });
    expect(refusals(elsewhere)).toEqual(['Node 1 is not a possible owner of vm-1']);
  });

  it('[OP7] while a VM on it went down with its node and nobody has noticed', () => {
    const unnoticed = cluster({
      nodes,
      volumes: [{ ...csv, owner: 'node2' }],
      commands: [crashNode(0), makeClusterDisk(100, 'lun1')],
    });
    expect(refusals(unnoticed)).toEqual(['Node 1 is down, and the cluster does not know yet']);
    expect(story(simulate(unnoticed), 'vm-placed')).toEqual(['7000 vm-placed vm1']);
  });

  it('[OP7] when its VMs are on several nodes', () => {
    const spread = cluster({
      nodes,
      vms: [{}, { node: 'node2' }],
      commands: [makeClusterDisk(0, 'lun1')],
    });
    expect(refusals(spread)).toEqual([
      'its VMs run on Node 1 and Node 2, and a cluster disk has one owner',
    ]);
  });

  it('[OP6] when the node is not a possible owner of a VM on it', () => {
    const elsewhere = cluster({
      nodes,
      volumes: [disk],
      vms: [{ possibleOwners: ['node1', 'node3'] }],
      commands: [moveVolume(0, 'lun1', 'node2')],
    });
    expect(refusals(elsewhere)).toEqual(['Node 2 is not a possible owner of vm-1']);
  });

  it('[OP6] when the node has no room for all its VMs', () => {
    const large = { memoryMiB: 700 };
    const full = cluster({
      nodes: [2048, 1024],
      volumes: [disk],
      vms: [large, large],
      commands: [moveVolume(0, 'lun1', 'node2')],
    });
    expect(refusals(full)).toEqual(
      ['vm-1 and vm-2 need 1.4\u00a0GB, Node 2 has 1\u00a0GB free'].map((text) =>
        text.replaceAll('\u00a0', ' '),
      ),
    );
  });

  it('[ST1] but a VM alone on its disk is live-migrated with it', () => {
    const live = simulate(cluster({ nodes, volumes: [disk], commands: [migrate()] }));
    expect(live.migrations[0]).toMatchObject({ outcome: 'completed', blackoutMs: 3000 });
    expect(live.volumes[0]?.owner).toBe('node2');
  });
});
