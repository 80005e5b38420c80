/** Places of everything on the Compare screen: axis, bar, bytes, clients, magnifier. */
import { describe, expect, test } from 'vitest';
import {
  axisTicks,
  compareAxis,
  nsAt,
  xInside,
  xOf,
  type TimeAxis,
} from '../../../src/charts/compareAxis.ts';
import { barLayout, roundTicks, type BarSpan } from '../../../src/charts/compareBar.ts';
import { bytesLayout } from '../../../src/charts/compareBytes.ts';
import {
  magnifiersOf,
  nearestMagnifier,
  troubledIn,
} from '../../../src/charts/compareMagnifier.ts';
import { canUnfold, trailPaths, trailRows } from '../../../src/charts/compareTrails.ts';
import type { ClientTrail } from '../../../src/protocol/outline.ts';

const SECOND = 1_000_000_000;

/** 10 px a second, from 0 to 100 s. */
const axis: TimeAxis = { fromNs: 0, toNs: 100 * SECOND, widthCss: 1000 };

function span(from: number, to: number, label: string, runs = false): BarSpan {
  return { fromNs: from * SECOND, toNs: to * SECOND, runs, label, short: label };
}

const running = (from: number, to: number): BarSpan => span(from, to, 'running', true);

describe('the axis', () => {
  test('begins before the start, ends after the end, and goes both ways', () => {
    const own = compareAxis(100 * SECOND, 860);
    expect(own.fromNs).toBeLessThan(0);
    expect(own.toNs).toBeGreaterThan(100 * SECOND);
    expect(nsAt(own, xOf(own, 42 * SECOND))).toBeCloseTo(42 * SECOND, -3);
    expect(xInside(own, -1e12)).toBe(0);
    expect(xInside(own, Infinity)).toBe(860);
  });

  test('has at most six names, none before the start, with marks between', () => {
    for (const [seconds, widthCss] of [
      [103, 860],
      [5, 860],
      [600, 340],
      [0, 300],
    ] as const) {
      const ticks = axisTicks(compareAxis(seconds * SECOND, widthCss), 1);
      const named = ticks.filter(({ text }) => text !== '');
      expect(named.length).toBeGreaterThan(1);
      expect(named.length).toBeLessThanOrEqual(6);
      expect(named[0]?.text).toMatch(/^0(\.0)?\u00a0s$/);
      expect(ticks.every(({ x }) => x >= 0 && x <= widthCss)).toBe(true);
      expect(ticks.length).toBeGreaterThan(named.length);
    }
  });
});

describe('the bar', () => {
  test('names what has room, and how long it stands', () => {
    const spans = [running(0, 20), span(20, 60, 'save memory'), running(60, Infinity)];
    const { parts, notes } = barLayout(axis, spans, 1);
    expect(parts.map(({ x, widthCss, text }) => `${x} ${widthCss} ${text}`)).toEqual([
      '0 200 running',
      '200 400 save memory, 40.0\u00a0s',
      '600 400 running',
    ]);
    expect(notes).toEqual([]);
  });

  test('names what has none above, and what collides there together', () => {
    const spans = [
      running(0, 20),
      span(20, 22, 'regroup'),
      span(22, 23, 'start'),
      running(23, 100),
    ];
    const { parts, notes } = barLayout(axis, spans, 1);
    expect(parts[1]?.text).toBe('');
    expect(notes).toEqual([
      { x: 200, text: 'regroup, 2.0\u00a0s; start, 1.0\u00a0s', endsHere: false },
    ]);
  });

  test('lets a name at the right end stand left of its place', () => {
    const { notes } = barLayout(
      axis,
      [running(0, 98), span(98, 99, 'blackout'), running(99, 100)],
      1,
    );
    expect(notes).toMatchObject([{ x: 980, endsHere: true }]);
  });

  test('leaves out a name that fits nowhere, and keeps what stands for no time', () => {
    const narrow = { ...axis, widthCss: 100 };
    const spans = [
      running(0, 50),
      span(50, 52, 'blackout'),
      span(52, 54, 'storage'),
      running(54, 100),
    ];
    const { parts, notes } = barLayout(narrow, spans, 1);
    expect(notes).toHaveLength(1);
    expect(parts.filter(({ runs }) => !runs)).toHaveLength(2);
  });
});

describe('rounds', () => {
  const rounds = (...seconds: number[]) =>
    seconds.map((at, place) => ({ number: place + 1, startNs: at * SECOND }));

  test('have names of their own where there is room, else one together', () => {
    const ticks = roundTicks(axis, rounds(2, 60, 80, 82, 84, 86), [], 1);
    expect(ticks.map(({ text }) => text)).toEqual(['round 1', 'round 2', '3–4', '', '5–6', '']);
    expect(ticks.map(({ x }) => x)).toEqual([20, 600, 800, 820, 840, 860]);
  });

  test('are one where they are many and too short to be told apart', () => {
    const starts = [0, 20, ...Array.from({ length: 1000 }, (_, i) => 30 + i * 0.05), 90];
    const ticks = roundTicks(axis, rounds(...starts), [], 1);
    expect(ticks).toEqual([
      { x: 0, text: 'round 1' },
      { x: 200, text: 'round 2' },
      { x: 300, text: '3–1,002' },
      { x: 900, text: 'round 1,003' },
    ]);
  });

  test('are marks without names at the very end', () => {
    expect(roundTicks(axis, rounds(99.5), [], 1)).toEqual([{ x: 995, text: '' }]);
  });

  test('give way to a note, and those without a place are told with the ones before', () => {
    const note = { x: 880, text: 'blackout', endsHere: false };
    const ticks = roundTicks(axis, rounds(2, 60, 80, 84, 86), [note], 1);
    expect(ticks.map(({ text }) => text)).toEqual(['round 1', 'round 2', '3–5', '', '']);
  });
});

describe('bytes', () => {
  test('have the scale of the lane that moved most', () => {
    const points = [
      { ns: 0, bytes: 0 },
      { ns: 50 * SECOND, bytes: 50 },
    ];
    const { line, end, area } = bytesLayout(axis, points, 100, 106);
    expect(line).toBe('M0 106L0 106L500 56L1000 56');
    expect(end).toEqual({ x: 500, y: 56 });
    expect(area).toBe(`${line}V106H0Z`);
  });

  test('are a flat line where nothing is moved', () => {
    expect(bytesLayout(axis, [{ ns: 0, bytes: 0 }], 100, 50)).toMatchObject({
      end: null,
      line: 'M0 50L0 50L1000 50',
    });
  });
});

function trail(more: Partial<ClientTrail> = {}): ClientTrail {
  return {
    group: 0,
    client: 0,
    firstNs: 0,
    everyNs: SECOND,
    troubles: [],
    marks: [],
    lost: false,
    longestSilenceNs: 0,
    ...more,
  };
}

const mark = (seconds: number, kind: ClientTrail['marks'][number]['kind']) => ({
  ns: seconds * SECOND,
  kind,
  roundTripUs: 0,
});

const lostTrail = trail({
  troubles: [{ fromNs: 10 * SECOND, toNs: 40.5 * SECOND }],
  marks: [
    mark(10, 'unanswered'),
    mark(12, 'unanswered'),
    mark(30, 'lost'),
    mark(40.5, 'reconnected'),
  ],
  lost: true,
});

const count = (path: string, letter: string): number => path.split(letter).length - 1;

describe('clients', () => {
  const rows = { pitchCss: 10, middles: [5] };

  test('have a tick for each answer on schedule, and none in trouble', () => {
    expect(count(trailPaths(axis, [trail()], rows).answered, 'M')).toBe(101);
    // 10 s to 40 s: 31 requests less.
    expect(count(trailPaths(axis, [lostTrail], rows).answered, 'M')).toBe(70);
  });

  test('that ask very often have as many ticks as can be told apart', () => {
    const paths = trailPaths(axis, [trail({ everyNs: SECOND / 1000 })], rows);
    expect(count(paths.answered, 'M')).toBeLessThanOrEqual(axis.widthCss / 4 + 1);
  });

  test('that lost their connection have the colour of that', () => {
    const paths = trailPaths(axis, [lostTrail], rows);
    expect(count(paths.askedInVain, 'M')).toBe(2);
    expect(paths.asked).toBe('');
    expect(count(paths.lost, 'M')).toBe(1);
    expect(count(paths.reconnected, 'M')).toBe(1);
    expect(paths.waitsInVain).toBe('M100 5H405');
  });

  test('that are answered late have not', () => {
    const late = trail({
      troubles: [{ fromNs: 10 * SECOND, toNs: 12 * SECOND }],
      marks: [mark(10, 'unanswered'), mark(12, 'late')],
    });
    const paths = trailPaths(axis, [late], rows);
    expect(count(paths.asked, 'M')).toBe(1);
    expect(count(paths.late, 'M')).toBe(1);
    expect(paths.waits).toBe('M100 5H120');
    expect(paths.askedInVain + paths.waitsInVain).toBe('');
  });

  test('that wait without end wait to the end of the axis', () => {
    const endless = trail({
      troubles: [{ fromNs: 90 * SECOND, toNs: Infinity }],
      marks: [mark(90, 'unanswered'), mark(400, 'unanswered')],
    });
    const paths = trailPaths(axis, [endless], rows);
    expect(paths.waits).toBe('M900 5H1000');
    expect(count(paths.asked, 'M')).toBe(1);
  });

  test('circles that would run into each other are left out', () => {
    const close = trail({
      troubles: [{ fromNs: 10 * SECOND, toNs: 20 * SECOND }],
      marks: [mark(10, 'unanswered'), mark(10.1, 'unanswered'), mark(11, 'unanswered')],
    });
    expect(count(trailPaths(axis, [close], rows).asked, 'M')).toBe(2);
  });

  test('stand in rows, with room between their groups', () => {
    const trails = [trail(), trail(), trail({ group: 1 })];
    const layout = trailRows(trails, 150, new Set([0, 1]));
    expect(layout.groups).toMatchObject([
      { group: 0, isFolded: false, first: 0, top: 0, heightCss: 20, middles: [5, 15] },
      { group: 1, isFolded: false, first: 2, top: 24, heightCss: 17, middles: [32.5] },
    ]);
    expect(trailRows([], 150, new Set()).heightCss).toBe(0);
  });

  test('are folded into bands that fill the room, as long as they can be read', () => {
    const clients = [
      ...Array.from({ length: 12 }, () => trail()),
      ...Array.from({ length: 12 }, () => trail({ group: 1 })),
      ...Array.from({ length: 3 }, () => trail({ group: 2 })),
    ];
    for (const roomCss of [75, 100, 120]) {
      const { groups, heightCss } = trailRows(clients, roomCss, new Set());
      expect(heightCss).toBeCloseTo(roomCss);
      expect(groups.map(({ middles }) => middles.length)).toEqual([12, 12, 3]);
      // As high as its name.
      expect(groups[2]?.heightCss).toBe(17);
    }
    expect(trailRows(clients, 10, new Set()).groups[0]?.pitchCss).toBe(1.6);
    const [first, second] = trailRows(clients, 75, new Set([1])).groups;
    expect(first?.pitchCss).toBeLessThan(2.5);
    expect(second).toMatchObject({ isFolded: false, pitchCss: 10 });
    expect(canUnfold(first!)).toBe(true);
    expect(canUnfold(second!)).toBe(true);
    expect(canUnfold(trailRows([trail()], 75, new Set()).groups[0]!)).toBe(false);
  });

  test('stand out of a band with what is no answer', () => {
    const band = { pitchCss: 2, middles: [1] };
    const paths = trailPaths(axis, [lostTrail], band);
    expect(paths.answered).toMatch(/^M0 0\.4v1\.2/);
    expect(paths.askedInVain).toMatch(/^M98\.1 1a1\.9 1\.9/);
  });
});

describe('the magnifier', () => {
  test('is there for what is under 4 px wide, for a whole outage under 24 px, and for nothing else', () => {
    const outage = (seconds: number) =>
      magnifiersOf(axis, [
        running(0, 50),
        span(50, 50 + seconds, 'blackout'),
        running(50 + seconds, 100),
      ]);
    expect(outage(2.3)).toHaveLength(1);
    expect(outage(2.4)).toEqual([]);
    const steps = [running(0, 50), span(50, 51, 'start'), span(51, 90, 'boot'), running(90, 100)];
    expect(magnifiersOf(axis, steps)).toEqual([]);
    const [found] = magnifiersOf(axis, [
      running(0, 50),
      span(50, 50.3, 'blackout'),
      running(50.3, 100),
    ]);
    expect(found).toMatchObject({
      label: 'blackout',
      stretch: '49.8\u00a0s to 50.8\u00a0s',
      factor: 100,
      isWhole: true,
    });
    const { fromNs, toNs } = found!.axis;
    expect(fromNs).toBeLessThan(50 * SECOND);
    expect(toNs).toBeGreaterThan(50.6 * SECOND);
    expect([found!.left, found!.right]).toEqual([497.5, 507.5]);
  });

  test('says whether it shows the whole outage or a part of one', () => {
    const spans = [
      running(0, 20),
      span(20, 20.2, 'start'),
      span(20.2, 60, 'boot'),
      running(60, 100),
    ];
    expect(magnifiersOf(axis, spans)).toMatchObject([
      { label: 'start', lengths: 'start, 0.20\u00a0s', isWhole: false },
    ]);
  });

  test('shows neighbours together, and of others the one nearest to the shown time', () => {
    const spans = [
      running(0, 20),
      span(20, 20.2, 'regroup'),
      span(20.2, 20.4, 'start'),
      running(20.4, 70),
      span(70, 70.3, 'blackout'),
      running(70.3, 100),
    ];
    const all = magnifiersOf(axis, spans);
    expect(all.map(({ label, isWhole }) => `${label} ${isWhole}`)).toEqual([
      'regroup, start true',
      'blackout true',
    ]);
    const at = (seconds: number): number => nearestMagnifier(all, seconds * SECOND);
    expect([0, 20.3, 44, 46, 70.1, 100].map(at)).toEqual([0, 0, 0, 1, 1, 1]);
    expect(nearestMagnifier([], 0)).toBe(0);
  });

  test('shows the clients that met trouble in it', () => {
    const stretch = { fromNs: 41 * SECOND, toNs: 42 * SECOND };
    expect(troubledIn(stretch, [trail(), lostTrail])).toEqual([]);
    expect(troubledIn({ ...stretch, fromNs: 40 * SECOND }, [trail(), lostTrail])).toEqual([
      lostTrail,
    ]);
  });
});
