/** What one TCP client met in a stretch of time, moment by moment: for its strip on the screen. Rules CN2, CN4 to CN7. */
import type { Nanoseconds } from '../../base/units.ts';
import type { Interval } from '../cluster/vmState.ts';
import { pingMicroseconds, REDIRECTED_FACTOR, requestNs, type Schedule } from './requests.ts';
import { tcpTroubles } from './tcpClient.ts';
import { TIMERS, type TcpKind, type Timer } from './timers.ts';
import type { Trouble } from './trouble.ts';
import { isWithin, spansOf, type VmHistory } from './vmSpans.ts';

export interface Moment {
  readonly ns: Nanoseconds;
  /** `unanswered`: a transmission that met no answer. `lost`: the connection is. */
  readonly kind: 'answered' | 'late' | 'unanswered' | 'lost' | 'reconnected';
  /** From the request to its answer in microseconds; of other kinds 0. */
  readonly roundTripUs: number;
}

/** Which client is looked at, and how closely. */
export interface Watch {
  readonly kind: TcpKind;
  readonly schedule: Schedule;
  /** Of the round trips, and the client's place in its group. */
  readonly seed: number;
  readonly client: number;
  readonly fromNs: Nanoseconds;
  readonly toNs: Nanoseconds;
  /** Of the requests that were answered at once only every so many-th is told. */
  readonly every: number;
  /** Of unanswered transmissions of one request, those that follow sooner are left out. */
  readonly apartNs: Nanoseconds;
}

/** In order of time. Requests go back to before the run began, and all those were answered. */
export function momentsOf(watch: Watch, history: VmHistory): Moment[] {
  const { kind, schedule, fromNs, toNs } = watch;
  const troubles = tcpTroubles(kind, schedule, spansOf(history), toNs).filter(
    ({ endNs }) => endNs >= fromNs,
  );
  const moments = [
    ...answeredMoments(watch, history.redirected, troubles),
    ...troubles.flatMap((trouble) => troubleMoments(watch, trouble)),
  ];
  return moments.filter(({ ns }) => ns >= fromNs && ns <= toNs).toSorted((a, b) => a.ns - b.ns);
}

/** The requests that were sent outside of all troubles. */
function answeredMoments(
  { schedule, client, seed, fromNs, toNs, every }: Watch,
  redirected: readonly Interval[],
  troubles: readonly Trouble[],
): Moment[] {
  const moments: Moment[] = [];
  const first = Math.ceil((fromNs - schedule.firstNs) / (schedule.everyNs * every));
  for (let k = first * every; requestNs(schedule, k) <= toNs; k += every) {
    const ns = requestNs(schedule, k);
    if (troubles.some((trouble) => ns >= trouble.sentNs && !isFreeAt(trouble, ns))) continue;
    const factor = isWithin(redirected, ns) ? REDIRECTED_FACTOR : 1;
    moments.push({ ns, kind: 'answered', roundTripUs: factor * pingMicroseconds(seed, client, k) });
  }
  return moments;
}

/** Whether the client may send another request after `trouble`. */
function isFreeAt({ sentNs, againNs, endNs }: Trouble, ns: Nanoseconds): boolean {
  return ns >= endNs && ns !== sentNs && ns !== againNs;
}

/** What the client sent and met from a request without an answer until it is answered again, or until `toNs`. */
export function troubleMoments(
  { kind, toNs, apartNs }: Pick<Watch, 'kind' | 'toNs' | 'apartNs'>,
  trouble: Trouble,
): Moment[] {
  const { sentNs, heardNs, againNs, lostNs, endNs } = trouble;
  const { request, connect } = TIMERS[kind];
  const moments: Moment[] = [];
  let lastNs = -Infinity;
  const unanswered = (ns: Nanoseconds): void => {
    if (ns < lastNs + apartNs) return;
    lastNs = ns;
    moments.push({ ns, kind: 'unanswered', roundTripUs: 0 });
  };
  sendsOf(request, sentNs, Math.min(heardNs, lostNs, endNs)).forEach(unanswered);
  if (againNs !== Infinity) sendsOf(request, againNs, lostNs).forEach(unanswered);
  if (lostNs === Infinity) {
    const roundTripUs = Math.round((endNs - sentNs) / 1000);
    if (endNs <= toNs) moments.push({ ns: endNs, kind: 'late', roundTripUs });
    return moments;
  }
  moments.push({ ns: lostNs, kind: 'lost', roundTripUs: 0 });
  const untilNs = Math.min(endNs, toNs + 1);
  for (let beganNs = lostNs; beganNs < untilNs; beganNs += connect.givesUpNs) {
    // The first of all is where the connection was lost: one mark says both.
    for (const ns of sendsOf(connect, beganNs, untilNs)) if (ns > lostNs) unanswered(ns);
  }
  if (endNs <= toNs) moments.push({ ns: endNs, kind: 'reconnected', roundTripUs: 0 });
  return moments;
}

/** The transmissions that began at `beganNs` and come before `untilNs`. */
function sendsOf({ sendsNs }: Timer, beganNs: Nanoseconds, untilNs: Nanoseconds): Nanoseconds[] {
  return sendsNs.map((ns) => beganNs + ns).filter((ns) => ns < untilNs);
}
