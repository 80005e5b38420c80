/**
 * What page and worker say to each other. The shapes are schemas, so a message that does not fit its type is
 * an error with a name. Times are integer nanoseconds of simulated time; indices are places in
 * the scenario's lists. Everything of a run carries its `runId`; answers of an older run are dropped.
 */
import * as v from 'valibot';
import type { ClusterEventKind } from '../engine/clusterEvent.ts';
import type { Operation } from '../engine/command.ts';
import type { MigrationSettings, PhaseName } from '../engine/migration/migration.ts';
import type { Scenario } from '../engine/scenario.ts';
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
      readonly content: boolean;
      /** While nothing is copied: the second of the guest's clock whose writes are shown. */
      readonly idleSecond: number;
    }
  | { readonly type: 'releaseFrame'; readonly buffers: FrameBuffers }
  /** Answered by `inspected`. */
  | { readonly type: 'inspect'; readonly requestId: number };

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

const migrationRow = v.object({
  id: index,
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
  bytesSent: v.number(),
  pagesSent: index,
  phases: v.array(phaseRow),
});

const eventRow = v.object({
  atNs: ns,
  kind: v.custom<ClusterEventKind>((value) => typeof value === 'string'),
  vm: v.number(),
  text: v.string(),
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
});

/** The live migration whose memory is on the maps, at the shown time. */
const shownMigration = v.object({
  id: index,
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
  /** Of the migration network while pages are sent, else 0. MB = 10^6 bytes. */
  sendingMBps: v.number(),
  /** Totals of the columns `sent`, `stale`, `hot`. */
  sentPages: index,
  stalePages: index,
  hotPages: index,
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
      node: index,
      running: v.boolean(),
      /** Of all blackouts up to now. */
      outageNs: ns,
      /** What is happening to it, or null. */
      phase: maybe(phaseName),
      /** As set at the shown time: by the scenario, or by the last command. */
      writers: v.custom<readonly WriterSpec[]>(Array.isArray),
    }),
  ),
  nodes: v.array(v.object({ usedMiB: v.number() })),
  /** Node index per volume: owner or coordinator. */
  volumeOwners: v.array(index),
  /** As they hold at the shown time. */
  settings: v.custom<MigrationSettings>((value) => typeof value === 'object' && value !== null),
  /** Per node: why the selected VM cannot be live-migrated there now, or null when it can. */
  refusals: v.array(maybe(v.string())),
  migration: maybe(shownMigration),
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
      pagesPerCode: index,
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
  pings: column16,
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
  v.object({ type: v.literal('failed'), runId: index, name: v.string(), message: v.string() }),
]);

export type SimAnswer = v.InferOutput<typeof simAnswerSchema>;
export type RunInfo = v.InferOutput<typeof runInfo>;
export type MigrationRow = v.InferOutput<typeof migrationRow>;
export type PhaseRow = v.InferOutput<typeof phaseRow>;
export type EventRow = v.InferOutput<typeof eventRow>;
export type FrameSummary = v.InferOutput<typeof summary>;
export type ShownMigration = v.InferOutput<typeof shownMigration>;
export type FrameMessage = Extract<SimAnswer, { type: 'frame' }>;
