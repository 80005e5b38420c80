/** A whole run without its memories, for pictures of several runs at once. */
import * as v from 'valibot';
import type { Moment } from '../engine/clients/moments.ts';
import { clientRow, nodeRow, quorum, vmRow, volumeRow } from './frameSummary.ts';
import { runInfo } from './runInfo.ts';
import { index, maybe, ns, phaseName } from './schemaParts.ts';

/** The cluster between two changes: what pictures and sentences of that moment are made of. Fields as in a frame. */
const outlineMoment = v.object({
  fromNs: ns,
  vms: v.array(v.pick(vmRow, ['node', 'status', 'statusEndNs', 'disk', 'lostMiB', 'blocked'])),
  nodes: v.array(v.pick(nodeRow, ['up', 'downSinceNs', 'member', 'paused'])),
  volumes: v.array(volumeRow),
  quorum: v.pick(quorum, ['has', 'votes', 'total']),
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
  /**
   * All clients of each group, at the end. `late`: answers that came only after a repeat or a wait. `lostNs`: when each
   * of those that lost a connection did so for the first time, in order.
   */
  groups: v.array(v.object({ ...clientRow.entries, late: index, lostNs: v.array(ns) })),
  /** At most 60; of more clients each stands for its neighbours, of whom it met the worst. */
  trails: v.array(clientTrail),
});

export const outline = v.object({
  run: runInfo,
  /** In order of time; the first is at 0. */
  moments: v.array(outlineMoment),
  watched: maybe(watchedVm),
});

/** How far a run is worked out. */
export const outlineProgress = v.object({
  timeNs: ns,
  /** What is sent now for the watched VM, or null. `round` is 0 where it is none. */
  pass: maybe(
    v.object({ phase: phaseName, round: v.number(), pagesSent: index, pagesToSend: index }),
  ),
});

export type OutlineProgress = v.InferOutput<typeof outlineProgress>;
export type Outline = v.InferOutput<typeof outline>;
export type OutlineMoment = v.InferOutput<typeof outlineMoment>;
export type WatchedVm = v.InferOutput<typeof watchedVm>;
export type ClientTrail = v.InferOutput<typeof clientTrail>;
