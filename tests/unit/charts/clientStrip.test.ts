import { describe, expect, it } from 'vitest';
import { layoutStrip, paintStrip, pingText, ticksFor } from '../../../src/charts/clientStrip.ts';
import { createChartTheme } from '../../../src/charts/theme.ts';
import { NO_ANSWER } from '../../../src/protocol/frameColumns.ts';
import { recordingContext } from '../../support/recordingContext.ts';

const space = { widthCss: 40, heightCss: 16, devicePixelRatio: 1, shown: 4 };

describe('layoutStrip', () => {
  it('shows the newest requests, oldest at the left', () => {
    const { ticks } = layoutStrip(Uint16Array.of(9, 9, 600, 700, 800, 900), space);
    expect(ticks.map(({ x }) => x)).toEqual([5, 15, 25, 35]);
    const heights = ticks.map(({ heightCss }) => heightCss);
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
  });

  it('is higher the longer the answer took, up to its full height', () => {
    const { ticks } = layoutStrip(Uint16Array.of(625, 2500, 10_000, 30_000), space);
    expect(ticks.map(({ heightCss }) => heightCss)).toEqual([8, 16, 16, 16]);
    expect(ticks.map(({ kind }) => kind)).toEqual(['answered', 'answered', 'answered', 'late']);
  });

  it('keeps ticks a whole number of device pixels apart, aligned at the newest', () => {
    const { ticks } = layoutStrip(new Uint16Array(30).fill(600), {
      ...space,
      widthCss: 100,
      shown: 30,
    });
    const gaps = ticks.slice(1).map(({ x }, index) => x - ticks[index]!.x);
    expect(new Set(gaps)).toEqual(new Set([3]));
    expect(ticks.at(-1)!.x).toBe(98.5);
  });

  it('leaves a gap where nothing was asked', () => {
    expect(layoutStrip(Uint16Array.of(0, 0, 600, 600), space).ticks).toHaveLength(2);
  });

  it('keeps circles of unanswered requests apart', () => {
    const pings = new Uint16Array(40).fill(NO_ANSWER);
    const { ticks, circleRadiusCss } = layoutStrip(pings, { ...space, shown: 40 });
    expect(ticks.every(({ kind }) => kind === 'no-answer')).toBe(true);
    for (let index = 1; index < ticks.length; index++) {
      expect(ticks[index]!.x - ticks[index - 1]!.x).toBeGreaterThanOrEqual(1.3 * circleRadiusCss);
    }
  });

  it('has room for at most 120 ticks', () => {
    expect([ticksFor(90), ticksFor(5000), ticksFor(0)]).toEqual([30, 120, 1]);
  });
});

describe('paintStrip', () => {
  it('draws answers as ticks on the foot line and missing ones as hollow circles', () => {
    const { context, log } = recordingContext();
    const layout = layoutStrip(Uint16Array.of(0, 625, NO_ANSWER, 30_000), space);
    paintStrip(
      context,
      layout,
      { widthCss: 40, devicePixelRatio: 1 },
      createChartTheme(() => ''),
    );
    expect(log).toEqual([
      'clear',
      'fill #434C51: 14,8 3x8',
      'line #A0175C 1.5: circle 25,11.5 r3.5',
      'fill #12171A: 33,0 4x16',
    ]);
  });
});

describe('pingText', () => {
  it('says the newest round trip', () => {
    expect(pingText(Uint16Array.of(0, 600, 840))).toBe('ping 0.8\u00a0ms');
    expect(pingText(Uint16Array.of(600, 42_000))).toBe('ping 42\u00a0ms');
    expect(pingText(Uint16Array.of(600, NO_ANSWER))).toBe('no answer');
    expect(pingText(Uint16Array.of(0, 0))).toBe('');
  });
});
