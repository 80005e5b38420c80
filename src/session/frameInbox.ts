/**
 * The newest frame, painted once per animation frame by one handler for the whole page. While nothing
 * is new nothing is asked for. Buffers go back to the worker when no painter can need them any more.
 */
import type { FrameBuffers } from '../protocol/frameColumns.ts';
import type { FrameMessage } from '../protocol/messages.ts';

export interface FrameInboxDeps {
  /** Calls back in the next animation frame. */
  readonly requestFrame: (callback: () => void) => void;
  readonly release: (buffers: FrameBuffers) => void;
  /** A painter has thrown. The others draw all the same, and the next frame comes. */
  readonly failed: (error: unknown) => void;
  /** After all painters have drawn `frame`. */
  readonly painted: (frame: FrameMessage) => void;
}

type Painter = (frame: FrameMessage) => void;

export interface FrameInbox {
  latest(): FrameMessage | null;
  subscribe(paint: Painter): () => void;
  /** Takes the place of a frame that was not painted yet. */
  receive(frame: FrameMessage): void;
  /** The worker is gone: its frames stay on screen, their buffers are given back to nobody. */
  disown(): void;
}

export function createFrameInbox(deps: FrameInboxDeps): FrameInbox {
  const painters = new Set<Painter>();
  let shown: FrameMessage | null = null;
  let shownIsOwned = false;
  let pending: FrameMessage | null = null;
  let scheduled = false;

  const attempt = (paint: Painter, frame: FrameMessage): void => {
    try {
      paint(frame);
    } catch (error) {
      deps.failed(error);
    }
  };

  const paintPending = (): void => {
    scheduled = false;
    if (pending === null) return;
    const previous = shownIsOwned ? shown : null;
    const frame = pending;
    [shown, shownIsOwned, pending] = [frame, true, null];
    for (const paint of painters) attempt(paint, frame);
    if (previous !== null) deps.release(previous.buffers);
    deps.painted(frame);
  };

  return {
    latest: () => shown,
    subscribe(paint) {
      painters.add(paint);
      return () => painters.delete(paint);
    },
    receive(frame) {
      if (pending !== null) deps.release(pending.buffers);
      pending = frame;
      if (scheduled) return;
      scheduled = true;
      deps.requestFrame(paintPending);
    },
    disown() {
      [pending, shownIsOwned] = [null, false];
    },
  };
}
