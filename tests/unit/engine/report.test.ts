/** The report: the one public result format. */
import { describe, expect, it } from 'vitest';
import { msToNs } from '../../../src/base/units.ts';
import { createReport, simulate, type Report } from '../../../src/engine/index.ts';
import type { ClientSpec, Scenario } from '../../../src/engine/scenario.ts';
import {
  cancel,
  clients,
  cluster,
  crashNode,
  migrate,
  writer,
} from '../../support/clusterBuilder.ts';
import { startRun } from '../../support/clusterRuns.ts';

function reportAt(scenario: Scenario, ms: number): Report {
  const { simulation, record } = startRun(scenario);
  simulation.advanceTo(msToNs(ms));
  return createReport(simulation, record);
}

function range(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

const scenario = cluster({
  vms: [
    {
      memoryMiB: 1,
      touchedMiB: 1,
      writers: [writer('sweep', 500, 1)],
      clients: [clients('windows-lan', 12, 100), clients('ping', 1, 50)],
    },
    { memoryMiB: 1, touchedMiB: 1 },
  ],
  liveMigration: { stopBelowMs: 70, resumeMs: 700, deviceStateMB: 0.04096 },
  commands: [migrate(10), migrate(20, 'vm2')],
});

describe('the report', () => {
  it('[RE1] of a whole run has the fields of the public format', () => {
    const report = simulate(scenario);
    expect(report).toMatchObject({ migrascope: 1, title: 'Test', seed: 1, endedAtMs: 3134 });
    expect(report.migrations[0]).toEqual({
      vm: 'vm1',
      method: 'live',
      cause: 'operator',
      from: 'node1',
      to: 'node2',
      requestedAtMs: 10,
      startedAtMs: 10,
      outcome: 'completed',
      // 256 + 128 pages, 64 in the blackout, 10 ms of device state, 700 ms of resume.
      totalMs: 256 + 128 + 64 + 10 + 700,
      blackoutMs: 64 + 10 + 700,
      bytesSent: (256 + 128 + 64) * 4096 + 40_960,
      pagesSent: 256 + 128 + 64,
      pagesRestored: 0,
      stopReason: 'small-enough',
      memoryIdentical: true,
      rounds: [
        {
          number: 1,
          startedAtMs: 10,
          durationMs: 256,
          pagesSent: 256,
          pagesDirtied: 128,
          pagesLeft: 128,
        },
        {
          number: 2,
          startedAtMs: 266,
          durationMs: 128,
          pagesSent: 128,
          pagesDirtied: 64,
          pagesLeft: 64,
        },
      ],
    });
    expect(report.vms[0]).toEqual({
      id: 'vm1',
      node: 'node2',
      state: 'running',
      outageMs: 774,
      memoryLostMiB: 0,
    });
    expect(report.clients).toEqual([
      // Asked at 400 ms, answered at the repeat after 0.9 s.
      { vm: 'vm1', kind: 'windows-lan', count: 12, kept: 12, lost: 0, longestSilenceMs: 900 },
      { vm: 'vm1', kind: 'ping', count: 1, kept: 1, lost: 0, longestSilenceMs: 800 },
    ]);
    expect(report.digest).toMatch(/^[0-9a-f]{16}$/);
  });

  it('[RE1] is the same in one go and in steps, and survives JSON', () => {
    expect(reportAt(scenario, 3134)).toEqual(simulate(scenario));
    expect(JSON.parse(JSON.stringify(simulate(scenario)))).toEqual(simulate(scenario));
  });

  it('[LM13] tells how far a migration is that runs, is paused or waits', () => {
    const inRound = reportAt(scenario, 300);
    expect(inRound.migrations[0]).toMatchObject({
      outcome: 'running',
      totalMs: 290,
      blackoutMs: 0,
      pagesSent: 256 + 34,
      bytesSent: (256 + 34) * 4096,
      memoryIdentical: null,
      stopReason: null,
    });
    expect(inRound.migrations[0]?.rounds).toHaveLength(1);
    expect(inRound.migrations[1]).toMatchObject({
      outcome: 'queued',
      startedAtMs: null,
      totalMs: 0,
      rounds: [],
    });
    const paused = reportAt(scenario, 500);
    expect(paused.migrations[0]).toMatchObject({ blackoutMs: 106, stopReason: 'small-enough' });
    expect(paused.vms[0]).toMatchObject({ node: 'node1', state: 'paused', outageMs: 106 });
  });

  it('[LM12] lists what a cancelled migration did', () => {
    const report = simulate({ ...scenario, commands: [migrate(10), cancel(300)] });
    expect(report.migrations[0]).toMatchObject({
      outcome: 'cancelled',
      totalMs: 290,
      pagesSent: 290,
      bytesSent: 290 * 4096,
      memoryIdentical: null,
    });
  });

  it('[RE5] [CN4] goes on until the clients have come to rest', () => {
    // An outage of 10 s; the clients give up 18.9 s after their first lost request, within the next second.
    const long = { ...scenario.liveMigration, resumeMs: 10_000 };
    const report = simulate({ ...scenario, liveMigration: long, commands: [migrate(10)] });
    const [{ outageMs } = { outageMs: 0 }] = report.vms;
    expect(outageMs).toBeLessThan(11_000);
    expect(report.endedAtMs).toBeGreaterThan(18_900);
    expect(report.endedAtMs).toBeLessThan(20_000);
    expect(report.clients[0]).toMatchObject({ kept: 0, lost: 12, longestSilenceMs: 18_900 });
    const cutOff = simulate({
      ...scenario,
      liveMigration: long,
      commands: [migrate(10)],
      untilMs: 15_000,
    });
    expect(cutOff.clients[0]).toMatchObject({ kept: 12, lost: 0 });
  });

  it('[RE5] counts the outage of a VM that stays off to the end of the time, whoever asks', () => {
    const stuck = (vm: { clients?: ClientSpec[] }): number | undefined =>
      simulate(
        cluster({
          nodes: [1024, 1024, 1024],
          vms: [{ possibleOwners: ['node1'], ...vm }],
          commands: [crashNode(10_000)],
          untilMs: 200_000,
        }),
      ).vms[0]?.outageMs;
    expect(stuck({})).toBe(190_000);
    expect(stuck({ clients: [clients('windows-lan', 3)] })).toBe(190_000);
  });

  it('[SI5] has a digest over everything it says', () => {
    const digests = new Set([
      simulate(scenario).digest,
      simulate({ ...scenario, seed: 2 }).digest,
      simulate({ ...scenario, title: 'Other' }).digest,
      simulate({ ...scenario, commands: [migrate(11), migrate(20, 'vm2')] }).digest,
      reportAt(scenario, 1000).digest,
    ]);
    expect(digests.size).toBe(5);
  });

  it('[LM4] [RE7] of a migration without limit goes on to the end of the scenario, in a bounded number of rows with exact sums', () => {
    const endless = simulate({
      ...scenario,
      vms: scenario.vms.map((vm) => ({ ...vm, writers: [writer('sweep', 5000, 1)] })),
      liveMigration: { ...scenario.liveMigration, maxRounds: null },
      commands: [migrate(10)],
      untilMs: 1e6,
    });
    const [migration] = endless.migrations;
    expect(endless.endedAtMs).toBe(1e6);
    expect(migration).toMatchObject({ outcome: 'running', stopReason: null });
    const rounds = migration?.rounds ?? [];
    // 256 pages of 1 ms each: round n ends at 10 + 256 n ms.
    const all = Math.floor((1e6 - 10) / 256);
    expect(rounds.at(-1)).toMatchObject({ number: all, pagesSent: 256 });
    expect(rounds.length).toBeGreaterThan(800);
    expect(rounds.length).toBeLessThanOrEqual(1000);
    expect(rounds.slice(0, 300).map(({ number }) => number)).toEqual(range(1, 300));
    expect(rounds.slice(-300).map(({ number }) => number)).toEqual(range(all - 299, 300));
    let next = 1;
    for (const { number, lastNumber = number, startedAtMs, durationMs, pagesSent } of rounds) {
      expect(number).toBe(next);
      const count = lastNumber - number + 1;
      expect([1, 16]).toContain(count > 1 && count < 16 ? 16 : count);
      expect({ startedAtMs, durationMs, pagesSent }).toEqual({
        startedAtMs: 10 + 256 * (number - 1),
        durationMs: 256 * count,
        pagesSent: 256 * count,
      });
      next = lastNumber + 1;
    }
    expect(next).toBe(all + 1);
    const started = endless.events.filter(({ kind }) => kind === 'round-started');
    // One for each row, and one for the round under way.
    expect(started).toHaveLength(rounds.length + 1);
    expect(migration?.pagesSent).toBe(1e6 - 10);
  });
});
