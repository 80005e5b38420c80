/** The engine always ends, and never does a thing twice: files with their right values. */
import { describe, expect } from 'vitest';
import type { Report } from '../../../src/engine/index.ts';
import { secondsOf, testCases, type Case } from '../../support/caseFiles.ts';

const cases: readonly Case[] = [
  {
    file: 'crash-not-noticed-disk-moves-at-once.json',
    what: '[FO2] [FO9] ends where a disk moves in no time: it never moves to its owner',
    expected: ({ vms, events }) => {
      // 4 s saved, at 6 s the path is cut, 3 s of take-over, 1 s of configuration, 4 s of reading back.
      expect(vms[0]).toMatchObject({ state: 'running', node: 'n2', outageMs: 14_000 });
      expect(events.length).toBeLessThan(40);
    },
  },
  {
    file: 'crash-not-noticed-after-drain.json',
    what: '[FO2] [FO9] ends after a drain to a node that loses its path and crashes',
    expected: ({ vms, events }) => {
      expect(vms.map(({ state, node }) => `${state} on ${node}`)).toEqual(
        Array.from({ length: 3 }, () => 'running on n3'),
      );
      expect(events.length).toBeLessThan(80);
    },
  },
  {
    file: 'crash-not-noticed-disk-taken-over.json',
    what: '[FO2] [FO4] places a VM that failed before its node crashed without waiting for the regroup',
    expected: (report) => {
      // Down from 1 s on: 3 s of take-over, 1 s of configuration, 60 s of boot.
      expect(report.vms[0]).toMatchObject({ state: 'running', outageMs: 64_000 });
      expect(secondsOf(report, 'vm-placed')).toEqual([4]);
      expect(secondsOf(report, 'volume-move-started')).toEqual([1]);
    },
  },
  {
    file: 'crash-not-noticed-saved-vm.json',
    what: '[FO2] [FO6] [QM4] reads a saved VM back without waiting for the regroup, as fast as the move would have',
    expected: (report) => {
      // The path is cut at 6 s: 3 s of take-over, 1 s of configuration, 3 s of reading back as in the restore that broke off:
      // of 8 s a GiB the disk's move takes 2. Before QM4 said so it took 4 s, and the outage was 14 s.
      expect(report.vms[0]).toMatchObject({ state: 'running', outageMs: 13_000, memoryLostMiB: 0 });
      expect(secondsOf(report, 'vm-placed')).toEqual([9]);
    },
  },
  {
    file: 'source-crash-while-target-resumes.json',
    what: '[FO2] [FO4] [LM16] places nobody before the crash is noticed at 19.7 s: the VM resumes at the target',
    expected: (report) => {
      expect(secondsOf(report, 'node-down-noticed')).toEqual([19.712]);
      expect(secondsOf(report, 'vm-placed')).toEqual([]);
      // From the pause at 11.195 s: 17 ms of device state, 3 s of disk, 1 s of resume.
      expect(report.vms[0]).toMatchObject({ node: 'n2', state: 'running', memoryLostMiB: 0 });
      expect(report.vms[0]?.outageMs).toBeCloseTo(4017.1, 1);
    },
  },
  {
    file: 'writers-set-anew-each-second.json',
    what: '[OP3] draws new pages whenever the writers are set anew',
    expected: ({ migrations }) => {
      // 100,000 even writes hit 65,536 x (1 - e^(-100,000 / 65,536)) = 51,287 pages; the standard deviation is 80. It was 9,304.
      expect(Math.abs((migrations[0]?.rounds[0]?.pagesDirtied ?? 0) - 51_287)).toBeLessThan(4 * 80);
    },
  },
  {
    file: 'source-crash-after-all-is-across.json',
    what: '[LM16] loses no memory when the source stops once all is across',
    expected: (report) => {
      expect(report.vms[0]).toMatchObject({ node: 'n2', state: 'running', memoryLostMiB: 0 });
      expect(report.vms[0]?.outageMs).toBeCloseTo(1017.1, 1);
      expect(report.migrations[0]).toMatchObject({ outcome: 'completed', memoryIdentical: true });
      expect(secondsOf(report, 'memory-across')).toEqual([11.712]);
    },
  },
  {
    file: 'limit-raised-at-400-s.json',
    what: '[LM8] looks at the limit in force: raised at 400 s, the VM pauses within 0.2 s',
    expected: (report) => {
      const [pausedS = 0, ...others] = secondsOf(report, 'vm-paused');
      expect(others).toEqual([]);
      expect(pausedS).toBeGreaterThan(400);
      expect(pausedS).toBeLessThan(400.2);
    },
  },
  {
    file: 'limit-raised-mid-round.json',
    what: '[LM8] looks at the limit in force in mid-round: raised at 30 s, the VM pauses at 30.1 s',
    expected: (report) => {
      expect(secondsOf(report, 'vm-paused')[0]).toBeCloseTo(30.1, 1);
      // The 1,240,000 pages that round 1 had not sent, and those written before.
      expect((report.migrations[0]?.blackoutMs ?? 0) / 1000).toBeCloseTo(45.5, 1);
      expect(report.migrations[0]).toMatchObject({ outcome: 'completed', memoryIdentical: true });
    },
  },
  {
    file: 'no-limit-short-rounds.json',
    what: '[LM4] [RE7] without a limit of rounds goes on to the end of the scenario: 127,953 rounds in at most 1,000 rows',
    long: true,
    // Two rounds of 9.097 s in all, then one of 2,923 pages every 99.9666 ms: 2 + 12,790.903 s / 99.9666 ms.
    expected: (report) => neverConverges(report, 127_953),
  },
  {
    file: 'nova-never-converges.json',
    what: '[LM4] [RE7] without a limit of rounds goes on to the end of the scenario: a guest that never converges',
    long: true,
    expected: (report) => neverConverges(report, 1919),
  },
  {
    file: 'qemu-256-gib-no-throttle.json',
    what: '[LM8] sends what QEMU sent in 1,487 s, 95.75 million pages, within 0.5 percent',
    long: true,
    expected: ({ migrations, endedAtMs }) => {
      expect(endedAtMs).toBe(1_487_503);
      expect(migrations[0]?.outcome).toBe('running');
      expect(Math.abs((migrations[0]?.pagesSent ?? 0) / 95_750_000 - 1)).toBeLessThan(0.005);
    },
  },
];

/** It sends as fast as the network carries for 12,800 s, and still goes on. */
function neverConverges({ endedAtMs, migrations, events }: Report, rounds: number): void {
  expect(endedAtMs).toBe(12_800_000);
  const [migration] = migrations;
  expect(migration).toMatchObject({ outcome: 'running', stopReason: null, blackoutMs: 0 });
  expect(migration?.rounds.at(-1)?.number).toBe(rounds);
  expect(migration?.rounds.length).toBeLessThanOrEqual(1000);
  expect(events.length).toBeLessThan(1010);
  // 4,104 bytes a page at 120 MB/s.
  const pages = (12_800 * 120e6) / 4104;
  expect(Math.abs((migration?.pagesSent ?? 0) / pages - 1)).toBeLessThan(0.001);
  // Rows and the round under way are all that was sent.
  const told = migration?.rounds.reduce((sum, { pagesSent }) => sum + pagesSent, 0) ?? 0;
  expect((migration?.pagesSent ?? 0) - told).toBeLessThan(262_144);
}

describe('files with their right values', () => {
  testCases(cases);
});
