/** What clients see, against the slow and plain client beside this file, over outages and stalls of all kinds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { observe, settledNs } from '../../../../src/engine/clients/connection.ts';
import { momentsOf, type Moment } from '../../../../src/engine/clients/moments.ts';
import { scheduleOf } from '../../../../src/engine/clients/requests.ts';
import type { VmHistory } from '../../../../src/engine/clients/vmSpans.ts';
import { clients } from '../../../support/clusterBuilder.ts';
import { TICK_NS, watchSlowly, type SlowKind, type SlowResult } from './slowClient.ts';

const SEED = 20_080_227;

const ticks = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 12 }) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 300 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 1500 }) },
  { weight: 1, arbitrary: fc.integer({ min: 7900, max: 9400 }) },
);

/** `gap` after the one before, `length` long; both in ticks. */
const pieces = fc.array(fc.record({ gap: ticks, length: ticks, restart: fc.boolean() }), {
  maxLength: 5,
});

interface Piece {
  readonly fromNs: number;
  readonly toNs: number | null;
  readonly lostNs: number | null;
}

function placed(
  list: readonly { readonly gap: number; readonly length: number; readonly restart: boolean }[],
  lastIsOpen: boolean,
): Piece[] {
  let tick = 0;
  return list.map(({ gap, length, restart }, index) => {
    const fromNs = (tick + gap) * TICK_NS;
    tick += gap + length;
    const toNs = lastIsOpen && index === list.length - 1 ? null : tick * TICK_NS;
    return { fromNs, toNs, lostNs: restart ? fromNs : null };
  });
}

const history = fc
  .record({ outages: pieces, outageOpen: fc.boolean(), stalls: pieces, stallOpen: fc.boolean() })
  .map(({ outages, outageOpen, stalls, stallOpen }): VmHistory => {
    return {
      outages: placed(outages, outageOpen),
      stalls: placed(stalls, stallOpen),
      redirected: [],
    };
  });

const groups = fc.record({
  count: fc.constantFrom(1, 2, 5),
  everyTicks: fc.constantFrom(10, 20, 70, 600),
});

const run = fc.record({
  history,
  group: groups,
  share: fc.double({ min: 0, max: 1, noNaN: true }),
});

interface Run {
  readonly history: VmHistory;
  readonly group: { readonly count: number; readonly everyTicks: number };
  /** Where in the run one looks. */
  readonly share: number;
}

/** Long enough for every client to come to rest: the longest waits are 120 s and a connect() of 127 s. */
function lastTickOf({ outages, stalls }: VmHistory, everyTicks: number): number {
  const ends = [...outages, ...stalls].map(({ fromNs, toNs }) => (toNs ?? fromNs) / TICK_NS);
  return Math.max(0, ...ends) + everyTicks + 2600;
}

function watchGroup(kind: SlowKind, { history, group }: Run, untilTick: number): SlowResult[] {
  const { count, everyTicks } = group;
  return Array.from({ length: count }, (_, client) => {
    const firstTick = (everyTicks * client) / count;
    return watchSlowly(kind, { firstTick, everyTicks }, history, untilTick);
  });
}

const inOrder = (moments: readonly Pick<Moment, 'ns' | 'kind'>[]): string[] =>
  moments
    .map(({ ns, kind }) => `${String(ns / TICK_NS).padStart(6)} ${kind}`)
    .toSorted((a, b) => (a < b ? -1 : 1));

/** How often each thing happened in all runs, so that none of them is missing. */
const seen = new Map<string, number>();

describe.each(['windows-lan', 'linux-lan', 'ping'] as const)('%s', (kind) => {
  it(`[CN8] sees what the slow client sees (seed ${SEED})`, () => {
    fc.assert(
      fc.property(run, (setup) => {
        const { history, share } = setup;
        const group = clients(kind, setup.group.count, setup.group.everyTicks * 100);
        const untilTick = Math.round(lastTickOf(history, setup.group.everyTicks) * share);
        const slow = watchGroup(kind, setup, untilTick);
        const fast = observe(group, history, untilTick * TICK_NS);
        const lost = slow.filter(({ everLost }) => everLost).length;
        const now: Record<string, number> = {};
        for (const { standing } of slow) now[standing] = (now[standing] ?? 0) + 1;
        expect(fast).toMatchObject({ kept: group.count - lost, lost, now });
        expect(fast.reconnected).toBe(lost - (now['lost'] ?? 0));
        expect(fast.asking).toBe((now['asking'] ?? 0) + (now['waiting'] ?? 0) + fast.now.lost);
        expect(fast.longestSilenceNs).toBe(
          Math.max(...slow.map(({ longestSilenceNs }) => longestSilenceNs)),
        );
        for (const [standing, count] of Object.entries(now)) {
          seen.set(standing, (seen.get(standing) ?? 0) + count);
        }
      }),
      { seed: SEED, numRuns: 600 },
    );
  });

  it(`[CN9] comes to rest when the slow client does (seed ${SEED})`, () => {
    fc.assert(
      fc.property(run, (setup) => {
        const { history } = setup;
        const open = [...history.outages, ...history.stalls].some(({ toNs }) => toNs === null);
        fc.pre(!open);
        const group = clients(kind, setup.group.count, setup.group.everyTicks * 100);
        const settled = settledNs(group, history);
        const restsAt = (tick: number): boolean =>
          watchGroup(kind, setup, tick).every(({ standing }) =>
            ['answered', 'reconnected'].includes(standing),
          );
        const last = Math.max(
          0,
          ...watchGroup(kind, setup, lastTickOf(history, setup.group.everyTicks)).map(lastChange),
        );
        expect(settled / TICK_NS).toBe(last);
        expect(last === 0 || restsAt(last)).toBe(true);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

/** Tick of the last late answer or new connection; of a ping, of the answer after the last one that was lost. */
function lastChange({ moments }: SlowResult): number {
  const isLate = ({ kind }: { kind: Moment['kind'] }): boolean =>
    kind === 'late' || kind === 'reconnected';
  const late = moments.findLast(isLate);
  if (late !== undefined) return late.ns / TICK_NS;
  const lostPing = moments.findLastIndex(({ kind }) => kind === 'unanswered');
  return lostPing < 0 ? 0 : moments[lostPing + 1]!.ns / TICK_NS;
}

describe('the moments of a TCP client', () => {
  it.each(['windows-lan', 'linux-lan'] as const)(
    `[CN4] [CN5] [CN6] [CN7] on %s are those of the slow client (seed ${SEED})`,
    (kind) => {
      const kinds = new Set<string>();
      fc.assert(
        fc.property(run, fc.nat(), fc.nat(), (setup, from, length) => {
          const { history } = setup;
          const group = clients(kind, setup.group.count, setup.group.everyTicks * 100);
          const schedule = scheduleOf(group, 0);
          const lastTick = lastTickOf(history, setup.group.everyTicks);
          const fromNs = (from % lastTick) * TICK_NS;
          const toNs = Math.min(lastTick * TICK_NS, fromNs + (length % 3000) * TICK_NS);
          const fast = momentsOf(
            { kind, schedule, client: 0, seed: 1, fromNs, toNs, every: 1, apartNs: 0 },
            history,
          );
          const slow = watchSlowly(
            kind,
            { firstTick: 0, everyTicks: setup.group.everyTicks },
            history,
            toNs / TICK_NS,
          ).moments.filter(({ ns }) => ns >= fromNs);
          expect(inOrder(fast)).toEqual(inOrder(slow));
          for (const moment of slow) kinds.add(moment.kind);
        }),
        { seed: SEED, numRuns: 600 },
      );
      expect([...kinds].toSorted()).toEqual([
        'answered',
        'late',
        'lost',
        'reconnected',
        'unanswered',
      ]);
    },
  );

  it('[CN8] every standing came up in the runs above', () => {
    expect([...seen.keys()].toSorted()).toEqual([
      'answered',
      'asking',
      'lost',
      'reconnected',
      'waiting',
    ]);
    expect(Math.min(...seen.values())).toBeGreaterThan(20);
  });
});
