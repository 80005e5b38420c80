/** Frames for what is read rather than watched: at most ten a second while playing, at once otherwise. */
import type { FrameSource } from '../../../charts/frameSource.ts';
import type { FrameMessage } from '../../../protocol/messages.ts';

const CALM_MS = 100;

/** Calls `show` with the newest frame, now and from now on; the answer ends that. */
export function watchCalmly(frames: FrameSource, show: (frame: FrameMessage) => void): () => void {
  let shownAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const showNow = (frame: FrameMessage): void => {
    clearTimeout(timer);
    timer = undefined;
    shownAt = performance.now();
    show(frame);
  };
  const unsubscribe = frames.subscribe((frame) => {
    const waitMs = shownAt + CALM_MS - performance.now();
    if (!frame.summary.playing || waitMs <= 0) return showNow(frame);
    // The last frame of a burst is shown too, and it is the newest one then.
    timer ??= setTimeout(() => showNow(frames.latest() ?? frame), waitMs);
    return undefined;
  });
  const first = frames.latest();
  if (first !== null) showNow(first);
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
}
