/**
 * The columns of a frame: what the worker hands out for drawing, always transferred, never copied.
 * Two sets of buffers exist; a frame needs a free one, and the page gives it back after drawing.
 */

/** Cells of a memory map: 128 columns, at most 64 rows; cell c lies in row c / 128. */
export const MAP_COLUMNS = 128;
export const MAP_ROWS = 64;
export const MAP_CELLS = MAP_COLUMNS * MAP_ROWS;

/** Client strips shown at once, and marks in each at the most. */
export const STRIP_COUNT = 4;
export const STRIP_MARKS = 120;

/** Units of `stripPlaces` in one slot. */
export const STRIP_SLOT = 512;

/** Codes of `stripKinds`. */
export const STRIP_KINDS = {
  none: 0,
  /** At once. */
  answered: 1,
  /** A request that stood open for a while. */
  late: 2,
  /** A transmission that met no answer. */
  unanswered: 3,
  /** The connection is lost: refused, or the client gave up. */
  lost: 4,
  /** A new connection. */
  reconnected: 5,
} as const;

/** Content tone of a page that is not there. */
export const NO_CONTENT = 0;

export interface FrameBuffers {
  /** Pages of the cell sent at least once. Per cell. */
  readonly sent: Uint16Array<ArrayBuffer>;
  /** Pages of the cell that were sent and have to go again. Per cell. */
  readonly stale: Uint16Array<ArrayBuffer>;
  /** Stale pages that were sent three times or more. Per cell. */
  readonly hot: Uint16Array<ArrayBuffer>;
  /** While nothing is copied: writes of the guest in one second. Per cell; saturates. */
  readonly written: Uint16Array<ArrayBuffer>;
  /** Pages of the cell that the lit pass sends; all 0 while none is lit. Per cell. */
  readonly lit: Uint16Array<ArrayBuffer>;
  /** Content view: tone 1 … 255 of the cell's page at the source, 0 = nothing there. Per cell. */
  readonly sourceTone: Uint8Array<ArrayBuffer>;
  /** The same page as the destination holds it. Per cell. */
  readonly targetTone: Uint8Array<ArrayBuffer>;
  /** Slots of time across a client strip; 0 = there is no such group. Per strip. */
  readonly stripSlots: Uint8Array<ArrayBuffer>;
  /**
   * Marks of the client strips: `STRIP_COUNT` rows of `STRIP_MARKS`, oldest first, from the left of the row. Time from
   * the left end of the strip in 1 / `STRIP_SLOT` of a slot.
   */
  readonly stripPlaces: Uint16Array<ArrayBuffer>;
  /** What each mark is, a code of `STRIP_KINDS`; 0 ends the row. */
  readonly stripKinds: Uint8Array<ArrayBuffer>;
  /** Of answers: from the request on, in microseconds; saturates. */
  readonly stripRoundTrips: Uint16Array<ArrayBuffer>;
}

export function createFrameBuffers(): FrameBuffers {
  return {
    sent: new Uint16Array(MAP_CELLS),
    stale: new Uint16Array(MAP_CELLS),
    hot: new Uint16Array(MAP_CELLS),
    written: new Uint16Array(MAP_CELLS),
    lit: new Uint16Array(MAP_CELLS),
    sourceTone: new Uint8Array(MAP_CELLS),
    targetTone: new Uint8Array(MAP_CELLS),
    stripSlots: new Uint8Array(STRIP_COUNT),
    stripPlaces: new Uint16Array(STRIP_COUNT * STRIP_MARKS),
    stripKinds: new Uint8Array(STRIP_COUNT * STRIP_MARKS),
    stripRoundTrips: new Uint16Array(STRIP_COUNT * STRIP_MARKS),
  };
}

/** The transfer list of a message that carries `buffers`. */
export function transferables(buffers: FrameBuffers): ArrayBuffer[] {
  return Object.values(buffers).map((column: Uint16Array<ArrayBuffer>) => column.buffer);
}
