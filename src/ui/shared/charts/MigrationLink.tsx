/** What goes from node to node: throughput and page, with an arrow from map to map at the row being sent. */
import { useEffect, useRef, type ReactNode } from 'react';
import type { FrameSource } from '../../../charts/frameSource.ts';
import { LinkPainter, type LinkOrientation } from './linkPainter.ts';
import { pageText, speedText } from './linkText.ts';
import { mapsBeside } from './linkTravel.ts';
import styles from './MigrationLink.module.css';
import { useFrameValue } from './useFrameValue.ts';
import { watchSize } from './watchSize.ts';
import { watchTheme } from './watchTheme.ts';

export interface MigrationLinkProps {
  readonly frames: FrameSource;
  /** Between maps side by side (arrow to the right), or one above the other (arrow down). */
  readonly orientation: LinkOrientation;
  /** vertical: stands at the right of the throughput, e.g. "43,225 dirty pages now". */
  readonly children?: ReactNode;
}

/**
 * Fills the gap between the two `MemoryMap`s, which it finds by itself inside the nearest ancestor with
 * `data-migration-stage` (or in the document).
 */
export function MigrationLink({ frames, orientation, children }: MigrationLinkProps) {
  const rootRef = useRef<HTMLDivElement>(null);
  const aboveRef = useRef<HTMLDivElement>(null);
  const belowRef = useRef<HTMLDivElement>(null);
  const isIdle = useFrameValue(frames, ({ summary }) => summary.migration === null, true);
  const speed = useFrameValue(frames, speedText, '');
  const page = useFrameValue(frames, pageText, '');
  const isWord = !speed.endsWith('MB/s');
  useEffect(() => {
    const [root, above] = [rootRef.current, aboveRef.current];
    if (root === null || above === null) return undefined;
    return keepPainted(root, above, belowRef.current, orientation, frames);
  }, [frames, orientation]);
  return (
    <div
      ref={rootRef}
      className={styles['link']}
      data-orientation={orientation}
      data-idle={isIdle || undefined}
    >
      <div ref={aboveRef} className={styles['above']}>
        <span className={styles['name']}>Migration network </span>
        <span className={styles['figure']} data-word={isWord || undefined}>
          {speed}
        </span>
      </div>
      {orientation === 'horizontal' ? (
        <div ref={belowRef} className={styles['below']} hidden={page === ''}>
          <span className={styles['rest']}>sending page </span>
          <span className={styles['page']}>{page}</span>
        </div>
      ) : (
        children
      )}
    </div>
  );
}

function keepPainted(
  root: HTMLElement,
  above: HTMLElement,
  below: HTMLElement | null,
  orientation: LinkOrientation,
  frames: FrameSource,
): () => void {
  const painter = new LinkPainter(root, { above, below }, orientation, styles['arrow']);
  const ends = [
    frames.subscribe((frame) => painter.show(frame, performance.now())),
    watchSize([root, above, ...(below === null ? [] : [below]), ...mapsBeside(root)], () =>
      painter.sizeChanged(frames.latest()),
    ),
    watchTheme(() => painter.themeChanged(frames.latest())),
  ];
  return () => {
    for (const end of ends) end();
    painter.remove();
  };
}
