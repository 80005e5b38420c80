import { describe, expect, it } from 'vitest';
import {
  COPIED_CELL,
  DIRTY_CELL,
  HOT_CELL,
  OLD_VALUE,
  UNSENT_CELL,
  cellWords,
  createCellCodes,
  encodeCells,
  pagesInCell,
  stateOfCell,
  type MapSide,
} from '../../../src/charts/mapCells.ts';
import type { FrameBuffers } from '../../../src/protocol/frameColumns.ts';
import type { FrameMessage } from '../../../src/protocol/messages.ts';
import { frameOf, quickFrameOf } from '../../support/chartRows.ts';

function state(
  [sent, stale, hot]: readonly [number, number, number],
  side: 'source' | 'target' = 'source',
  pages = 128,
): number {
  const columns = {
    sent: Uint16Array.of(sent),
    stale: Uint16Array.of(stale),
    hot: Uint16Array.of(hot),
  };
  return stateOfCell(columns, 0, pages, side);
}

describe('stateOfCell', () => {
  it('is copied only when every page was sent', () => {
    expect(state([128, 0, 0])).toBe(COPIED_CELL);
    expect(state([127, 0, 0])).toBe(UNSENT_CELL);
    expect(state([7, 0, 0], 'source', 7)).toBe(COPIED_CELL);
  });

  it('is dirty with one dirty page', () => {
    expect(state([128, 1, 0])).toBe(DIRTY_CELL);
  });

  it('is hot from 15 percent of its pages', () => {
    // 15% of 128 is 19.2.
    expect(state([128, 60, 19])).toBe(DIRTY_CELL);
    expect(state([128, 60, 20])).toBe(HOT_CELL);
    expect(state([2, 1, 1], 'source', 2)).toBe(HOT_CELL);
  });

  it('is never hot on the target, which cannot know', () => {
    expect(state([128, 128, 128], 'target')).toBe(DIRTY_CELL);
  });
});

describe('encodeCells', () => {
  it('takes the last cell for complete when it holds fewer pages', () => {
    const codes = createCellCodes();
    const frame = frameOf({ pageCount: 128 + 5 }, ({ sent }) => sent.set([128, 5]));
    expect(encodeCells(frame, 'source', 'state', codes)).toBe(2);
    expect([...codes.subarray(0, 2)]).toEqual([COPIED_CELL, COPIED_CELL]);
  });

  it('marks old values on the target in the content view', () => {
    const codes = createCellCodes();
    const frame = frameOf({}, ({ sourceTone, targetTone, stale }) => {
      sourceTone.set([200, 90]);
      targetTone.set([200, 30]);
      stale.set([0, 3]);
    });
    encodeCells(frame, 'target', 'content', codes);
    expect([...codes.subarray(0, 3)]).toEqual([200, 30 + OLD_VALUE, 0]);
    encodeCells(frame, 'source', 'content', codes);
    expect([...codes.subarray(0, 2)]).toEqual([200, 90]);
  });

  it('shows what was written in the second while nothing is copied, at the source alone', () => {
    const codes = createCellCodes();
    const frame = frameOf({ migration: null }, ({ written }) => written.set([0, 2]));
    encodeCells(frame, 'source', 'idle', codes);
    expect([...codes.subarray(0, 2)]).toEqual([UNSENT_CELL, DIRTY_CELL]);
    encodeCells(frame, 'target', 'idle', codes);
    expect(codes[1]).toBe(UNSENT_CELL);
  });
});

describe('encodeCells of a quick migration', () => {
  const cellsOf = (frame: FrameMessage, side: MapSide): number[] => {
    const codes = createCellCodes();
    encodeCells(frame, side, 'quick', codes);
    return [...codes.subarray(0, 3)];
  };
  const through = ({ sent }: FrameBuffers): void => sent.set([128, 127, 0]);

  it('empties a cell of the source when all its pages are saved', () => {
    const frame = quickFrameOf('saving', 255, through);
    expect(cellsOf(frame, 'source')).toEqual([UNSENT_CELL, COPIED_CELL, COPIED_CELL]);
    expect(cellsOf(frame, 'target')).toEqual([UNSENT_CELL, UNSENT_CELL, UNSENT_CELL]);
  });

  it('fills a cell of the target when all its pages are read back', () => {
    const frame = quickFrameOf('restoring', 255, through);
    expect(cellsOf(frame, 'target')).toEqual([COPIED_CELL, UNSENT_CELL, UNSENT_CELL]);
    expect(cellsOf(frame, 'source')).toEqual([UNSENT_CELL, UNSENT_CELL, UNSENT_CELL]);
  });

  it.each(['saved', 'disk-move'] as const)('has all of it in the file while it is %s', (phase) => {
    const frame = quickFrameOf(phase, 255, through);
    for (const side of ['source', 'target'] as const) {
      expect(cellsOf(frame, side)).toEqual([UNSENT_CELL, UNSENT_CELL, UNSENT_CELL]);
    }
  });

  it('has all of it on the target once it is over', () => {
    const frame = frameOf({ migration: null });
    expect(cellsOf(frame, 'target')).toEqual([COPIED_CELL, COPIED_CELL, COPIED_CELL]);
  });
});

describe('pagesInCell', () => {
  it('cuts the last cell at the end of the memory', () => {
    expect(pagesInCell(0, 128, 130)).toBe(128);
    expect(pagesInCell(1, 128, 130)).toBe(2);
    expect(pagesInCell(2, 128, 130)).toBe(0);
  });
});

describe('cellWords', () => {
  it('says the worst first', () => {
    const frame = frameOf({}, ({ sent, stale }) => {
      sent.set([128, 128, 40]);
      stale.set([52, 0, 0]);
    });
    expect([0, 1, 2].map((cell) => cellWords(frame, cell))).toEqual([
      '52 of 128 dirty',
      'all 128 copied',
      '40 of 128 sent',
    ]);
  });

  it('says of a quick migration what is saved or read back', () => {
    const through = ({ sent }: FrameBuffers): void => sent.set([40]);
    expect(cellWords(quickFrameOf('saving', 40, through), 0)).toBe('40 of 128 saved');
    expect(cellWords(quickFrameOf('disk-move', 0), 0)).toBe('all 128 saved');
    expect(cellWords(quickFrameOf('restoring', 40, through), 0)).toBe('40 of 128 read back');
  });
});
