import { NS_PER_S, type Nanoseconds } from '../../base/units.ts';

/** One decimal throughout, so that a column of times stands still. */
export function logTime(ns: Nanoseconds): string {
  return (ns / NS_PER_S).toFixed(1);
}
