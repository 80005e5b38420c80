import { describe, expect, it, test } from 'vitest';
import { createClusterState } from '../../../src/engine/cluster/clusterState.ts';
import type { VmState } from '../../../src/engine/cluster/vmState.ts';
import type { ClientSpec } from '../../../src/engine/scenario.ts';
import {
  createFrameBuffers,
  STRIP_KINDS,
  STRIP_MARKS,
  STRIP_SLOT,
} from '../../../src/protocol/frameColumns.ts';
import { clientRows, drawStrips } from '../../../src/worker/clientStrips.ts';
import { clients, cluster } from '../../support/clusterBuilder.ts';

const S = 1_000_000_000;

/** Seconds of an outage. */
type Pause = readonly [fromS: number, toS: number | null];

function shownAt(seconds: number, groups: readonly ClientSpec[], pauses: readonly Pause[]) {
  const scenario = cluster({ vms: [{}, { clients: groups }] });
  const state = createClusterState(scenario);
  const vm: VmState = state.vms[1]!;
  vm.outages = pauses.map(([fromS, toS]) => ({
    fromNs: fromS * S,
    toNs: toS === null ? null : toS * S,
    lostNs: null,
  }));
  return { scenario, state, timeNs: Math.round(seconds * S) };
}

const names = Object.entries(STRIP_KINDS);

/** The marks of a strip, oldest first; places in slots. */
function stripAt(
  seconds: number,
  groups: readonly ClientSpec[],
  pauses: readonly Pause[] = [],
  row = 0,
) {
  const buffers = createFrameBuffers();
  // What an older frame left behind.
  buffers.stripKinds.fill(STRIP_KINDS.lost);
  drawStrips(shownAt(seconds, groups, pauses), 1, buffers);
  const start = row * STRIP_MARKS;
  const kinds = buffers.stripKinds.subarray(start, start + STRIP_MARKS);
  const end = kinds.indexOf(STRIP_KINDS.none);
  const marks = Array.from(kinds.subarray(0, end < 0 ? STRIP_MARKS : end), (code, index) => ({
    kind: names.find(([, value]) => value === code)![0],
    slot: buffers.stripPlaces[start + index]! / STRIP_SLOT,
    us: buffers.stripRoundTrips[start + index]!,
  }));
  return { slots: buffers.stripSlots[row], marks };
}

const slotsOf = (kind: string, strip: ReturnType<typeof stripAt>): number[] =>
  strip.marks.filter((mark) => mark.kind === kind).map(({ slot }) => slot);

describe('the strip of pings', () => {
  const pings = [clients('ping', 3, 300)];

  it('[CN2] shows the newest of all clients, answered in 0.6 to 1.0 ms, back to before the run', () => {
    const { slots, marks } = stripAt(0, pings);
    expect(slots).toBe(STRIP_MARKS);
    expect(marks.map(({ slot }) => slot)).toEqual(Array.from({ length: STRIP_MARKS }, (_, i) => i));
    const times = marks.map(({ us }) => us);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(600);
    expect(Math.max(...times)).toBeLessThanOrEqual(1000);
    expect(new Set(times).size).toBeGreaterThan(50);
  });

  it('[CN1] [CN3] of three clients every 300 ms shows a blackout of 0.3 s as three lost pings', () => {
    const strip = stripAt(10, pings, [[8.05, 8.35]]);
    // One ping each 0.1 s, the newest at 10.0 s in slot 119.
    expect(slotsOf('unanswered', strip)).toEqual([100, 101, 102]);
    expect(slotsOf('answered', strip)).toHaveLength(STRIP_MARKS - 3);
  });
});

describe('the strip of TCP clients', () => {
  const windows = [clients('windows-lan', 12, 1000)];

  it('[CN2] is one client alone: forty requests, one in each slot', () => {
    const { slots, marks } = stripAt(100.9, windows);
    expect(slots).toBe(40);
    expect(marks.map(({ slot }) => slot)).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect(new Set(marks.map(({ kind }) => kind))).toEqual(new Set(['answered']));
  });

  it('[CN1] stands still between two requests and then moves on by a slot', () => {
    const pause: Pause[] = [[90.5, 92.5]];
    const early = stripAt(100, windows, pause);
    expect(stripAt(100.999, windows, pause)).toEqual(early);
    const next = stripAt(101, windows, pause);
    expect(slotsOf('unanswered', next)).toEqual(
      slotsOf('unanswered', early).map((slot) => slot - 1),
    );
  });

  it('[CN4] shows repeats at growing distances, and the late answer as long as it took', () => {
    const strip = stripAt(100, windows, [[70.5, 78]]);
    // The newest slot begins at 100 s: slot 0 at 61 s.
    const after = slotsOf('unanswered', strip).map((slot) => Number((slot - 10).toFixed(1)));
    expect(after).toEqual([0, 0.3, 0.9, 2.1, 4.5]);
    expect(slotsOf('late', strip)[0]).toBeCloseTo(10 + 9.3, 2);
    expect(strip.marks.find(({ kind }) => kind === 'late')!.us).toBe(65_535);
    // While the request was open no other was sent.
    expect(slotsOf('answered', strip).filter((slot) => slot >= 10 && slot < 20)).toEqual([]);
  });

  it('[CN4] [CN6] shows the end of a connection and the new one', () => {
    const strip = stripAt(100, windows, [[70.5, 92]]);
    // Lost at 89.9 s; tries at 92.9 s: the first that is heard.
    expect(slotsOf('lost', strip)[0]).toBeCloseTo(28.9, 2);
    expect(slotsOf('reconnected', strip)[0]).toBeCloseTo(31.9, 2);
    expect(slotsOf('answered', strip).at(-1)).toBe(39);
  });

  it('spans 20 s of fast clients, with one answer in each slot', () => {
    const strip = stripAt(100, [clients('linux-lan', 1, 50)], [[90.01, 90.3]]);
    expect(strip.slots).toBe(40);
    // The newest slot begins at 100 s, a slot is 0.5 s.
    expect(slotsOf('unanswered', strip)[0]).toBeCloseTo(39 - (100 - 90.05) / 0.5, 2);
    expect(slotsOf('late', strip)[0]).toBeCloseTo(39 - (100 - 90.65) / 0.5, 2);
    expect(slotsOf('answered', strip)).toHaveLength(39);
  });

  it('holds the newest marks where there are too many', () => {
    // A slot is an hour, and connect() is tried all the time.
    const strip = stripAt(400_000, [clients('windows-lan', 1, 3_600_000)], [[1, null]]);
    expect(strip.marks).toHaveLength(STRIP_MARKS);
    expect(strip.marks.at(-1)!.slot).toBeGreaterThan(38);
  });
});

test('strips of groups that do not exist are empty', () => {
  for (const row of [1, 2, 3]) {
    expect(stripAt(50, [clients('ping', 3, 300)], [], row)).toEqual({ slots: 0, marks: [] });
  }
});

test('each group has its own strip, up to four', () => {
  const groups = [
    clients('ping', 1),
    clients('windows-lan', 2),
    clients('ping', 3),
    clients('linux-lan', 4),
    clients('ping', 5),
  ];
  const slots = [0, 1, 2, 3].map((row) => stripAt(50, groups, [], row).slots);
  expect(slots).toEqual([120, 40, 120, 40]);
});

test('[CN8] a row for each group of the VM says where its clients stand', () => {
  const groups = [clients('windows-lan', 12, 1000), clients('ping', 3, 300)];
  const shown = shownAt(119.5, groups, [[100, null]]);
  // All asked from 100 s on; those of the first half second have given up.
  expect(clientRows(shown, 1)).toEqual([
    {
      kind: 'windows-lan',
      count: 12,
      kept: 4,
      now: { answered: 0, asking: 4, waiting: 0, lost: 8, reconnected: 0 },
      longestSilenceNs: 19.5 * S,
    },
    {
      kind: 'ping',
      count: 3,
      kept: 3,
      now: { answered: 0, asking: 3, waiting: 0, lost: 0, reconnected: 0 },
      longestSilenceNs: 19.5 * S,
    },
  ]);
  expect(clientRows(shown, 0)).toEqual([]);
});
