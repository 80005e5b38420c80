/**
 * What the numbers of a scenario may be: finite, so that nothing becomes NaN, negative or endless, and
 * wide enough for machines of 2008 and of today: 16 nodes as in Windows Server 2008, VMs of up to 1 TiB, networks of up
 * to 800 Gbit/s. Units are in the names.
 */

export interface NumberRange {
  readonly min: number;
  readonly max: number;
}

const from = (min: number, max: number): NumberRange => ({ min, max });

/** 11.5 days: simulated time stays exact (104 days in nanoseconds). */
const LONGEST_MS = 1e9;
const TEN_MINUTES_MS = 600_000;
const ONE_HOUR_MS = 3_600_000;
/** 1 TiB. */
const LARGEST_VM_MIB = 1_048_576;

export const ranges = {
  seed: from(0, Number.MAX_SAFE_INTEGER),
  nodeMemoryMiB: from(16, 16 * LARGEST_VM_MIB),
  vmMemoryMiB: from(16, LARGEST_VM_MIB),
  touchedMiB: from(0, LARGEST_VM_MIB),
  pagesPerSecond: from(0, 1e8),
  startMiB: from(0, LARGEST_VM_MIB - 1),
  sizeMiB: from(1, LARGEST_VM_MIB),
  hotShare: from(0, 1),
  hotMiB: from(1, LARGEST_VM_MIB),
  exponent: from(0.1, 8),
  timeMs: from(0, LONGEST_MS),
  untilMs: from(1, LONGEST_MS),
  clientCount: from(1, 1000),
  requestEveryMs: from(1, ONE_HOUR_MS),
  migrationMBps: from(0.1, 100_000),
  clusterMBps: from(0.1, 100_000),
  storageMBps: from(0.1, 100_000),
  setupMs: from(0, TEN_MINUTES_MS),
  resumeMs: from(0, TEN_MINUTES_MS),
  deviceStateMB: from(0, 10_000),
  maxRounds: from(1, 1000),
  stopBelowMs: from(0, TEN_MINUTES_MS),
  lookEveryMs: from(0, TEN_MINUTES_MS),
  diskMoveMs: from(0, TEN_MINUTES_MS),
  pageHeaderBytes: from(0, 4096),
  secondsPerGiB: from(0, 3600),
  heartbeatMs: from(1, TEN_MINUTES_MS),
  missedHeartbeats: from(1, 1000),
  regroupMs: from(0, TEN_MINUTES_MS),
  diskTakeoverMs: from(0, TEN_MINUTES_MS),
  bootMs: from(0, ONE_HOUR_MS),
} as const satisfies Readonly<Record<string, NumberRange>>;

/**
 * Of all VMs of a file together: a person may move them all at once. A page (4 KiB) that is on its way takes 4.6 bytes, two
 * versions and five bits, so that 2 TiB take 2.5 GB.
 */
export const MOST_MEMORY_MIB = 2 * LARGEST_VM_MIB;

/** Entries a list may hold. */
export const listLimits = {
  nodes: 16,
  volumes: 64,
  vms: 64,
  writers: 16,
  clients: 16,
  commands: 10_000,
} as const;

export const LONGEST_ID = 64;
export const LONGEST_NAME = 100;
export const LONGEST_TITLE = 200;
export const LONGEST_BRANCH_NAME = 40;

/** Characters of a file, 1 MiB. */
export const LONGEST_FILE = 1_048_576;
