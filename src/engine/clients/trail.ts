/**
 * One client over a whole run: when it asks by its schedule, where it had no answer, and what it met there. What lies
 * outside of all troubles was answered at once and need not be listed. Rules CN2 to CN8.
 */
import type { Nanoseconds } from '../../base/units.ts';
import type { ClientSpec } from '../scenario.ts';
import { troublesOf } from './connection.ts';
import { troubleMoments, type Moment } from './moments.ts';
import { nextRequestNs, requestNs, scheduleOf, type Schedule } from './requests.ts';
import type { Trouble } from './trouble.ts';
import { spansOf, type VmHistory } from './vmSpans.ts';

export interface Stretch {
  readonly fromNs: Nanoseconds;
  /** Infinite where it does not end. */
  readonly toNs: Nanoseconds;
}

export interface Trail {
  /** Its place in its group. */
  readonly client: number;
  readonly schedule: Schedule;
  /** Requests of the schedule inside these, their begin included, were not answered at once or not sent at all. */
  readonly troubles: readonly Stretch[];
  /** In order of time. */
  readonly marks: readonly Moment[];
  readonly lost: boolean;
  /** Infinite where no answer comes any more. */
  readonly longestSilenceNs: Nanoseconds;
}

/** Pings are not repeats of each other, so that fewer of them say as much. */
const PINGS_APART = 4;

export interface TrailWatch {
  readonly untilNs: Nanoseconds;
  /** Unanswered transmissions of one request that follow sooner are left out; of pings, of 4 times that. */
  readonly apartNs: Nanoseconds;
}

/** The trail of every client of a group. */
export function trailsOf(group: ClientSpec, history: VmHistory, watch: TrailWatch): Trail[] {
  const spans = spansOf(history);
  const { untilNs } = watch;
  return Array.from({ length: group.count }, (_, client): Trail => {
    const troubles = troublesOf(group, client, spans, untilNs);
    const schedule = scheduleOf(group, client);
    const marks = troubles.flatMap((trouble) => marksOf(group, schedule, trouble, watch));
    return {
      client,
      schedule,
      troubles: troubles.map((trouble) => ({ fromNs: trouble.sentNs, toNs: freeNs(trouble) })),
      marks: marks.filter(({ ns }) => ns <= untilNs).toSorted((a, b) => a.ns - b.ns),
      lost: troubles.some(({ lostNs }) => lostNs <= untilNs),
      longestSilenceNs: troubles.reduce(
        (longest, { sentNs, endNs }) => Math.max(longest, endNs - sentNs),
        0,
      ),
    };
  });
}

/** From here on the schedule counts again; its request at the end itself is answered, the one that met the trouble is not. */
function freeNs({ sentNs, againNs, endNs }: Trouble): Nanoseconds {
  const newestNs = againNs === Infinity ? sentNs : againNs;
  return Math.max(endNs, newestNs + 1);
}

function marksOf(
  { kind }: ClientSpec,
  schedule: Schedule,
  trouble: Trouble,
  { untilNs, apartNs }: TrailWatch,
): Moment[] {
  if (kind !== 'ping') return troubleMoments({ kind, toNs: untilNs, apartNs }, trouble);
  const marks: Moment[] = [];
  const endNs = Math.min(trouble.endNs, untilNs + 1);
  let ns = trouble.sentNs;
  while (ns < endNs) {
    marks.push({ ns, kind: 'unanswered', roundTripUs: 0 });
    ns = Math.max(
      requestNs({ ...schedule, firstNs: ns }, 1),
      nextRequestNs(schedule, ns + PINGS_APART * apartNs),
    );
  }
  return marks;
}
