import { describe, expect, test } from 'vitest';
import { pace } from '../../../src/worker/pacer.ts';

const blackouts = [{ fromNs: 1e9, toNs: 1.3e9 }];

describe('pacing', () => {
  test('time goes at the chosen speed', () => {
    expect(pace(0, 100, 5, [])).toEqual({ ns: 5e8, speed: 5 });
  });

  test('a blackout of 0.3 s takes 1.5 s on the screen', () => {
    // 0.9 s to its start at 5x take 180 ms, then 0.2 s per second.
    const inside = pace(1e8, 180 + 150, 5, blackouts);
    expect(inside.speed).toBeCloseTo(0.2);
    expect(inside.ns).toBe(1.03e9);
    let ns = 1e9;
    for (let ms = 0; ms < 1500; ms += 15) ({ ns } = pace(ns, 15, 5, blackouts));
    expect(ns).toBe(1.3e9);
  });

  test('a blackout that is long enough is not slowed', () => {
    expect(pace(1e9, 100, 5, [{ fromNs: 1e9, toNs: 21e9 }]).speed).toBe(5);
  });

  test('a hidden tab does not make the run leap', () => {
    expect(pace(0, 60_000, 1, []).ns).toBe(5e8);
  });
});
