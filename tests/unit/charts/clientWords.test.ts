import { describe, expect, it } from 'vitest';
import {
  isUnanswered,
  keptText,
  spokenText,
  standingText,
  stripText,
} from '../../../src/charts/clientWords.ts';
import { STRIP_KINDS, STRIP_MARKS } from '../../../src/protocol/frameColumns.ts';
import type { ClientRow } from '../../../src/protocol/frameSummary.ts';
import type { FrameMessage } from '../../../src/protocol/messages.ts';
import { frameOf } from '../../support/chartRows.ts';

const nobody = { answered: 0, asking: 0, waiting: 0, lost: 0, reconnected: 0 };

function group(
  now: Partial<ClientRow['now']>,
  kind: ClientRow['kind'] = 'windows-lan',
  kept?: number,
): ClientRow {
  const standing = { ...nobody, ...now };
  const count = Object.values(standing).reduce((sum, n) => sum + n, 0);
  return { kind, count, kept: kept ?? count, now: standing, longestSilenceNs: 0 };
}

/** The second group pings; its newest pings took so many microseconds, null for those without an answer. */
function pingFrame(...trips: readonly (number | null)[]): FrameMessage {
  const clients = [group({ answered: 1 }), group({ answered: 3 }, 'ping')];
  return frameOf({ clients }, ({ stripKinds, stripRoundTrips }) => {
    trips.forEach((us, index) => {
      stripKinds[STRIP_MARKS + index] = us === null ? STRIP_KINDS.unanswered : STRIP_KINDS.answered;
      stripRoundTrips[STRIP_MARKS + index] = us ?? 0;
    });
  });
}

describe('standingText', () => {
  it('says the worst, and of how many', () => {
    const said: readonly (readonly [ClientRow, string])[] = [
      [group({ answered: 12 }), 'all answered'],
      [group({ answered: 1 }), 'answered'],
      [group({ asking: 12 }), '12 ask again'],
      [group({ asking: 1, answered: 11 }), '1 asks again'],
      [group({ lost: 5, asking: 7 }), '5 lost'],
      [group({ waiting: 12 }), '12 wait'],
      [group({ waiting: 1, reconnected: 3 }), '1 waits'],
      [group({ reconnected: 12 }), '12 reconnected'],
      [group({ asking: 2, answered: 1 }, 'ping'), 'no answer'],
    ];
    expect(said.map(([row]) => standingText([row]))).toEqual(said.map(([, text]) => text));
  });

  it('adds up groups, but pings never ask again', () => {
    const windows = group({ asking: 12 });
    const linux = group({ asking: 3, answered: 9 }, 'linux-lan');
    const pings = group({ asking: 3 }, 'ping');
    expect(standingText([windows, linux, pings])).toBe('15 ask again');
    expect(standingText([group({ answered: 12 }), pings])).toBe('no answer');
    expect(standingText([group({ answered: 1 }), group({ answered: 1 })])).toBe('all answered');
  });
});

describe('stripText', () => {
  it('says the newest round trip of pings', () => {
    expect(stripText(pingFrame(600, 840), 1)).toBe('ping 0.8\u00a0ms');
    expect(stripText(pingFrame(600, 42_000), 1)).toBe('ping 42\u00a0ms');
    expect(stripText(pingFrame(600, null), 1)).toBe('no answer');
    expect(stripText(pingFrame(), 1)).toBe('');
  });

  it('says how the clients of a TCP group stand, and nothing of a group that is not there', () => {
    const frame = frameOf({ clients: [group({ asking: 12 })] });
    expect([stripText(frame, 0), stripText(frame, 1)]).toEqual(['12 ask again', '']);
  });
});

describe('spokenText', () => {
  it('adds what became of the connections, which pings have not', () => {
    const frame = frameOf({ clients: [group({ lost: 2, answered: 10 }, 'linux-lan', 10)] });
    expect(spokenText(frame, 0)).toBe('2 lost; 10 connections kept, 2 lost');
    expect(spokenText(pingFrame(600), 1)).toBe('ping 0.6\u00a0ms');
    expect(spokenText(frame, 1)).toBe('');
    expect(keptText({ kept: 1, count: 1 })).toBe('1 connection kept, 0 lost');
  });
});

describe('isUnanswered', () => {
  it('holds while a client has no answer or no connection', () => {
    const holds = (now: Partial<ClientRow['now']>): boolean =>
      isUnanswered(frameOf({ clients: [group(now)] }), 0);
    expect([holds({ asking: 1 }), holds({ lost: 1, answered: 2 })]).toEqual([true, true]);
    expect([holds({ answered: 1 }), holds({ waiting: 1 }), holds({ reconnected: 1 })]).toEqual([
      false,
      false,
      false,
    ]);
    expect([isUnanswered(pingFrame(null), 1), isUnanswered(pingFrame(600), 1)]).toEqual([
      true,
      false,
    ]);
  });
});
