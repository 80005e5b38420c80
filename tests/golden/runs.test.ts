/** Whole runs as readable text. After a wanted change: GOLDEN=accept npx vitest run tests/golden, then read the difference. */
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/engine/recording/simulate.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import {
  cancel,
  clients,
  cluster,
  crashNode,
  cutStoragePath,
  drainNode,
  migrate,
  quickMigrate,
  repairNode,
  resumeNode,
  setWriters,
  writer,
  type ClusterOptions,
} from '../support/clusterBuilder.ts';
import { goldenText, reportText } from '../support/clusterText.ts';

/** 256 MiB on 1 Gbit/s, with the defaults of the scenario file where they are not the point. */
function scenario(title: string, options: ClusterOptions): Scenario {
  const built = cluster({
    migrationMBps: 117,
    ...options,
    liveMigration: {
      setupMs: 2000,
      resumeMs: 100,
      deviceStateMB: 2,
      stopBelowMs: 30,
      pageHeaderBytes: 8,
      ...options.liveMigration,
    },
    vms: [
      {
        memoryMiB: 256,
        clients: [clients('windows-lan', 4), clients('ping', 1, 250)],
        ...options.vms?.[0],
      },
      ...(options.vms?.slice(1) ?? []),
    ],
  });
  return { ...built, title };
}

const uniform = (pagesPerSecond: number) => [writer('uniform', pagesPerSecond, 128, 16)];

const runs: Record<string, Scenario> = {
  calm: scenario('Calm', { vms: [{ touchedMiB: 200, writers: uniform(1500) }] }),
  'round-limit': scenario('Round limit on a cluster disk', {
    volume: 'cluster-disk',
    vms: [{ writers: uniform(40_000) }],
    liveMigration: { maxRounds: 4 },
  }),
  cancelled: scenario('Cancelled, then again', {
    vms: [{ writers: uniform(3000) }, { memoryMiB: 16 }],
    commands: [migrate(0), migrate(100, 'vm2'), cancel(3500), migrate(4000), cancel(9000)],
  }),
  'skip-redirtied': scenario('Clark et al.', {
    vms: [
      {
        writers: [
          {
            kind: 'hot',
            pagesPerSecond: 20_000,
            startMiB: 0,
            sizeMiB: 200,
            hotShare: 0.95,
            hotMiB: 8,
          },
        ],
      },
    ],
    liveMigration: { tracking: 'skip-redirtied' },
  }),
  'sync-when-rest-small': scenario('As QEMU does it', {
    vms: [{ writers: uniform(14_000) }],
    liveMigration: { tracking: 'sync-when-rest-small', stopBelowMs: 300 },
  }),
  'changes-on-the-way': scenario('Changes on the way', {
    vms: [
      {
        writers: [
          { kind: 'power-law', pagesPerSecond: 30_000, startMiB: 0, sizeMiB: 256, exponent: 1.5 },
        ],
      },
    ],
    commands: [
      migrate(0),
      { atMs: 3000, do: 'set-live-migration', migrationMBps: 40, tracking: 'clear-on-send' },
      setWriters(5000, uniform(500)),
      { atMs: 7000, do: 'set-live-migration', migrationMBps: 250, maxRounds: null },
      cancel(14_000),
    ],
  }),
};

/** Three nodes of 2 GiB, VMs of 256 and 512 MiB with all kinds of clients. */
function whole(title: string, options: ClusterOptions): Scenario {
  const groups = [clients('windows-lan', 4), clients('linux-lan', 4), clients('ping', 1, 250)];
  const built = cluster({
    nodes: [2048, 2048, 2048],
    migrationMBps: 117,
    liveMigration: { setupMs: 2000, resumeMs: 100, deviceStateMB: 2, pageHeaderBytes: 8 },
    vms: [
      { memoryMiB: 256, clients: groups, writers: [writer('uniform', 1500, 128)] },
      { memoryMiB: 512, touchedMiB: 100, clients: groups.slice(0, 1) },
    ],
    ...options,
  });
  return { ...built, title };
}

const disk = { kind: 'cluster-disk' as const };

const wholeRuns: Record<string, Scenario> = {
  'quick-two-on-a-disk': whole('Two VMs on one LUN, quick', {
    volumes: [disk],
    commands: [quickMigrate(1000)],
  }),
  'source-crash': whole('The source stops in round 2', {
    commands: [migrate(0), crashNode(4350, 'node1'), repairNode(90_000, 'node1')],
  }),
  'target-crash-while-restoring': whole('The target stops while it reads', {
    volumes: [disk],
    commands: [quickMigrate(0), crashNode(5000, 'node2')],
  }),
  'drain-and-cut': whole('A drained node whose path is cut', {
    commands: [drainNode(0, 'node1'), cutStoragePath(3000, 'node1'), resumeNode(30_000, 'node1')],
  }),
  'no-quorum': whole('Two of three nodes stop', {
    commands: [crashNode(0, 'node2'), crashNode(1000, 'node3'), repairNode(20_000, 'node3')],
  }),
};

describe('golden runs', () => {
  it.each(Object.entries({ ...runs, ...wholeRuns }))('%s', (name, recording) => {
    const text = reportText(simulate(recording));
    expect(text).toBe(goldenText(name, text));
  });
});
