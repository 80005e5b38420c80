/**
 * What the page and a worker of the convergence map say to each other. The map is a grid: columns are dirty rates, rows are
 * bandwidths, cell number = row x columns + column, row 0 at the top (the highest bandwidth). A cell is one complete live
 * migration; its figures come first from a sketch with few pages, then, where that could be off, from more pages.
 */
import * as v from 'valibot';
import type { ClientKind, Scenario } from '../engine/scenario.ts';
import type { StopReason } from '../engine/migration/stopCondition.ts';

export interface ConvergenceQuestion {
  /** As the Lab shows it, without commands. */
  readonly scenario: Scenario;
  readonly vm: number;
  /** Dirty rate of each column, pages per second, rising. */
  readonly columns: readonly number[];
  /** Migration bandwidth of each row, MB/s (10^6 bytes), falling. */
  readonly rows: readonly number[];
}

/** Page to worker. */
export type ConvergenceCommand =
  /** A new question; what is left of the one before is forgotten. */
  | { readonly type: 'ask'; readonly questionId: number; readonly question: ConvergenceQuestion }
  /** Cells to run, and the divisor of each: its memory has 1 / divisor of the pages; 0 asks for a sketch. */
  | { readonly type: 'run'; readonly cells: Uint16Array; readonly divisors: Uint16Array }
  /** One cell with all pages, before everything else. */
  | { readonly type: 'run-full'; readonly cell: number }
  /** A cell that is not asked for any more. */
  | { readonly type: 'drop-full'; readonly cell: number }
  /** The cells that are waiting are forgotten. */
  | { readonly type: 'stop' }
  /** Is anybody there? Answered by `pong`. */
  | { readonly type: 'ping' };

const index = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Columns, one entry for each cell of a batch. */
const cellColumns = v.object({
  cells: v.instance(Uint16Array<ArrayBuffer>),
  /** Of the run that gave the figures. */
  divisors: v.instance(Uint16Array<ArrayBuffer>),
  /** The divisor the cell needs: its own when the figures are final. */
  wanted: v.instance(Uint16Array<ArrayBuffer>),
  outageNs: v.instance(Float64Array<ArrayBuffer>),
  /** From the request until the source has cleaned up. */
  totalNs: v.instance(Float64Array<ArrayBuffer>),
  bytesSent: v.instance(Float64Array<ArrayBuffer>),
  rounds: v.instance(Uint16Array<ArrayBuffer>),
  /** Dirty at the switchover. */
  pagesLeft: v.instance(Float64Array<ArrayBuffer>),
  /** 1: stopped at the limit of rounds. */
  limited: v.instance(Uint8Array<ArrayBuffer>),
  /** 1: a TCP client lost its connection in the run. */
  losing: v.instance(Uint8Array<ArrayBuffer>),
});

const clientLoss = v.object({
  kind: v.custom<ClientKind>((value) => typeof value === 'string'),
  count: index,
  lost: index,
});

/** A cell run with all pages. */
const fullCell = v.object({
  outageNs: v.number(),
  totalNs: v.number(),
  bytesSent: v.number(),
  rounds: index,
  pagesLeft: index,
  stopReason: v.custom<StopReason>((value) => typeof value === 'string'),
  /** One for each group of clients of the VM. */
  clients: v.array(clientLoss),
});

/** Where connections are lost on the map. Rule CM5. */
const connectionLosses = v.object({
  /** Who sends its last repeat first, and how long after the first try. */
  kind: v.picklist(['windows-lan', 'linux-lan']),
  lastRepeatNs: v.number(),
  /** Whether the VM has TCP clients, so that each run counts its losses. */
  isCounted: v.boolean(),
});

/** Worker to page. */
export const convergenceAnswerSchema = v.variant('type', [
  v.object({
    type: v.literal('asked'),
    questionId: index,
    /** Why no node can take the VM at the start, or null. */
    refusal: v.nullable(v.string()),
    losses: connectionLosses,
  }),
  v.object({ type: v.literal('cells'), questionId: index, columns: cellColumns }),
  v.object({ type: v.literal('full'), questionId: index, cell: index, result: fullCell }),
  v.object({ type: v.literal('pong') }),
  v.object({ type: v.literal('failed'), name: v.string(), message: v.string() }),
]);

export type ConvergenceAnswer = v.InferOutput<typeof convergenceAnswerSchema>;
export type ConnectionLosses = v.InferOutput<typeof connectionLosses>;
export type CellColumns = v.InferOutput<typeof cellColumns>;
export type FullCell = v.InferOutput<typeof fullCell>;

export function createCellColumns(length: number): CellColumns {
  return {
    cells: new Uint16Array(length),
    divisors: new Uint16Array(length),
    wanted: new Uint16Array(length),
    outageNs: new Float64Array(length),
    totalNs: new Float64Array(length),
    bytesSent: new Float64Array(length),
    rounds: new Uint16Array(length),
    pagesLeft: new Float64Array(length),
    limited: new Uint8Array(length),
    losing: new Uint8Array(length),
  };
}

export function columnBuffers(columns: CellColumns): ArrayBuffer[] {
  return Object.values(columns).map(({ buffer }) => buffer);
}
