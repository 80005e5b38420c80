/**
 * Simulated time against the wall clock. A blackout is stretched so that it lasts 1.5 s on the screen: at
 * any speed it can be seen. A long gap (a hidden tab) does not make the run leap.
 */
import { NS_PER_MS, type Nanoseconds } from '../base/units.ts';

const BLACKOUT_ON_SCREEN_MS = 1500;
const LONGEST_GAP_MS = 500;

export interface Blackout {
  readonly fromNs: Nanoseconds;
  readonly toNs: Nanoseconds;
}

export interface Paced {
  readonly ns: Nanoseconds;
  /** In force at `ns`: simulated seconds per second. */
  readonly speed: number;
}

/** Where the shown time is after `wallMs`, going at `speed` simulated seconds per second. */
export function pace(
  fromNs: Nanoseconds,
  wallMs: number,
  speed: number,
  blackouts: readonly Blackout[],
): Paced {
  let ns = fromNs;
  let restMs = Math.min(wallMs, LONGEST_GAP_MS);
  // Every turn uses up the time left or goes to a border of a blackout; there are finitely many.
  for (;;) {
    const now = speedAt(ns, speed, blackouts);
    const border = nextBorder(ns, blackouts);
    const reached = ns + restMs * NS_PER_MS * now;
    if (reached < border) {
      const at = Math.round(reached);
      return { ns: at, speed: speedAt(at, speed, blackouts) };
    }
    restMs -= (border - ns) / (NS_PER_MS * now);
    ns = border;
  }
}

function speedAt(ns: Nanoseconds, speed: number, blackouts: readonly Blackout[]): number {
  const blackout = blackouts.find(({ fromNs, toNs }) => ns >= fromNs && ns < toNs);
  if (blackout === undefined) return speed;
  const lengthMs = (blackout.toNs - blackout.fromNs) / NS_PER_MS;
  return Math.min(speed, lengthMs / BLACKOUT_ON_SCREEN_MS);
}

function nextBorder(ns: Nanoseconds, blackouts: readonly Blackout[]): Nanoseconds {
  let next = Infinity;
  for (const { fromNs, toNs } of blackouts) {
    if (fromNs > ns) next = Math.min(next, fromNs);
    else if (toNs > ns) next = Math.min(next, toNs);
  }
  return next;
}
