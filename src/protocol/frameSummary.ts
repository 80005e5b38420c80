/** The cluster at the shown time: all of a frame but the columns of its maps and strips. */
import * as v from 'valibot';
import type { MigrationSettings } from '../engine/migration/migration.ts';
import type { WriterSpec } from '../engine/settings.ts';
import {
  clientKind,
  index,
  maybe,
  moveEntries,
  ns,
  ownerIndex,
  phaseName,
  vmStatus,
} from './schemaParts.ts';

/** A volume that is being moved or taken over. */
const volumeChange = v.object({
  why: v.picklist(['move', 'take-over']),
  to: index,
  startNs: ns,
  /** Infinite while that is open. */
  endNs: ns,
});

export const volumeRow = v.object({
  kind: v.picklist(['cluster-disk', 'csv']),
  /** Owner or coordinator; -1 for nobody. */
  owner: ownerIndex,
  change: maybe(volumeChange),
  /** Per node: how its I/O reaches the volume now. */
  access: v.array(v.picklist(['direct', 'redirected', 'stalled', 'none'])),
  /** Per node: whether its own path to the volume is whole. */
  paths: v.array(v.boolean()),
});

/** The migration whose memory is on the maps, at the shown time. */
const shownMigration = v.object({
  ...moveEntries,
  phase: phaseName,
  /** Round number in a round, else 0. */
  round: v.number(),
  /** Of the present pass. */
  pagesToSend: index,
  pagesSent: index,
  /** Sent last in the present pass, or -1. */
  sendingPage: v.number(),
  /** Marked since the round began: what the next round has to send so far. */
  dirtiedPages: index,
  bytesSent: v.number(),
  pagesSentInAll: index,
  /** Of the migration network, or of the path to the storage, while pages travel; else 0. MB = 10^6 bytes. */
  sendingMBps: v.number(),
  /** Totals of the columns `sent`, `stale`, `hot`. */
  sentPages: index,
  stalePages: index,
  hotPages: index,
});

/** A group of clients of the shown VM at the shown time. */
export const clientRow = v.object({
  kind: clientKind,
  count: index,
  /** Never lost a connection. */
  kept: index,
  /** Where each of them stands; together they are `count`. */
  now: v.object({
    /** On its first connection, and nothing is open. Of pings: the newest was answered. */
    answered: index,
    /** A request meets no answer and is repeated. Of pings: the newest was not answered. */
    asking: index,
    /** A request was acknowledged; its answer waits for the disk. */
    waiting: index,
    /** It lost its connection and has no new one yet. */
    lost: index,
    /** It has a new connection, and nothing is open. */
    reconnected: index,
  }),
  /** So far. */
  longestSilenceNs: ns,
});

export const vmRow = v.object({
  /** Owner of its group: it is there and nowhere else. */
  node: index,
  status: vmStatus,
  /** When a status that ends by itself ends (it is configured, boots), or null. */
  statusEndNs: maybe(ns),
  /** Of all outages up to now. */
  outageNs: ns,
  /** It runs, but its disk does not answer; or it is reached through the coordinator. */
  disk: v.picklist(['direct', 'redirected', 'stalled']),
  /** Lost in crashes so far. */
  lostMiB: v.number(),
  /** Why it cannot be started now, or null. */
  blocked: maybe(v.string()),
  /** What is happening to it, or null. */
  phase: maybe(phaseName),
  /** As set at the shown time: by the scenario, or by the last command. */
  writers: v.custom<readonly WriterSpec[]>(Array.isArray),
});

export const nodeRow = v.object({
  usedMiB: v.number(),
  up: v.boolean(),
  /** Since when it is down, or null. */
  downSinceNs: maybe(ns),
  /** Whether the cluster counts it in; a crash takes some seconds to be dealt with. */
  member: v.boolean(),
  /** It is down, and the others do not know. */
  unnoticed: v.boolean(),
  /** Paused for maintenance. */
  paused: v.boolean(),
  migrationNetwork: v.boolean(),
  /** Why it cannot be drained now, or null when it can. */
  drainRefusal: maybe(v.string()),
});

export const quorum = v.object({
  has: v.boolean(),
  /** Votes that are there, those that are needed, all there could be. */
  votes: index,
  needed: index,
  total: index,
  /** null where no disk witness votes. */
  witness: maybe(v.boolean()),
});

export const summary = v.object({
  /** Commands received so far, `releaseFrame` and `inspect` apart: this frame is drawn after all of them. */
  commandsReceived: index,
  timeNs: ns,
  playing: v.boolean(),
  speed: v.number(),
  /** While the run is worked out anew up to the shown time. */
  catchingUp: v.boolean(),
  vms: v.array(vmRow),
  nodes: v.array(nodeRow),
  volumes: v.array(
    v.object({
      ...volumeRow.entries,
      /** Per node: why the volume cannot be given to it now, or null when it can. */
      moveRefusals: v.array(maybe(v.string())),
      /** Why it cannot be turned into the other kind now, or null when it can. */
      convertRefusal: maybe(v.string()),
    }),
  ),
  quorum,
  /** As they hold at the shown time. */
  settings: v.custom<MigrationSettings>((value) => typeof value === 'object' && value !== null),
  /** Per node: why the selected VM cannot be moved there now, or null when it can. */
  refusals: v.object({ live: v.array(maybe(v.string())), quick: v.array(maybe(v.string())) }),
  migration: maybe(shownMigration),
  /** One for each group of clients of the shown VM. */
  clients: v.array(clientRow),
  /** Pages of one map cell of the shown VM, and its page count. */
  pagesPerCell: index,
  pageCount: index,
  /** Distinct pages written in the idle second. */
  writtenPages: index,
  lens: maybe(
    v.object({
      cell: index,
      firstPage: index,
      pages: index,
      dirty: index,
      sent: index,
      /** At most 128 codes: 0 not sent, 1 copied, 2 dirty, 3 dirty and sent 3 times or more; each stands for `pagesPerCode` pages, the worst of them. */
      codes: v.array(index),
      /** Of each code, the first page that has it. */
      worst: v.array(index),
      pagesPerCode: index,
    }),
  ),
  /** The pass of the shown migration in which something is pointed at, and how much it sends; null while there is none. */
  lit: maybe(
    v.object({
      /** Of a round; 0 for the blackout. */
      round: index,
      pages: index,
      /** Cells that it sends a page of. */
      cells: index,
    }),
  ),
  /** The passes of the shown migration, as far as they have begun, that send pages of the lens cell. */
  cellPasses: v.array(
    v.object({
      name: phaseName,
      /** Of a round, else 0. */
      round: index,
      startNs: ns,
      endNs: ns,
      pages: index,
    }),
  ),
  /** What became of the chosen page; null while none is chosen, nothing is copied, or that is being worked out. */
  page: maybe(
    v.object({
      page: index,
      /** As in `lens.codes`. */
      code: index,
      /** In the set that the present pass sends. */
      toSend: v.boolean(),
      /** By the guest since the copy began; and since the page was sent last. */
      written: index,
      writtenSince: index,
      /** Times sent; in a quick migration 1 when saved, 2 when read back. An announcement is none. */
      sent: index,
      sentNs: maybe(ns),
      /** The phase in which it was sent last; the number is that of a round, else 0. */
      sentIn: maybe(v.object({ name: phaseName, number: index })),
    }),
  ),
});

export type FrameSummary = v.InferOutput<typeof summary>;
export type CellPass = FrameSummary['cellPasses'][number];
export type PageFacts = NonNullable<FrameSummary['page']>;
export type ShownMigration = v.InferOutput<typeof shownMigration>;
export type VolumeRow = v.InferOutput<typeof volumeRow>;
export type ClientRow = v.InferOutput<typeof clientRow>;
