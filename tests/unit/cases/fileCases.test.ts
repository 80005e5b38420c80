/** Files that are hard to read or take much work: each ends soon, or is refused by its path. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openScenario, parseScenario } from '../../../src/scenario/parse.ts';
import { testCases, type Case } from '../../support/caseFiles.ts';

const cases: readonly Case[] = [
  {
    file: 'a-million-writes-a-second.json',
    what: '[GM6] writes of a full memory change nothing: each round sends all 640,000 pages',
    expected: ({ migrations, endedAtMs }) => {
      expect(endedAtMs).toBe(600_000);
      expect(migrations[0]).toMatchObject({ outcome: 'running', memoryIdentical: null });
      // 640,000 pages of 4,104 bytes at 10 MB/s.
      expect(migrations[0]?.rounds[0]).toMatchObject({ durationMs: 262_656, pagesLeft: 640_000 });
      expect(migrations[0]?.rounds[1]).toMatchObject({ durationMs: 262_656, pagesLeft: 640_000 });
    },
  },
  {
    file: 'a-hundred-million-writes-a-second.json',
    what: '[GM6] the memory is the same on both sides after ten rounds of all pages',
    expected: ({ migrations }) => {
      const [migration] = migrations;
      expect(migration).toMatchObject({ stopReason: 'round-limit', memoryIdentical: true });
      expect(migration?.rounds).toHaveLength(10);
      // Ten rounds and the blackout, each 262,144 pages of 4,104 bytes at 117 MB/s.
      expect(migration?.pagesSent).toBe(11 * 262_144);
      for (const { durationMs, pagesLeft } of migration?.rounds ?? []) {
        expect(durationMs).toBeCloseTo(9195.2, 1);
        expect(pagesLeft).toBe(262_144);
      }
    },
  },
  {
    file: 'names-of-a-hundred-characters.json',
    what: 'names of 100 characters are read whole',
    expected: (_, { vms, volumes, nodes, title }) => {
      const names = [title, ...[...vms, ...volumes, ...nodes].map(({ name }) => name)];
      for (const name of names) expect(name.length).toBeGreaterThanOrEqual(95);
    },
  },
  {
    file: 'names-that-turn-the-text-round.json',
    what: 'names keep their script, without what would turn the text round',
    expected: (_, { vms, nodes, title }) => {
      expect(title).toBe('resrever');
      expect(nodes.map(({ name }) => name)).toEqual(['resrever', 'مرحبا بالعالم كيف الحال']);
      expect(vms[0]?.name).toHaveLength(100);
    },
  },
];

function read(file: string): string {
  return readFileSync(new URL(`../../cases/${file}`, import.meta.url), 'utf8');
}

describe('a hard file', () => {
  testCases(cases);

  it.each(['eight-live-migrations-of-1-TiB.json', '64-quick-migrations-of-1-TiB.json'])(
    'of more memory than a computer has is refused by its path, and opens repaired (%s)',
    (file) => {
      const result = parseScenario(read(file));
      expect(result.ok ? [] : result.problems).toEqual([
        {
          path: 'vms[2].memoryMiB',
          message:
            '1048576 is more than the VMs before it leave, allowed: at most 0, since all VMs together have at most 2097152',
        },
      ]);
      const opened = openScenario(read(file));
      const vms = opened.ok ? opened.scenario.vms : [];
      expect(vms.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0)).toBe(2_097_152);
      expect(opened.ok && opened.repair).toMatch(/^No VM has more than (256|32)\u00a0GB now, /);
    },
  );
});
