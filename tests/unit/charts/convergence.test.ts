/** Bands, places, borders and axes of the convergence map. */
import { describe, expect, it } from 'vitest';
import { gbitTicks, rateTicks, sliceScale } from '../../../src/charts/convergenceAxes.ts';
import { bandOf, bandsOf } from '../../../src/charts/convergenceBands.ts';
import {
  bordersOf,
  cellAfterArrow,
  cellAtPoint,
  cellBox,
  cellCentre,
  labelPlace,
  type ConvergenceLayout,
} from '../../../src/charts/convergenceLayout.ts';
import {
  figureOf,
  isKnown,
  isLosing,
  paintBorders,
  paintCell,
  type LossRule,
} from '../../../src/charts/convergencePaint.ts';
import { createChartTheme } from '../../../src/charts/theme.ts';

const layout: ConvergenceLayout = {
  columns: 4,
  rows: 3,
  width: 101,
  height: 50,
  devicePixelRatio: 2,
};

/** A drawn map: "." converged, "#" at the limit, "x" at the limit and lost, " " not run. */
function drawn(...lines: string[]) {
  const signs = lines.join('');
  const list = (value: (sign: string) => number): number[] => signs.split('').map(value);
  return {
    divisors: list((sign) => (sign === ' ' ? 0 : 1)),
    limited: list((sign) => (sign === '#' || sign === 'x' ? 1 : 0)),
    outageNs: list((sign) => (sign === 'x' ? 30e9 : 0.2e9)),
    losing: list((sign) => (sign === 'x' ? 1 : 0)),
    totalNs: list(() => 45e9),
    bytesSent: list(() => 4096 * 1_048_576),
  };
}

const counted: LossRule = { isCounted: true, lastRepeatNs: 9.3e9 };

/** Remembers what was drawn, with the colours. */
function recordingContext() {
  const log: string[] = [];
  const context = {
    canvas: { width: 202, height: 100 },
    fillStyle: '',
    strokeStyle: '',
    lineWidth: 0,
    lineCap: '',
    dash: '',
    fillRect(...box: number[]) {
      log.push(`fill ${this.fillStyle} ${box.join(' ')}`);
    },
    clearRect: (...box: number[]) => void log.push(`clear ${box.join(' ')}`),
    setLineDash(dash: number[]) {
      this.dash = dash.join(',');
    },
    beginPath: () => undefined,
    moveTo: () => undefined,
    lineTo: (x: number, y: number) => void log.push(`to ${x} ${y}`),
    stroke() {
      log.push(`stroke ${this.strokeStyle} ${this.lineWidth} [${this.dash}]`);
    },
  };
  return { log, context: context as unknown as CanvasRenderingContext2D };
}

describe('the bands', () => {
  it('[CM5] of an outage end at 0.3, 1, 3 s and the last repeat of a client; only beyond that a cell is lost', () => {
    const bands = bandsOf('outage', 4096, 9.3);
    expect(bands.edges).toEqual([0.3, 1, 3, 9.3]);
    expect(bands.colours.at(-1)).toBe('lost');
    expect([0.1, 0.3, 0.31, 2, 8, 9.3, 12.7].map((value) => bandOf(bands, value))).toEqual([
      0, 0, 1, 2, 3, 3, 4,
    ]);
    expect(bandsOf('outage', 4096, 804.6).edges).toEqual([0.3, 1, 3, 9, 804.6]);
  });

  it('of a client that repeats for a short time only rise all the same', () => {
    expect(bandsOf('outage', 4096, 2)).toMatchObject({
      edges: [0.3, 1, 2],
      colours: ['map-1', 'map-2', 'map-3', 'lost'],
    });
  });

  it('of time and data follow from the memory, and nothing of them is lost', () => {
    expect(bandsOf('total', 4096, 9.3).texts).toEqual([
      '15\u00a0s',
      '1\u00a0min',
      '4\u00a0min',
      '15\u00a0min',
    ]);
    expect(bandsOf('total', 65_536, 9.3).texts).toEqual([
      '4\u00a0min',
      '15\u00a0min',
      '1\u00a0h',
      '4\u00a0h',
    ]);
    expect(bandsOf('data', 4096, 9.3).texts).toEqual([
      '5\u00a0GB',
      '8\u00a0GB',
      '16\u00a0GB',
      '32\u00a0GB',
    ]);
    for (const figure of ['total', 'data'] as const) {
      const { colours, edges } = bandsOf(figure, 4096, 9.3);
      expect(colours).toHaveLength(edges.length + 1);
      expect(colours).not.toContain('lost');
    }
  });
});

describe('the places of the cells', () => {
  it('leave no gap, on whole device pixels', () => {
    const boxes = [0, 1, 2, 3].map((cell) => cellBox(layout, cell));
    expect(boxes.map(({ x }) => x)).toEqual([0, 51, 101, 152]);
    expect(boxes.map(({ x, width }) => x + width)).toEqual([51, 101, 152, 202]);
    expect(cellBox(layout, 11)).toEqual({ x: 152, y: 67, width: 50, height: 33 });
  });

  it('are found from a point, and lead back to it', () => {
    for (let cell = 0; cell < 12; cell++) {
      const { x, y } = cellCentre(layout, cell);
      expect(cellAtPoint(layout, x, y)).toBe(cell);
    }
    expect(cellAtPoint(layout, -1, 5)).toBeNull();
    expect(cellAtPoint(layout, 101, 5)).toBeNull();
    expect(cellAtPoint(layout, 5, 50)).toBeNull();
  });

  it('are gone through with the arrow keys, eight at a time with Shift, at most to the edge', () => {
    const big = { columns: 112, rows: 60 };
    const at = (column: number, row: number): number => row * 112 + column;
    expect(cellAfterArrow(big, at(5, 5), 'ArrowRight', false)).toBe(at(6, 5));
    expect(cellAfterArrow(big, at(5, 5), 'ArrowUp', false)).toBe(at(5, 4));
    expect(cellAfterArrow(big, at(5, 5), 'ArrowLeft', true)).toBe(at(0, 5));
    expect(cellAfterArrow(big, at(5, 55), 'ArrowDown', true)).toBe(at(5, 59));
    expect(cellAfterArrow(big, at(5, 5), 'Home', false)).toBeNull();
  });
});

describe('borders', () => {
  it('run between cells that differ, and not to cells of which nothing is known', () => {
    const figures = drawn('..##', '.###', '  ##');
    const lines = bordersOf(layout, (cell) =>
      isKnown(figures, cell) ? figures.limited[cell] === 1 : null,
    );
    expect(lines).toEqual([
      { x1: 101, y1: 0, x2: 101, y2: 33 },
      { x1: 51, y1: 33, x2: 101, y2: 33 },
      { x1: 51, y1: 33, x2: 51, y2: 67 },
    ]);
  });
});

describe('a label', () => {
  const size = { width: 40, height: 20 };

  it('lies only over cells it is true of, at the first place where it does', () => {
    const figures = drawn('..##', '..##', '..##');
    const limited = (cell: number): boolean => figures.limited[cell] === 1;
    const places = [
      [0, 0],
      [0.5, 0.5],
      [1, 1],
    ] as const;
    expect(labelPlace(layout, size, places, limited)).toEqual({ x: 61, y: 30 });
    expect(labelPlace(layout, size, places, (cell) => !limited(cell))).toEqual({ x: 0, y: 0 });
    expect(labelPlace(layout, size, places, () => false)).toBeNull();
  });

  it('is left out where the map is smaller than it', () => {
    expect(labelPlace(layout, { width: 200, height: 20 }, [[0, 0]], () => true)).toBeNull();
  });
});

describe('painting', () => {
  const theme = createChartTheme(() => '');
  const bands = bandsOf('outage', 4096, 9.3);
  const hatch = 'hatch' as unknown as CanvasPattern;

  it('fills a cell with its band, hatched at the limit of rounds, and leaves others paper', () => {
    const { log, context } = recordingContext();
    const figures = drawn('.#x ');
    const paint = { layout, figures, figure: 'outage', bands, theme, hatch } as const;
    for (const cell of [0, 1, 2, 3]) paintCell(context, paint, cell);
    expect(log).toEqual([
      'fill #E4EEF7 0 0 51 33',
      'fill #E4EEF7 51 0 50 33',
      'fill hatch 51 0 50 33',
      'fill #A0175C 101 0 51 33',
      'fill hatch 101 0 51 33',
      'clear 152 0 50 33',
    ]);
  });

  it('draws the cliff thick and the border to lost connections dashed', () => {
    const { log, context } = recordingContext();
    paintBorders(context, layout, drawn('..##', '..#x', '..##'), counted, theme);
    const strokes = log.filter((line) => line.startsWith('stroke'));
    expect(strokes.at(-1)).toBe('stroke #12171A 4 [8,6]');
    expect(strokes).toContain('stroke #12171A 6 []');
  });

  it('[CM5] draws that border where the runs lost connections, not where their outage is long', () => {
    const figures = {
      ...drawn('..##', '..##', '..##'),
      losing: [0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1],
    };
    const long = { ...drawn('xxxx', 'xxxx', 'xxxx'), losing: figures.losing };
    const losing = (rule: LossRule, of = figures): number[] =>
      [0, 1, 2, 3].filter((cell) => isLosing(of, rule, cell));
    // Cells of 0.2 s that lost, and cells of 30 s that lost nothing.
    expect(losing(counted)).toEqual([2, 3]);
    expect(losing(counted, long)).toEqual([2, 3]);
    // Without TCP clients nothing is counted: the outage decides.
    const bare = { isCounted: false, lastRepeatNs: 9.3e9 };
    expect(losing(bare)).toEqual([]);
    expect(losing(bare, long)).toEqual([0, 1, 2, 3]);
  });

  it('takes seconds or MiB', () => {
    const figures = drawn('.');
    expect(figureOf(figures, 'outage', 0)).toBe(0.2);
    expect(figureOf(figures, 'total', 0)).toBe(45);
    expect(figureOf(figures, 'data', 0)).toBe(4096);
  });
});

describe('the axes', () => {
  it('have round values, fewer where there is less room', () => {
    expect(rateTicks([1000, 220_000], 8).map(({ text }) => text)).toEqual([
      '1,000',
      '2,000',
      '5,000',
      '10,000',
      '20,000',
      '50,000',
      '100,000',
      '200,000',
    ]);
    expect(rateTicks([1000, 220_000], 5).map(({ text }) => text)).toEqual(
      ['1,000', '3,000', '10,000', '30,000', '100,000'].slice(0, 5),
    );
    expect(
      gbitTicks([11.7, 1170], 8, 117).map(({ text, share }) => [text, share.toFixed(2)]),
    ).toEqual([
      ['0.1', '0.00'],
      ['0.2', '0.15'],
      ['0.5', '0.35'],
      ['1', '0.50'],
      ['2', '0.65'],
      ['5', '0.85'],
      ['10', '1.00'],
    ]);
  });

  it('of the slice hold all values, and at least a decade', () => {
    const scale = sliceScale('outage', [0.1, 9]);
    expect(scale.shareOf(0.1)).toBeGreaterThan(0);
    expect(scale.shareOf(9)).toBeLessThan(1);
    const flat = sliceScale('total', [45, 45]);
    expect(flat.domain[1] / flat.domain[0]).toBeCloseTo(10);
    expect(sliceScale('data', [4096, 40_960]).ticks.map(({ text }) => text)).toEqual([
      '4\u00a0GB',
      '8\u00a0GB',
      '16\u00a0GB',
      '32\u00a0GB',
    ]);
    expect(sliceScale('outage', []).ticks.length).toBeGreaterThan(0);
  });
});
