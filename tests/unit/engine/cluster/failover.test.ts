/** A node stops: when the others notice, where VMs start, what is lost, and who may own anything. */
import { describe, expect, it } from 'vitest';
import { simulate } from '../../../../src/engine/recording/simulate.ts';
import {
  cluster,
  crashNode,
  cutMigrationNetwork,
  cutStoragePath,
  drainNode,
  migrate,
  quickMigrate,
  repairMigrationNetwork,
  repairNode,
  repairStoragePath,
  writer,
  clients,
} from '../../../support/clusterBuilder.ts';
import { startRun } from '../../../support/clusterRuns.ts';
import { refusals, story, texts, whereabouts } from '../../../support/clusterStory.ts';

const MS = 1_000_000;
const GIB = 1024;
const nodes = [65_536, 65_536, 65_536];
const disk = { kind: 'cluster-disk' } as const;

describe('a crash', () => {
  it('[FO1] [FO2] [FO4] on a CSV: 5 s until noticed, 2 s to regroup, 1 s of configuration, 60 s of boot', () => {
    const report = simulate(
      cluster({ nodes, vms: [{ node: 'node2' }], commands: [crashNode(1000, 'node2')] }),
    );
    expect(story(report)).toEqual([
      '1000 node-crashed',
      '1000 vm-crashed vm1',
      '1000 memory-lost vm1',
      '6000 node-down-noticed',
      '8000 cluster-regrouped',
      '8000 vm-placed vm1',
      '9000 resource-online vm1',
      '9000 vm-boot-started vm1',
      '69000 resource-online vm1',
      '69000 vm-started vm1',
    ]);
    expect(report.vms[0]).toMatchObject({ node: 'node1', state: 'running', outageMs: 68_000 });
  });

  it('[FO5] on a cluster disk: 3 s more for the disk', () => {
    const report = simulate(cluster({ nodes, volumes: [disk], commands: [crashNode(0, 'node1')] }));
    expect(story(report, 'volume-move-started', 'volume-moved', 'vm-started')).toEqual([
      '7000 volume-move-started vm1',
      '10000 volume-moved vm1',
      '71000 vm-started vm1',
    ]);
    expect(report.volumes[0]?.owner).toBe('node2');
  });

  it('[FO5] of a coordinator stalls the VMs on other nodes for 7 s, and none restarts', () => {
    const scenario = cluster({
      nodes,
      vms: [{ node: 'node2' }, { node: 'node3' }],
      commands: [crashNode(1000, 'node1')],
    });
    const { simulation } = startRun(scenario);
    simulation.advanceTo(60_000 * MS);
    const stall = { fromNs: 1000 * MS, toNs: 8000 * MS };
    expect(texts(simulate(scenario), 'coordinator-lost')).toEqual([
      'LUN 1 has lost its coordinator Node 1: all I/O waits for a new one',
    ]);
    expect(story(simulate(scenario), 'io-stalled', 'io-resumed')).toEqual([
      '1000 io-stalled vm1',
      '1000 io-stalled vm2',
      '8000 io-resumed vm1',
      '8000 io-resumed vm2',
    ]);
    expect(simulation.state.vms.map(({ stalls }) => stalls)).toEqual([[stall], [stall]]);
    const report = simulate(scenario);
    expect(report.vms.map(({ outageMs, memoryLostMiB }) => outageMs + memoryLostMiB)).toEqual([
      0, 0,
    ]);
    expect(report.volumes[0]?.owner).toBe('node2');
  });

  it('[FO3] loses what held something, no more and no less', () => {
    const touched = { memoryMiB: 64, touchedMiB: 16 };
    // By 2 s the writer has written 1,000 pages behind the first 16 MiB.
    const writers = [writer('sweep', 500, 32, 32)];
    const report = simulate(
      cluster({
        nodes,
        vms: [touched, { ...touched, writers }],
        commands: [crashNode(2000, 'node1')],
      }),
    );
    expect(report.vms.map(({ memoryLostMiB }) => memoryLostMiB)).toEqual([16, 16 + 1000 / 256]);
    expect(texts(report, 'memory-lost')[0]).toBe(
      '16 MB of the memory of vm-1 were never on disk and are lost',
    );
  });

  it('[FO3] lets the guest begin anew: its clock shows 0 when it has booted', () => {
    const { simulation } = startRun(
      cluster({
        nodes,
        vms: [{ writers: [writer('once', 10, 16)] }],
        commands: [crashNode(1000, 'node1')],
      }),
    );
    simulation.advanceTo(70_000 * MS);
    // Crashed at 1 s, up again at 69 s.
    expect(simulation.clockOf(0)).toBe(1000 * MS);
    expect(simulation.state.vms[0]?.writerPeriods).toHaveLength(1);
  });

  it('[FO4] ends every old connection', () => {
    const groups = [clients('windows-lan', 4), clients('linux-lan', 4)];
    const report = simulate(
      cluster({ nodes, vms: [{ clients: groups }], commands: [crashNode(1000, 'node1')] }),
    );
    expect(report.clients.map(({ kept, lost }) => ({ kept, lost }))).toEqual([
      { kept: 0, lost: 4 },
      { kept: 0, lost: 4 },
    ]);
  });

  it('[FO2] of a second node before the first is dealt with is found by the same regroup', () => {
    const report = simulate(
      cluster({
        nodes: [...nodes, 65_536, 65_536],
        vms: [{ node: 'node4' }],
        commands: [crashNode(0, 'node4'), crashNode(6000, 'node3')],
      }),
    );
    expect(story(report, 'cluster-regrouped')).toEqual(['7000 cluster-regrouped']);
    expect(whereabouts(report)).toEqual(['running on node1']);
  });
});

describe('where a group goes', () => {
  it('[RG2] is the node with the most memory free, and the reason is said', () => {
    const report = simulate(
      cluster({
        nodes: [4096, 2048, 8192],
        vms: [{ node: 'node1' }],
        commands: [crashNode(0, 'node1')],
      }),
    );
    expect(whereabouts(report)).toEqual(['running on node3']);
    expect(texts(report, 'vm-placed')).toEqual([
      'vm-1 comes online on Node 3: Node 3 has the most memory free, 8 GB',
    ]);
  });

  it('[RG2] is rather one with a path of its own', () => {
    const report = simulate(
      cluster({
        nodes: [4096, 2048, 8192],
        commands: [cutStoragePath(0, 'node3', 'lun1'), crashNode(0, 'node1')],
      }),
    );
    expect(texts(report, 'vm-placed')).toEqual([
      'vm-1 comes online on Node 2: Node 2 has a path of its own to the volume, and 2 GB free',
    ]);
  });

  it('[RG2] is a possible owner, and what fits nowhere is named with every reason', () => {
    const vms = [{ memoryMiB: 2 * GIB, possibleOwners: ['node1', 'node2'] }];
    const report = simulate(
      cluster({ nodes: [4096, 1024, 8192], vms, commands: [crashNode(0, 'node1')] }),
    );
    expect(whereabouts(report)).toEqual(['off on node1']);
    expect(texts(report, 'vm-blocked')).toEqual([
      'vm-1 cannot be started: Node 1 is down; vm-1 needs 2 GB, Node 2 has 1 GB free; Node 3 is not a possible owner of vm-1',
    ]);
  });

  it('[RG2] spreads groups, since what is on its way counts', () => {
    const vm = { memoryMiB: 1024 };
    const report = simulate(
      cluster({ nodes: [8192, 4096, 4096], vms: [vm, vm], commands: [crashNode(0, 'node1')] }),
    );
    expect(whereabouts(report)).toEqual(['running on node2', 'running on node3']);
  });

  it('[RG2] spreads VMs of several disks, since what is on its way counts', () => {
    const vm = { memoryMiB: 1024 };
    const report = simulate(
      cluster({
        nodes: [8192, 4096, 4096],
        volumes: [disk, disk],
        vms: [vm, { ...vm, volume: 'lun2' }],
        commands: [crashNode(0, 'node1')],
      }),
    );
    expect(whereabouts(report)).toEqual(['running on node2', 'running on node3']);
  });

  it('[RG2] [RG3] keeps the room for the VMs of a disk that is on its way', () => {
    const report = simulate(
      cluster({
        nodes: [64, 24],
        vms: [{ memoryMiB: 24 }, { memoryMiB: 24, volume: 'lun2' }],
        volumes: [{ kind: 'csv', owner: 'node2' }, disk],
        commands: [crashNode(0)],
      }),
    );
    expect(whereabouts(report)).toEqual(['off on node1', 'running on node2']);
  });

  it('[RG2] keeps no room at a coordinator-to-be', () => {
    const report = simulate(
      cluster({
        nodes: [64, 40, 40, 64],
        vms: [
          { memoryMiB: 24, possibleOwners: ['node1', 'node4'] },
          {
            memoryMiB: 24,
            node: 'node3',
            volume: 'lun2',
            possibleOwners: ['node2', 'node3'],
          },
          { memoryMiB: 32, node: 'node4', volume: 'lun2' },
        ],
        volumes: [
          { kind: 'csv', owner: 'node1' },
          { kind: 'csv', owner: 'node3' },
        ],
        commands: [crashNode(0), drainNode(1000, 'node3')],
      }),
    );
    expect(report.migrations).toMatchObject([{ vm: 'vm2', startedAtMs: 1000, to: 'node2' }]);
  });

  it('[RG2] says when several nodes have as much memory free', () => {
    const report = simulate(cluster({ nodes: [4096, 2048, 2048, 1024], commands: [crashNode(0)] }));
    expect(texts(report, 'vm-placed')).toEqual([
      'vm-1 comes online on Node 2: no node has more memory free than Node 2, 2 GB',
    ]);
  });

  it('[RG2] counts a VM that arrives once, though its disk arrives with it', () => {
    const report = simulate(
      cluster({
        nodes: [8192, 4096, 4096],
        volumes: [disk, { kind: 'csv' }],
        vms: [
          { memoryMiB: 2048, touchedMiB: 16 },
          { memoryMiB: 2048, node: 'node3', volume: 'lun2', possibleOwners: ['node2', 'node3'] },
        ],
        commands: [migrate(), crashNode(0, 'node3')],
      }),
    );
    // 4,096 ms of copying and 1,143 ms for the list of 520,192 untouched pages; the disk of vm-1 is on its way at 7 s.
    expect(story(report, 'volume-move-started', 'vm-placed', 'disk-moved')).toEqual([
      '5239 volume-move-started vm1',
      '7000 vm-placed vm2',
      '8239 disk-moved vm1',
    ]);
  });

  it('[RG2] does not keep room for moves that wait', () => {
    const report = simulate(
      cluster({
        nodes: [8192, 2048, 2048],
        vms: [
          { memoryMiB: 64 },
          { memoryMiB: 1024 },
          { memoryMiB: 1536, node: 'node3', possibleOwners: ['node2', 'node3'] },
        ],
        commands: [migrate(), migrate(0, 'vm2'), crashNode(0, 'node3')],
      }),
    );
    expect(story(report, 'vm-placed')).toEqual(['7000 vm-placed vm3']);
    expect(texts(report, 'migration-failed')).toEqual([
      'vm-2 stays on Node 1: vm-2 needs 1 GB, Node 2 has 448 MB free',
    ]);
  });

  it('[RG3] for a cluster disk is where all its VMs can run', () => {
    const vm = { memoryMiB: 2048 };
    const report = simulate(
      cluster({
        // Node 3 has more memory, and can take one of them.
        nodes: [8192, 4096, 8192],
        volumes: [disk],
        vms: [vm, { ...vm, possibleOwners: ['node1', 'node2'] }],
        commands: [crashNode(0, 'node1')],
      }),
    );
    expect(whereabouts(report)).toEqual(['running on node2', 'running on node2']);
  });
});

describe('a live migration', () => {
  const vms = [{ memoryMiB: 16, writers: [writer('uniform', 300, 8)] }];
  // 4,096 ms of round 1, about 900 ms of round 2, about 250 ms of round 3; a blackout of 3 s more on a disk.
  const live = { nodes, vms, liveMigration: { maxRounds: 3, stopBelowMs: 1 } };

  it('[LM14] whose target stops in round 3 goes on at the source, and nothing is lost', () => {
    const report = simulate(cluster({ ...live, commands: [migrate(), crashNode(5200, 'node2')] }));
    expect(report.migrations[0]).toMatchObject({ outcome: 'failed', blackoutMs: 0 });
    expect(report.migrations[0]?.rounds).toHaveLength(3);
    expect(report.vms[0]).toMatchObject({
      node: 'node1',
      state: 'running',
      outageMs: 0,
      memoryLostMiB: 0,
    });
  });

  it('[FO1] whose source stops in round 3 starts elsewhere from its disk, and its memory is lost', () => {
    const report = simulate(cluster({ ...live, commands: [migrate(), crashNode(5200, 'node1')] }));
    expect(report.migrations[0]?.outcome).toBe('failed');
    expect(report.vms[0]).toMatchObject({ state: 'running', outageMs: 68_000, memoryLostMiB: 16 });
    expect(report.vms[0]?.node).not.toBe('node1');
  });

  it.each([
    ['during set-up', 100, 0],
    ['in a round', 2000, 0],
  ])('[LM14] whose network is cut %s goes on at the source', (_, ms, outageMs) => {
    const scenario = cluster({
      ...live,
      liveMigration: { ...live.liveMigration, setupMs: 500 },
      commands: [migrate(), cutMigrationNetwork(ms)],
    });
    const report = simulate(scenario);
    expect(report.migrations[0]?.outcome).toBe('failed');
    expect(report.vms[0]).toMatchObject({ node: 'node1', outageMs });
  });

  /** Paused at 4,096 ms for a second of device state, then 3 s of disk and 2 s of resume. */
  const slow = {
    nodes,
    volumes: [disk],
    liveMigration: { deviceStateMB: 4.096, resumeMs: 2000 },
  };

  it('[LM14] whose network is cut in the blackout resumes at the source', () => {
    const report = simulate(
      cluster({ ...slow, commands: [migrate(), cutMigrationNetwork(4500, 'node2')] }),
    );
    expect(report.migrations[0]?.outcome).toBe('failed');
    expect(report.vms[0]).toMatchObject({ node: 'node1', outageMs: 404 });
  });

  it('[LM14] that is across needs the network no more', () => {
    const report = simulate(cluster({ ...slow, commands: [migrate(), cutMigrationNetwork(5500)] }));
    expect(report.migrations[0]).toMatchObject({ outcome: 'completed', blackoutMs: 6000 });
  });

  it('[LM15] whose target stops while the disk moves resumes at the source', () => {
    const report = simulate(cluster({ ...slow, commands: [migrate(), crashNode(6000, 'node2')] }));
    expect(report.vms[0]).toMatchObject({ node: 'node1', outageMs: 1904, memoryLostMiB: 0 });
    expect(report.volumes[0]?.owner).toBe('node1');
    expect(texts(report, 'volume-move-failed')).toEqual([
      'LUN 1 stays on Node 1: its move is broken off',
    ]);
  });

  it('[LM15] whose target stops with the disk waits for it at the source, with its memory', () => {
    const report = simulate(cluster({ ...slow, commands: [migrate(), crashNode(9000, 'node2')] }));
    // Paused at 4,096 ms; the disk is taken back 7 s + 3 s after the crash.
    expect(report.vms[0]).toMatchObject({
      node: 'node1',
      state: 'running',
      outageMs: 9000 + 10_000 - 4096,
      memoryLostMiB: 0,
    });
    expect(report.migrations[0]).toMatchObject({ outcome: 'failed', blackoutMs: 14_904 });
    expect(report.volumes[0]?.owner).toBe('node1');
    expect(texts(report, 'vm-boot-started')).toEqual([]);
    expect(texts(report, 'vm-waits-for-disk')).toEqual([
      'vm-1 waits at Node 1, paused and with its whole memory, until LUN 1 is there again',
    ]);
    expect(story(report, 'vm-resumed')).toEqual(['19000 vm-resumed vm1']);
  });

  it('[LM15] [FO8] keeps its memory when the target is back before its crash is noticed', () => {
    const report = simulate(
      cluster({
        ...slow,
        commands: [migrate(), crashNode(9000, 'node2'), repairNode(10_000, 'node2')],
      }),
    );
    // The disk is taken back 3 s after the repair.
    expect(report.vms[0]).toMatchObject({
      node: 'node1',
      state: 'running',
      outageMs: 10_000 + 3000 - 4096,
      memoryLostMiB: 0,
    });
  });

  it('[LM15] [RG3] gets its disk back though its node could not take it a second time', () => {
    const report = simulate(
      cluster({
        ...slow,
        nodes: [24, 65_536, 65_536],
        commands: [migrate(), crashNode(9000, 'node2')],
      }),
    );
    expect(report.vms[0]).toMatchObject({ node: 'node1', state: 'running', memoryLostMiB: 0 });
  });

  it('[LM15] has its pause counted to the end where the disk never comes back', () => {
    const report = simulate(
      cluster({
        ...slow,
        commands: [
          migrate(),
          cutStoragePath(9000, 'node1', 'lun1'),
          cutStoragePath(9000, 'node3', 'lun1'),
          crashNode(9100, 'node2'),
        ],
      }),
    );
    expect(report.vms[0]).toMatchObject({ state: 'waiting-for-disk', outageMs: 600_000 - 4096 });
    expect(report.migrations[0]?.blackoutMs).toBe(600_000 - 4096);
  });

  it('[LM15] [ST5] waits for its disk when the target loses the path to it', () => {
    const report = simulate(
      cluster({ ...slow, commands: [migrate(), cutStoragePath(9000, 'node2')] }),
    );
    // Taken back in 3 s: nothing has to be noticed.
    expect(report.vms[0]).toMatchObject({
      node: 'node1',
      state: 'running',
      outageMs: 9000 + 3000 - 4096,
      memoryLostMiB: 0,
    });
  });

  it('[LM15] loses its memory when another node has to take the disk', () => {
    const report = simulate(
      cluster({
        ...slow,
        commands: [migrate(), crashNode(9000, 'node2'), cutStoragePath(9500, 'node1', 'lun1')],
      }),
    );
    expect(story(report, 'vm-waits-for-disk', 'vm-crashed', 'vm-started')).toEqual([
      '9000 vm-waits-for-disk vm1',
      '19000 vm-crashed vm1',
      '80000 vm-started vm1',
    ]);
    expect(texts(report, 'vm-crashed')).toEqual([
      'vm-1 stops without warning: LUN 1 belongs to Node 3 now',
    ]);
    expect(whereabouts(report)).toEqual(['running on node3']);
  });

  it('[LM16] whose source stops while the target resumes goes on there as planned', () => {
    const report = simulate(cluster({ ...slow, commands: [migrate(), crashNode(9000, 'node1')] }));
    expect(report.vms[0]).toMatchObject({ node: 'node2', outageMs: 6000, memoryLostMiB: 0 });
    expect(report.migrations[0]).toMatchObject({
      outcome: 'completed',
      blackoutMs: 6000,
      memoryIdentical: true,
    });
    expect(texts(report, 'memory-across')).toEqual([
      'Node 2 resumes vm-1 all the same: its memory and device state were across before Node 1 stopped, nothing is lost',
    ]);
    expect(texts(report, 'migration-completed')).toEqual([
      'vm-1 moved to Node 2 with a blackout of 6.0 s: Node 1 stopped when all of it was across',
    ]);
  });

  it('[LM16] [FO5] whose source stops while the disk moves goes on at the target once that has taken the disk over', () => {
    const report = simulate(cluster({ ...slow, commands: [migrate(), crashNode(6000, 'node1')] }));
    // Paused at 4,096 ms; noticed and regrouped 7 s after the crash, 3 s of take-over, then the resume.
    const resumeMs = 10_096 - 8096;
    expect(report.vms[0]).toMatchObject({
      node: 'node2',
      state: 'running',
      outageMs: 6000 + 10_000 + resumeMs - 4096,
      memoryLostMiB: 0,
    });
    expect(report.migrations[0]).toMatchObject({ outcome: 'completed', memoryIdentical: true });
    expect(report.volumes[0]?.owner).toBe('node2');
    expect(texts(report, 'vm-waits-for-disk')).toEqual([
      'vm-1 waits at Node 2, paused and with its whole memory, until LUN 1 is there: all of it was across before Node 1 stopped',
    ]);
    expect(texts(report, 'volume-move-failed')).toEqual([]);
  });

  it('[LM16] is not saved by a target that lacks the last of the device state', () => {
    const report = simulate(cluster({ ...slow, commands: [migrate(), crashNode(5000, 'node1')] }));
    expect(report.vms[0]).toMatchObject({ memoryLostMiB: 16, state: 'running' });
    expect(report.migrations[0]?.outcome).toBe('failed');
  });

  it('[LM16] leaves no copy on a source that is back before the target has resumed', () => {
    const commands = [migrate(), crashNode(8500, 'node1'), repairNode(9000, 'node1')];
    const report = simulate(cluster({ ...slow, nodes: [16, 65_536, 65_536], commands }));
    expect(report.migrations[0]).toMatchObject({ outcome: 'completed', blackoutMs: 6000 });
    expect(texts(report, 'migration-completed').join()).not.toContain('frees');
  });

  it('[LM16] loses its memory when the target stops too, or another node has to take the disk', () => {
    const nodesOfFive = Array.from({ length: 5 }, () => 65_536);
    const failover = { quorum: 'node-majority' } as const;
    const both = simulate(
      cluster({
        ...slow,
        nodes: nodesOfFive,
        failover,
        commands: [migrate(), crashNode(6000, 'node1'), crashNode(7000, 'node2')],
      }),
    );
    expect(both.vms[0]).toMatchObject({ memoryLostMiB: 16, state: 'running' });
    const cut = simulate(
      cluster({
        ...slow,
        commands: [migrate(), crashNode(6000, 'node1'), cutStoragePath(7000, 'node2', 'lun1')],
      }),
    );
    expect(cut.vms[0]).toMatchObject({ memoryLostMiB: 16, node: 'node3' });
    expect(texts(cut, 'vm-crashed')).toEqual([
      'vm-1 stops without warning: LUN 1 belongs to Node 3 now',
    ]);
  });

  it('[LM16] [RE5] waits with its memory as long as no node can own its disk, and the run is over', () => {
    const scenario = cluster({
      ...slow,
      commands: [
        migrate(),
        crashNode(6000, 'node1'),
        cutStoragePath(7000, 'node2', 'lun1'),
        cutStoragePath(7000, 'node3', 'lun1'),
      ],
    });
    const report = simulate(scenario);
    expect(report.vms[0]).toMatchObject({ state: 'waiting-for-disk', node: 'node2' });
    expect(report.endedAtMs).toBe(13_000);
    const mended = simulate({
      ...scenario,
      commands: [...scenario.commands, repairStoragePath(20_000, 'node2', 'lun1')],
    });
    expect(mended.vms[0]).toMatchObject({ state: 'running', node: 'node2', memoryLostMiB: 0 });
    expect(mended.migrations[0]).toMatchObject({ outcome: 'completed', memoryIdentical: true });
  });

  it('[ST5] fails when no path leads to the CSV any more, and its VM stops', () => {
    const report = simulate(
      cluster({
        ...live,
        commands: [
          migrate(),
          cutStoragePath(1000, 'node1'),
          cutStoragePath(2000, 'node2'),
          cutStoragePath(3000, 'node3'),
        ],
      }),
    );
    expect(story(report, 'vm-crashed', 'migration-failed')).toEqual([
      '3000 vm-crashed vm1',
      '3000 migration-failed vm1',
    ]);
  });

  it('[LM15] whose source stops too while it waits for its disk loses its memory', () => {
    const report = simulate(
      cluster({
        ...slow,
        commands: [migrate(), crashNode(9000, 'node2'), crashNode(10_000, 'node1')],
        failover: { quorum: 'node-majority' },
        nodes: [65_536, 65_536, 65_536, 65_536, 65_536],
      }),
    );
    expect(report.vms[0]).toMatchObject({ state: 'running', memoryLostMiB: 16 });
    // The pause of the migration ends when the guest is lost.
    expect(report.migrations[0]?.blackoutMs).toBe(10_000 - 4096);
  });
});

describe('quorum', () => {
  it('[FO7] is lost with the second of three nodes, and everything stops', () => {
    const report = simulate(
      cluster({
        nodes,
        vms: [{ node: 'node3' }],
        commands: [crashNode(0, 'node1'), crashNode(20_000, 'node2')],
      }),
    );
    expect(story(report, 'quorum-lost', 'vm-crashed')).toEqual([
      '27000 quorum-lost',
      '27000 vm-crashed vm1',
    ]);
    expect(report.quorum).toBe(false);
    expect(report.volumes[0]?.owner).toBeNull();
    expect(whereabouts(report)).toEqual(['off on node3']);
  });

  it('[FO7] [FO8] does not come back by the vote of a node that is down', () => {
    const report = simulate(
      cluster({
        nodes,
        vms: [{ node: 'node2' }],
        volumes: [{ kind: 'cluster-disk', owner: 'node2' }],
        commands: [
          crashNode(0, 'node2'),
          crashNode(0, 'node3'),
          crashNode(8000, 'node1'),
          // Nobody has noticed the crash of node 1; node 2 finds nobody.
          repairNode(9000, 'node2'),
        ],
      }),
    );
    expect(story(report, 'quorum-lost', 'quorum-regained', 'vm-started')).toEqual([
      '7000 quorum-lost',
    ]);
    expect(texts(report, 'cluster-regrouped').at(-1)).toBe(
      'The cluster is Node 2 now: 1 of 3 votes, 2 are needed',
    );
  });

  it('[FO8] names the nodes whose votes are counted', () => {
    const unnoticed = simulate(
      cluster({
        nodes,
        commands: [crashNode(0, 'node2'), crashNode(10_000, 'node3'), repairNode(12_000, 'node2')],
      }),
    );
    expect(texts(unnoticed, 'cluster-regrouped')[1]).toBe(
      'The cluster is Node 1, Node 2 and Node 3 now: 3 of 3 votes, 2 are needed',
    );
    const alone = simulate(
      cluster({
        nodes,
        commands: [
          crashNode(0),
          crashNode(4000, 'node2'),
          crashNode(4000, 'node3'),
          repairNode(5000, 'node2'),
        ],
      }),
    );
    expect(texts(alone, 'cluster-regrouped')[0]).toBe(
      'The cluster is Node 2 now: 1 of 3 votes, 2 are needed',
    );
  });

  it('[FO8] that is lost for a while does not make a failback forgotten', () => {
    const report = simulate(
      cluster({
        nodes: [64, 64, 64, 64],
        failover: { failback: true },
        volumes: [{ kind: 'csv', owner: 'node2' }],
        commands: [
          crashNode(0),
          repairNode(10_000),
          crashNode(15_000, 'node3'),
          crashNode(15_000, 'node4'),
          // The disk witness is gone with the paths: 2 of 5 votes.
          cutStoragePath(30_000, 'node1'),
          cutStoragePath(30_000, 'node2'),
          repairStoragePath(40_000, 'node1'),
          repairStoragePath(40_000, 'node2'),
        ],
      }),
    );
    expect(story(report, 'quorum-lost', 'quorum-regained')).toEqual([
      '30000 quorum-lost',
      '40000 quorum-regained',
    ]);
    expect(whereabouts(report)).toEqual(['running on node1']);
  });

  it('[FO7] comes back with a node, and the VMs start', () => {
    const report = simulate(
      cluster({
        nodes,
        vms: [{ node: 'node3' }],
        commands: [crashNode(0, 'node1'), crashNode(0, 'node2'), repairNode(50_000, 'node2')],
      }),
    );
    expect(story(report, 'quorum-lost', 'quorum-regained', 'vm-started')).toEqual([
      '7000 quorum-lost',
      '50000 quorum-regained',
      '111000 vm-started vm1',
    ]);
  });

  it.each([
    ['automatic', true],
    ['node-majority', false],
    ['node-and-disk-majority', true],
  ] as const)(
    '[FO7] of two nodes survives one crash with a disk witness: %s',
    (quorum, survives) => {
      const report = simulate(
        cluster({
          vms: [{ node: 'node2' }],
          failover: { quorum },
          commands: [crashNode(0, 'node1')],
        }),
      );
      expect(report.quorum).toBe(survives);
    },
  );

  it.each([
    // facts D4: node majority survives ceil(N/2) - 1 losses; with a disk witness N/2.
    [7, 'node-majority', 3],
    [6, 'node-and-disk-majority', 3],
    [6, 'node-majority', 2],
  ] as const)('[FO7] of %i nodes with %s survives %i losses', (count, quorum, losses) => {
    const many = Array.from({ length: count }, () => 1024);
    const crashed = (lost: number): boolean =>
      simulate(
        cluster({
          nodes: many,
          failover: { quorum },
          commands: Array.from({ length: lost }, (_, i) =>
            crashNode(i * 20_000, `node${count - i}`),
          ),
        }),
      ).quorum;
    expect([crashed(losses), crashed(losses + 1)]).toEqual([true, false]);
  });

  it('[FO7] needs a path to the witness', () => {
    const report = simulate(
      cluster({
        vms: [{ node: 'node2' }],
        commands: [cutStoragePath(0, 'node2'), crashNode(1000, 'node1')],
      }),
    );
    expect(report.quorum).toBe(false);
  });

  it('[OP1] [OP5] [OP6] [OP8] is needed for every move', () => {
    const commands = [
      crashNode(0, 'node1'),
      crashNode(0, 'node2'),
      quickMigrate(10_000),
      drainNode(10_000, 'node3'),
    ];
    expect(refusals(cluster({ nodes, vms: [{ node: 'node3' }], commands }))).toEqual([
      'the cluster has no quorum',
      'the cluster has no quorum',
    ]);
  });
});

describe('a cluster disk', () => {
  it('[FO9] goes back to the node that can run its VM, once that is up', () => {
    const report = simulate(
      cluster({
        nodes: [8192, 4096],
        volumes: [disk],
        vms: [{ memoryMiB: 8192, touchedMiB: 16 }],
        commands: [crashNode(0), repairNode(60_000)],
      }),
    );
    expect(story(report, 'volume-moved', 'vm-blocked', 'vm-started')).toEqual([
      '10000 volume-moved vm1',
      '10000 vm-blocked vm1',
      '63000 volume-moved vm1',
      '124000 vm-started vm1',
    ]);
    expect(whereabouts(report)).toEqual(['running on node1']);
    expect(report.volumes[0]?.owner).toBe('node1');
  });

  it('[FO9] says nothing new while the crash of its owner is not known', () => {
    const report = simulate(
      cluster({
        nodes: [8192, 4096, 2048, 1024, 1024],
        volumes: [disk],
        vms: [{ memoryMiB: 8192, touchedMiB: 16 }],
        commands: [crashNode(0), crashNode(20_000, 'node2')],
      }),
    );
    expect(story(report, 'vm-blocked')[0]).toBe('10000 vm-blocked vm1');
    expect(story(report, 'vm-blocked')[1]).toBe('30000 vm-blocked vm1');
  });

  it('[FO9] goes back when the path of that node is whole again', () => {
    const report = simulate(
      cluster({
        nodes: [64, 20],
        volumes: [disk],
        vms: [{ memoryMiB: 32 }],
        commands: [cutStoragePath(0), repairStoragePath(30_000)],
      }),
    );
    expect(whereabouts(report)).toEqual(['running on node1']);
  });

  it('[FO9] goes on when the node that took it over is drained meanwhile', () => {
    const report = simulate(
      cluster({ nodes, volumes: [disk], commands: [crashNode(0), drainNode(8000, 'node2')] }),
    );
    expect(whereabouts(report)).toEqual(['running on node3']);
    expect(story(report, 'volume-moved')).toEqual([
      '10000 volume-moved vm1',
      '13000 volume-moved vm1',
    ]);
  });

  it('[FO9] stays where one of its VMs runs, and goes where at least one can', () => {
    const vms = [{ memoryMiB: 1024 }, { memoryMiB: 3072 }];
    const crashed = cluster({
      nodes: [8192, 512, 2048],
      volumes: [disk],
      vms,
      commands: [crashNode(0), cutStoragePath(0, 'node3'), repairStoragePath(30_000, 'node3')],
    });
    const report = simulate(crashed);
    // Node 2 takes none of them, node 3 the smaller one.
    expect(story(report, 'volume-moved')).toEqual([
      '10000 volume-moved vm1',
      '33000 volume-moved vm1',
    ]);
    expect(whereabouts(report)).toEqual(['running on node3', 'off on node3']);
    const back = simulate({
      ...crashed,
      commands: [...crashed.commands, repairNode(200_000)],
    });
    expect(back.volumes[0]?.owner).toBe('node3');
    expect(whereabouts(back)[0]).toBe('running on node3');
  });

  it('[FO9] that nobody can own belongs to nobody, and that is said once', () => {
    const report = simulate(
      cluster({
        volumes: [disk],
        commands: [
          cutStoragePath(0, 'node2', 'lun1'),
          crashNode(1000),
          cutMigrationNetwork(20_000),
        ],
      }),
    );
    expect(report.volumes[0]?.owner).toBeNull();
    expect(texts(report, 'resource-offline')).toEqual([
      'LUN 1 is offline: Node 1 is down, and no other node can own it',
    ]);
    expect(texts(report, 'vm-blocked')).toEqual(['vm-1 cannot be started: no node can own LUN 1']);
  });
});

describe('what is told of a crash', () => {
  it('[FO3] is no loss where nothing was in memory, and no crash where a VM was only being started', () => {
    const empty = simulate(cluster({ nodes, vms: [{ touchedMiB: 0 }], commands: [crashNode(0)] }));
    expect(texts(empty, 'memory-lost')).toEqual([]);
    const booting = simulate(
      cluster({
        nodes: [...nodes, 65_536, 65_536],
        commands: [crashNode(0), crashNode(30_000, 'node2')],
      }),
    );
    const little = simulate(
      cluster({
        nodes,
        vms: [{ touchedMiB: 0, writers: [writer('sweep', 1, 1)] }],
        commands: [crashNode(2000)],
      }),
    );
    expect(texts(little, 'memory-lost')).toEqual([
      '2 pages of the memory of vm-1 were never on disk and are lost',
    ]);
    expect(texts(booting, 'vm-crashed')).toHaveLength(1);
    expect(texts(booting, 'vm-stopped')).toEqual(['vm-1 stops being started: Node 2 is down']);
    expect(booting.vms[0]?.memoryLostMiB).toBe(16);
  });

  it('[FO2] fits the number of nodes that are left', () => {
    const noticed = (count: number): string | undefined =>
      texts(
        simulate(
          cluster({
            nodes: nodes.slice(0, count),
            commands: Array.from({ length: count }, (_, i) => crashNode(i, `node${i + 1}`)),
          }),
        ),
        'node-down-noticed',
      )[0];
    const one = simulate(cluster({ commands: [crashNode(0)] }));
    expect(texts(one, 'node-down-noticed')).toEqual([
      'Node 1 missed 5 heartbeats: after 5.0 s the other node takes it for down and regroups',
    ]);
    expect(noticed(2)).toBe('Node 1 missed 5 heartbeats: after 5.0 s no node is left to see it');
    const none = simulate(cluster({ commands: [crashNode(0), crashNode(1, 'node2')] }));
    expect(texts(none, 'cluster-regrouped')[0]).toBe(
      'No node of the cluster is left: 0 of 3 votes, 2 are needed',
    );
  });
});

describe('a repaired node', () => {
  const crash = [crashNode(0, 'node1'), repairNode(100_000, 'node1')];

  it('[FO8] joins at once, and by default nothing comes back', () => {
    const report = simulate(cluster({ nodes, commands: crash }));
    expect(whereabouts(report)).toEqual(['running on node2']);
    expect(report.nodes[0]).toEqual({ id: 'node1', up: true, paused: false });
    expect(texts(report, 'node-repaired')).toEqual(['Node 1 is up again and joins the cluster']);
    expect(texts(report, 'cluster-regrouped')).toEqual([
      'The cluster is Node 2 and Node 3 now: 2 of 3 votes, 2 are needed',
      'The cluster is Node 1, Node 2 and Node 3 now: 3 of 3 votes, 2 are needed',
    ]);
  });

  it('[FO8] has to mount its cluster disk anew when it is back before anybody noticed', () => {
    const report = simulate(
      cluster({ nodes, volumes: [disk], commands: [crashNode(0), repairNode(1000)] }),
    );
    expect(story(report, 'resource-offline', 'volume-move-started', 'volume-moved')).toEqual([
      '1000 resource-offline vm1',
      '1000 volume-move-started vm1',
      '4000 volume-moved vm1',
    ]);
    expect(report.vms[0]).toMatchObject({ node: 'node1', state: 'running', outageMs: 65_000 });
  });

  it('[FO8] gets with failback a VM back that still boots when it is repaired', () => {
    const report = simulate(
      cluster({
        nodes,
        failover: { failback: true },
        commands: [crashNode(0), repairNode(30_000)],
      }),
    );
    // Up on node 2 at 68 s; the move back starts at once.
    expect(report.migrations).toMatchObject([
      { cause: 'failback', startedAtMs: 68_000, from: 'node2', to: 'node1' },
    ]);
    expect(whereabouts(report)).toEqual(['running on node1']);
  });

  it.each([
    ['crashes again', crashNode(40_000), 'Node 1 is down'],
    ['is drained', drainNode(40_000), 'Node 1 is paused for maintenance'],
  ])('[FO8] that waits for a VM with failback is not waited for when it %s', (_, command, why) => {
    const waiting = cluster({
      nodes,
      failover: { failback: true },
      commands: [crashNode(0), repairNode(30_000), command],
    });
    const report = simulate(waiting);
    expect(report.migrations).toEqual([]);
    // The VM is up on node 2 at 68 s.
    expect(story(report, 'failback-blocked')).toEqual(['68000 failback-blocked vm1']);
    expect(texts(report, 'failback-blocked')).toEqual([`vm-1 does not go back to Node 1: ${why}`]);
  });

  it('[FO8] gets with failback a VM back whose disk was being taken over at the repair', () => {
    const report = simulate(
      cluster({
        nodes,
        volumes: [disk],
        failover: { failback: true },
        commands: [crashNode(0), repairNode(8000)],
      }),
    );
    expect(report.migrations).toMatchObject([{ cause: 'failback', startedAtMs: 71_000 }]);
    expect(whereabouts(report)).toEqual(['running on node1']);
  });

  it('[FO8] gets with failback a VM back whose mate on the disk is off', () => {
    const report = simulate(
      cluster({
        nodes: [64, 24],
        vms: [{}, {}],
        volumes: [disk],
        failover: { failback: true, bootMs: 1000 },
        commands: [crashNode(0), repairNode(30_000)],
      }),
    );
    // Node 2 has room for one of them only.
    expect(story(report, 'vm-blocked')).toEqual(['10000 vm-blocked vm2']);
    expect(whereabouts(report)).toEqual(['running on node1', 'running on node1']);
  });

  it('[FO8] waits with failback until the disk of the VM answers', () => {
    const report = simulate(
      cluster({
        nodes: [...nodes, 65_536, 65_536],
        volumes: [{ kind: 'csv', owner: 'node3' }],
        failover: { failback: true },
        commands: [crashNode(0), crashNode(100_000, 'node3'), repairNode(101_000)],
      }),
    );
    expect(report.migrations).toMatchObject([{ cause: 'failback', startedAtMs: 107_000 }]);
  });

  it('[FO8] says with failback why a VM does not come back', () => {
    const vms = [
      { memoryMiB: 2048, possibleOwners: ['node1', 'node2'] },
      { memoryMiB: 1024, node: 'node2' },
    ];
    const report = simulate(
      cluster({
        nodes: [3072, 4096, 4096],
        vms,
        migrationMBps: 1000,
        failover: { failback: true },
        // While vm-1 boots on node 2 the other VM takes the room on node 1.
        commands: [crashNode(0), repairNode(20_000), migrate(30_000, 'vm2', 'node1')],
      }),
    );
    expect(texts(report, 'failback-blocked')).toEqual([]);
    const full = simulate(
      cluster({
        nodes: [2560, 4096, 4096],
        vms,
        migrationMBps: 1000,
        failover: { failback: true },
        commands: [crashNode(0), repairNode(20_000), migrate(30_000, 'vm2', 'node1')],
      }),
    );
    expect(texts(full, 'failback-blocked')).toEqual([
      'vm-1 does not go back to Node 1: vm-1 needs 2 GB, Node 1 has 1.5 GB free',
    ]);
    expect(whereabouts(full)).toEqual(['running on node2', 'running on node1']);
  });

  it('[FO8] gets its VMs back with failback', () => {
    const report = simulate(
      cluster({ nodes, failover: { failback: true }, migrationMBps: 117, commands: crash }),
    );
    expect(whereabouts(report)).toEqual(['running on node1']);
    expect(report.migrations[0]).toMatchObject({
      method: 'live',
      cause: 'failback',
      from: 'node2',
      to: 'node1',
    });
  });

  it('[FO2] [FO8] does not make the others notice another crash sooner', () => {
    const report = simulate(
      cluster({
        nodes: [65_536, 65_536, 65_536, 65_536, 65_536],
        volumes: [{ kind: 'csv', owner: 'node2' }],
        vms: [{ node: 'node3', memoryMiB: 16 }],
        commands: [crashNode(0), crashNode(100_000, 'node3'), repairNode(100_100, 'node1')],
      }),
    );
    // 5 heartbeats of 1 s, and 2 s to regroup.
    expect(story(report, 'vm-placed')).toEqual(['107000 vm-placed vm1']);
  });

  it('[FO8] gets back with failback only the VMs that began on it', () => {
    const report = simulate(
      cluster({
        nodes,
        vms: [{ memoryMiB: 16 }, { memoryMiB: 16, node: 'node2' }],
        failover: { failback: true },
        commands: crash,
      }),
    );
    expect(whereabouts(report)).toEqual(['running on node1', 'running on node2']);
    expect(report.migrations.map(({ vm, to }) => `${vm} to ${to}`)).toEqual(['vm1 to node1']);
  });

  it('[FO8] that is back before anybody noticed starts its VMs itself', () => {
    const report = simulate(
      cluster({ nodes, commands: [crashNode(0, 'node1'), repairNode(2000, 'node1')] }),
    );
    expect(report.vms[0]).toMatchObject({ node: 'node1', outageMs: 63_000 });
    expect(texts(report, 'vm-placed')).toEqual([
      'vm-1 comes online on Node 1: Node 1 had it before',
    ]);
  });
});

describe('a command about a node or a cable is refused', () => {
  it.each([
    [
      '[OP8] when it is down already',
      [crashNode(0, 'node1'), crashNode(1, 'node1')],
      'Node 1 is down already',
    ],
    ['[OP8] when it is up', [repairNode(0, 'node1')], 'Node 1 is up'],
    [
      '[OP8] when it is drained already',
      [drainNode(0, 'node2'), drainNode(1, 'node2')],
      'Node 2 is paused for maintenance already',
    ],
    [
      '[OP9] when the network is cut',
      [cutMigrationNetwork(0), cutMigrationNetwork(1, 'node2')],
      'The migration network of Node 2 is cut already',
    ],
    [
      '[OP9] when the network is whole',
      [repairMigrationNetwork(0)],
      'The migration network of all nodes is whole already',
    ],
    ['[OP1] when the target is down', [crashNode(0, 'node2'), migrate(1)], 'Node 2 is down'],
    [
      '[OP1] when the target is paused',
      [drainNode(0, 'node2'), migrate(1)],
      'Node 2 is paused for maintenance',
    ],
    ['[OP1] when the VM does not run', [crashNode(0, 'node1'), migrate(1)], 'vm-1 does not run'],
    [
      '[OP1] when the network is cut',
      [cutMigrationNetwork(0, 'node1'), migrate(1)],
      'the migration network of Node 1 is cut',
    ],
    [
      '[OP5] when the VM is moved already',
      [quickMigrate(0), quickMigrate(1, 'vm1', 'node3')],
      'vm-1 is already being moved',
    ],
  ])('%s', (_, commands, reason) => {
    expect(refusals(cluster({ nodes, commands }))).toEqual([reason]);
  });

  it('[OP8] when it is the last node that could own anything', () => {
    const commands = [drainNode(0, 'node1'), drainNode(0, 'node2'), drainNode(0, 'node3')];
    expect(refusals(cluster({ nodes, commands }))).toEqual([
      'Node 3 is the last node that can own anything',
    ]);
  });

  it('[OP5] when another VM of the disk cannot go along', () => {
    const vm = { memoryMiB: 1024 };
    const full = cluster({
      nodes: [4096, 1536],
      volumes: [disk],
      vms: [vm, vm],
      commands: [quickMigrate()],
    });
    expect(refusals(full)).toEqual(['vm-1 and vm-2 need 2 GB, Node 2 has 1.5 GB free']);
  });
});
