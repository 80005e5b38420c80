/**
 * The clock of a screen over runs that are worked out already: it lets the shown time run on, frame by frame, and says
 * where its steps lead.
 */
import { NS_PER_S, type Nanoseconds } from '../base/units.ts';

/** Calls back with the time of the frame in milliseconds. */
export type RequestFrame = (callback: (ms: number) => void) => void;

export interface ShownMoment {
  readonly shownNs: Nanoseconds;
  /** Simulated seconds per second now. */
  readonly speed: number;
  readonly endNs: Nanoseconds;
}

export interface ShownClockDeps {
  readonly requestFrame: RequestFrame;
  /** What is played now, or null when nothing plays. */
  readonly moment: () => ShownMoment | null;
  /** @param playing  Whether it goes on: not at the end. */
  readonly show: (ns: Nanoseconds, playing: boolean) => void;
}

/** What can be done with such a clock. */
export interface ClockActions {
  readonly toggle: () => void;
  /** Space. */
  readonly primary: () => void;
  readonly pause: () => void;
  /** A second on or back. */
  readonly step: (direction: 1 | -1) => void;
  /** To the next change in any lane. */
  readonly stepChange: (direction: 1 | -1) => void;
  readonly home: () => void;
  readonly end: () => void;
  readonly seek: (ns: Nanoseconds) => void;
  readonly setSpeed: (speed: number) => void;
}

/** A page that was out of sight goes on where it stood. */
const LONGEST_FRAME_MS = 250;

/** @returns Lets the shown time run on until `moment` says that nothing plays. Another call while it runs does nothing. */
export function createShownClock({ requestFrame, moment, show }: ShownClockDeps): () => void {
  let ticking = false;
  let lastMs: number | null = null;
  const tick = (ms: number): void => {
    const now = moment();
    if (now === null) {
      ticking = false;
      return;
    }
    const passedMs = Math.min(ms - (lastMs ?? ms), LONGEST_FRAME_MS);
    lastMs = ms;
    const nextNs = now.shownNs + (passedMs / 1000) * NS_PER_S * now.speed;
    show(Math.round(nextNs), nextNs < now.endNs);
    requestFrame(tick);
  };
  return () => {
    lastMs = null;
    if (ticking) return;
    ticking = true;
    requestFrame(tick);
  };
}

/** The next whole second on or back. */
export function nextSecond(ns: Nanoseconds, direction: 1 | -1): Nanoseconds {
  const seconds = ns / NS_PER_S;
  return (direction === 1 ? Math.floor(seconds) + 1 : Math.ceil(seconds) - 1) * NS_PER_S;
}

/** @param changes  In any order. */
export function nextChange(
  changes: readonly Nanoseconds[],
  shownNs: Nanoseconds,
  direction: 1 | -1,
): Nanoseconds | undefined {
  const inOrder = changes.toSorted((a, b) => a - b);
  return direction === 1
    ? inOrder.find((ns) => ns > shownNs)
    : inOrder.findLast((ns) => ns < shownNs);
}
