/** How the clients of a VM fare: one tick a request, as high as its answer was late. */
import { useEffect, useRef } from 'react';
import {
  layoutStrip,
  paintStrip,
  pingText,
  pingsOfStrip,
  ticksFor,
} from '../../../charts/clientStrip.ts';
import type { FrameSource } from '../../../charts/frameSource.ts';
import { addCanvas, resizeCanvas } from './canvasLayer.ts';
import styles from './ClientStrip.module.css';
import { useFrameValue } from './useFrameValue.ts';
import { watchSize } from './watchSize.ts';
import { currentTheme, watchTheme } from './watchTheme.ts';

export interface ClientStripProps {
  readonly frames: FrameSource;
  /** Row of the frame column `pings`, 0 to 3. */
  readonly row: number;
  /** Who asks: "Clients A". Spoken, not drawn. */
  readonly label: string;
  /** Newest requests shown, at most 120; by default as many as fit at 3 px each. */
  readonly ticks?: number;
  readonly height?: number;
  /** Adds the text "ping 0.8 ms" or "no answer". */
  readonly readout?: boolean;
}

export function ClientStrip(props: ClientStripProps) {
  const { frames, row, label, ticks, height = 16, readout = false } = props;
  const hostRef = useRef<HTMLDivElement>(null);
  const newest = useFrameValue(frames, (frame) => pingText(pingsOfStrip(frame, row)), '');
  useEffect(() => {
    const host = hostRef.current;
    return host === null ? undefined : keepPainted(host, frames, row, height, ticks);
  }, [frames, row, height, ticks]);
  return (
    <div className={styles['strip']}>
      <div
        ref={hostRef}
        className={styles['ticks']}
        style={{ height }}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the picture is a canvas inside
        role="img"
        aria-label={newest === '' ? `${label}: no request yet` : `${label}: ${newest}`}
      />
      {readout && (
        <span
          className={styles['readout']}
          data-lost={newest === 'no answer' || undefined}
          aria-hidden="true"
        >
          {newest}
        </span>
      )}
    </div>
  );
}

function keepPainted(
  host: HTMLElement,
  frames: FrameSource,
  row: number,
  heightCss: number,
  ticks: number | undefined,
): () => void {
  const layer = addCanvas(host, undefined);
  let widthCss = 0;
  let painted = '';
  const paint = (): void => {
    const frame = frames.latest();
    if (frame === null || layer.context === null || widthCss === 0) return;
    const pings = pingsOfStrip(frame, row);
    // Requests are fewer than frames.
    const shows = pings.join();
    if (shows === painted) return;
    painted = shows;
    const devicePixelRatio = window.devicePixelRatio || 1;
    resizeCanvas(layer, widthCss, heightCss, devicePixelRatio);
    const shown = ticks ?? ticksFor(widthCss);
    const layout = layoutStrip(pings, { widthCss, heightCss, devicePixelRatio, shown });
    paintStrip(layer.context, layout, { widthCss, devicePixelRatio }, currentTheme());
  };
  const paintAnew = (): void => {
    painted = '';
    paint();
  };
  const ends = [
    frames.subscribe(paint),
    watchSize([host], () => {
      widthCss = host.clientWidth;
      paintAnew();
    }),
    watchTheme(paintAnew),
  ];
  return () => {
    for (const end of ends) end();
    layer.element.remove();
  };
}
