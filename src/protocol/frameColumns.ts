/**
 * The columns of a frame: what the worker hands out for drawing, always transferred, never copied.
 * Two sets of buffers exist; a frame needs a free one, and the page gives it back after drawing.
 */

/** Cells of a memory map: 128 columns, at most 64 rows; cell c lies in row c / 128. */
export const MAP_COLUMNS = 128;
export const MAP_ROWS = 64;
export const MAP_CELLS = MAP_COLUMNS * MAP_ROWS;

/** Client strips shown at once, and ticks in each. */
export const STRIP_COUNT = 4;
export const STRIP_TICKS = 120;

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
  /** Content view: tone 1 … 255 of the cell's page at the source, 0 = nothing there. Per cell. */
  readonly sourceTone: Uint8Array<ArrayBuffer>;
  /** The same page as the destination holds it. Per cell. */
  readonly targetTone: Uint8Array<ArrayBuffer>;
  /**
   * Client strips: `STRIP_COUNT` rows of `STRIP_TICKS`, oldest first, right-aligned. Round trip in
   * microseconds; 0 = no request, 65535 = no answer.
   */
  readonly pings: Uint16Array<ArrayBuffer>;
}

export const NO_ANSWER = 65535;

export function createFrameBuffers(): FrameBuffers {
  return {
    sent: new Uint16Array(MAP_CELLS),
    stale: new Uint16Array(MAP_CELLS),
    hot: new Uint16Array(MAP_CELLS),
    written: new Uint16Array(MAP_CELLS),
    sourceTone: new Uint8Array(MAP_CELLS),
    targetTone: new Uint8Array(MAP_CELLS),
    pings: new Uint16Array(STRIP_COUNT * STRIP_TICKS),
  };
}

/** The transfer list of a message that carries `buffers`. */
export function transferables(buffers: FrameBuffers): ArrayBuffer[] {
  return Object.values(buffers).map((column: Uint16Array<ArrayBuffer>) => column.buffer);
}
