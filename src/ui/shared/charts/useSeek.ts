import { useEffect, useRef, type PointerEvent } from 'react';

/** The pointer's way along a track: seeks where it goes down and up, and between at most once per animation frame. */
export interface SeekHandlers {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
}

/** @param nsAt  Time at a distance from the track's left edge, in CSS pixels. */
export function useSeek(nsAt: (x: number) => number, onSeek: (ns: number) => void): SeekHandlers {
  const asked = useRef(0);
  const pending = useRef<number | null>(null);
  const seek = useRef(onSeek);
  useEffect(() => {
    seek.current = onSeek;
  });
  useEffect(() => () => cancelAnimationFrame(asked.current), []);

  const place = ({ clientX, currentTarget }: PointerEvent<HTMLElement>): number =>
    nsAt(clientX - currentTarget.getBoundingClientRect().left);
  const seekNow = (): void => {
    const ns = pending.current;
    pending.current = null;
    if (ns !== null) seek.current(ns);
  };
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      pending.current = place(event);
      seekNow();
    },
    onPointerMove: (event) => {
      if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
      const isAsked = pending.current !== null;
      pending.current = place(event);
      if (!isAsked) asked.current = requestAnimationFrame(seekNow);
    },
    // Nothing asked for is left over when the pointer lets go.
    onPointerUp: () => {
      cancelAnimationFrame(asked.current);
      seekNow();
    },
  };
}
