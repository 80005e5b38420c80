/**
 * The client strips above the nodes, and where every client of the shown VM stands. The strip of TCP clients shows one
 * connection, the first of the group, so that its repeats can be told apart; that of pings shows all pings of the group.
 */
import { at } from '../base/assert.ts';
import { msToNs, NS_PER_MS, type Nanoseconds } from '../base/units.ts';
import { observe } from '../engine/clients/connection.ts';
import { momentsOf, type Moment } from '../engine/clients/moments.ts';
import { pingMicroseconds, requestNs, scheduleOf } from '../engine/clients/requests.ts';
import type { TcpKind } from '../engine/clients/timers.ts';
import { isWithin, type VmHistory } from '../engine/clients/vmSpans.ts';
import type { Outage } from '../engine/cluster/vmState.ts';
import type { ClientSpec } from '../engine/scenario.ts';
import type { Simulation } from '../engine/simulation.ts';
import {
  STRIP_COUNT,
  STRIP_KINDS,
  STRIP_MARKS,
  STRIP_SLOT,
  type FrameBuffers,
} from '../protocol/frameColumns.ts';
import type { ClientRow } from '../protocol/frameSummary.ts';

/** Requests of one connection in its strip: wide enough to see the waits between its repeats double. */
const TCP_SLOTS = 40;
/** Of faster clients one slot holds several requests, so that the strip spans the 18.9 s until Windows gives up. */
const SHORTEST_SLOT_NS = 500 * NS_PER_MS;
/** No strip is so wide that repeats closer than this part of it could be told apart. */
const UNANSWERED_PER_STRIP = 160;

type StripColumns = Pick<
  FrameBuffers,
  'stripSlots' | 'stripPlaces' | 'stripKinds' | 'stripRoundTrips'
>;

/** The cluster at the shown time. */
type Shown = Pick<Simulation, 'scenario' | 'state' | 'timeNs'>;

interface Strip {
  readonly slots: number;
  readonly marks: readonly Mark[];
}

/** A moment and its place: in slots, from the left end of the strip. */
interface Mark extends Pick<Moment, 'kind' | 'roundTripUs'> {
  readonly slot: number;
}

/** Fills the strip columns for the first groups of a VM. */
export function drawStrips(shown: Shown, vm: number, columns: StripColumns): void {
  const { clients } = at(shown.scenario.vms, vm);
  const history = at(shown.state.vms, vm);
  for (let row = 0; row < STRIP_COUNT; row++) {
    const group = clients[row];
    const seed = shown.scenario.seed + row;
    const strip =
      group === undefined ? { slots: 0, marks: [] } : stripOf(group, history, shown.timeNs, seed);
    writeStrip(columns, row, strip);
  }
}

/** Where the clients of each group of a VM stand. */
export function clientRows(shown: Shown, vm: number): ClientRow[] {
  const history = at(shown.state.vms, vm);
  return at(shown.scenario.vms, vm).clients.map((group) => {
    const { kept, now, longestSilenceNs } = observe(group, history, shown.timeNs);
    return { kind: group.kind, count: group.count, kept, now, longestSilenceNs };
  });
}

function stripOf(group: ClientSpec, history: VmHistory, ns: Nanoseconds, seed: number): Strip {
  return group.kind === 'ping'
    ? pingStrip(group, history.outages, ns, seed)
    : tcpStrip(group, group.kind, history, ns, seed);
}

/** The first client of the group asks at the left edge of every slot, also before the run began. */
function tcpStrip(
  group: ClientSpec,
  kind: TcpKind,
  history: VmHistory,
  nowNs: Nanoseconds,
  seed: number,
): Strip {
  const schedule = scheduleOf(group, 0);
  const every = Math.ceil(SHORTEST_SLOT_NS / schedule.everyNs);
  const slotNs = schedule.everyNs * every;
  // The strip moves on by whole slots: ticks keep their distance from each other.
  const fromNs = (Math.floor(nowNs / slotNs) + 1 - TCP_SLOTS) * slotNs;
  const apartNs = (TCP_SLOTS * slotNs) / UNANSWERED_PER_STRIP;
  const moments = momentsOf(
    { kind, schedule, seed, client: 0, fromNs, toNs: nowNs, every, apartNs },
    history,
  );
  return {
    slots: TCP_SLOTS,
    marks: moments.slice(-STRIP_MARKS).map(({ ns, kind: markKind, roundTripUs }) => {
      return { slot: (ns - fromNs) / slotNs, kind: markKind, roundTripUs };
    }),
  };
}

/** The newest pings of a group, counted through all its clients: number r is ping floor(r / count) of client r mod count. */
function pingStrip(
  group: ClientSpec,
  outages: readonly Outage[],
  nowNs: Nanoseconds,
  seed: number,
): Strip {
  const placeOf = (ping: number): { readonly client: number; readonly k: number } => {
    const k = Math.floor(ping / group.count);
    return { client: ping - k * group.count, k };
  };
  const momentOf = (ping: number): Nanoseconds => {
    const { client, k } = placeOf(ping);
    return requestNs(scheduleOf(group, client), k);
  };
  let newest = Math.ceil((nowNs * group.count) / msToNs(group.requestEveryMs)) + 1;
  while (momentOf(newest) > nowNs) newest--;
  const marks = Array.from({ length: STRIP_MARKS }, (_, slot): Mark => {
    const ping = newest - (STRIP_MARKS - 1 - slot);
    if (isWithin(outages, momentOf(ping))) return { slot, kind: 'unanswered', roundTripUs: 0 };
    const { client, k } = placeOf(ping);
    return { slot, kind: 'answered', roundTripUs: pingMicroseconds(seed, client, k) };
  });
  return { slots: STRIP_MARKS, marks };
}

function writeStrip(columns: StripColumns, row: number, { slots, marks }: Strip): void {
  const start = row * STRIP_MARKS;
  columns.stripSlots[row] = slots;
  columns.stripKinds.fill(STRIP_KINDS.none, start, start + STRIP_MARKS);
  marks.forEach(({ slot, kind, roundTripUs }, index) => {
    columns.stripPlaces[start + index] = Math.floor(slot * STRIP_SLOT);
    columns.stripKinds[start + index] = STRIP_KINDS[kind];
    columns.stripRoundTrips[start + index] = Math.min(65_535, roundTripUs);
  });
}
