import { describe, expect, it } from 'vitest';
import { mapTable } from '../../../src/charts/mapTable.ts';
import { frameOf, quickFrameOf } from '../../support/chartRows.ts';

const plain = (rows: readonly (readonly string[])[]): string[] =>
  rows.map((row) => row.join(' | ').replaceAll('\u00a0', ' '));

describe('mapTable', () => {
  it('adds up the cells of 16 equal ranges', () => {
    const frame = frameOf({}, ({ sent, stale, hot }) => {
      sent.fill(128, 0, 512);
      stale.fill(2, 0, 100);
      hot.fill(1, 0, 10);
    });
    const { columns, rows } = mapTable(frame);
    expect(columns).toEqual(['Not sent', 'Copied', 'Dirty', 'Dirty, sent 3 times']);
    expect(rows).toHaveLength(16);
    // 512 cells of 128 pages: 65,536 pages, of which 200 are dirty.
    expect(plain(rows)[0]).toBe('0 MB to 256 MB | 0 | 65,336 | 190 | 10');
    expect(plain(rows)[15]).toBe('3,840 MB to 4,096 MB | 65,536 | 0 | 0 | 0');
  });

  it('counts writes while nothing is copied', () => {
    const frame = frameOf({ migration: null }, ({ written }) => written.fill(3, 512, 514));
    expect(mapTable(frame).columns).toEqual(['Writes in this second']);
    expect(plain(mapTable(frame).rows).slice(0, 3)).toEqual([
      '0 MB to 256 MB | 0',
      '256 MB to 512 MB | 6',
      '512 MB to 768 MB | 0',
    ]);
  });

  it('tells what a quick migration has saved and read back', () => {
    const fill = ({ sent }: { readonly sent: Uint16Array }): void => void sent.fill(128, 0, 256);
    const first = (phase: 'saving' | 'disk-move' | 'restoring'): string =>
      plain(mapTable(quickFrameOf(phase, 32_768, fill)).rows)[0]!;
    expect(first('saving')).toBe('0 MB to 256 MB | 32,768 | 32,768');
    expect(first('disk-move')).toBe('0 MB to 256 MB | 0 | 65,536');
    expect(first('restoring')).toBe('0 MB to 256 MB | 32,768 | 32,768');
  });

  it('has no rows while nothing is known', () => {
    expect(mapTable(frameOf({ pageCount: 0, pagesPerCell: 0 })).rows).toEqual([]);
  });
});
