/**
 * What page and worker say to each other. The shapes are schemas, so a message that does not fit its type is
 * an error with a name. Times are integer nanoseconds of simulated time; indices are places in
 * the scenario's lists. Everything of a run carries its `runId`; answers of an older run are dropped.
 */
import * as v from 'valibot';
import type { Operation } from '../engine/command.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { FrameBuffers } from './frameColumns.ts';
import { summary } from './frameSummary.ts';
import { outline, outlineProgress } from './outline.ts';
import { runNews } from './runInfo.ts';
import { index, ns } from './schemaParts.ts';

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
      /** What is pointed at elsewhere, in time: the cells that its pass sends are lit. */
      readonly lit: { readonly fromNs: number; readonly toNs: number } | null;
    }
  | { readonly type: 'releaseFrame'; readonly buffers: FrameBuffers }
  /** Answered by `inspected`. */
  | { readonly type: 'inspect'; readonly requestId: number }
  /** Runs another scenario to its end, beside the present run. Answered by `outlined`, and by `outlining` on the way. */
  | {
      readonly type: 'outline';
      readonly requestId: number;
      readonly scenario: Scenario;
      /** The VM whose clients and bytes are told too. */
      readonly watchedVm?: number;
    }
  /** Nobody waits for that outline any more. */
  | { readonly type: 'dropOutline'; readonly requestId: number }
  /** Is anybody there? Answered by `pong`, whatever else is to be done. */
  | { readonly type: 'ping' };

const column16 = v.instance(Uint16Array<ArrayBuffer>);
const column8 = v.instance(Uint8Array<ArrayBuffer>);

const buffers = v.object({
  sent: column16,
  stale: column16,
  hot: column16,
  written: column16,
  lit: column16,
  sourceTone: column8,
  targetTone: column8,
  stripSlots: column8,
  stripPlaces: column16,
  stripKinds: column8,
  stripRoundTrips: column16,
});

/** Worker to page. */
export const simAnswerSchema = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('pong') }),
  v.object({ type: v.literal('loaded'), runId: index }),
  v.object({ type: v.literal('run'), runId: index, run: runNews }),
  v.object({ type: v.literal('frame'), runId: index, summary, buffers }),
  v.object({
    type: v.literal('inspected'),
    requestId: index,
    runId: index,
    timeNs: ns,
    /** Of the shown moment. */
    digest: v.string(),
  }),
  v.object({ type: v.literal('outlining'), requestId: index, progress: outlineProgress }),
  v.object({ type: v.literal('outlined'), requestId: index, outline }),
  v.object({ type: v.literal('failed'), runId: index, name: v.string(), message: v.string() }),
]);

export type SimAnswer = v.InferOutput<typeof simAnswerSchema>;
export type FrameMessage = Extract<SimAnswer, { type: 'frame' }>;
