import { describe, expect, it } from 'vitest';
import {
  nextRequestNs,
  pingMicroseconds,
  requestNs,
  scheduleOf,
} from '../../../../src/engine/clients/requests.ts';
import { clients } from '../../../support/clusterBuilder.ts';

const S = 1_000_000_000;

describe('requests', () => {
  it('[CN1] of a group are spread evenly over one interval', () => {
    const group = clients('ping', 4, 1000);
    const times = [0, 1, 2, 3].flatMap((client) =>
      [0, 1].map((k) => requestNs(scheduleOf(group, client), k) / S),
    );
    expect(times).toEqual([0, 1, 0.25, 1.25, 0.5, 1.5, 0.75, 1.75]);
    expect(requestNs(scheduleOf(clients('ping', 3, 1000), 1), 7)).toBe(7_333_333_333);
  });

  it('[CN1] begin with the run; the next one is the first that is not earlier', () => {
    const schedule = scheduleOf(clients('ping', 4, 1000), 1);
    const next = [-5, 0, 0.25, 0.2500001, 1.25].map((s) => nextRequestNs(schedule, s * S) / S);
    expect(next).toEqual([0.25, 0.25, 0.25, 1.25, 1.25]);
  });

  it('[CN1] are found exactly after 11 days of one request each millisecond', () => {
    const schedule = scheduleOf(clients('ping', 7, 1), 3);
    for (const k of [0, 1, 999_999_998, 999_999_999]) {
      const ns = requestNs(schedule, k);
      expect(nextRequestNs(schedule, ns)).toBe(ns);
      expect(nextRequestNs(schedule, ns + 1)).toBe(requestNs(schedule, k + 1));
    }
  });

  it('[CN2] are answered in 0.6 to 1.0 ms, the same in every run', () => {
    const times = Array.from({ length: 2000 }, (_, k) => pingMicroseconds(1, 0, k));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(600);
    expect(Math.min(...times)).toBeLessThan(605);
    expect(Math.max(...times)).toBeLessThan(1000);
    expect(Math.max(...times)).toBeGreaterThan(995);
    expect(pingMicroseconds(1, 0, 5)).toBe(times[5]);
    expect(pingMicroseconds(1, 1, 5) === times[5] && pingMicroseconds(2, 0, 5) === times[5]).toBe(
      false,
    );
  });
});
