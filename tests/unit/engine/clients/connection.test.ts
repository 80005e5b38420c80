/** What clients see of an outage, against the tables of facts E2. */
import { describe, expect, it } from 'vitest';
import {
  observe,
  settledNs,
  type ClientOutcome,
} from '../../../../src/engine/clients/connection.ts';
import { nextConnectNs, TIMERS } from '../../../../src/engine/clients/timers.ts';
import type { VmHistory } from '../../../../src/engine/clients/vmSpans.ts';
import type { ClientKind } from '../../../../src/engine/scenario.ts';
import { clients } from '../../../support/clusterBuilder.ts';

const S = 1_000_000_000;
const HOUR = 3600 * S;

type Seconds = readonly [fromS: number, toS: number | null];

const interval = ([fromS, toS]: Seconds) => ({
  fromNs: Math.round(fromS * S),
  toNs: toS === null ? null : Math.round(toS * S),
});

/** A VM that was paused, crashed or waited for its disk at these seconds. */
function vm(parts: {
  readonly paused?: readonly Seconds[];
  readonly crashed?: readonly Seconds[];
  readonly stalled?: readonly Seconds[];
  readonly redirected?: readonly Seconds[];
}): VmHistory {
  const { paused = [], crashed = [], stalled = [], redirected = [] } = parts;
  const outages = [
    ...paused.map((seconds) => ({ ...interval(seconds), lostNs: null })),
    ...crashed.map(interval).map((own) => ({ ...own, lostNs: own.fromNs })),
  ].toSorted((a, b) => a.fromNs - b.fromNs);
  return { outages, stalls: stalled.map(interval), redirected: redirected.map(interval) };
}

/** A client that asks each 100 s, so that its second request meets the first moment of what begins at 100 s. */
const client = (kind: ClientKind) => clients(kind, 1, 100_000);

const silenceS = (outcome: ClientOutcome): number => outcome.longestSilenceNs / S;

/** Silence in seconds of a client whose request meets the first moment of an outage; "reset" when it gives up. */
function noticed(kind: ClientKind, outageS: number): number | 'reset' {
  const seen = observe(client(kind), vm({ paused: [[100, 100 + outageS]] }), HOUR);
  return seen.lost === 1 ? 'reset' : silenceS(seen);
}

describe('a TCP client in a pause', () => {
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
    const endless = vm({ paused: [[100, null]] });
    const resetNs = Math.round((100 + reset) * S);
    expect(observe(client(kind), endless, resetNs)).toMatchObject({ kept: 0, lost: 1 });
    // One that has not given up yet is not lost yet.
    const early = observe(client(kind), endless, resetNs - 1);
    expect(early).toMatchObject({ kept: 1, lost: 0, asking: 1, reconnected: 0 });
    expect(early.longestSilenceNs).toBe(Math.round(reset * S) - 1);
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
    const seen = observe(client('windows-lan'), vm({ paused: [[100.2, 199.9]] }), HOUR);
    expect(seen).toMatchObject({ kept: 1, lost: 0, longestSilenceNs: 0 });
  });

  it('[CN4] repeats on through a second outage', () => {
    const history = vm({
      paused: [
        [100, 100.1],
        [100.2, 101],
      ],
    });
    // Repeated at 0.3 s and 0.9 s in the second outage, at 2.1 s after it.
    expect(silenceS(observe(client('windows-lan'), history, HOUR))).toBe(2.1);
  });

  it('[CN8] is silent until the end of the run when that comes first', () => {
    const seen = observe(client('linux-lan'), vm({ paused: [[100, null]] }), 102 * S);
    expect(silenceS(seen)).toBe(2);
  });

  it('[CN1] [CN4] has a schedule of its own in its group', () => {
    // Clients ask at 0, 0.25, 0.5, 0.75 s of every second; all of them ask within these 12 s and give up.
    const group = clients('windows-lan', 4, 1000);
    expect(observe(group, vm({ paused: [[100.2, 112.2]] }), HOUR).lost).toBe(4);
    // This one meets those of 0.25 s and 0.5 s. 0.25 -> 0.55 is in it, 1.15 answers; 0.5 -> 0.8 answers.
    expect(silenceS(observe(group, vm({ paused: [[100.2, 100.6]] }), HOUR))).toBe(0.9);
  });
});

describe('a TCP client that lost its connection', () => {
  // Source: facts E2, first table.
  it.each([
    ['windows-lan', [0, 3, 9], 21],
    ['linux-lan', [0, 1, 3, 7, 15, 31, 63], 127],
  ] as const)('[CN6] on %s connects by the times of facts E2', (kind, sends, fails) => {
    const { connect } = TIMERS[kind];
    const times: number[] = [];
    for (let ns = 0; ns < 2 * fails * S; ns = nextConnectNs(connect, 0, ns + 1)) times.push(ns / S);
    expect(times).toEqual([...sends, ...sends.map((send) => fails + send)]);
  });

  it('[CN6] has a new one when a try meets the running VM', () => {
    // Reset at 18.9 s; tries at 18.9, 21.9, 27.9, 39.9 s. The VM is back after 32 s, as in a quick migration of 4 GiB.
    const history = vm({ paused: [[100, 132]] });
    const at = (s: number) => observe(client('windows-lan'), history, Math.round(s * S));
    expect(at(139.8)).toMatchObject({ kept: 0, lost: 1, reconnected: 0, asking: 1 });
    expect(at(139.9)).toMatchObject({ kept: 0, lost: 1, reconnected: 1, asking: 0 });
    expect(silenceS(at(139.9))).toBe(39.9);
    expect(silenceS(at(3600))).toBe(39.9);
  });

  it('[CN6] goes on with its schedule, and can lose the new connection too', () => {
    const history = vm({
      paused: [
        [100, 120],
        [200, null],
      ],
    });
    const seen = observe(client('windows-lan'), history, 210 * S);
    expect(seen).toMatchObject({ lost: 1, reconnected: 1, asking: 1 });
    expect(seen.now).toEqual({ answered: 0, asking: 1, waiting: 0, lost: 0, reconnected: 0 });
    expect(observe(client('windows-lan'), history, 219 * S)).toMatchObject({
      lost: 1,
      reconnected: 0,
    });
  });
});

describe('a restart', () => {
  it.each(['windows-lan', 'linux-lan'] as const)(
    '[CN5] ends the connection of a %s client at its first repeat that is heard',
    (kind) => {
      // 8 s: a pause of that length is survived by both.
      const heard = kind === 'windows-lan' ? 109.3 : 112.6;
      const history = vm({ crashed: [[100, 108]] });
      const before = observe(client(kind), history, Math.round(heard * S) - 1);
      expect(before).toMatchObject({ kept: 1, asking: 1 });
      const after = observe(client(kind), history, Math.round(heard * S));
      expect(after).toMatchObject({ kept: 0, lost: 1, reconnected: 1, asking: 0 });
      expect(after.now.reconnected).toBe(1);
    },
  );

  it('[CN5] ends a connection that sent nothing meanwhile too, at its next request', () => {
    const history = vm({ crashed: [[110, 120]] });
    expect(observe(client('linux-lan'), history, 200 * S - 1)).toMatchObject({
      kept: 1,
      asking: 0,
    });
    const seen = observe(client('linux-lan'), history, 200 * S);
    expect(seen).toMatchObject({ kept: 0, lost: 1, reconnected: 1, longestSilenceNs: 0 });
  });

  it('[CN5] finds nobody connected whom an earlier one had thrown out, but the new connections', () => {
    const group = clients('windows-lan', 10, 1000);
    const history = vm({
      crashed: [
        [100, 170],
        [300, 370],
      ],
    });
    const between = observe(group, history, 250 * S);
    expect(between).toMatchObject({ kept: 0, lost: 10, reconnected: 10 });
    expect(observe(group, history, 340 * S)).toMatchObject({ reconnected: 0, asking: 10 });
    expect(observe(group, history, 450 * S)).toMatchObject({ reconnected: 10, asking: 0 });
  });

  it('[CN4] comes too late for a client that had given up before', () => {
    const history = vm({ crashed: [[100, 160]] });
    expect(observe(client('windows-lan'), history, 118.9 * S)).toMatchObject({ lost: 1 });
    // It tries at 118.9 and each 21 s from then on, with two repeats: 160.9 is the first after 160.
    expect(silenceS(observe(client('windows-lan'), history, HOUR))).toBe(60.9);
  });
});

describe('a stall of the disk', () => {
  it('[CN7] delays the answer, repeats nothing and ends no connection, however long it is', () => {
    const history = vm({ stalled: [[100, 130]] });
    const during = observe(client('windows-lan'), history, 120 * S);
    expect(during.now).toEqual({ answered: 0, asking: 0, waiting: 1, lost: 0, reconnected: 0 });
    const seen = observe(client('windows-lan'), history, 150 * S);
    expect(seen).toMatchObject({ kept: 1, lost: 0, asking: 0 });
    expect(silenceS(seen)).toBe(30);
  });

  it('[CN7] that begins with a pause is waited for after it', () => {
    // Repeated at 0.3 s and heard; answered when the disk answers.
    const history = vm({ paused: [[100, 100.2]], stalled: [[100, 107]] });
    expect(silenceS(observe(client('windows-lan'), history, HOUR))).toBe(7);
  });

  it('[CN7] with a pause inside is waited for, since the guest has the request', () => {
    const history = vm({ paused: [[105, 135]], stalled: [[100, 140]] });
    const seen = observe(client('windows-lan'), history, HOUR);
    expect([seen.lost, silenceS(seen)]).toEqual([0, 40]);
  });

  it('[CN7] in which the guest is lost makes the client ask again', () => {
    // Heard at 100, lost with the guest at 105, asked again at 200, and refused then.
    const history = vm({ crashed: [[105, 170]], stalled: [[100, 105]] });
    expect(observe(client('linux-lan'), history, 180 * S).now.waiting).toBe(1);
    const seen = observe(client('linux-lan'), history, 200 * S);
    expect(seen).toMatchObject({ lost: 1, reconnected: 1, asking: 0 });
    expect(silenceS(seen)).toBe(100);
  });
});

describe('redirected I/O', () => {
  it('[CN2] loses and delays nothing', () => {
    const history = vm({ redirected: [[50, null]] });
    for (const kind of ['windows-lan', 'linux-lan', 'ping'] as const) {
      expect(observe(client(kind), history, HOUR)).toMatchObject({ kept: 1, longestSilenceNs: 0 });
    }
  });
});

describe('a ping', () => {
  it('[CN3] is not repeated: one that meets a stopped VM is lost, and nothing else happens', () => {
    const group = clients('ping', 1, 1000);
    const seen = (fromS: number, toS: number | null, untilS = 3600) => {
      const outcome = observe(group, vm({ crashed: [[fromS, toS]] }), untilS * S);
      return [outcome.lost, outcome.asking, silenceS(outcome)];
    };
    // Between two pings.
    expect(seen(10.1, 10.9)).toEqual([0, 0, 0]);
    // Lost at 11, answered at 12.
    expect(seen(10.9, 11.1)).toEqual([0, 0, 1]);
    // Lost at 11 to 110.
    expect(seen(10.9, 110.1)).toEqual([0, 0, 100]);
    expect(seen(10.9, 12)).toEqual([0, 0, 1]);
    expect(seen(10.9, null, 20.5)).toEqual([0, 1, 9.5]);
  });

  it('[CN3] is answered while the disk is not', () => {
    const seen = observe(clients('ping', 3, 1000), vm({ stalled: [[10, 100]] }), 50 * S);
    expect(seen).toMatchObject({ asking: 0, longestSilenceNs: 0 });
  });
});

describe('a group', () => {
  it('[CN9] is at rest from the start when nothing disturbs it', () => {
    expect(settledNs(clients('linux-lan', 12), vm({ paused: [[100.01, 100.02]] }))).toBe(0);
  });

  it('[CN9] comes to rest with its last late answer, refusal or new connection', () => {
    expect(settledNs(client('linux-lan'), vm({ paused: [[100, 132]] })) / S).toBe(151);
    expect(settledNs(client('windows-lan'), vm({ paused: [[100, 132]] })) / S).toBe(139.9);
    expect(settledNs(client('windows-lan'), vm({ crashed: [[110, 120]] })) / S).toBe(200);
    expect(settledNs(client('windows-lan'), vm({ stalled: [[100, 107]] })) / S).toBe(107);
    expect(settledNs(client('ping'), vm({ paused: [[100, 101]] })) / S).toBe(200);
  });

  it('[CN9] rests with its last loss when the VM never comes back', () => {
    expect(settledNs(client('windows-lan'), vm({ paused: [[100, null]] })) / S).toBe(118.9);
  });
});
