import { describe, expect, it } from 'vitest';
import { momentsOf, type Watch } from '../../../../src/engine/clients/moments.ts';
import { REDIRECTED_FACTOR, scheduleOf } from '../../../../src/engine/clients/requests.ts';
import type { VmHistory } from '../../../../src/engine/clients/vmSpans.ts';
import { clients } from '../../../support/clusterBuilder.ts';

const S = 1_000_000_000;
const calm: VmHistory = { outages: [], stalls: [], redirected: [] };

const watch: Watch = {
  kind: 'windows-lan',
  schedule: scheduleOf(clients('windows-lan', 12, 1000), 0),
  client: 0,
  seed: 1,
  fromNs: 0,
  toNs: 60 * S,
  every: 1,
  apartNs: 0,
};

const secondsOf = (kind: string, change: Partial<Watch>, history: VmHistory): number[] =>
  momentsOf({ ...watch, ...change }, history)
    .filter((moment) => moment.kind === kind)
    .map(({ ns }) => ns / S);

describe('the moments of a client', () => {
  it('[CN2] are answers alone while nothing disturbs it, back to before the run began', () => {
    const moments = momentsOf({ ...watch, fromNs: -3 * S, toNs: 2 * S }, calm);
    expect(moments.map(({ ns, kind }) => [ns / S, kind])).toEqual(
      [-3, -2, -1, 0, 1, 2].map((s) => [s, 'answered']),
    );
    for (const { roundTripUs } of moments) {
      expect(roundTripUs).toBeGreaterThanOrEqual(600);
      expect(roundTripUs).toBeLessThan(1000);
    }
  });

  it('[CN2] take three times as long while I/O goes through the coordinator', () => {
    const redirected = [{ fromNs: 10 * S, toNs: 20 * S }];
    const direct = momentsOf(watch, calm);
    momentsOf(watch, { ...calm, redirected }).forEach(({ ns, roundTripUs }, index) => {
      const factor = ns >= 10 * S && ns < 20 * S ? REDIRECTED_FACTOR : 1;
      expect(roundTripUs).toBe(direct[index]!.roundTripUs * factor);
    });
    expect(REDIRECTED_FACTOR).toBe(3);
  });

  it('[CN4] [CN6] can be thinned: answers by their number, transmissions by the time between', () => {
    const history = { ...calm, outages: [{ fromNs: 30.5 * S, toNs: null, lostNs: null }] };
    expect(secondsOf('answered', { every: 10 }, history)).toEqual([0, 10, 20, 30]);
    // Sent at 31; repeated after 0.3, 0.9, 2.1, 4.5, 9.3 s; lost at 49.9; tries after 3 and 9 s.
    const all = [31, 31.3, 31.9, 33.1, 35.5, 40.3, 52.9, 58.9];
    expect(secondsOf('unanswered', {}, history)).toEqual(all);
    expect(secondsOf('unanswered', { apartNs: 1 * S }, history)).toEqual([
      31, 33.1, 35.5, 40.3, 52.9, 58.9,
    ]);
    expect(secondsOf('lost', { apartNs: 9 * S }, history)).toEqual([49.9]);
  });
});
