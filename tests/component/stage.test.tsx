/** The stage of the Lab: what cards, nodes and volumes say of quick migrations and of storage. */
import { cleanup } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { at } from '../../src/base/assert.ts';
import { phaseOf, quickFrameOf, quickMigrationOf } from '../support/chartRows.ts';
import { SECOND } from '../support/fakeSession.ts';
import { onCsv, onLuns, openStage } from '../support/stagePage.tsx';

afterEach(cleanup);

/** Saved until 16 s, waits until 20 s, the LUN moves until 22 s, read back until 38 s. */
const together = [0, 1].map((id) =>
  quickMigrationOf({
    id,
    vm: id,
    endedNs: 38 * SECOND,
    phases: [
      phaseOf('saving', 0, id === 0 ? 16 : 20, { pagesToSend: 1_048_576 }),
      ...(id === 0 ? [phaseOf('saved', 16, 20)] : []),
      phaseOf('disk-move', 20, 22),
      phaseOf('restoring', 22, 38, { pagesToSend: 1_048_576 }),
    ],
  }),
);

describe('a quick migration of two VMs on one LUN', () => {
  it('freezes the source and saves it, the other VM beside it', () => {
    const { show, opened, hatched, card, files, nodeText } = openStage(onLuns, together);
    show((moment) => {
      moment.timeNs = 7 * SECOND;
      moment.migration = quickFrameOf('saving', 450_000).summary.migration;
      for (const row of moment.vms.slice(0, 2))
        Object.assign(row, { status: 'paused', phase: 'saving' });
    });
    expect(opened()).toEqual(['paused, saving 42%', '4 GB reserved, empty']);
    expect(hatched()).toBe(1);
    // How far the other is the frame does not say.
    expect(card('db-01')).toBe('db-01: saving');
    expect(nodeText('Node 2')).toContain('db-01reserved');
    expect(files('LUN 1')).toEqual(['web-01.vhdmemory 42%', 'db-01.vhdmemory ']);
  });

  it('waits until all are saved', () => {
    const { show, opened, hatched } = openStage(onLuns, together);
    show((moment) => {
      moment.timeNs = 18 * SECOND;
      moment.migration = quickFrameOf('saved', 0).summary.migration;
      Object.assign(at(moment.vms, 0), { status: 'saved', phase: 'saved' });
      Object.assign(at(moment.vms, 1), { status: 'paused', phase: 'saving' });
    });
    expect(opened()[0]).toBe('saved, waits for db-01');
    expect(hatched()).toBe(0);
  });

  it('moves the LUN', () => {
    const { show, opened, words, volume } = openStage(onLuns, together);
    show((moment) => {
      moment.timeNs = 21 * SECOND;
      moment.migration = quickFrameOf('disk-move', 0).summary.migration;
      for (const row of moment.vms.slice(0, 2))
        Object.assign(row, { status: 'saved', phase: 'disk-move' });
      at(moment.volumes, 0).change = {
        why: 'move',
        to: 1,
        startNs: 20 * SECOND,
        endNs: 22 * SECOND,
      };
    });
    expect(opened()[0]).toBe('saved, LUN 1 moves to Node 2');
    expect([words('Node 1'), words('Node 2')]).toEqual(['LUN 1 dismounted', 'mounts LUN 1']);
    expect(volume('LUN 1')).toBe('LUN 1 moves from Node 1 to Node 2');
  });

  it('reads both back on the target', () => {
    const { show, opened, words, nodeText, files } = openStage(onLuns, together);
    show((moment) => {
      moment.timeNs = 30 * SECOND;
      moment.migration = quickFrameOf('restoring', 700_000).summary.migration;
      for (const row of moment.vms.slice(0, 2)) {
        Object.assign(row, { node: 1, status: 'restoring', phase: 'restoring' });
      }
      Object.assign(at(moment.volumes, 0), { owner: 1, access: ['none', 'direct', 'none'] });
    });
    expect(opened()).toEqual([
      'moved, its memory is on LUN 1',
      'reading back 66%, not running yet',
    ]);
    expect([words('Node 1'), words('Node 2')]).toEqual(['LUN 1 dismounted', 'owner of LUN 1']);
    expect(nodeText('Node 1')).toContain('db-01moved');
    expect(files('LUN 1')[0]).toBe('web-01.vhdmemory 66% read');
  });
});

describe('storage', () => {
  it('says who owns which LUN, and of a CSV who coordinates it', () => {
    const luns = openStage(onLuns);
    luns.show(() => undefined);
    expect(['Node 1', 'Node 2', 'Node 3'].map(luns.words)).toEqual([
      'owner of LUN 1',
      '',
      'owner of LUN 2',
    ]);
    cleanup();
    const csv = openStage(onCsv);
    csv.show(() => undefined);
    expect(['Node 1', 'Node 2'].map(csv.words)).toEqual(['direct I/O, coordinator', 'direct I/O']);
  });

  it('marks a node whose path is cut, and leads its I/O through the coordinator', () => {
    const { show, words, nodeText, card } = openStage(onCsv);
    show((moment) => {
      const [row] = moment.volumes;
      Object.assign(row!, {
        access: ['direct', 'direct', 'redirected'],
        paths: [true, true, false],
      });
      at(moment.vms, 2).disk = 'redirected';
    });
    expect(words('Node 3')).toBe('redirected I/O through Node 1');
    expect(nodeText('Node 3')).toContain('SAN path down');
    expect(card('app-01')).toBe('app-01: 6 GB, redirected');
  });

  it('names the path that is cut where there are others', () => {
    const { show, nodeText } = openStage(onLuns);
    show((moment) => {
      at(moment.volumes, 1).paths = [true, false, true];
    });
    expect(nodeText('Node 2')).toContain('No path to LUN 2');
  });
});
