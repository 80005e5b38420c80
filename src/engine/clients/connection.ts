/**
 * What one client sees of its VM: it sends a request on its own schedule, waits, and repeats by its own TCP
 * timers. Whether a connection is kept follows from those timers and from when the VM ran, from nothing else.
 * Left out: congestion, application time-outs. Source: facts E1, E2. Rules CN1 to CN4.
 */
import { drawBits, streamKey } from '../../base/random.ts';
import { NS_PER_MS, NS_PER_S, msToNs, type Nanoseconds } from '../../base/units.ts';
import type { Outage } from '../cluster/clusterState.ts';
import type { ClientKind, ClientSpec } from '../scenario.ts';

interface RetransmissionTimer {
  readonly firstNs: Nanoseconds;
  /** The timer doubles up to this. */
  readonly capNs: Nanoseconds;
  readonly retransmissions: number;
}

/** Source: facts E1 (Windows: 5 retransmissions; 300 ms is our assumption. Linux: 15 from 200 ms, cap 120 s). */
const TIMERS: Readonly<Record<Exclude<ClientKind, 'ping'>, RetransmissionTimer>> = {
  'windows-lan': { firstNs: 300 * NS_PER_MS, capNs: 240 * NS_PER_S, retransmissions: 5 },
  'linux-lan': { firstNs: 200 * NS_PER_MS, capNs: 120 * NS_PER_S, retransmissions: 15 },
};

/** Round trip on the LAN without load. Chosen for teaching. */
const PING_BASE_US = 600;
const PING_SPREAD_US = 400;

/** A group's clients are spread evenly over one interval: request k of client c comes at this time. Rule CN1. */
export function requestNs(group: ClientSpec, client: number, k: number): Nanoseconds {
  const everyNs = msToNs(group.requestEveryMs);
  return k * everyNs + Math.round((everyNs * client) / group.count);
}

export function answeredAt(outages: readonly Outage[], ns: Nanoseconds): boolean {
  return !outages.some(({ fromNs, toNs }) => ns >= fromNs && (toNs === null || ns < toNs));
}

/** Round trip of an answered ping, microseconds: LAN latency with a little spread, the same in every run. Rule CN2. */
export function pingMicroseconds(seed: number, client: number, k: number): number {
  const bits = drawBits(streamKey(seed, 0x70696e67, client), k);
  return PING_BASE_US + Math.floor(((bits >>> 0) / 4294967296) * PING_SPREAD_US);
}

export interface ClientOutcome {
  readonly kept: number;
  readonly lost: number;
  /** Longest time from a request to its answer, over all clients; up to the end where none came. */
  readonly longestSilenceNs: Nanoseconds;
}

/** What the group saw up to `untilNs`. Rules CN3 and CN4. */
export function observe(
  group: ClientSpec,
  outages: readonly Outage[],
  untilNs: Nanoseconds,
): ClientOutcome {
  let lost = 0;
  let longestSilenceNs = 0;
  for (let client = 0; client < group.count; client++) {
    const seen = group.kind === 'ping' ? pingSeen : connectionSeen;
    const result = seen(group, client, outages, untilNs);
    if (result.lost) lost++;
    longestSilenceNs = Math.max(longestSilenceNs, result.silenceNs);
  }
  return { kept: group.count - lost, lost, longestSilenceNs };
}

interface Seen {
  readonly lost: boolean;
  readonly silenceNs: Nanoseconds;
}

type Observer = (
  group: ClientSpec,
  client: number,
  outages: readonly Outage[],
  untilNs: Nanoseconds,
) => Seen;

/** A ping is not repeated: silence lasts from the first that is lost to the next that is answered. */
const pingSeen: Observer = (group, client, outages, untilNs) => {
  let silenceNs = 0;
  for (const { fromNs, toNs } of outages) {
    const first = nextRequestNs(group, client, fromNs);
    const answered = toNs === null ? untilNs : nextRequestNs(group, client, toNs);
    if (first < (toNs ?? untilNs)) {
      silenceNs = Math.max(silenceNs, Math.min(answered, untilNs) - first);
    }
  }
  return { lost: false, silenceNs };
};

/** One request is open at a time; it is repeated by the timer until it is answered or given up. */
const connectionSeen: Observer = (group, client, outages, untilNs) => {
  if (group.kind === 'ping') return { lost: false, silenceNs: 0 };
  const timer = TIMERS[group.kind];
  let silenceNs = 0;
  let freeAtNs = 0;
  for (const { fromNs, toNs } of outages) {
    const sentNs = nextRequestNs(group, client, Math.max(fromNs, freeAtNs));
    if (sentNs >= (toNs ?? untilNs)) continue;
    const answer = answerNs(timer, sentNs, outages);
    if (answer.givenUp && answer.ns <= untilNs)
      return { lost: true, silenceNs: answer.ns - sentNs };
    silenceNs = Math.max(silenceNs, Math.min(answer.ns, untilNs) - sentNs);
    freeAtNs = answer.ns;
  }
  return { lost: false, silenceNs };
};

/** First transmission that meets a running VM, or the moment the client gives up. */
function answerNs(
  timer: RetransmissionTimer,
  sentNs: Nanoseconds,
  outages: readonly Outage[],
): { readonly ns: Nanoseconds; readonly givenUp: boolean } {
  let ns = sentNs;
  let waitNs = timer.firstNs;
  for (let sent = 0; sent <= timer.retransmissions; sent++) {
    if (answeredAt(outages, ns)) return { ns, givenUp: false };
    ns += waitNs;
    waitNs = Math.min(waitNs * 2, timer.capNs);
  }
  return { ns, givenUp: true };
}

function nextRequestNs(group: ClientSpec, client: number, fromNs: Nanoseconds): Nanoseconds {
  const everyNs = msToNs(group.requestEveryMs);
  const k = Math.ceil((fromNs - requestNs(group, client, 0)) / everyNs);
  return requestNs(group, client, Math.max(0, k));
}
