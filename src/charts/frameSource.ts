/** Where painters get the newest frame: once per animation frame, outside of any store. */
import type { FrameMessage } from '../protocol/messages.ts';

export interface FrameSource {
  /** The newest frame, or null before the first. Its buffers stay valid until the next frame is painted. */
  latest(): FrameMessage | null;
  /** Calls `paint` in the animation frame after a new frame arrived; the answer ends that. */
  subscribe(paint: (frame: FrameMessage) => void): () => void;
}
