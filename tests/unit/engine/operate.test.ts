/** The operator's commands: what they do, and what is said when they cannot be done. */
import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { Command } from '../../../src/engine/command.ts';
import { createWriters } from '../../../src/engine/memory/writers.ts';
import { simulate } from '../../../src/engine/recording/simulate.ts';
import { createReport } from '../../../src/engine/report.ts';
import type { Scenario } from '../../../src/engine/scenario.ts';
import type { WriterSpec } from '../../../src/engine/settings.ts';
import { stateDigest } from '../../../src/engine/stateDigest.ts';
import {
  ONE_PAGE_A_MS,
  cancel,
  cluster,
  migrate,
  setWriters,
  writer,
  type ClusterOptions,
} from '../../support/clusterBuilder.ts';
import { migrationOfRun, roundsOf, runToEnd, startRun } from '../../support/clusterRuns.ts';

const MS = 1_000_000;
const vm = { memoryMiB: 1, touchedMiB: 1 };

function change(atMs: number, values: Omit<Command & { do: 'set-live-migration' }, 'atMs' | 'do'>) {
  return { atMs, do: 'set-live-migration' as const, ...values };
}

function lastEvent(scenario: Scenario): string {
  const run = startRun(scenario);
  run.simulation.advanceTo(scenario.commands.at(-1)!.atMs * MS);
  const event = at(run.record.events, run.record.events.length - 1);
  return `${event.kind}: ${event.text}`;
}

describe('live-migrate is refused', () => {
  const refused: [string, ClusterOptions, string][] = [
    [
      'when the VM is being moved',
      { vms: [vm], commands: [migrate(0), migrate(1)] },
      'vm-1 is already being moved',
    ],
    [
      'when it waits in the queue',
      { vms: [vm, vm], commands: [migrate(0), migrate(1, 'vm2'), migrate(2, 'vm2')] },
      'vm-2 is already being moved',
    ],
    [
      'when it runs there already',
      { vms: [vm], commands: [migrate(0, 'vm1', 'node1')] },
      'vm-1 runs on Node 1 already',
    ],
    [
      'when there is no room',
      { nodes: [4096, 1024], vms: [{ memoryMiB: 2048 }], commands: [migrate(0)] },
      'vm-1 needs 2\u00a0GB, Node 2 has 1\u00a0GB free',
    ],
    [
      'when a shell has taken the room',
      {
        nodes: [64, 30, 64],
        vms: [{ memoryMiB: 16 }, { memoryMiB: 16, node: 'node3' }],
        commands: [migrate(0), migrate(1, 'vm2')],
      },
      'vm-2 needs 16\u00a0MB, Node 2 has 14\u00a0MB free',
    ],
    [
      'when it shares a cluster disk with another VM',
      { volume: 'cluster-disk', vms: [vm, vm], commands: [migrate(0)] },
      'LUN 1 holds vm-2 too and has one owner, so vm-1 cannot move alone; quick migration moves both',
    ],
  ];

  it.each(refused)('[OP1] %s', (_, options, reason) => {
    expect(lastEvent(cluster(options))).toBe(`command-refused: ${reason}`);
  });

  it('[OP1] for VMs of the same name on one cluster disk too', () => {
    const twins = cluster({
      volume: 'cluster-disk',
      vms: [
        { ...vm, name: 'web' },
        { ...vm, name: 'web' },
      ],
    });
    expect(lastEvent(twins)).toMatch(/^command-refused: LUN 1 holds web too/);
  });

  it('[OP1] but not because of a VM on a CSV, or on a disk of its own', () => {
    expect(lastEvent(cluster({ vms: [vm, vm] }))).toMatch(/^round-started/);
    expect(lastEvent(cluster({ volume: 'cluster-disk', vms: [vm] }))).toMatch(/^round-started/);
  });

  it('[SI4] and nothing changes', () => {
    const calm = cluster({ vms: [vm], commands: [migrate(0)] });
    const busy = cluster({
      vms: [vm],
      commands: [migrate(0), migrate(1), cancel(300), cancel(2000)],
    });
    const [alone, refusedToo] = [calm, busy].map((scenario) => {
      const run = runToEnd(scenario);
      return createReport(run.simulation, run.record);
    });
    expect(refusedToo?.migrations).toEqual(alone?.migrations);
    expect(refusedToo?.vms).toEqual(alone?.vms);
    const kinds = refusedToo?.events.filter(({ kind }) => kind === 'command-refused');
    expect(kinds?.map(({ atMs, text }) => `${atMs} ${text}`)).toEqual([
      '1 vm-1 is already being moved',
      '300 Nothing to cancel: vm-1 runs on Node 2 already',
      '2000 Nothing to cancel: vm-1 is not being moved',
    ]);
  });
});

describe('cancel-migration', () => {
  it('[OP2] is refused when there is nothing to cancel', () => {
    expect(lastEvent(cluster({ vms: [vm], commands: [cancel(5)] }))).toBe(
      'command-refused: Nothing to cancel: vm-1 is not being moved',
    );
  });

  it('[OP2] is refused when it is too late', () => {
    expect(lastEvent(cluster({ vms: [vm], commands: [migrate(0), cancel(300)] }))).toBe(
      'command-refused: Nothing to cancel: vm-1 runs on Node 2 already',
    );
  });

  it('[SI3] comes after the phases that end at its time, and before what is later', () => {
    // Round 1 ends at 256 ms.
    expect(lastEvent(cluster({ vms: [vm], commands: [migrate(0), cancel(256)] }))).toMatch(
      /^command-refused/,
    );
    const justBefore = cluster({ vms: [vm], commands: [migrate(0), cancel(255.999999)] });
    expect(lastEvent(justBefore)).toMatch(/^migration-cancelled/);
  });
});

describe('set-writers', () => {
  it('[OP3] replaces the writers from now on, beginning with write number 0', () => {
    const scenario = cluster({
      vms: [{ ...vm, writers: [writer('sweep', 100, 1)] }],
      commands: [migrate(0), setWriters(55, [writer('sweep', 200, 1)])],
      liveMigration: { stopBelowMs: 0 },
    });
    const { simulation, record } = startRun(scenario);
    simulation.advanceTo(80 * MS);
    // 10 to 50 ms: pages 0 to 4; from 55 ms every 5 ms: pages 0 to 4 again.
    const { versions } = simulation.memoryOf(at(simulation.state.migrations, 0));
    expect(versions?.source.slice(0, 6)).toEqual(Uint16Array.of(2, 2, 2, 2, 2, 0));
    expect(record.events.at(-1)).toMatchObject({
      kind: 'writers-changed',
      text: 'vm-1 writes 200 pages/s from here on: its workload was changed',
    });
  });

  it.each([
    ['once in mid-run', [5000]],
    ['each second', [1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000]],
  ])('[OP3] [WR2] draws new pages when the same uniform writer is set anew %s', (_, times) => {
    const uniform = [writer('uniform', 200, 16)];
    const scenario = cluster({
      vms: [{ memoryMiB: 16, touchedMiB: 16, writers: uniform }],
      commands: [migrate(0), ...times.map((atMs) => setWriters(atMs, uniform))],
      liveMigration: { maxRounds: 1, stopBelowMs: 0 },
      // 4,096 pages in 10 s.
      migrationMBps: (4096 * 4096) / 1e7,
    });
    const dirtied = simulate(scenario).migrations[0]?.rounds[0]?.pagesDirtied ?? 0;
    // w = 2,000 writes hit W (1 - e^(-w / W)) of W = 4,096 pages (facts G4): 1,582, give or take 4 times 17.
    expect(Math.abs(dirtied - 4096 * (1 - Math.exp(-2000 / 4096)))).toBeLessThan(68);
  });

  it('[OP3] draws the same after any number of other commands, and other pages each time it is set', () => {
    const pages = [0, 1, 2].map((period) => {
      const out = new Int32Array(64);
      createWriters([writer('uniform', 1, 16)], 7, 0, period)[0]?.draw(out, 0, 64);
      return out.join();
    });
    expect(new Set(pages).size).toBe(3);
    // The first period draws what it drew before writers could be set anew.
    const first = new Int32Array(64);
    createWriters([writer('uniform', 1, 16)], 7, 0)[0]?.draw(first, 0, 64);
    expect(first.join()).toBe(pages[0]);
  });

  it('[OP3] [WR5] leaves the popular pages of a power-law writer where they are', () => {
    const spec: WriterSpec = {
      kind: 'power-law',
      pagesPerSecond: 1,
      startMiB: 0,
      sizeMiB: 16,
      exponent: 2,
    };
    const favourites = [0, 1].map((period) => {
      const [drawing] = createWriters([spec], 7, 0, period);
      const out = new Int32Array(4000);
      drawing?.draw(out, 0, out.length);
      const counts = new Map<number, number>();
      for (const page of out) counts.set(page, (counts.get(page) ?? 0) + 1);
      return [...counts]
        .toSorted((a, b) => b[1] - a[1])
        .slice(0, 2)
        .map(([page]) => page);
    });
    expect(favourites[0]).toEqual(favourites[1]);
  });

  it('[OP3] [SI3] at the time of a write comes after it', () => {
    const scenario = cluster({
      vms: [{ ...vm, writers: [writer('sweep', 100, 1)] }],
      commands: [migrate(0), setWriters(30, [])],
    });
    const { simulation } = startRun(scenario);
    simulation.advanceTo(100 * MS);
    expect(at([...simulation.memories.values()], 0).dirtyPages).toBe(3);
  });
});

describe('set-live-migration', () => {
  const moved = (...commands: Command[]) =>
    runToEnd(
      cluster({
        vms: [{ ...vm, writers: [writer('sweep', 500, 1)] }],
        commands: [migrate(0), ...commands],
        liveMigration: { stopBelowMs: 40 },
      }),
    );
  const rounds = (run: ReturnType<typeof moved>) =>
    roundsOf(run).map(({ pagesSent, startNs, endNs }) => [
      pagesSent,
      ((endNs ?? NaN) - startNs) / MS,
    ]);

  it('[OP4] [CP2] a bandwidth counts at once, for the page on its way too', () => {
    // 100 pages and half of one in 100.5 ms at 1 ms each, the other 155.5 at 2 ms.
    const run = moved(change(100.5, { migrationMBps: ONE_PAGE_A_MS / 2 }));
    expect(rounds(run)[0]).toEqual([256, 100.5 + 155.5 * 2]);
  });

  it('[OP4] a header counts at once, also in the bytes', () => {
    const run = moved(
      change(100.5, { pageHeaderBytes: 4096, maxRounds: 1 }),
      change(450, { pageHeaderBytes: 0 }),
    );
    expect(rounds(run)).toEqual([[256, 411.5]]);
    const { bytesSent, phases } = migrationOfRun(run);
    // 206 writes by 411.5 ms and 205 pages left; from 450 ms on pages are small again, one of them after a part.
    const last = phases.find(({ name }) => name === 'stop-and-copy');
    expect(last?.pagesToSend).toBe(205);
    const large = Math.floor((450 - 411.5) / 2);
    expect(bytesSent).toBe(100 * 4096 + 156 * 8192 + large * 8192 + (205 - large) * 4096);
  });

  it('[OP4] the stop rules count at the next decision', () => {
    expect(rounds(moved())).toHaveLength(3);
    expect(rounds(moved(change(100, { stopBelowMs: 128 })))).toHaveLength(1);
    // Round 1 is decided on at 256 ms.
    expect(rounds(moved(change(257, { stopBelowMs: 128 })))).toHaveLength(2);
    const limited = moved(change(100, { maxRounds: 1 }));
    expect(migrationOfRun(limited).stopReason).toBe('round-limit');
  });

  it('[OP4] the tracking policy counts with the next round', () => {
    const { simulation } = startRun(
      cluster({
        vms: [{ ...vm, writers: [writer('sweep', 900, 1)] }],
        commands: [migrate(0), change(100, { tracking: 'clear-on-send' })],
      }),
    );
    const tracking = (): string => {
      const { phase } = at(simulation.state.migrations, 0);
      return phase.name === 'round' ? `${phase.number} ${phase.tracking}` : phase.name;
    };
    simulation.advanceTo(200 * MS);
    expect(tracking()).toBe('1 sync-per-round');
    simulation.advanceTo(300 * MS);
    expect(tracking()).toBe('2 clear-on-send');
  });

  it('[OP4] set-up, device state and resume count when their phase begins', () => {
    const run = runToEnd(
      cluster({
        vms: [vm],
        liveMigration: { setupMs: 300, resumeMs: 50, deviceStateMB: 0.04096 },
        commands: [
          migrate(0),
          // In the connection: the shell VM takes two thirds of 600 ms.
          change(50, { setupMs: 600 }),
          // In round 1 (500 to 756 ms): 20 ms of device state; in that, a resume of 70 ms.
          change(600, { deviceStateMB: 0.08192 }),
          change(760, { resumeMs: 70, deviceStateMB: 9 }),
          // In the resume: too late.
          change(800, { resumeMs: 1 }),
        ],
      }),
    );
    const phases = migrationOfRun(run).phases.map(({ name, startNs }) => `${startNs / MS} ${name}`);
    expect(phases).toEqual([
      '0 connecting',
      '100 creating-shell',
      '500 round',
      '756 stop-and-copy',
      '756 device-state',
      '776 resuming',
      '846 clean-up',
    ]);
  });

  it('[OP4] [SI1] is told with every value, in whatever order they are given', () => {
    for (const given of [
      { maxRounds: null, migrationMBps: 50 },
      { migrationMBps: 50, maxRounds: null },
    ]) {
      expect(lastEvent(cluster({ commands: [change(1, given)] }))).toBe(
        'settings-changed: Live migration settings change: round limit none, migration network 50 MB/s',
      );
    }
  });

  it('[OP4] is told in numbers for people', () => {
    const given = { migrationMBps: 33.554432, stopBelowMs: 33.3333333 };
    expect(lastEvent(cluster({ commands: [change(1, given)] }))).toBe(
      'settings-changed: Live migration settings change: stop below 33.333 ms, migration network 33.6 MB/s',
    );
  });

  it('[OP4] [SI4] with the value that holds already changes nothing but the log', () => {
    const [with_, without] = [
      [migrate(0), change(100.3, { migrationMBps: ONE_PAGE_A_MS })],
      [migrate(0), change(100.3, { maxRounds: 10 })],
    ].map((commands) => {
      const { simulation } = startRun(cluster({ vms: [vm], commands }));
      simulation.advanceTo(200 * MS);
      return stateDigest(simulation);
    });
    expect(with_).toBe(without);
  });
});
