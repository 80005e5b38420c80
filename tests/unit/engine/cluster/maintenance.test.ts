/** Draining a node: who leaves, in what order, and who cannot. */
import { describe, expect, it } from 'vitest';
import { simulate } from '../../../../src/engine/recording/simulate.ts';
import {
  cancel,
  cluster,
  crashNode,
  cutMigrationNetwork,
  cutStoragePath,
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
    expect(story(report, 'drain-completed')).toEqual(['13788 drain-completed']);
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
      'vm-1 cannot leave Node 1: vm-1 needs 800 MB, Node 2 has 424 MB free; vm-1 needs 800 MB, Node 3 has 424 MB free',
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

  it('[DR1] sends on a VM whose move to it had begun', () => {
    for (const move of [migrate(0), quickMigrate(0)]) {
      const report = simulate(
        cluster({
          nodes: [4096, 4096, 4096],
          vms: [small],
          quickMigration: { secondsPerGiB: 200 },
          commands: [move, drainNode(1000, 'node2')],
        }),
      );
      expect(texts(report, 'drain-started')).toEqual([
        'Node 2 is paused for maintenance: 0 VMs leave it, and 1 on the way to it will',
      ]);
      expect(report.migrations.map(({ cause, from, to }) => `${cause} ${from} ${to}`)).toEqual([
        'operator node1 node2',
        'drain node2 node1',
      ]);
      expect(whereabouts(report)).toEqual(['running on node1']);
      expect(story(report).at(-1)).toMatch(/migration-completed|drain-completed/);
      expect(texts(report, 'drain-completed')).toEqual(['Node 2 is empty: it can be serviced']);
    }
  });

  it('[DR1] does not wait for a VM whose move to it is called off', () => {
    const report = simulate(
      cluster({
        nodes: [4096, 4096],
        commands: [migrate(0), drainNode(1000, 'node2'), cancel(2000)],
      }),
    );
    expect(story(report, 'drain-completed')).toEqual(['2000 drain-completed']);
    expect(whereabouts(report)).toEqual(['running on node1']);
  });

  it('[DR1] is done with a VM that lost its memory', () => {
    const report = simulate(
      cluster({
        nodes: [4096, 1024],
        vms: [{ memoryMiB: 2048 }],
        volumes: [disk],
        commands: [drainNode(0, 'node1'), cutStoragePath(1000, 'node1')],
      }),
    );
    expect(story(report, 'drain-blocked', 'vm-crashed', 'drain-completed')).toEqual([
      '0 drain-blocked vm1',
      '1000 vm-crashed vm1',
      '1000 drain-completed',
    ]);
  });

  it('[DR1] cannot be left while its own migration network is cut, which is said once', () => {
    const report = simulate({
      ...drained,
      commands: [cutMigrationNetwork(0, 'node1'), drainNode(1000, 'node1')],
    });
    expect(texts(report, 'drain-blocked')[0]).toBe(
      'vm-1 cannot leave Node 1: the migration network of Node 1 is cut',
    );
  });

  it('[DR3] keeps a VM whose move still waits when it is resumed', () => {
    const report = simulate({
      ...drained,
      commands: [drainNode(0, 'node1'), resumeNode(1000, 'node1')],
    });
    expect(report.migrations.map(({ outcome }) => outcome)).toEqual([
      'completed',
      'cancelled',
      'cancelled',
    ]);
    expect(whereabouts(report).slice(1)).toEqual(['running on node1', 'running on node1']);
    expect(texts(report, 'migration-cancelled')[0]).toBe('vm-2 need not leave Node 1 any more');
  });

  it('[DR3] calls off no other moves when it is resumed', () => {
    const report = simulate(
      cluster({
        nodes: [4096, 4096, 4096],
        vms: [small, small, { ...small, node: 'node2' }, { ...small, node: 'node2' }],
        commands: [
          // One move from node 1 by hand, another that waits for it.
          migrate(0, 'vm1', 'node3'),
          migrate(100, 'vm2', 'node3'),
          drainNode(200, 'node1'),
          drainNode(300, 'node2'),
          resumeNode(1000, 'node1'),
        ],
      }),
    );
    expect(report.migrations.map(({ cause, outcome }) => `${cause} ${outcome}`)).toEqual([
      'operator completed',
      'operator completed',
      'drain completed',
      'drain completed',
    ]);
    expect(story(report, 'node-resumed')).toEqual(['1000 node-resumed']);
    expect(texts(report, 'node-resumed')).toEqual([
      'Node 1 takes VMs again; none comes back by itself',
    ]);
  });

  it('[DR4] hands on the role of coordinator, and disks that nothing uses', () => {
    const report = simulate(
      cluster({
        nodes: [4096, 4096],
        vms: [small],
        volumes: [
          { kind: 'csv', owner: 'node1' },
          { kind: 'cluster-disk', owner: 'node1' },
        ],
        commands: [drainNode(0, 'node1')],
      }),
    );
    expect(report.volumes.map(({ owner }) => owner)).toEqual(['node2', 'node2']);
    expect(texts(report, 'coordinator-moved')).toEqual([
      'Node 2 is the coordinator of LUN 1 now: Node 1 is paused for maintenance',
    ]);
    expect(story(report, 'coordinator-moved', 'volume-moved', 'drain-completed')).toEqual([
      '0 coordinator-moved vm1',
      '3000 volume-moved',
      '4596 drain-completed',
    ]);
    expect(texts(report, 'drain-completed')).toEqual(['Node 1 is empty: it can be serviced']);
  });

  it('[DR4] waits for a disk that is on its way, and names what nobody else can take', () => {
    const alone = { kind: 'cluster-disk', owner: 'node1' } as const;
    const report = simulate(
      cluster({
        nodes: [4096, 4096],
        vms: [],
        volumes: [alone],
        commands: [drainNode(0, 'node1')],
      }),
    );
    expect(story(report, 'drain-completed')).toEqual(['3000 drain-completed']);
    const kept = simulate(
      cluster({
        nodes: [4096, 4096],
        vms: [],
        volumes: [alone, { kind: 'csv', owner: 'node1' }],
        commands: [cutStoragePath(0, 'node2'), drainNode(1, 'node1')],
      }),
    );
    expect(texts(kept, 'drain-completed')).toEqual([
      'No VM is left on Node 1, but no other node can take LUN 1 and LUN 2',
    ]);
  });

  it('[DR4] is no coordinator again while another node can be', () => {
    const report = simulate(
      cluster({
        nodes: [4096, 4096, 8192],
        vms: [],
        volumes: [{ kind: 'csv', owner: 'node1' }],
        commands: [drainNode(0, 'node3'), crashNode(1000, 'node1')],
      }),
    );
    expect(report.volumes[0]?.owner).toBe('node2');
  });

  it('[DR1] counts only the VMs that run when it looks for room', () => {
    const report = simulate(
      cluster({
        nodes: [64, 24, 24],
        vms: [{}, {}],
        volumes: [disk],
        failover: { bootMs: 1000 },
        commands: [crashNode(0), drainNode(20_000, 'node2')],
      }),
    );
    // vm-2 had no room on node 2, and does not run.
    expect(whereabouts(report)).toEqual(['running on node3', 'off on node3']);
    expect(texts(report, 'drain-blocked')).toEqual([]);
  });

  it('[DR3] says that a node that is down takes VMs once it is up', () => {
    const report = simulate(
      cluster({ commands: [drainNode(0), crashNode(1000), resumeNode(10_000)] }),
    );
    expect(texts(report, 'node-resumed')).toEqual([
      'Node 1 takes VMs again once it is up; none comes back by itself',
    ]);
  });

  it('[DR1] waits until the disk of a VM answers', () => {
    const report = simulate(
      cluster({
        nodes: [4096, 4096, 4096],
        volumes: [{ kind: 'csv', owner: 'node3' }],
        vms: [small],
        commands: [crashNode(0, 'node3'), drainNode(1000, 'node1')],
      }),
    );
    expect(report.migrations).toMatchObject([{ cause: 'drain', startedAtMs: 7000, to: 'node2' }]);
  });

  it('[DR1] that stops is not called empty', () => {
    const report = simulate({
      ...drained,
      commands: [drainNode(0, 'node1'), crashNode(1000, 'node1')],
    });
    expect(texts(report, 'drain-completed')).toEqual([]);
  });

  it('[DR2] no longer names a VM that leaves at last', () => {
    const { simulation } = startRun(
      cluster({
        nodes: [4096, 1024, 1024],
        vms: [
          { memoryMiB: 800 },
          { memoryMiB: 600, node: 'node2' },
          { memoryMiB: 400, node: 'node3' },
        ],
        migrationMBps: 10,
        quickMigration: { secondsPerGiB: 1 },
        commands: [drainNode(0, 'node1'), quickMigrate(5000, 'vm3', 'node2')],
      }),
    );
    simulation.advanceTo(4_000_000_000);
    expect(simulation.state.vms[0]?.blocked).toMatch(/needs 800.MB/);
    simulation.advanceTo(8_000_000_000);
    expect(simulation.state.migrations).toMatchObject([{ vm: 0, cause: 'drain' }]);
    expect(simulation.state.vms[0]?.blocked).toBeNull();
  });

  it('[DR2] no longer names a VM that was moved by hand', () => {
    const { simulation } = startRun(
      cluster({
        nodes: [4096, 1024, 4096],
        vms: [{ memoryMiB: 2048 }],
        migrationMBps: 117,
        quickMigration: { secondsPerGiB: 1 },
        commands: [
          // Its migration network is cut, so that only quick migration is left.
          cutMigrationNetwork(0, 'node1'),
          drainNode(0, 'node1'),
          quickMigrate(1000, 'vm1', 'node3'),
        ],
      }),
    );
    simulation.advanceTo(500_000_000);
    expect(simulation.state.vms[0]?.blocked).toContain('migration network');
    simulation.advanceTo(60_000_000_000);
    expect(simulation.state.vms[0]).toMatchObject({ node: 2, blocked: null });
  });

  it('[DR2] goes on naming a VM that is off when others on its disk leave', () => {
    const report = simulate(
      cluster({
        nodes: [1024, 700, 1024],
        volumes: [disk],
        // Only one of them fits on node 2, which takes the disk over.
        vms: [{ memoryMiB: 600 }, { memoryMiB: 400, possibleOwners: ['node1'] }],
        quickMigration: { secondsPerGiB: 1 },
        failover: { bootMs: 0 },
        commands: [crashNode(0, 'node1'), drainNode(60_000, 'node2')],
      }),
    );
    const about = report.events.filter(({ kind, vm }) => kind === 'vm-blocked' && vm === 'vm2');
    expect(new Set(about.map(({ text }) => text)).size).toBe(about.length);
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
