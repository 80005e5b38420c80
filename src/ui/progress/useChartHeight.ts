/** Where the Lab is as high as the window, the chart gives way to a stage that needs more room. */
import { useLayoutEffect, useState, type RefObject } from 'react';
import { watchSize } from '../shared/charts/watchSize.ts';
import { media, useMedia, useTextScale } from '../shared/useMedia.ts';

const FULL_CSS = 144;
const LOW_CSS = 72;
/** Where other nodes stand below the storage. */
const LEAST_CSS = 56;

/** Whether only the chart itself has room, in CSS pixels at the reference size of text: no causes, no margins. */
export function isLow(height: number, textScale = 1): boolean {
  return height < ROOM_CSS * textScale;
}

/** Of a step after a crash with its cause, in columns as narrow as those of the reference layout. */
const ROOM_CSS = 108;

/**
 * Height of the plot in CSS pixels.
 *
 * @param progress  Stands after the stage, with all free height above it.
 */
export function useChartHeight(progress: RefObject<HTMLElement | null>): number {
  const textScale = useTextScale();
  const low = useMedia(media.low);
  const asHighAsWindow = useMedia(media.reference);
  const small = useMedia(media.small);
  const most = (!low ? FULL_CSS : small ? LEAST_CSS : LOW_CSS) * textScale;
  const least = LOW_CSS * textScale;
  /** What the stage takes away. */
  const [taken, setTaken] = useState(0);
  useLayoutEffect(() => {
    const element = progress.current;
    const column = element?.parentElement;
    const before = element?.previousElementSibling;
    if (!asHighAsWindow || element === null || !column || !before) return undefined;
    const fit = (): void => {
      const overflow = column.scrollHeight - column.clientHeight;
      const gap = Number.parseFloat(getComputedStyle(column).rowGap) || 0;
      const free =
        element.getBoundingClientRect().top - before.getBoundingClientRect().bottom - gap;
      const more = overflow > 0 ? overflow : -Math.max(0, free);
      setTaken((now) => Math.max(0, Math.min(most - least, Math.ceil(now + more))));
    };
    // The timeline below the chart: it grows with a ghost.
    const timeline = element.lastElementChild ?? element;
    return watchSize([column, before, timeline], fit);
  }, [progress, asHighAsWindow, most, least]);
  return asHighAsWindow ? Math.max(least, most - taken) : most;
}
