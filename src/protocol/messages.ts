/**
 * What page and worker say to each other. The shapes are schemas, so a message that does not fit its type is
 * an error with a name. Times are integer nanoseconds of simulated time; indices are places in
 * the scenario's lists. Everything of a run carries its `runId`; answers of an older run are dropped.
 */
import * as v from 'valibot';
import type { ClusterEventKind } from '../engine/clusterEvent.ts';
import type { Moment } from '../engine/clients/moments.ts';
import type { Operation } from '../engine/command.ts';
import type { MigrationSettings, PhaseName } from '../engine/migration/migration.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { VmStatusName } from '../engine/cluster/vmState.ts';
import type { WriterSpec } from '../engine/settings.ts';
import type { FrameBuffers } from './frameColumns.ts';

export type RunId = number;

/** How far a step goes: a 64th of the present phase, to the next event, or to the next phase border. */
export type StepUnit = 'batch' | 'event' | 'round';

/** Page to worker. */
export type SimCommand =
  /** A new run. Afterwards the shown time is `showNs` (0 when absent), paused. */
  | {
      readonly type: 'load';
      readonly runId: RunId;
      readonly scenario: Scenario;
      readonly showNs?: number;
    }
  /** Runs the shown time on; `speed` is simulated seconds per second. Stops by itself at the end of the run. */
  | { readonly type: 'play'; readonly speed: number }
  | { readonly type: 'pause' }
  | { readonly type: 'seek'; readonly ns: number }
  | { readonly type: 'step'; readonly unit: StepUnit; readonly direction: 1 | -1 }
  /** Appends a command at the shown time; what was recorded after it is set aside. */
  | { readonly type: 'operate'; readonly operation: Operation }
  /** What the maps show: a VM, a cell for the lens, content instead of states. */
  | {
      readonly type: 'show';
      readonly vm: number;
      readonly lensCell: number | null;
      /** The page that was chosen in the lens: `page` of the summary tells what became of it. */
      readonly page: number | null;
      readonly content: boolean;
      /** While nothing is copied: the second of the guest's clock whose writes are shown. */
      readonly idleSecond: number;
    }
  | { readonly type: 'releaseFrame'; readonly buffers: FrameBuffers }
  /** Answered by `inspected`. */
  | { readonly type: 'inspect'; readonly requestId: number }
  /** Runs another scenario to its end, beside the present run. Answered by `outlined`. */
  | {
      readonly type: 'outline';
      readonly requestId: number;
      readonly scenario: Scenario;
      /** The VM whose clients and bytes are told too. */
      readonly watchedVm?: number;
    };

const ns = v.number();
const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const maybe = <T extends v.GenericSchema>(schema: T) => v.nullable(schema);

const phaseName = v.custom<PhaseName>((value) => typeof value === 'string');
const column16 = v.instance(Uint16Array<ArrayBuffer>);
const column8 = v.instance(Uint8Array<ArrayBuffer>);

const phaseRow = v.object({
  name: phaseName,
  number: v.number(),
  startNs: ns,
  endNs: maybe(ns),
  /** Length foreseen when it began; infinite where that is open. */
  plannedNs: ns,
  pagesToSend: index,
  pagesSent: index,
  pagesDirtied: index,
  pagesLeft: index,
  /** Pages dirtied by (i + 1) / 32 of the length foreseen. */
  dirtiedCurve: v.array(v.number()),
});

const method = v.picklist(['live', 'quick']);
/** Who asked for it: a person, a node that is drained, or the cluster after a failure or a repair. */
const cause = v.picklist(['operator', 'drain', 'failover', 'failback']);
const clientKind = v.picklist(['windows-lan', 'linux-lan', 'ping']);
/** A node index, or -1 for nobody. */
const ownerIndex = v.pipe(v.number(), v.integer(), v.minValue(-1));
const vmStatus = v.custom<VmStatusName>((value) => typeof value === 'string');

const migrationRow = v.object({
  id: index,
  method,
  cause,
  vm: index,
  from: index,
  to: index,
  requestedNs: ns,
  startedNs: maybe(ns),
  endedNs: maybe(ns),
  outcome: v.picklist(['completed', 'cancelled', 'failed', 'running', 'queued']),
  stopReason: maybe(v.picklist(['small-enough', 'round-limit'])),
  differingPages: maybe(index),
  pausedNs: maybe(ns),
  resumedNs: maybe(ns),
  /** Live: over the migration network. Quick: written to the file on the volume. */
  bytesSent: v.number(),
  pagesSent: index,
  /** Read back from the file. */
  pagesRestored: index,
  phases: v.array(phaseRow),
});

const eventRow = v.object({
  atNs: ns,
  kind: v.custom<ClusterEventKind>((value) => typeof value === 'string'),
  vm: v.number(),
  text: v.string(),
});

/** A group of clients at the end of the run, as the report has it. */
const clientResult = v.object({
  /** Id of the VM. */
  vm: v.string(),
  kind: clientKind,
  count: index,
  kept: index,
  lost: index,
  longestSilenceMs: v.number(),
});

/** The run as far as it is worked out: from its start to `computedToNs`, ahead of the shown time. */
const runInfo = v.object({
  /** With the commands given so far. */
  scenario: v.custom<Scenario>((value) => typeof value === 'object' && value !== null),
  computedToNs: ns,
  /** Nothing more happens after `endNs`. */
  complete: v.boolean(),
  /** Time of the last thing that happens; grows until `complete`. */
  endNs: ns,
  migrations: v.array(migrationRow),
  events: v.array(eventRow),
  /** Digest of the report, as the command line prints it; null until the run is complete. */
  reportDigest: maybe(v.string()),
  /** What the clients met, of all VMs; null until the run is complete. */
  clientResults: maybe(v.array(clientResult)),
});

/** A volume that is being moved or taken over. */
const volumeChange = v.object({
  why: v.picklist(['move', 'take-over']),
  to: index,
  startNs: ns,
  /** Infinite while that is open. */
  endNs: ns,
});

const volumeRow = v.object({
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
  id: index,
  method,
  cause,
  vm: index,
  from: index,
  to: index,
  requestedNs: ns,
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
const clientRow = v.object({
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

const summary = v.object({
  /** Commands received so far, `releaseFrame` and `inspect` apart: this frame is drawn after all of them. */
  commandsReceived: index,
  timeNs: ns,
  playing: v.boolean(),
  speed: v.number(),
  /** While the run is worked out anew up to the shown time. */
  catchingUp: v.boolean(),
  vms: v.array(
    v.object({
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
    }),
  ),
  nodes: v.array(
    v.object({
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
    }),
  ),
  volumes: v.array(
    v.object({
      ...volumeRow.entries,
      /** Per node: why the volume cannot be given to it now, or null when it can. */
      moveRefusals: v.array(maybe(v.string())),
      /** Why it cannot be turned into the other kind now, or null when it can. */
      convertRefusal: maybe(v.string()),
    }),
  ),
  quorum: v.object({
    has: v.boolean(),
    /** Votes that are there, those that are needed, all there could be. */
    votes: index,
    needed: index,
    total: index,
    /** null where no disk witness votes. */
    witness: maybe(v.boolean()),
  }),
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

const buffers = v.object({
  sent: column16,
  stale: column16,
  hot: column16,
  written: column16,
  sourceTone: column8,
  targetTone: column8,
  stripSlots: column8,
  stripPlaces: column16,
  stripKinds: column8,
  stripRoundTrips: column16,
});

/** The cluster between two changes, for pictures of a whole run without its memories. */
const outlineMoment = v.object({
  fromNs: ns,
  vms: v.array(v.object({ node: index, status: vmStatus })),
  nodes: v.array(v.object({ up: v.boolean() })),
  volumes: v.array(volumeRow),
});

/** What one client of a watched VM met; what lies outside of its troubles was answered at once. */
const clientTrail = v.object({
  /** The group, and the client's place in it. */
  group: index,
  client: index,
  /** It asks at `firstNs` and then each `everyNs`, also before the run began. */
  firstNs: ns,
  everyNs: ns,
  /** Requests of its schedule from `fromNs` on and before `toNs` (infinite where that does not come) were not answered at once. */
  troubles: v.array(v.object({ fromNs: ns, toNs: v.number() })),
  /** In order of time. There may be thousands, so that they are not looked at one by one. */
  marks: v.custom<readonly Moment[]>(Array.isArray),
  lost: v.boolean(),
  /** Infinite where no answer comes any more. */
  longestSilenceNs: v.number(),
});

/** The clients of one VM over a whole run, and what was moved for it. */
const watchedVm = v.object({
  vm: index,
  /** Lost in crashes. */
  lostMiB: v.number(),
  /** Bytes over the network, or to the volume and back, by then. Straight between two of them. */
  bytes: v.array(v.object({ ns, bytes: v.number() })),
  /** All clients of each group, at the end. `late`: answers that came only after a repeat or a wait. */
  groups: v.array(v.object({ ...clientRow.entries, late: index })),
  /** At most 60; of more clients each stands for its neighbours, of whom it met the worst. */
  trails: v.array(clientTrail),
});

const outline = v.object({
  run: runInfo,
  /** In order of time; the first is at 0. */
  moments: v.array(outlineMoment),
  watched: maybe(watchedVm),
});

/** Worker to page. */
export const simAnswerSchema = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('loaded'), runId: index }),
  v.object({ type: v.literal('run'), runId: index, run: runInfo }),
  v.object({ type: v.literal('frame'), runId: index, summary, buffers }),
  v.object({
    type: v.literal('inspected'),
    requestId: index,
    runId: index,
    timeNs: ns,
    /** Of the shown moment. */
    digest: v.string(),
  }),
  v.object({ type: v.literal('outlined'), requestId: index, outline }),
  v.object({ type: v.literal('failed'), runId: index, name: v.string(), message: v.string() }),
]);

export type SimAnswer = v.InferOutput<typeof simAnswerSchema>;
export type RunInfo = v.InferOutput<typeof runInfo>;
export type MigrationRow = v.InferOutput<typeof migrationRow>;
export type PhaseRow = v.InferOutput<typeof phaseRow>;
export type EventRow = v.InferOutput<typeof eventRow>;
export type FrameSummary = v.InferOutput<typeof summary>;
export type PageFacts = NonNullable<FrameSummary['page']>;
export type ShownMigration = v.InferOutput<typeof shownMigration>;
export type VolumeRow = v.InferOutput<typeof volumeRow>;
export type Outline = v.InferOutput<typeof outline>;
export type OutlineMoment = v.InferOutput<typeof outlineMoment>;
export type WatchedVm = v.InferOutput<typeof watchedVm>;
export type ClientTrail = v.InferOutput<typeof clientTrail>;
export type ClientResult = v.InferOutput<typeof clientResult>;
export type ClientRow = v.InferOutput<typeof clientRow>;
export type FrameMessage = Extract<SimAnswer, { type: 'frame' }>;
