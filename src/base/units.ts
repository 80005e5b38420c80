/**
 * Units of the model. Time is an integer number of nanoseconds in a double (exact for 104 days),
 * memory is counted in pages of 4 KiB, rates in bytes per second.
 */

/** Simulated time since the start of the run, integer nanoseconds. */
export type Nanoseconds = number;

export const NS_PER_MS = 1_000_000;
export const NS_PER_S = 1_000_000_000;

/** Guest page size. Source: facts A2, tracking granularity of 4 KB pages. */
export const PAGE_BYTES = 4096;
export const PAGES_PER_MIB = 256;

/** 1 MB of a network rate or of device state: 10^6 bytes. */
export const BYTES_PER_MB = 1_000_000;

export function msToNs(ms: number): Nanoseconds {
  return Math.round(ms * NS_PER_MS);
}

export function nsToMs(ns: Nanoseconds): number {
  return ns / NS_PER_MS;
}
