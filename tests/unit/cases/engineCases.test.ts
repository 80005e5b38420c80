/** The engine always ends, and never does a thing twice: files with their right values. */
import { describe, expect } from 'vitest';
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
    what: '[FO2] [FO6] reads a saved VM back without waiting for the regroup',
    expected: (report) => {
      // The path is cut at 6 s: 3 s of take-over, 1 s of configuration, 4 s of reading back.
      expect(report.vms[0]).toMatchObject({ state: 'running', outageMs: 14_000, memoryLostMiB: 0 });
      expect(secondsOf(report, 'vm-placed')).toEqual([9]);
    },
  },
  {
    file: 'source-crash-while-target-resumes.json',
    what: '[FO2] [FO4] places nobody before the crash is noticed at 19.7 s',
    expected: (report) => {
      const noticed = secondsOf(report, 'node-down-noticed');
      expect(noticed).toEqual([19.712]);
      for (const placed of secondsOf(report, 'vm-placed')) expect(placed).toBeGreaterThan(19.712);
    },
  },
];

describe('files with their right values', () => {
  testCases(cases);
});
