/** One client that pings. Rule CN3. */
import type { Nanoseconds } from '../../base/units.ts';
import { nextRequestNs, type Schedule } from './requests.ts';
import type { Trouble } from './trouble.ts';
import { SpanCursor, type Span } from './vmSpans.ts';

/** Trouble lasts from the first ping that is lost to the next that is answered. See `troublesOf`. */
export function pingTroubles(
  schedule: Schedule,
  spans: readonly Span[],
  untilNs: Nanoseconds,
): Trouble[] {
  const troubles: Trouble[] = [];
  const cursor = new SpanCursor(spans);
  let freeNs = 0;
  for (let { span } = cursor; span !== null; span = cursor.span) {
    const sentNs = nextRequestNs(schedule, Math.max(freeNs, span.fromNs));
    // The kernel answers pings, whatever the disk does.
    if (span.kind === 'stalled' || sentNs >= span.toNs) {
      cursor.pass();
      continue;
    }
    if (sentNs > untilNs) break;
    const endNs = answeredNs(schedule, cursor);
    const never = Infinity;
    troubles.push({ sentNs, heardNs: never, againNs: never, lostNs: never, endNs });
    if (endNs === Infinity) break;
    freeNs = endNs;
  }
  return troubles;
}

/** The first ping after the present span that meets a running VM. */
function answeredNs(schedule: Schedule, cursor: SpanCursor): Nanoseconds {
  let { span } = cursor;
  let ns = 0;
  while (span?.kind === 'stopped') {
    if (span.toNs === Infinity) return Infinity;
    ns = nextRequestNs(schedule, span.toNs);
    span = cursor.at(ns);
  }
  return ns;
}
