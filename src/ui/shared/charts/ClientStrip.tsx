/** How the clients of a VM fare over time: answers, transmissions without one, lost and new connections. */
import { useEffect, useRef } from 'react';
import { columnsOfStrip, layoutStrip, paintStrip } from '../../../charts/clientStrip.ts';
import { isUnanswered, spokenText, stripText } from '../../../charts/clientWords.ts';
import type { FrameSource } from '../../../charts/frameSource.ts';
import { addCanvas, resizeCanvas } from './canvasLayer.ts';
import styles from './ClientStrip.module.css';
import { useFrameValue } from './useFrameValue.ts';
import { watchSize } from './watchSize.ts';
import { currentTheme, watchTheme } from './watchTheme.ts';

export interface ClientStripProps {
  readonly frames: FrameSource;
  /** Group of clients of the shown VM, 0 to 3. */
  readonly row: number;
  /** Who asks: "12 Windows clients". Spoken, not drawn. */
  readonly label: string;
  readonly height?: number;
  /** Adds the text "ping 0.8 ms", "12 ask again" or the like. */
  readonly readout?: boolean;
}

export function ClientStrip(props: ClientStripProps) {
  const { frames, row, label, height = 16, readout = false } = props;
  const hostRef = useRef<HTMLDivElement>(null);
  const text = useFrameValue(frames, (frame) => stripText(frame, row), '');
  const spoken = useFrameValue(frames, (frame) => spokenText(frame, row), '');
  const unanswered = useFrameValue(frames, (frame) => isUnanswered(frame, row), false);
  useEffect(() => {
    const host = hostRef.current;
    return host === null ? undefined : keepPainted(host, frames, row, height);
  }, [frames, row, height]);
  return (
    <div className={styles['strip']}>
      <div
        ref={hostRef}
        className={styles['ticks']}
        style={{ height }}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the picture is a canvas inside
        role="img"
        aria-label={spoken === '' ? `${label}: no request yet` : `${label}: ${spoken}`}
      />
      {readout && (
        <span
          className={styles['readout']}
          data-unanswered={unanswered || undefined}
          aria-hidden="true"
        >
          {text}
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
): () => void {
  const layer = addCanvas(host, undefined);
  let widthCss = 0;
  let painted = '';
  const paint = (): void => {
    const frame = frames.latest();
    if (frame === null || layer.context === null || widthCss === 0) return;
    const columns = columnsOfStrip(frame, row);
    // Requests are fewer than frames.
    const shows = `${columns.places.join()} ${columns.kinds.join()} ${columns.roundTrips.join()}`;
    if (shows === painted) return;
    painted = shows;
    const devicePixelRatio = window.devicePixelRatio || 1;
    resizeCanvas(layer, widthCss, heightCss, devicePixelRatio);
    const layout = layoutStrip(columns, { widthCss, heightCss, devicePixelRatio });
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
