import { useEffect, useRef, type PointerEvent } from 'react';

/** The pointer's way along a track: seeks while it is down, at most once per animation frame. */
export interface SeekHandlers {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
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

  const follow = (event: PointerEvent<HTMLElement>): void => {
    const isAsked = pending.current !== null;
    pending.current = nsAt(event.clientX - event.currentTarget.getBoundingClientRect().left);
    if (isAsked) return;
    asked.current = requestAnimationFrame(() => {
      const ns = pending.current;
      pending.current = null;
      if (ns !== null) seek.current(ns);
    });
  };
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      follow(event);
    },
    onPointerMove: (event) => {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
    },
  };
}
