/** The blackout of a live migration is too short to be seen: time slows down in it. */
import { NS_PER_S, type Nanoseconds } from '../base/units.ts';
import type { Outlined } from './outlined.ts';

/** How long a blackout lasts on the screen at least. */
const SEEN_S = 1.5;

/** @returns `speed`, or less while the VM of a live migration stands still. */
export function slowedSpeed({ outline }: Outlined, shownNs: Nanoseconds, speed: number): number {
  const blackout = outline.run.migrations.find(
    ({ method, pausedNs, resumedNs }) =>
      method === 'live' &&
      pausedNs !== null &&
      pausedNs <= shownNs &&
      shownNs < (resumedNs ?? Infinity),
  );
  if (blackout === undefined) return speed;
  const { pausedNs, resumedNs } = blackout;
  const lengthS = ((resumedNs ?? Infinity) - (pausedNs ?? 0)) / NS_PER_S;
  return Math.min(speed, lengthS / SEEN_S);
}
