/**
 * The state of one migration, live or quick: a union by phase, each with exactly the fields of that phase.
 * Plain data, copied into keyframes.
 */
import { BYTES_PER_MB, PAGE_BYTES, type Nanoseconds } from '../../base/units.ts';
import type { LiveMigrationSpec, TrackingPolicy } from '../settings.ts';
import type { CopyPass, PageCost } from './copyPass.ts';
import type { StopReason } from './stopCondition.ts';

/** Cluster-wide settings; a command can change them while a migration runs. */
export interface MigrationSettings extends LiveMigrationSpec {
  readonly migrationMBps: number;
}

export type MigrationPhase =
  | { readonly name: 'queued' }
  | { readonly name: 'connecting'; readonly endNs: Nanoseconds }
  | { readonly name: 'creating-shell'; readonly endNs: Nanoseconds }
  | {
      readonly name: 'round';
      readonly number: number;
      readonly startNs: Nanoseconds;
      /** Fixed when the round starts. */
      readonly tracking: TrackingPolicy;
      readonly pass: CopyPass;
    }
  | { readonly name: 'stop-and-copy'; readonly pass: CopyPass }
  | {
      readonly name: 'device-state';
      readonly startNs: Nanoseconds;
      readonly endNs: Nanoseconds;
      readonly bytes: number;
    }
  | { readonly name: 'storage'; readonly endNs: Nanoseconds }
  | { readonly name: 'resuming'; readonly endNs: Nanoseconds }
  | { readonly name: 'clean-up'; readonly endNs: Nanoseconds }
  // Quick migration. Its pages travel over the path to the storage.
  | { readonly name: 'saving'; readonly pass: CopyPass }
  /** On its volume, and waits until all others on its cluster disk are saved too. */
  | { readonly name: 'saved' }
  | { readonly name: 'disk-move'; readonly endNs: Nanoseconds }
  | { readonly name: 'restoring'; readonly pass: CopyPass };

export type PhaseName = MigrationPhase['name'];

export interface StoragePlan {
  /** Of one page on a path to the storage that nobody shares. */
  readonly pageNs: number;
  /** Dismount, change of owner, mount; 0 on a CSV. */
  readonly diskMoveNs: Nanoseconds;
}

export type MigrationMethod = 'live' | 'quick';

/** Who asked for it: a person, a node that is drained, or the cluster after a failure or a repair. */
export type MigrationCause = 'operator' | 'drain' | 'failover' | 'failback';

export interface Migration {
  /** Place in the order of requests, from 0. */
  readonly id: number;
  readonly method: MigrationMethod;
  readonly cause: MigrationCause;
  readonly vm: number;
  readonly from: number;
  readonly to: number;
  readonly requestedNs: Nanoseconds;
  /** Quick migration: how fast its pages travel and its disk moves; null for a live one. */
  readonly storage: StoragePlan | null;
  phase: MigrationPhase;
  stopReason: StopReason | null;
  /** What pre-copy had come to when the VM was paused; null before that, and of a quick migration. */
  preCopy: { readonly rounds: number; readonly pagesLeft: number } | null;
  /** Of finished passes, and of a running one up to its last change of page size. Quick: written to the file. */
  bytesSent: number;
  pagesSent: number;
  /** Read back from the file. */
  pagesRestored: number;
}

/** Shared by all: the pass that is copying now, if any. */
export function passOf({ phase }: Migration): CopyPass | null {
  return 'pass' in phase ? phase.pass : null;
}

/** What has left by `nowNs`: pages as they are sent, device state byte by byte. Rule LM9. */
export function bytesSentNow(migration: Migration, nowNs: Nanoseconds): number {
  const { phase } = migration;
  if (phase.name === 'device-state') {
    const { startNs, endNs, bytes } = phase;
    if (nowNs >= endNs) return migration.bytesSent + bytes;
    return migration.bytesSent + Math.floor((bytes * (nowNs - startNs)) / (endNs - startNs));
  }
  const pass = passOf(migration);
  if (pass === null || phase.name === 'restoring') return migration.bytesSent;
  return migration.bytesSent + (pass.sent - pass.anchorSent) * pass.pageBytes;
}

export function pagesSentNow(migration: Migration): number {
  const { phase } = migration;
  const sending = 'pass' in phase && phase.name !== 'restoring';
  return migration.pagesSent + (sending ? phase.pass.sent : 0);
}

export function pagesRestoredNow({ phase, pagesRestored }: Migration): number {
  return pagesRestored + (phase.name === 'restoring' ? phase.pass.sent : 0);
}

/** An untouched page costs its address and a flag. Source: facts G4 (zero page). */
export const ANNOUNCEMENT_BYTES = 9;

export function nsPerByte(settings: MigrationSettings): number {
  return 1000 / settings.migrationMBps;
}

/** A page with its header on the migration network. */
export function pageCost(settings: MigrationSettings): PageCost {
  const pageBytes = PAGE_BYTES + settings.pageHeaderBytes;
  return { pageBytes, pageNs: pageBytes * nsPerByte(settings) };
}

export function deviceStateBytes(settings: MigrationSettings): number {
  return Math.round(settings.deviceStateMB * BYTES_PER_MB);
}
