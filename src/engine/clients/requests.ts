/** When each client of a group asks, and how long an answer takes. Rules CN1 and CN2. */
import { drawBits, streamKey } from '../../base/random.ts';
import { msToNs, type Nanoseconds } from '../../base/units.ts';
import type { ClientSpec } from '../scenario.ts';

/** Round trip on the LAN without load. Chosen for teaching. */
const PING_BASE_US = 600;
const PING_SPREAD_US = 400;

/**
 * A request whose disk I/O goes through the coordinator takes so many times as long. Chosen for teaching: two more
 * ways over a network, and high enough in the strip to be told from the rest. Facts C3 say only "more slowly".
 */
export const REDIRECTED_FACTOR = 3;

/** When one client asks: at `firstNs`, and then each `everyNs`. */
export interface Schedule {
  readonly firstNs: Nanoseconds;
  readonly everyNs: Nanoseconds;
}

/** A group's clients are spread evenly over one interval. Rule CN1. */
export function scheduleOf(group: ClientSpec, client: number): Schedule {
  const everyNs = msToNs(group.requestEveryMs);
  return { firstNs: Math.round((everyNs * client) / group.count), everyNs };
}

/** When request `k` comes, counted from 0; those before the run began are negative. */
export function requestNs({ firstNs, everyNs }: Schedule, k: number): Nanoseconds {
  return firstNs + k * everyNs;
}

/** The first request at `fromNs` or later. */
export function nextRequestNs(schedule: Schedule, fromNs: Nanoseconds): Nanoseconds {
  const k = Math.ceil((fromNs - schedule.firstNs) / schedule.everyNs);
  return requestNs(schedule, Math.max(0, k));
}

/** Round trip of an answered ping, microseconds: LAN latency with a little spread, the same in every run. Rule CN2. */
export function pingMicroseconds(seed: number, client: number, k: number): number {
  const bits = drawBits(streamKey(seed, 0x70696e67, client), k);
  return PING_BASE_US + Math.floor(((bits >>> 0) / 4294967296) * PING_SPREAD_US);
}
