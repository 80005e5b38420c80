import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { Command } from '../../../src/engine/command.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { commandWords, editWords } from '../../../src/state/commandWords.ts';
import { withMemory, withSettings, withWriters } from '../../../src/state/edits.ts';

const { scenario } = at(presets, 0);
const volume = at(scenario.volumes, 0);
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('a command in words', () => {
  const cases: readonly [Command, string][] = [
    [
      { do: 'live-migrate', vm: 'web01', to: 'node2', atMs: 0 },
      'Live-migrate web-01 to Node 2 at the start',
    ],
    [
      { do: 'quick-migrate', vm: 'web01', to: 'node3', atMs: 500 },
      'Quick-migrate web-01 to Node 3 at 0.50 s',
    ],
    [
      { do: 'cancel-migration', vm: 'web01', atMs: 12_000 },
      'Cancel the migration of web-01 at 12.0 s',
    ],
    [
      { do: 'set-writers', vm: 'web01', writers: [], atMs: 12_000 },
      'web-01 writes nothing at 12.0 s',
    ],
    [
      {
        do: 'set-writers',
        vm: 'web01',
        writers: [{ kind: 'uniform', pagesPerSecond: 16_000, startMiB: 0, sizeMiB: 1024 }],
        atMs: 12_000,
      },
      'web-01 writes 16,000 pages/s to 1 GB at 12.0 s',
    ],
    [
      { do: 'set-live-migration', migrationMBps: 1170, maxRounds: 3, atMs: 12_000 },
      'Migration network 10 Gbit/s at 12.0 s',
    ],
    [{ do: 'set-live-migration', maxRounds: 5, atMs: 12_000 }, 'At most 5 rounds at 12.0 s'],
    [{ do: 'set-live-migration', maxRounds: null, atMs: 12_000 }, 'No limit of rounds at 12.0 s'],
    [
      { do: 'set-live-migration', stopBelowMs: 300, atMs: 12_000 },
      'Stop pre-copy when 0.30 s are left at 12.0 s',
    ],
    [
      { do: 'set-live-migration', tracking: 'clear-on-send', atMs: 12_000 },
      'Bitmap: Cleared page by page at 12.0 s',
    ],
    [
      { do: 'set-live-migration', setupMs: 10, atMs: 12_000 },
      'Other settings of live migration at 12.0 s',
    ],
    [
      { do: 'move-volume', volume: volume.id, to: 'node2', atMs: 12_000 },
      `Move ${volume.name} to Node 2 at 12.0 s`,
    ],
    [{ do: 'make-csv', volume: volume.id, atMs: 12_000 }, `Make ${volume.name} a CSV at 12.0 s`],
    [
      { do: 'make-cluster-disk', volume: volume.id, atMs: 12_000 },
      `Make ${volume.name} a cluster disk at 12.0 s`,
    ],
    [{ do: 'crash-node', node: 'node1', atMs: 12_000 }, 'Crash Node 1 at 12.0 s'],
    [{ do: 'repair-node', node: 'node1', atMs: 12_000 }, 'Repair Node 1 at 12.0 s'],
    [{ do: 'drain-node', node: 'node1', atMs: 12_000 }, 'Drain Node 1 at 12.0 s'],
    [{ do: 'resume-node', node: 'node1', atMs: 12_000 }, 'Resume Node 1 at 12.0 s'],
    [
      { do: 'cut-storage-path', node: 'node1', atMs: 12_000 },
      'Cut the storage path of Node 1 at 12.0 s',
    ],
    [
      { do: 'repair-storage-path', node: 'node1', volume: volume.id, atMs: 12_000 },
      `Repair the path of Node 1 to ${volume.name} at 12.0 s`,
    ],
    [
      { do: 'cut-migration-network', atMs: 12_000 },
      'Cut the migration network of all nodes at 12.0 s',
    ],
    [
      { do: 'repair-migration-network', node: 'node1', atMs: 12_000 },
      'Repair the migration network of Node 1 at 12.0 s',
    ],
  ];

  it.each(cases)('%o', (command, words) => {
    expect(plain(commandWords(scenario, command))).toBe(words);
  });
});

describe('an edit before the start in words', () => {
  const writers = [{ kind: 'uniform', pagesPerSecond: 9000, startMiB: 0, sizeMiB: 512 }] as const;

  it.each([
    [withMemory(scenario, 0, 2048), '2 GB of memory for web-01, changed before the start'],
    [
      withWriters(scenario, 0, writers),
      'web-01 writes 9,000 pages/s to 512 MB, changed before the start',
    ],
    [
      withSettings(scenario, { migrationMBps: 234 }),
      'Migration network 2 Gbit/s, changed before the start',
    ],
    [withSettings(scenario, { maxRounds: 4 }), 'At most 4 rounds, changed before the start'],
  ])('%#', (after, words) => {
    // As it comes back from the file format: the same values, other objects.
    expect(plain(editWords(scenario, structuredClone(after)))).toBe(words);
  });
});
