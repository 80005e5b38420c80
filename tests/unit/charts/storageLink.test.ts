import { describe, expect, it } from 'vitest';
import {
  layoutStorageLink,
  paintStorageLink,
  type StorageLinkSpace,
} from '../../../src/charts/storageLink.ts';
import { createChartTheme } from '../../../src/charts/theme.ts';
import { recordingContext } from '../../support/recordingContext.ts';

const down: StorageLinkSpace = { way: 'down', row: { x: 0, y: 50 }, cornerX: 40, volumeY: 250 };
const up: StorageLinkSpace = { way: 'up', row: { x: 90, y: 50 }, cornerX: 40, volumeY: 250 };

describe('layoutStorageLink', () => {
  it('leads from the row being saved down to the volume', () => {
    expect(layoutStorageLink(down, 268, 0).points).toEqual([
      { x: 0, y: 50 },
      { x: 40, y: 50 },
      { x: 40, y: 250 },
    ]);
  });

  it('leads from the volume up to the row being read back', () => {
    expect(layoutStorageLink(up, 268, 0).points).toEqual([
      { x: 40, y: 250 },
      { x: 40, y: 50 },
      { x: 90, y: 50 },
    ]);
  });

  it.each([
    ['down', down],
    ['up', up],
  ])('keeps its squares on the line, however far they came: %s', (_, space) => {
    for (let travelled = 0; travelled < 500; travelled += 7.3) {
      const { squares } = layoutStorageLink(space, 268, travelled);
      expect(squares).toHaveLength(8);
      for (const { x, y } of squares) {
        const [left, right] = [Math.min(40, space.row.x), Math.max(40, space.row.x)];
        const isAcross = y === 50 && x >= left && x <= right;
        expect(isAcross || (x === 40 && y >= 50 && y <= 250)).toBe(true);
      }
    }
  });

  it('moves the squares along the line', () => {
    const [before] = layoutStorageLink(down, 14, 0).squares;
    const [after] = layoutStorageLink(down, 14, 100).squares;
    expect(before).toEqual({ x: 8.5, y: 50 });
    expect(after).toEqual({ x: 40, y: 118.5 });
  });

  it('is stalled without squares while nothing travels', () => {
    expect(layoutStorageLink(down, 0, 0)).toMatchObject({ squares: [], stalled: true });
  });
});

describe('paintStorageLink', () => {
  const size = { widthCss: 100, heightCss: 250, devicePixelRatio: 1 };
  const theme = createChartTheme(() => '');

  it('draws the line around its corner, with the head at its end', () => {
    const { context, log } = recordingContext();
    paintStorageLink(context, layoutStorageLink(down, 0, 0), size, theme);
    expect(log).toEqual([
      'clear',
      'line #175E9E 2 dashed: 0,50 40,50 40,238',
      'area #175E9E: 40,250 34,238 46,238 z',
    ]);
  });

  it('points to the map where pages are read back, with squares in their halo', () => {
    const { context, log } = recordingContext();
    paintStorageLink(context, layoutStorageLink(up, 14, 0), size, theme);
    expect(log.slice(1)).toEqual([
      'line #175E9E 2: 40,250 40,50 78,50',
      'area #175E9E: 90,50 78,44 78,56 z',
      'fill #F7F8F6: 34,235.5 12x12',
      'fill #74ADE0: 35.5,237 9x9',
    ]);
  });
});
