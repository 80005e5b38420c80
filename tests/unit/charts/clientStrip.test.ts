import { describe, expect, it } from 'vitest';
import {
  columnsOfStrip,
  layoutStrip,
  paintStrip,
  slotsFor,
  type MarkKind,
  type StripColumns,
} from '../../../src/charts/clientStrip.ts';
import { createChartTheme } from '../../../src/charts/theme.ts';
import { STRIP_KINDS, STRIP_MARKS, STRIP_SLOT } from '../../../src/protocol/frameColumns.ts';
import { frameOf } from '../../support/chartRows.ts';
import { recordingContext } from '../../support/recordingContext.ts';

/** 7 px at the right are kept free; ten slots of 4 px. */
const space = { widthCss: 47, heightCss: 16, devicePixelRatio: 1 };

type Drawn = readonly [slot: number, kind: MarkKind, roundTripUs?: number];

function stripOf(marks: readonly Drawn[], slots = 10): StripColumns {
  return {
    slots,
    places: Uint16Array.from(marks, ([slot]) => Math.floor(slot * STRIP_SLOT)),
    // The rest of the row is empty.
    kinds: Uint8Array.from([...marks.map(([, kind]) => STRIP_KINDS[kind]), STRIP_KINDS.none]),
    roundTrips: Uint16Array.from(marks, ([, , us = 0]) => us),
  };
}

const answers = (slots: number, total = slots): StripColumns =>
  stripOf(
    Array.from({ length: slots }, (_, i): Drawn => [total - slots + i, 'answered', 600]),
    total,
  );

const layout = (marks: readonly Drawn[]) => layoutStrip(stripOf(marks), space).marks;
const xOf = (marks: readonly { readonly kind: MarkKind; readonly x: number }[], kind: MarkKind) =>
  marks.filter((mark) => mark.kind === kind).map(({ x }) => x);

describe('layoutStrip', () => {
  it('puts each mark where its time is, the newest slot at the right', () => {
    const marks = layout([
      [0, 'answered', 600],
      [4, 'answered', 600],
      [9, 'answered', 600],
    ]);
    expect(marks.map(({ x }) => x)).toEqual([2, 18, 38]);
  });

  it('shows the newest slots where not all have room', () => {
    const narrow = { ...space, widthCss: 27 };
    const { marks } = layoutStrip(answers(40), narrow);
    expect(marks.length).toBeGreaterThanOrEqual(slotsFor(20, 40));
    expect(marks.every(({ x }) => x >= 0 && x <= 20)).toBe(true);
    expect(marks.at(-1)!.x).toBe(19);
  });

  it('is higher the longer the answer took, up to its full height', () => {
    const marks = layout([
      [1, 'answered', 625],
      [3, 'answered', 2500],
      [5, 'answered', 10_000],
    ]);
    expect(marks.map(({ heightCss }) => heightCss)).toEqual([8, 16, 16]);
  });

  it('keeps ticks a whole number of device pixels apart', () => {
    for (const devicePixelRatio of [1, 1.5, 2]) {
      const { marks } = layoutStrip(answers(40), { ...space, widthCss: 150, devicePixelRatio });
      const gaps = marks
        .slice(1)
        .map(({ x }, index) => Number(((x - marks[index]!.x) * devicePixelRatio).toFixed(6)));
      expect(new Set(gaps).size).toBe(1);
      expect(Number.isInteger(gaps[0])).toBe(true);
    }
  });

  it('keeps circles of unanswered transmissions apart', () => {
    const marks = layout(Array.from({ length: 30 }, (_, i): Drawn => [i * 0.3, 'unanswered']));
    const xs = xOf(marks, 'unanswered');
    expect(xs.length).toBeGreaterThan(3);
    for (let index = 1; index < xs.length; index++) {
      expect(xs[index]! - xs[index - 1]!).toBeGreaterThanOrEqual(1.3 * 3.5);
    }
  });

  it('shows repeats at doubling distances', () => {
    // 20 s of a Windows client on 400 px: 0.3, 0.9, 2.1, 4.5, 9.3 s.
    const times = [0, 0.3, 0.9, 2.1, 4.5, 9.3];
    const columns = stripOf(
      times.map((s): Drawn => [s * 2, 'unanswered']),
      40,
    );
    const xs = xOf(layoutStrip(columns, { ...space, widthCss: 407 }).marks, 'unanswered');
    expect(xs.map((x) => Math.round(x - xs[0]!))).toEqual(times.map((s) => Math.round(s * 20)));
  });

  it('lets a late answer step aside of its circle, and drops ticks that would be covered', () => {
    const marks = layout([
      [3, 'answered', 600],
      [4, 'unanswered'],
      [4.3, 'late', 300_000],
      [5, 'answered', 600],
      [7, 'answered', 600],
    ]);
    const [circle] = xOf(marks, 'unanswered');
    const [late] = xOf(marks, 'late');
    expect(late! - circle!).toBeGreaterThanOrEqual(3.5 + 2);
    expect(xOf(marks, 'answered')).toEqual([30]);
  });

  it('lets a new connection that came at once stand beside the lost one, also at the right end', () => {
    for (const slot of [2, 9.9]) {
      const marks = layout([
        [slot, 'lost'],
        [slot, 'reconnected'],
      ]);
      const [lost] = xOf(marks, 'lost');
      const [reconnected] = xOf(marks, 'reconnected');
      expect(reconnected! - lost!).toBeGreaterThan(3);
      expect(reconnected! + 3.5).toBeLessThanOrEqual(space.widthCss);
    }
  });
});

describe('slotsFor', () => {
  it('gives pings 3 px each and a connection at least 2', () => {
    expect([slotsFor(90, 120), slotsFor(5000, 120), slotsFor(0, 120)]).toEqual([30, 120, 1]);
    expect([slotsFor(60, 40), slotsFor(80, 40), slotsFor(500, 40)]).toEqual([30, 40, 40]);
  });
});

describe('paintStrip', () => {
  it('draws each kind in a shape of its own', () => {
    const { context, log } = recordingContext();
    const columns = stripOf([
      [0, 'answered', 625],
      [2, 'late', 65_535],
      [4, 'unanswered'],
      [6, 'lost'],
      [8, 'reconnected'],
    ]);
    paintStrip(
      context,
      layoutStrip(columns, space),
      { widthCss: 47, devicePixelRatio: 1 },
      createChartTheme(() => ''),
    );
    expect(log).toEqual([
      'clear',
      'fill #434C51: 1,8 2x8',
      'fill #12171A: 9,0 3x16',
      'line #A0175C 1.5: circle 18,11.5 r3.5',
      'line #A0175C 2: 22.5,8 29.5,15 29.5,8 22.5,15',
      'line #12171A 1.5: 34,16 34,1 30.5,4.5 34,1 37.5,4.5',
    ]);
  });

  it('draws nothing where there is no group', () => {
    const { context, log } = recordingContext();
    const empty = columnsOfStrip(frameOf(), 3);
    expect([empty.slots, empty.kinds.length]).toEqual([0, STRIP_MARKS]);
    paintStrip(
      context,
      layoutStrip(empty, space),
      { widthCss: 47, devicePixelRatio: 1 },
      createChartTheme(() => ''),
    );
    expect(log).toEqual(['clear']);
  });
});
