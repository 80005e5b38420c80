/** The timers of the two TCP stacks, as times after the first transmission. Source: facts E1, E2. Rules CN4 and CN6. */
import { NS_PER_MS, NS_PER_S, type Nanoseconds } from '../../base/units.ts';
import type { ClientKind } from '../scenario.ts';

export interface Timer {
  /** When it sends: 0, then each repeat. */
  readonly sendsNs: readonly Nanoseconds[];
  readonly givesUpNs: Nanoseconds;
}

export interface TcpTimers {
  /** Of a request on a connection. */
  readonly request: Timer;
  /** Of connect(). */
  readonly connect: Timer;
}

export type TcpKind = Exclude<ClientKind, 'ping'>;

export const TIMERS: Readonly<Record<TcpKind, TcpTimers>> = {
  'windows-lan': {
    // 300 ms is our assumption (facts E1).
    request: doubling(300 * NS_PER_MS, 5, 240 * NS_PER_S),
    connect: doubling(3 * NS_PER_S, 2, 240 * NS_PER_S),
  },
  'linux-lan': {
    request: doubling(200 * NS_PER_MS, 15, 120 * NS_PER_S),
    connect: doubling(1 * NS_PER_S, 6, 120 * NS_PER_S),
  },
};

/** After the first transmission of a request: a VM that is out for no longer is met by one of the repeats. */
export function lastRepeatNs(kind: TcpKind): Nanoseconds {
  return Math.max(...TIMERS[kind].request.sendsNs);
}

/** Waits `firstNs`, then twice as long each time, at most `capNs`; gives up one wait after the last repeat. */
function doubling(firstNs: Nanoseconds, repeats: number, capNs: Nanoseconds): Timer {
  const sendsNs = [0];
  let ns = 0;
  let waitNs = firstNs;
  for (let repeat = 0; repeat <= repeats; repeat++) {
    ns += waitNs;
    if (repeat < repeats) sendsNs.push(ns);
    waitNs = Math.min(waitNs * 2, capNs);
  }
  return { sendsNs, givesUpNs: ns };
}

/**
 * connect() that began at `startNs` and begins anew each time it fails: its first transmission at `fromNs` or later.
 * Rule CN6.
 */
export function nextConnectNs(
  { sendsNs, givesUpNs }: Timer,
  startNs: Nanoseconds,
  fromNs: Nanoseconds,
): Nanoseconds {
  const failed = Math.max(0, Math.floor((fromNs - startNs) / givesUpNs));
  const beganNs = startNs + failed * givesUpNs;
  const send = sendsNs.find((ns) => beganNs + ns >= fromNs);
  return beganNs + (send ?? givesUpNs);
}
