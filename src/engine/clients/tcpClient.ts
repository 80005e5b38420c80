/**
 * One TCP client: one request open at a time, repeated by the timers of its system; a new connection after a lost
 * one. Left out: congestion, keep-alive, time-outs of applications. Source: facts E1, E2. Rules CN4 to CN7.
 */
import type { Nanoseconds } from '../../base/units.ts';
import { nextRequestNs, type Schedule } from './requests.ts';
import { nextConnectNs, TIMERS, type TcpKind, type TcpTimers, type Timer } from './timers.ts';
import type { Trouble } from './trouble.ts';
import { SpanCursor, type Span } from './vmSpans.ts';

interface Reply {
  readonly kind: 'answered' | 'acknowledged' | 'refused' | 'gave-up';
  readonly ns: Nanoseconds;
}

/** See `troublesOf`. */
export function tcpTroubles(
  kind: TcpKind,
  schedule: Schedule,
  spans: readonly Span[],
  untilNs: Nanoseconds,
): Trouble[] {
  const troubles: Trouble[] = [];
  const cursor = new SpanCursor(spans);
  let freeNs = 0;
  for (let { span } = cursor; span !== null; span = cursor.span) {
    const sentNs = nextRequestNs(schedule, Math.max(freeNs, span.fromNs));
    // After a restart the connection is not known, whenever the next request comes.
    if (sentNs >= span.toNs && !span.restart) {
      cursor.pass();
      continue;
    }
    if (sentNs > untilNs) break;
    const trouble = follow(TIMERS[kind], schedule, sentNs, cursor);
    troubles.push(trouble);
    if (trouble.endNs === Infinity) break;
    // The times of the schedule that have passed meanwhile are skipped.
    const newestNs = trouble.againNs === Infinity ? sentNs : trouble.againNs;
    freeNs = Math.max(trouble.endNs, newestNs + 1);
  }
  return troubles;
}

/** A request to its end. Afterwards the cursor stands there, and the connection is known to the guest. */
function follow(
  { request, connect }: TcpTimers,
  schedule: Schedule,
  sentNs: Nanoseconds,
  cursor: SpanCursor,
): Trouble {
  cursor.restarted = false;
  let reply = send(request, sentNs, cursor);
  let heardNs = Infinity;
  let againNs = Infinity;
  if (reply.kind === 'acknowledged') {
    heardNs = reply.ns;
    const done = awaitDisk(cursor);
    if (!done.guestLost) return { sentNs, heardNs, againNs, lostNs: Infinity, endNs: done.ns };
    againNs = nextRequestNs(schedule, done.ns);
    reply = send(request, againNs, cursor);
  }
  if (reply.kind === 'answered') {
    return { sentNs, heardNs, againNs, lostNs: Infinity, endNs: reply.ns };
  }
  const endNs = connectedNs(connect, reply.ns, cursor);
  cursor.restarted = false;
  return { sentNs, heardNs, againNs, lostNs: reply.ns, endNs };
}

/** Sends at `sentNs` and repeats until a running guest replies or the timer gives up. */
function send({ sendsNs, givesUpNs }: Timer, sentNs: Nanoseconds, cursor: SpanCursor): Reply {
  for (const afterNs of sendsNs) {
    const ns = sentNs + afterNs;
    const span = cursor.at(ns);
    if (span?.kind === 'stopped') continue;
    if (cursor.restarted) return { kind: 'refused', ns };
    return { kind: span === null ? 'answered' : 'acknowledged', ns };
  }
  return { kind: 'gave-up', ns: sentNs + givesUpNs };
}

/** Waits until the VM runs and its disk answers, or until the guest is lost with the request. */
function awaitDisk(cursor: SpanCursor): { readonly guestLost: boolean; readonly ns: Nanoseconds } {
  let ns = 0;
  let { span } = cursor;
  do {
    ns = span?.toNs ?? ns;
    cursor.pass();
    span = cursor.span;
    if (span?.fromNs === ns && span.restart) return { guestLost: true, ns };
  } while (span?.fromNs === ns);
  return { guestLost: false, ns };
}

/** connect() from `lostNs` on, again and again, until it meets a running VM. Rule CN6. */
function connectedNs(timer: Timer, lostNs: Nanoseconds, cursor: SpanCursor): Nanoseconds {
  let ns = lostNs;
  for (let span = cursor.at(ns); span?.kind === 'stopped'; span = cursor.at(ns)) {
    if (span.toNs === Infinity) return Infinity;
    ns = nextConnectNs(timer, lostNs, span.toNs);
  }
  return ns;
}
