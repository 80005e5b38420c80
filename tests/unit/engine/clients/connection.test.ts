/** What clients see of an outage, against the tables of facts E2. */
import { describe, expect, it } from 'vitest';
import {
  answeredAt,
  observe,
  pingMicroseconds,
  requestNs,
} from '../../../../src/engine/clients/connection.ts';
import type { ClientKind } from '../../../../src/engine/scenario.ts';
import { clients } from '../../../support/clusterBuilder.ts';

const S = 1_000_000_000;
const HOUR = 3600 * S;

/** Silence in seconds of a client whose request meets the first moment of an outage; "reset" when it gives up. */
function noticed(kind: ClientKind, outageS: number): number | 'reset' {
  const outages = [{ fromNs: 100 * S, toNs: Math.round((100 + outageS) * S) }];
  const seen = observe(clients(kind, 1, 100_000), outages, HOUR);
  return seen.lost === 1 ? 'reset' : seen.longestSilenceNs / S;
}

describe('a TCP client', () => {
  // Source: facts E2, third table.
  it.each([
    [0.05, 0.3, 0.2],
    [0.5, 0.9, 0.6],
    [1, 2.1, 1.4],
    [2, 2.1, 3.0],
    [5, 9.3, 6.2],
    [8, 9.3, 12.6],
    [16, 'reset', 25.4],
    [32, 'reset', 51.0],
  ] as const)(
    '[CN4] notices the end of an outage of %d s after %s s (Windows), %s s (Linux)',
    (outageS, windows, linux) => {
      expect(noticed('windows-lan', outageS)).toBe(windows);
      expect(noticed('linux-lan', outageS)).toBe(linux);
    },
  );

  // Source: facts E2, first table: an outage may last up to the last retransmission.
  it.each([
    ['windows-lan', 9.3, 18.9],
    ['linux-lan', 804.6, 924.6],
  ] as const)('[CN4] on %s survives %d s and is reset after %d s', (kind, survives, reset) => {
    expect(noticed(kind, survives)).toBe(survives);
    expect(noticed(kind, survives + 0.001)).toBe('reset');
    const outages = [{ fromNs: 100 * S, toNs: null }];
    const group = clients(kind, 1, 100_000);
    const endless = observe(group, outages, HOUR);
    expect(endless).toEqual({ kept: 0, lost: 1, longestSilenceNs: reset * S });
    // One that has not given up yet is not lost yet.
    const early = observe(group, outages, Math.round((100 + reset) * S) - 1);
    expect(early).toEqual({ kept: 1, lost: 0, longestSilenceNs: Math.round(reset * S) - 1 });
  });

  it.each([
    ['windows-lan', [0.3, 0.9, 2.1, 4.5, 9.3]],
    [
      'linux-lan',
      [0.2, 0.6, 1.4, 3.0, 6.2, 12.6, 25.4, 51.0, 102.2, 204.6, 324.6, 444.6, 564.6, 684.6, 804.6],
    ],
  ] as const)('[CN4] on %s repeats at the times of facts E2', (kind, times) => {
    // An outage a little longer than one time is noticed at the next.
    times.forEach((time, index) => {
      const next = times[index + 1];
      expect(noticed(kind, time)).toBe(time);
      expect(noticed(kind, time + 0.0001)).toBe(next ?? 'reset');
    });
  });

  it('[CN4] that sends nothing while the VM is paused sees nothing', () => {
    const group = clients('windows-lan', 1, 1000);
    const outages = [{ fromNs: 100.2 * S, toNs: 100.9 * S }];
    expect(observe(group, outages, HOUR)).toEqual({ kept: 1, lost: 0, longestSilenceNs: 0 });
  });

  it('[CN4] repeats on through a second outage', () => {
    const outages = [
      { fromNs: 100 * S, toNs: 100.1 * S },
      { fromNs: 100.2 * S, toNs: 101 * S },
    ];
    // Repeated at 0.3 s and 0.9 s in the second outage, at 2.1 s after it.
    const group = clients('windows-lan', 1, 100_000);
    expect(observe(group, outages, HOUR).longestSilenceNs).toBe(2.1 * S);
  });

  it('[CN4] is silent until the end of the run when that comes first', () => {
    const outages = [{ fromNs: 100 * S, toNs: null }];
    const group = clients('linux-lan', 1, 100_000);
    expect(observe(group, outages, 102 * S).longestSilenceNs).toBe(2 * S);
  });

  it('[CN4] counts each client of a group by its own schedule', () => {
    // Clients ask at 0, 0.25, 0.5, 0.75 s of every second; the outage meets those at 0.25 and 0.5 s.
    const group = clients('windows-lan', 4, 1000);
    const outages = [{ fromNs: 100.2 * S, toNs: 112.2 * S }];
    // Repeats of the one at 0.5: 100.8 … 109.8; both give up. Later ones, from 0.75 and 1.0 s, give up too.
    expect(observe(group, outages, HOUR)).toMatchObject({ kept: 0, lost: 4 });
    const short = [{ fromNs: 100.2 * S, toNs: 100.6 * S }];
    // 0.25 -> 0.55 is in the outage, 1.15 answers; 0.5 -> 0.8 answers.
    expect(observe(group, short, HOUR).longestSilenceNs).toBe(0.9 * S);
  });
});

describe('requests', () => {
  it('[CN1] of a group are spread evenly over one interval', () => {
    const group = clients('ping', 4, 1000);
    const times = [0, 1, 2, 3].flatMap((client) =>
      [0, 1].map((k) => requestNs(group, client, k) / S),
    );
    expect(times).toEqual([0, 1, 0.25, 1.25, 0.5, 1.5, 0.75, 1.75]);
    const three = clients('ping', 3, 1000);
    expect(requestNs(three, 1, 7)).toBe(7_333_333_333);
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

  it('[CN2] are answered while the VM runs: before the pause and from the resume on', () => {
    const outages = [{ fromNs: 10, toNs: 20 }];
    expect([9, 10, 19, 20].map((ns) => answeredAt(outages, ns))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(answeredAt([{ fromNs: 10, toNs: null }], 1e12)).toBe(false);
  });
});

describe('a ping', () => {
  it('[CN3] is not repeated: one that meets a paused VM is lost, and nothing else happens', () => {
    const group = clients('ping', 1, 1000);
    const seen = (fromS: number, toS: number | null, untilS = 3600) => {
      const outages = [{ fromNs: fromS * S, toNs: toS === null ? null : toS * S }];
      const { lost, longestSilenceNs } = observe(group, outages, untilS * S);
      return [lost, longestSilenceNs / S];
    };
    // Between two pings.
    expect(seen(10.1, 10.9)).toEqual([0, 0]);
    // Lost at 11, answered at 12.
    expect(seen(10.9, 11.1)).toEqual([0, 1]);
    // Lost at 11 to 110.
    expect(seen(10.9, 110.1)).toEqual([0, 100]);
    expect(seen(10.9, 12)).toEqual([0, 1]);
    expect(seen(10.9, null, 20.5)).toEqual([0, 9.5]);
  });
});
