import { describe, expect, it } from 'vitest';
import { HEAD_CSS, SQUARE_CSS, layoutLink, paintLink } from '../../../src/charts/migrationLink.ts';
import { createChartTheme } from '../../../src/charts/theme.ts';
import { recordingContext } from '../../support/recordingContext.ts';

describe('layoutLink', () => {
  it('has more squares the more is sent, at most eight', () => {
    const count = (sendingMBps: number): number => layoutLink(200, sendingMBps, 0).squares.length;
    expect([14, 56, 112, 1120].map(count)).toEqual([1, 4, 8, 8]);
  });

  it('is stalled without squares while nothing is sent', () => {
    expect(layoutLink(200, 0, 0)).toMatchObject({ squares: [], stalled: true });
  });

  it('has no more squares than fit', () => {
    expect(layoutLink(60, 112, 0).squares.length).toBeLessThanOrEqual(3);
    expect(layoutLink(10, 112, 0).squares).toEqual([]);
  });

  it('keeps every square between edge and head, and apart from the others, however far they came', () => {
    for (let travelled = 0; travelled < 500; travelled += 7.3) {
      const squares = layoutLink(133, 112, travelled).squares.toSorted((a, b) => a - b);
      expect(squares[0]).toBeGreaterThanOrEqual(0);
      expect(squares.at(-1)).toBeLessThanOrEqual(133 - HEAD_CSS - SQUARE_CSS);
      for (let index = 1; index < squares.length; index++) {
        expect(squares[index]! - squares[index - 1]!).toBeGreaterThan(SQUARE_CSS);
      }
    }
  });

  it('moves all squares by the same way', () => {
    const [before, after] = [layoutLink(500, 30, 0), layoutLink(500, 30, 10)];
    expect(after.squares.map((x, index) => x - before.squares[index]!)).toEqual([10, 10, 10]);
  });
});

describe('paintLink', () => {
  const canvas = { widthCss: 20, heightCss: 100, devicePixelRatio: 1, startX: 10, startY: 0 };

  it('turns the arrow for maps one above the other', () => {
    const { context, log } = recordingContext();
    const layout = layoutLink(100, 112, 0);
    paintLink(
      context,
      layout,
      { ...canvas, direction: 'down' },
      createChartTheme(() => ''),
    );
    expect(log.slice(0, 5)).toEqual([
      'clear',
      'translate 10,0',
      'rotate 1.571',
      'line #175E9E 2: 0,0 88,0',
      'area #175E9E: 100,0 88,-6 88,6 z',
    ]);
  });

  it('is dashed while stalled', () => {
    const { context, log } = recordingContext();
    const layout = layoutLink(100, 0, 0);
    paintLink(
      context,
      layout,
      { ...canvas, direction: 'right' },
      createChartTheme(() => ''),
    );
    expect(log).toContain('line #175E9E 2 dashed: 0,0 88,0');
  });
});
