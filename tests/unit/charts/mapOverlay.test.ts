import { describe, expect, it } from 'vitest';
import { layoutMap } from '../../../src/charts/mapLayout.ts';
import type { MapSide } from '../../../src/charts/mapCells.ts';
import { layoutOverlay, paintOverlay, type MapOverlay } from '../../../src/charts/mapOverlay.ts';
import { createChartTheme } from '../../../src/charts/theme.ts';
import { recordingContext } from '../../support/recordingContext.ts';

const layout = layoutMap({
  cellCount: 8192,
  availableWidthCss: 384,
  devicePixelRatio: 1,
  maxCellCss: 3,
});
const theme = createChartTheme(() => '');

function overlayOf(
  side: MapSide,
  sendingPage: number,
  lensCell: number | null,
  lensHeld = false,
): MapOverlay {
  return layoutOverlay(layout, {
    side,
    sendingPage,
    pagesPerCell: 128,
    lensCell,
    lensHeld,
    lit: null,
  });
}

describe('layoutOverlay', () => {
  it('puts the send row at the middle of the row that holds the page', () => {
    // Page 329,390 lies in cell 2,573, row 20: 20.5 rows of 3 px.
    expect(overlayOf('source', 329_390, null).sendRowCss).toBe(61.5);
  });

  it('has no send row while nothing is sent', () => {
    expect(overlayOf('source', -1, null).sendRowCss).toBeNull();
  });

  it('leaves out a cell that the VM does not have', () => {
    expect(overlayOf('source', -1, 9000).lensCell).toBeNull();
  });
});

describe('paintOverlay', () => {
  it('lays a veil over the cells of which a lit pass sends nothing, neighbours in one go', () => {
    const lit = new Uint16Array(8192).fill(7);
    // The end of row 0 and the first two of row 1; one cell in row 63.
    for (const cell of [126, 127, 128, 129, 8190]) lit[cell] = 0;
    const { context, log } = recordingContext();
    paintOverlay(context, layout, { ...overlayOf('source', -1, null), lit }, theme);
    expect(log.filter((entry) => entry.startsWith('fill'))).toEqual([
      'fill #FFFFFF: 378,0 6x3',
      'fill #FFFFFF: 0,3 6x3',
      'fill #FFFFFF: 378,189 3x3',
    ]);
  });

  it('draws the send row over its halo, beyond the map at the outer side alone', () => {
    const { context, log } = recordingContext();
    paintOverlay(context, layout, overlayOf('target', 0, null), theme);
    expect(log.filter((entry) => entry.startsWith('line'))).toEqual([
      'line #F7F8F6 4: 0,1.5 384,1.5',
      'line #12171A 2: 0,1.5 389,1.5',
    ]);
  });

  it('draws a dashed cross through the lens cell and a ring of 14 px around it', () => {
    const { context, log } = recordingContext();
    paintOverlay(context, layout, overlayOf('source', -1, 914), theme);
    expect(log.filter((entry) => /^(line|rect)/.test(entry))).toEqual([
      'line #12171A 1 dashed: 0,22.5 384,22.5',
      'line #12171A 1 dashed: 55.5,0 55.5,192',
      'rect #FFFFFF 5: 48.5,15.5 14x14',
      'rect #12171A 2: 48.5,15.5 14x14',
    ]);
  });

  it('draws the cross of a cell that is held in whole lines', () => {
    const { context, log } = recordingContext();
    paintOverlay(context, layout, overlayOf('source', -1, 914, true), theme);
    expect(log.filter((entry) => entry.startsWith('line'))).toEqual([
      'line #12171A 1: 0,22.5 384,22.5',
      'line #12171A 1: 55.5,0 55.5,192',
    ]);
  });
});
