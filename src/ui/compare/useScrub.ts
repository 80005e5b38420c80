/** Presses and drags over a plot move the shown time along its axis; a touch does so where it does not scroll. */
import { useRef, type PointerEvent } from 'react';
import { nsAt, type TimeAxis } from '../../charts/compareAxis.ts';
import { useCompareActions } from './compare.tsx';

type ScrubHandlers = Readonly<
  Record<'onPointerDown' | 'onPointerMove' | 'onPointerUp', (event: PointerEvent) => void>
>;

/** @param plot  As wide as the axis. @param isOnPlot  Whether a press there is meant for the time. */
export function useScrub(
  plot: { readonly current: Element | null },
  axis: TimeAxis,
  isOnPlot: (event: PointerEvent) => boolean,
): ScrubHandlers {
  const { seek } = useCompareActions();
  const isDragging = useRef(false);
  const seekTo = ({ clientX }: PointerEvent): boolean => {
    const box = plot.current?.getBoundingClientRect();
    if (box === undefined || clientX < box.left || clientX > box.right) return false;
    seek(Math.max(0, Math.round(nsAt(axis, clientX - box.left))));
    return true;
  };
  return {
    onPointerDown(event) {
      if (event.button !== 0 || !isOnPlot(event)) return;
      isDragging.current = event.pointerType !== 'touch' && seekTo(event);
    },
    onPointerMove(event) {
      if (isDragging.current && event.buttons !== 0) seekTo(event);
    },
    onPointerUp(event) {
      if (event.pointerType === 'touch' && isOnPlot(event)) seekTo(event);
      isDragging.current = false;
    },
  };
}
