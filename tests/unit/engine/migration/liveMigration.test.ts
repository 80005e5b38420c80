/**
 * The phases of a live migration, in numbers a reader can check: one page takes exactly 1 ms, a VM of 1 MiB has
 * 256 pages. `fill` writes 2,000 pages a second in order, once: it is through at 128 ms of the guest's clock.
 */
import { describe, expect, it } from 'vitest';
import { at } from '../../../../src/base/assert.ts';
import type { ClusterEventKind } from '../../../../src/engine/clusterEvent.ts';
import type { Command } from '../../../../src/engine/command.ts';
import { createReport } from '../../../../src/engine/report.ts';
import type { Scenario } from '../../../../src/engine/scenario.ts';
import type { WriterSpec } from '../../../../src/engine/settings.ts';
import {
  cancel,
  cluster,
  migrate,
  setWriters,
  writer,
  type ClusterOptions,
} from '../../../support/clusterBuilder.ts';
import {
  migrationOfRun,
  roundsOf,
  runToEnd,
  startRun,
  type EngineRun,
} from '../../../support/clusterRuns.ts';

const MS = 1_000_000;
const fill = writer('once', 2000, 1);

/** VM 1 has 1 MiB; setting `writers` and `touchedMiB` is all most tests need. */
function small(
  writers: readonly WriterSpec[],
  options: ClusterOptions = {},
  touchedMiB = 1,
): Scenario {
  return cluster({ ...options, vms: [{ memoryMiB: 1, touchedMiB, writers }] });
}

/** "number: sent / dirtied / left in ms" of every round, then what the blackout sent. */
function roundsText(run: EngineRun, id = 0): string[] {
  const rounds = roundsOf(run, id).map((round) => {
    const ms = ((round.endNs ?? NaN) - round.startNs) / MS;
    return `${round.number}: ${round.pagesSent} / ${round.pagesDirtied} / ${round.pagesLeft} in ${ms}`;
  });
  const last = migrationOfRun(run, id).phases.find(({ name }) => name === 'stop-and-copy');
  return last === undefined ? rounds : [...rounds, `paused: ${last.pagesSent}`];
}

function events(run: EngineRun): { ms: number; kind: ClusterEventKind; text: string }[] {
  return run.record.events.map(({ atNs, kind, text }) => ({ ms: atNs / MS, kind, text }));
}

function phases(run: EngineRun, id = 0): [name: string, startMs: number][] {
  return migrationOfRun(run, id).phases.map(({ name, startNs }) => [name, startNs / MS]);
}

describe('the phases', () => {
  const settings = {
    setupMs: 300,
    resumeMs: 40,
    deviceStateMB: 0.04096,
    diskMoveMs: 700,
    tracking: 'clear-on-send' as const,
  };
  const setup: [string, number][] = [
    ['connecting', 50],
    ['creating-shell', 150],
    ['round', 350],
    ['stop-and-copy', 606],
    // Nothing was left; 40,960 bytes of device state take 10 ms.
    ['device-state', 606],
  ];

  it('[LM1] [LM9] come one after the other', () => {
    const run = runToEnd(small([], { liveMigration: settings, commands: [migrate(50)] }));
    expect(phases(run)).toEqual([...setup, ['resuming', 616], ['clean-up', 656]]);
    expect(migrationOfRun(run).endedNs).toBe(1156 * MS);
  });

  it('[LM9] have the bytes of the device state counted as they go, also where the copy breaks off', () => {
    // 40,960 bytes from 606 to 616 ms, nothing else after round 1.
    const options = { liveMigration: settings, commands: [migrate(50)] };
    const sentAt = (ms: number, commands: readonly Command[] = []): number => {
      const { simulation, record } = startRun(
        small([], { ...options, commands: [...options.commands, ...commands] }),
      );
      simulation.advanceTo(ms * MS);
      return createReport(simulation, record).migrations[0]?.bytesSent ?? -1;
    };
    const pages = sentAt(606);
    expect(pages).toBe(256 * 4096);
    expect([609, 616, 700].map((ms) => sentAt(ms) - pages)).toEqual([12_288, 40_960, 40_960]);
    const cut = { atMs: 609, do: 'cut-migration-network' } as const;
    expect(sentAt(700, [cut]) - pages).toBe(12_288);
  });

  it('[LM10] with a cluster disk have the change of owner inside the blackout', () => {
    const options = { liveMigration: settings, commands: [migrate(50)] };
    const run = runToEnd(small([], { ...options, volume: 'cluster-disk' }));
    expect(phases(run)).toEqual([
      ...setup,
      ['storage', 616],
      ['resuming', 1316],
      ['clean-up', 1356],
    ]);
    const report = createReport(run.simulation, run.record);
    expect(report.migrations[0]?.blackoutMs).toBe(750);
    expect(report.volumes[0]?.owner).toBe('node2');
    const moved = events(run).find(({ kind }) => kind === 'disk-moved');
    expect(moved).toEqual({
      ms: 1316,
      kind: 'disk-moved',
      text: 'Node 2 resumes vm-1: LUN 1 belongs to it and is mounted there',
    });
  });

  it('[LM10] [CL4] with a CSV leave the coordinator where it is', () => {
    const run = runToEnd(small([], { liveMigration: settings }));
    expect(createReport(run.simulation, run.record).volumes[0]).toEqual({
      id: 'lun1',
      kind: 'csv',
      owner: 'node1',
    });
  });

  it('[LM1] are told in the order in which they happen', () => {
    const run = runToEnd(
      small([], { liveMigration: settings, commands: [migrate(50)], volume: 'cluster-disk' }),
    );
    expect(events(run).map(({ ms, kind }) => `${ms} ${kind}`)).toEqual([
      '50 migration-requested',
      '50 setup-started',
      '150 shell-created',
      '350 tracking-started',
      '350 round-started',
      '606 pre-copy-stopped',
      '606 vm-paused',
      '606 last-pages-sent',
      '616 device-state-sent',
      '616 volume-move-started',
      '1316 disk-moved',
      '1356 memory-compared',
      '1356 vm-resumed',
      '1856 migration-completed',
    ]);
  });

  it('[LM1] turn the dirty bitmap on when round 1 starts: earlier writes mark nothing', () => {
    const run = runToEnd(small([fill], { liveMigration: { setupMs: 100, stopBelowMs: 0 } }));
    // 200 of the 256 writes come during the set-up.
    expect(roundsOf(run)[0]?.pagesDirtied).toBe(56);
  });

  it('[LM13] count from the start, not from the queue, until the VM runs on the destination', () => {
    const scenario = cluster({
      vms: [
        { memoryMiB: 1, touchedMiB: 1 },
        { memoryMiB: 1, touchedMiB: 1 },
      ],
      commands: [migrate(0), migrate(10, 'vm2')],
    });
    const run = runToEnd(scenario);
    const [first, second] = createReport(run.simulation, run.record).migrations;
    expect(first).toMatchObject({ requestedAtMs: 0, startedAtMs: 0, totalMs: 256 });
    expect(second).toMatchObject({ requestedAtMs: 10, startedAtMs: 756, totalMs: 256 });
  });
});

describe('tracking policies', () => {
  const run = (tracking: 'sync-per-round' | 'clear-on-send' | 'skip-redirtied') =>
    roundsText(runToEnd(small([fill], { liveMigration: { tracking, stopBelowMs: 0 } })));

  it('[LM5] sync-per-round sends a page that was written before its turn in the next round too', () => {
    expect(run('sync-per-round')).toEqual([
      '1: 256 / 256 / 256 in 256',
      '2: 256 / 0 / 0 in 256',
      'paused: 0',
    ]);
  });

  it('[LM6] with clear-on-send a write before the turn of its page costs nothing', () => {
    expect(run('clear-on-send')).toEqual(['1: 256 / 0 / 0 in 256', 'paused: 0']);
  });

  it('[LM6] with clear-on-send a write after the turn of its page marks it', () => {
    // Page k is sent at k + 1 ms and written at 10 (k + 1) ms.
    const slow = small([writer('sweep', 100, 1)], {
      liveMigration: { tracking: 'clear-on-send', stopBelowMs: 0 },
    });
    expect(roundsText(runToEnd(slow)).slice(0, 3)).toEqual([
      '1: 256 / 25 / 25 in 256',
      // Until 281 ms; the 26th to 28th write, of pages 25 to 27.
      '2: 25 / 3 / 3 in 25',
      '3: 3 / 0 / 0 in 3',
    ]);
  });

  it('[LM7] skip-redirtied passes over what is marked again', () => {
    // At k ms pages 0 to 2k - 1 are marked and page 2k is sent; at 128 ms only marked pages are left.
    expect(run('skip-redirtied')).toEqual([
      '1: 127 / 256 / 256 in 128',
      '2: 256 / 0 / 0 in 256',
      'paused: 0',
    ]);
  });

  it('[LM8] sync-when-rest-small looks every 100 ms and carries the rest over', () => {
    const scenario = small([fill], {
      liveMigration: { tracking: 'sync-when-rest-small', stopBelowMs: 60 },
    });
    // At 200 ms a rest of 56 pages takes 56 ms; all 256 are marked, so round 2 has 256 to send, and again
    // leaves 56, which is small enough.
    const engine = runToEnd(scenario);
    expect(roundsText(engine)).toEqual([
      '1: 200 / 256 / 256 in 200',
      '2: 200 / 0 / 56 in 200',
      'paused: 56',
    ]);
  });

  it.each([
    // Round 1 has 256 pages of 1 ms; looks come every 10 ms of sending.
    ['raised between two looks', { stopBelowMs: 200 }, 63, 70],
    ['raised at a look, which has been already', { stopBelowMs: 200 }, 60, 70],
    ['lowered', { stopBelowMs: 0 }, 63, 256],
    ['looked for more often', { stopBelowMs: 200, lookEveryMs: 1 }, 63, 64],
    ['looked for at every page', { stopBelowMs: 200, lookEveryMs: 0 }, 63, 64],
    // At half the speed a look comes after 5 pages from 63 on, and 200 ms are 100 pages.
    ['the same on a slower network', { migrationMBps: 2.048, stopBelowMs: 300 }, 63, 63 + 45 * 2],
  ] as const)('[LM8] [OP4] sync-when-rest-small: a limit %s', (_, change, atMs, endMs) => {
    const run = runToEnd(
      small([], {
        liveMigration: { tracking: 'sync-when-rest-small', stopBelowMs: 60, lookEveryMs: 10 },
        commands: [migrate(0), { atMs, do: 'set-live-migration', ...change }],
      }),
    );
    expect(roundsOf(run)[0]?.endNs).toBe(endMs * MS);
  });

  it('[LM8] sync-when-rest-small goes on in the word where the sweep stood, round and round', () => {
    const scenario = small([fill], {
      liveMigration: { tracking: 'sync-when-rest-small', stopBelowMs: 60 },
    });
    const { simulation } = startRun(scenario);
    const lastPages: number[] = [];
    for (const ms of [200, 201, 264, 265, 399]) {
      simulation.advanceTo(ms * MS);
      const { phase } = at(simulation.state.migrations, 0);
      lastPages.push(phase.name === 'round' ? phase.pass.lastPage : NaN);
    }
    // Page 199 was the last of round 1, in the word of pages 192 to 223.
    expect(lastPages).toEqual([-1, 192, 255, 0, 134]);
  });

  it('[LM8] sync-when-rest-small ends a round at once whose whole set is small', () => {
    const scenario = small([], {
      liveMigration: { tracking: 'sync-when-rest-small', stopBelowMs: 256 },
    });
    expect(roundsText(runToEnd(scenario))).toEqual(['1: 0 / 0 / 256 in 0', 'paused: 256']);
  });
});

describe('stop conditions', () => {
  const sweep = [writer('sweep', 500, 1)];

  it('[LM3] small-enough: what is left takes at most stopBelowMs', () => {
    // Round 1 dirties 128 pages, round 2 64, round 3 32.
    for (const [stopBelowMs, rounds] of [
      [128, 1],
      [127.9, 2],
      [64, 2],
      [32, 3],
    ] as const) {
      const run = runToEnd(small(sweep, { liveMigration: { stopBelowMs } }));
      expect(roundsOf(run)).toHaveLength(rounds);
      expect(migrationOfRun(run).stopReason).toBe('small-enough');
    }
  });

  it('[LM4] round-limit: after maxRounds rounds, whatever is left', () => {
    const run = runToEnd(small(sweep, { liveMigration: { stopBelowMs: 1, maxRounds: 2 } }));
    expect(roundsText(run)).toEqual([
      '1: 256 / 128 / 128 in 256',
      '2: 128 / 64 / 64 in 128',
      'paused: 64',
    ]);
    expect(migrationOfRun(run).stopReason).toBe('round-limit');
    const stopped = events(run).find(({ kind }) => kind === 'pre-copy-stopped');
    expect(stopped?.text).toBe(
      'Pre-copy stops after round 2, the last allowed: what is left takes 0.06\u00a0s',
    );
  });

  it('[LM4] without a limit goes on as long as the scenario', () => {
    const endless = (untilMs: number): EngineRun =>
      runToEnd(small([writer('sweep', 5000, 1)], { liveMigration: { maxRounds: null }, untilMs }));
    const short = endless(100_000);
    expect(migrationOfRun(short).outcome).toBe('running');
    // 390 finished, and the one under way.
    expect(roundsOf(short)).toHaveLength(391);
    const long = endless(1e6);
    expect(migrationOfRun(long)).toMatchObject({ outcome: 'running', stopReason: null });
    expect(roundsOf(long).at(-1)?.number).toBe(Math.floor(1e6 / 256) + 1);
  });

  it('[LM3] has priority over the limit when both hold', () => {
    const run = runToEnd(small([], { liveMigration: { maxRounds: 1 } }));
    expect(migrationOfRun(run).stopReason).toBe('small-enough');
  });
});

describe('untouched pages', () => {
  it('[CP5] [WR7] are announced, 9 bytes each, before the first page', () => {
    const scenario = cluster({ vms: [{ memoryMiB: 4, touchedMiB: 1 }] });
    const run = runToEnd(scenario);
    const report = at(createReport(run.simulation, run.record).migrations, 0);
    // 768 announcements of 9 bytes at 4,096 bytes a millisecond.
    expect(report.rounds[0]).toMatchObject({ durationMs: 256 + (768 * 9) / 4096, pagesSent: 256 });
    expect(report).toMatchObject({ bytesSent: 256 * 4096 + 768 * 9, memoryIdentical: true });
  });

  it('[CP5] that are written while the list is on its way go in round 2', () => {
    const scenario = cluster({
      vms: [{ memoryMiB: 4, touchedMiB: 0, writers: [{ ...fill, startMiB: 2 }] }],
      liveMigration: { stopBelowMs: 0 },
    });
    const run = runToEnd(scenario);
    // 1,024 announcements take 2.25 ms: writes at 0.5, 1, 1.5, 2 ms, then while those are sent.
    expect(roundsText(run).slice(0, 2)).toEqual(['1: 0 / 4 / 4 in 2.25', '2: 4 / 8 / 8 in 4']);
    expect(migrationOfRun(run).differingPages).toBe(0);
  });

  it('[WR7] are those that no writer wrote since the start of the run, by the guest clock', () => {
    const writers = [
      { ...fill, startMiB: 2 },
      { ...writer('sweep', 100, 1, 3), fromMs: 50 },
    ];
    const scenario = cluster({
      vms: [{ memoryMiB: 8, touchedMiB: 1, writers }],
      commands: [setWriters(60, [writer('uniform', 1e6, 1, 5)]), migrate(100)],
      liveMigration: { setupMs: 20 },
    });
    const { simulation } = startRun(scenario);
    simulation.advanceTo(120 * MS);
    // 256 touched; 120 of `fill`; 1 of the sweep; all of the last, which wrote 60,000 times by 120 ms.
    expect(simulation.memories.get(0)?.sendSetPages).toBe(256 + 120 + 1 + 256);
  });

  const touchedBy = (spec: WriterSpec): number => {
    const scenario = cluster({
      vms: [{ memoryMiB: 4, touchedMiB: 0, writers: [spec] }],
      commands: [migrate(1000)],
    });
    const { simulation } = startRun(scenario);
    simulation.advanceTo(1000 * MS);
    return simulation.memories.get(0)?.sendSetPages ?? NaN;
  };

  it('[WR7] stay so where a writer with favourites never writes, however long it writes', () => {
    const region = { startMiB: 1, sizeMiB: 2, pagesPerSecond: 100_000 };
    expect(touchedBy({ kind: 'hot', ...region, hotShare: 1, hotMiB: 1 })).toBe(256);
    const rare = { kind: 'power-law', ...region, exponent: 4 } as const;
    const reached = touchedBy(rare);
    expect(reached).toBeLessThan(64);
    // Of 64 writes for each page of the region there is no more to see.
    expect(touchedBy({ ...rare, pagesPerSecond: 64 * 512 })).toBe(reached);
  });

  it('[WR7] are none of a region written evenly or in order for long', () => {
    const region = { startMiB: 1, sizeMiB: 2 };
    for (const pagesPerSecond of [64 * 512, 64 * 512 + 1, 1e8]) {
      expect(touchedBy({ kind: 'uniform', ...region, pagesPerSecond })).toBe(512);
    }
    expect(touchedBy({ kind: 'sweep', ...region, pagesPerSecond: 511 })).toBe(511);
    expect(touchedBy({ kind: 'once', ...region, pagesPerSecond: 1e8 })).toBe(512);
  });

  it('[GM7] matter for nothing else: before a migration nothing is kept of a VM', () => {
    const { simulation } = startRun(small([fill], { commands: [migrate(500)] }));
    simulation.advanceTo(400 * MS);
    expect(simulation.memories.size).toBe(0);
    expect(simulation.work).toBe(0);
  });
});

describe('the switchover', () => {
  it('[LM11] compares all pages at the end of the resume; then the VM runs on the destination', () => {
    const scenario = small([], { liveMigration: { resumeMs: 100 } });
    const { simulation, record } = startRun(scenario);
    simulation.advanceTo(356 * MS - 1);
    expect(simulation.state.vms[0]).toMatchObject({ node: 0, status: { name: 'paused' } });
    expect(record.migrations[0]?.differingPages).toBeNull();
    simulation.advanceTo(356 * MS);
    expect(simulation.state.vms[0]).toMatchObject({ node: 1, status: { name: 'running' } });
    expect(record.migrations[0]?.differingPages).toBe(0);
    const compared = record.events.find(({ kind }) => kind === 'memory-compared');
    expect(compared?.text).toBe('All 256 pages compared: both memories are the same');
  });

  it('[LM9] [WR1] holds the clock of the guest: its writers go on where they stood', () => {
    const scenario = small([writer('sweep', 100, 1)], {
      liveMigration: { resumeMs: 5000, stopBelowMs: 100 },
      commands: [migrate(0), migrate(10_000, 'vm1', 'node1')],
    });
    const { simulation } = startRun(scenario);
    simulation.advanceTo(3000 * MS);
    expect(simulation.clockOf(0)).toBe(256 * MS);
    simulation.advanceTo(6000 * MS);
    // Paused from 256 ms for 25 pages and 5 s.
    expect(simulation.clockOf(0)).toBe((6000 - 5025) * MS);
    simulation.advanceTo(10_100 * MS);
    // From 4,975 to 5,075 ms of its clock: writes 498 to 507, of pages 241 to 250.
    const dirty = simulation.memories.get(1)?.dirtyBitmap;
    const marked = Array.from({ length: 256 }, (_, page) => page).filter(
      (page) => (((dirty?.[page >>> 5] ?? 0) >>> (page & 31)) & 1) === 1,
    );
    expect(marked).toEqual([241, 242, 243, 244, 245, 246, 247, 248, 249, 250]);
  });

  it('[OP3] [WR1] gives writers set in the blackout the clock that stands still', () => {
    const scenario = small([], {
      liveMigration: { resumeMs: 5000 },
      commands: [migrate(0), setWriters(3000, [writer('sweep', 100, 1)])],
    });
    const { simulation } = startRun(scenario);
    simulation.advanceTo(3000 * MS);
    expect(simulation.state.vms[0]?.writerPeriods.at(-1)?.setAtNs).toBe(256 * MS);
  });
});

describe('cancel', () => {
  const settings = { setupMs: 300, resumeMs: 40, deviceStateMB: 0.04096, diskMoveMs: 700 };
  const scenario = (ms: number): Scenario =>
    small([writer('uniform', 100, 1)], {
      liveMigration: settings,
      volume: 'cluster-disk',
      commands: [migrate(0), cancel(ms)],
    });

  it.each([
    ['connecting', 50, 'during set-up'],
    ['creating-shell', 150, 'during set-up'],
    ['round', 400, 'in round 1'],
  ])(
    '[LM12] in phase %s leaves the VM on the source as if nothing had been',
    (phase, ms, where) => {
      const run = startRun(scenario(ms));
      run.simulation.advanceTo(ms * MS - 1);
      expect(run.simulation.state.migrations[0]?.phase.name).toBe(phase);
      run.simulation.advanceTo(ms * MS);
      const report = createReport(run.simulation, run.record);
      expect(report.migrations[0]).toMatchObject({
        outcome: 'cancelled',
        totalMs: ms,
        blackoutMs: 0,
        memoryIdentical: null,
        stopReason: null,
      });
      expect(report.vms[0]).toMatchObject({ node: 'node1', state: 'running', outageMs: 0 });
      expect(report.volumes[0]?.owner).toBe('node1');
      expect(run.simulation.isQuiet).toBe(true);
      expect(run.simulation.memories.size).toBe(0);
      expect(events(run).at(-1)).toEqual({
        ms,
        kind: 'migration-cancelled',
        text: `Live migration of vm-1 is cancelled ${where}: it runs on Node 1 as before, nothing is lost`,
      });
    },
  );

  it.each([
    ['stop-and-copy', 560],
    ['device-state', 590],
    ['storage', 700],
    ['resuming', 1300],
    ['clean-up', 1500],
  ])('[LM12] [OP2] is too late in phase %s', (phase, ms) => {
    const run = startRun(
      small([writer('once', 2000, 1)], {
        liveMigration: { ...settings, maxRounds: 1, setupMs: 300 },
        volume: 'cluster-disk',
        commands: [setWriters(290, [writer('sweep', 100, 1)]), migrate(0), cancel(ms)].toSorted(
          (a, b) => a.atMs - b.atMs,
        ),
      }),
    );
    run.simulation.advanceTo(ms * MS);
    expect(run.simulation.state.migrations[0]?.phase.name).toBe(phase);
    expect(events(run).at(-1)).toEqual({
      ms,
      kind: 'command-refused',
      text:
        phase === 'clean-up'
          ? 'Nothing to cancel: vm-1 runs on Node 2 already'
          : 'Nothing to cancel: the switchover of vm-1 has begun',
    });
  });

  it('[LM12] [LM2] while queued takes the request out of the queue', () => {
    const vm = { memoryMiB: 1, touchedMiB: 1 };
    const run = runToEnd(
      cluster({ vms: [vm, vm], commands: [migrate(0), migrate(10, 'vm2'), cancel(20, 'vm2')] }),
    );
    const [first, second] = createReport(run.simulation, run.record).migrations;
    expect([first?.outcome, second?.outcome]).toEqual(['completed', 'cancelled']);
    expect(second).toMatchObject({ startedAtMs: null, totalMs: 0, bytesSent: 0, rounds: [] });
  });

  it('[LM2] of a migration under way lets the next one start at once', () => {
    const vm = { memoryMiB: 1, touchedMiB: 1 };
    const run = runToEnd(
      cluster({ vms: [vm, vm], commands: [migrate(0), migrate(10, 'vm2'), cancel(100)] }),
    );
    const second = createReport(run.simulation, run.record).migrations[1];
    expect(second).toMatchObject({ startedAtMs: 100, outcome: 'completed' });
  });
});

describe('the queue', () => {
  const vm = { memoryMiB: 1, touchedMiB: 1 };
  const times = (run: EngineRun): (number | null)[][] =>
    createReport(run.simulation, run.record).migrations.map(({ startedAtMs, totalMs }) => [
      startedAtMs,
      totalMs,
    ]);

  it('[LM2] [CL3] runs two migrations from one node one after the other, clean-up included', () => {
    const run = runToEnd(
      cluster({
        nodes: [64, 64, 64],
        vms: [vm, vm],
        commands: [migrate(0), migrate(0, 'vm2', 'node3')],
      }),
    );
    expect(times(run)).toEqual([
      [0, 256],
      [756, 256],
    ]);
    const queued = events(run).find(({ kind }) => kind === 'migration-queued');
    expect(queued?.text).toBe('vm-2 waits: Node 1 takes part in one live migration at a time');
  });

  it('[LM2] runs disjoint pairs at the same time, without sharing a link', () => {
    const run = runToEnd(
      cluster({
        nodes: [64, 64, 64, 64],
        vms: [vm, { ...vm, node: 'node3' }],
        commands: [migrate(0), migrate(5, 'vm2', 'node4')],
      }),
    );
    expect(times(run)).toEqual([
      [0, 256],
      [5, 256],
    ]);
  });

  it('[LM2] starts first the one whose two nodes are free, else the oldest request', () => {
    const run = runToEnd(
      cluster({
        nodes: [64, 64, 64, 64],
        vms: [vm, vm, { ...vm, node: 'node3' }, vm],
        commands: [
          migrate(0),
          migrate(1, 'vm2', 'node3'),
          migrate(2, 'vm4', 'node4'),
          migrate(3, 'vm3', 'node4'),
        ],
      }),
    );
    // vm-2 waits for node 1, vm-4 too; vm-3 has both nodes free. At 756 ms node 1 is free but node 3 is busy to
    // 759 ms, and so is node 4, so vm-2, the older, starts when both are free.
    expect(times(run)).toEqual([
      [0, 256],
      [759, 256],
      [1515, 256],
      [3, 256],
    ]);
  });

  it('[LM2] gives up one whose destination has no room any more', () => {
    const large = { memoryMiB: 40, touchedMiB: 1 };
    const run = runToEnd(
      cluster({
        nodes: [128, 64, 64, 64],
        vms: [large, large, { ...large, node: 'node4' }],
        // vm-2 waits for node 1; meanwhile vm-3 takes the room on node 2.
        commands: [migrate(0, 'vm1', 'node3'), migrate(1, 'vm2'), migrate(2, 'vm3')],
      }),
    );
    const second = createReport(run.simulation, run.record).migrations[1];
    expect(second).toMatchObject({ outcome: 'failed', startedAtMs: null, totalMs: 0 });
    const failed = events(run).find(({ kind }) => kind === 'migration-failed');
    expect(failed?.text).toBe(
      'vm-2 stays on Node 1: vm-2 needs 40\u00a0MB, Node 2 has 24\u00a0MB free',
    );
    expect(run.simulation.state.vms[1]).toMatchObject({ node: 0, status: { name: 'running' } });
  });
});
