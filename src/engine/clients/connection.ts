/**
 * What the clients of a VM see of it: a pure function of a group of clients, of what the VM went through, and of a
 * time. Whether a connection is kept follows from timers and from when the VM answers, from nothing else.
 * Rules CN1 to CN9.
 */
import type { Nanoseconds } from '../../base/units.ts';
import type { ClientSpec } from '../scenario.ts';
import { pingTroubles } from './pingClient.ts';
import { scheduleOf } from './requests.ts';
import { tcpTroubles } from './tcpClient.ts';
import type { Trouble } from './trouble.ts';
import { spansOf, type Span, type VmHistory } from './vmSpans.ts';

/**
 * Where a client stands. `answered`: on its first connection, nothing is open (of pings: the newest was answered).
 * `asking`: what it sends meets no answer (of pings: the newest was lost). `waiting`: the guest acknowledged its
 * request. `lost`: it has no connection. `reconnected`: on a new connection, nothing is open.
 */
export type ClientStanding = 'answered' | 'asking' | 'waiting' | 'lost' | 'reconnected';

export interface ClientOutcome {
  /** Clients that never lost a connection; with `lost` they are the whole group. */
  readonly kept: number;
  readonly lost: number;
  /** Those of the lost that have a new connection. */
  readonly reconnected: number;
  /** Those with a request or a connect() that is not answered. */
  readonly asking: number;
  /** Each client once. */
  readonly now: Readonly<Record<ClientStanding, number>>;
  /** Longest time from a request to an answer or a new connection, over all clients; up to the end where none came. */
  readonly longestSilenceNs: Nanoseconds;
}

/** What the group saw up to `untilNs`. Rule CN8. */
export function observe(
  group: ClientSpec,
  history: VmHistory,
  untilNs: Nanoseconds,
): ClientOutcome {
  const now = { answered: 0, asking: 0, waiting: 0, lost: 0, reconnected: 0 };
  let lost = 0;
  let longestSilenceNs = 0;
  const spans = spansOf(history);
  for (let client = 0; client < group.count; client++) {
    const troubles = troublesOf(group, client, spans, untilNs);
    const everLost = troubles.some(({ lostNs }) => lostNs <= untilNs);
    if (everLost) lost++;
    now[standing(troubles.at(-1), everLost, untilNs)]++;
    for (const { sentNs, endNs } of troubles) {
      longestSilenceNs = Math.max(longestSilenceNs, Math.min(endNs, untilNs) - sentNs);
    }
  }
  const asking = now.asking + now.waiting + now.lost;
  return {
    kept: group.count - lost,
    lost,
    reconnected: lost - now.lost,
    asking,
    now,
    longestSilenceNs,
  };
}

/** Whether one of the group loses its connection, if nothing more happens to the VM. Rule CN4. */
export function losesConnections(group: ClientSpec, history: VmHistory): boolean {
  const spans = spansOf(history);
  for (let client = 0; client < group.count; client++) {
    const troubles = troublesOf(group, client, spans, Infinity);
    if (troubles.some(({ lostNs }) => lostNs < Infinity)) return true;
  }
  return false;
}

/** When the group comes to rest, if nothing more happens to the VM; 0 when it was never disturbed. Rule CN9. */
export function settledNs(group: ClientSpec, history: VmHistory): Nanoseconds {
  let settled = 0;
  const spans = spansOf(history);
  for (let client = 0; client < group.count; client++) {
    const last = troublesOf(group, client, spans, Infinity).at(-1);
    if (last === undefined) continue;
    const { sentNs, heardNs, againNs, lostNs, endNs } = last;
    for (const ns of [sentNs, heardNs, againNs, lostNs, endNs]) {
      if (ns !== Infinity) settled = Math.max(settled, ns);
    }
  }
  return settled;
}

/** The troubles of one client, in order of time; those that begin after `untilNs` are left out. */
export function troublesOf(
  group: ClientSpec,
  client: number,
  spans: readonly Span[],
  untilNs: Nanoseconds,
): Trouble[] {
  const schedule = scheduleOf(group, client);
  if (group.kind === 'ping') return pingTroubles(schedule, spans, untilNs);
  return tcpTroubles(group.kind, schedule, spans, untilNs);
}

/** @param last The newest trouble, which may be over. */
function standing(
  last: Trouble | undefined,
  everLost: boolean,
  untilNs: Nanoseconds,
): ClientStanding {
  if (last === undefined || last.endNs <= untilNs) return everLost ? 'reconnected' : 'answered';
  if (last.lostNs <= untilNs) return 'lost';
  return last.heardNs <= untilNs && last.againNs > untilNs ? 'waiting' : 'asking';
}
