/** The way of a quick migration's pages: from the source map to a file on the volume, and up into the target map. */
import { useEffect, useRef } from 'react';
import type { FrameSource } from '../../../charts/frameSource.ts';
import { countedText, countText, speedText, wayOf } from './linkText.ts';
import { mapsBeside } from './linkTravel.ts';
import styles from './MigrationLink.module.css';
import { StorageLinkPainter, volumeBelow } from './storageLinkPainter.ts';
import { useFrameValue } from './useFrameValue.ts';
import { watchSize } from './watchSize.ts';
import { watchTheme } from './watchTheme.ts';

export interface StorageLinkProps {
  readonly frames: FrameSource;
  /** Index of the volume that holds the file, and its name. */
  readonly volume: number;
  readonly volumeName: string;
}

const before = { down: 'To ', up: 'From ', none: '' } as const;

export function StorageLink({ frames, volume, volumeName }: StorageLinkProps) {
  const rootRef = useRef<HTMLDivElement>(null);
  const textRef = useRef<HTMLDivElement>(null);
  const way = useFrameValue(frames, wayOf, 'none');
  const speed = useFrameValue(frames, speedText, '');
  const count = useFrameValue(frames, countText, '');
  const counted = useFrameValue(frames, countedText, '');
  useEffect(() => {
    const [root, text] = [rootRef.current, textRef.current];
    return root === null || text === null ? undefined : keepPainted(root, text, volume, frames);
  }, [frames, volume]);
  return (
    <div ref={rootRef} className={styles['link']} data-orientation="horizontal">
      <div ref={textRef} className={styles['above']}>
        <span className={styles['name']}>
          {before[way]}
          {volumeName}{' '}
        </span>
        <span className={styles['figure']} data-word={!speed.endsWith('MB/s') || undefined}>
          {speed}
        </span>
        <span className={styles['page']}> {count}</span>
        <span className={styles['rest']}> {counted}</span>
      </div>
    </div>
  );
}

function keepPainted(
  root: HTMLElement,
  text: HTMLElement,
  volume: number,
  frames: FrameSource,
): () => void {
  const painter = new StorageLinkPainter(root, text, volume, styles['arrow']);
  const below = volumeBelow(root, volume);
  const watched = [root, text, ...mapsBeside(root), ...(below === null ? [] : [below])];
  const ends = [
    frames.subscribe((frame) => painter.show(frame, performance.now())),
    watchSize(watched, () => painter.sizeChanged(frames.latest())),
    watchTheme(() => painter.sizeChanged(frames.latest())),
  ];
  return () => {
    for (const end of ends) end();
    painter.remove();
  };
}
