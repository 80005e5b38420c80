/** A run as far as it is worked out: its recording, its migrations with their phases, its events. */
import * as v from 'valibot';
import type { ClusterEventKind } from '../engine/clusterEvent.ts';
import type { Scenario } from '../engine/scenario.ts';
import { clientKind, index, maybe, moveEntries, ns, phaseName } from './schemaParts.ts';

const phaseRow = v.object({
  name: phaseName,
  number: v.number(),
  /** Of rounds that share a row: the number of the last; the figures are their sums. */
  lastNumber: v.optional(v.number()),
  startNs: ns,
  endNs: maybe(ns),
  /** Length foreseen when it began; infinite where that is open. */
  plannedNs: ns,
  pagesToSend: index,
  pagesSent: index,
  pagesDirtied: index,
  pagesLeft: index,
  /** Pages dirtied by (i + 1) / 32 of the length foreseen. */
  dirtiedCurve: v.custom<readonly number[]>(Array.isArray),
});

const migrationRow = v.object({
  ...moveEntries,
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
export const runInfo = v.object({
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

/** What is new of a run since it was told last: rows before `eventsFrom` and `phasesFrom` stay as they were told. */
export const runNews = v.object({
  ...runInfo.entries,
  eventsFrom: index,
  /** All of them, each with its new phases. */
  migrations: v.array(v.object({ ...migrationRow.entries, phasesFrom: index })),
});

export type RunNews = v.InferOutput<typeof runNews>;
export type RunInfo = v.InferOutput<typeof runInfo>;
export type MigrationRow = v.InferOutput<typeof migrationRow>;
export type PhaseRow = v.InferOutput<typeof phaseRow>;
export type EventRow = v.InferOutput<typeof eventRow>;
export type ClientResult = v.InferOutput<typeof clientResult>;
