/**
 * The memory of a VM on one node, cell by cell. Painted from frames without React; React owns the element, the
 * keyboard and what a screen reader hears.
 */
import {
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
} from 'react';
import { mapAddressTicks } from '../../../charts/addressAxis.ts';
import type { FrameSource } from '../../../charts/frameSource.ts';
import type { MapMode, MapSide } from '../../../charts/mapCells.ts';
import { cellAfterKey, cellAt } from '../../../charts/mapLayout.ts';
import { MapPainter, type MapChoices } from './mapPainter.ts';
import { cellSentence, mapSummary } from './mapText.ts';
import styles from './MemoryMap.module.css';
import { useFrameValue } from './useFrameValue.ts';
import { watchSize } from './watchSize.ts';
import { watchTheme } from './watchTheme.ts';

export interface MemoryMapProps {
  readonly frames: FrameSource;
  readonly side: MapSide;
  readonly mode: MapMode;
  /** Cell under the crosshair, in both maps. */
  readonly lensCell: number | null;
  /** It stays when the pointer leaves. */
  readonly lensHeld?: boolean;
  /** @param chosen By click or key; else it is pointed at. */
  readonly onLensCell: (cell: number, chosen: boolean) => void;
  /** What a screen reader calls it: "Memory of web-01 on Node 1". */
  readonly label: string;
  /** Addresses in GB or MB at the left. */
  readonly axis?: boolean;
  /** Largest cell: 4 on a projector, 3 at the reference width, 2 on tablets. */
  readonly maxCellCss?: number;
  /** Height of the map, at most: flat cells where squares would not fit. */
  readonly maxHeightCss?: number;
  /** The VM does not run: 45 degree stripes over the map. */
  readonly paused?: boolean;
  /** Its memory went with a crashed node: stripes instead of cells. */
  readonly lost?: boolean;
  /** It has no memory here: it boots, or its memory is in a file. */
  readonly empty?: boolean;
}

export function MemoryMap(props: MemoryMapProps) {
  const { frames, side, label, axis = false, paused = false, lost = false, onLensCell } = props;
  const { mode, lensCell, maxCellCss = 3, maxHeightCss = Infinity, empty = false } = props;
  const { lensHeld = false } = props;
  const hostRef = useRef<HTMLDivElement>(null);
  const stageRef = useRef<HTMLDivElement>(null);
  const blank = lost || empty;
  const choices = { side, mode, lensCell, lensHeld, maxCellCss, maxHeightCss, blank };
  const painter = usePainter(frames, hostRef, stageRef, choices);
  const [announced, setAnnounced] = useState('');
  const id = useId();
  const inFrame = useFrameValue(frames, mapSummary, '');
  const summary = lost ? 'Lost with the node' : empty ? 'Empty' : inFrame;

  const point = (event: PointerEvent): void => {
    if (painter.current === null || blank) return;
    const { origin, layout } = painter.current;
    const cell = cellAt(layout, { x: event.clientX - origin.x, y: event.clientY - origin.y });
    // A finger or a pressed button takes the cell along.
    const isPress = event.type === 'pointerdown';
    if (cell !== null && (isPress || cell !== lensCell)) onLensCell(cell, event.buttons > 0);
  };
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') {
      hostRef.current?.blur();
      return;
    }
    const cellCount = blank ? 0 : (painter.current?.layout.cellCount ?? 0);
    const cell = cellAfterKey(lensCell, event.key, event.shiftKey, cellCount);
    if (cell === null) return;
    const isMove = cell !== lensCell;
    // Else the timeline would step as well.
    event.preventDefault();
    event.stopPropagation();
    if (isMove) onLensCell(cell, true);
    const frame = frames.latest();
    if (frame !== null) setAnnounced(cellSentence(frame, cell));
  };

  return (
    <div className={styles['map']} data-axis={axis || undefined}>
      {axis && <AddressAxis frames={frames} stacked={maxCellCss >= 3} />}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the map takes the arrow keys */}
      <div
        ref={hostRef}
        className={styles['host']}
        role="application"
        aria-roledescription="memory map"
        aria-label={label}
        aria-describedby={`${id}summary ${id}keys`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the arrow keys move the cell
        tabIndex={0}
        onPointerMove={point}
        onPointerDown={point}
        onKeyDown={press}
      >
        <div ref={stageRef} className={styles['stage']} data-map-stage={side}>
          {(paused || lost) && <div className={styles['hatch']} data-hatch />}
        </div>
        <span id={`${id}summary`} className={styles['spoken']}>
          {summary}
        </span>
        <span id={`${id}keys`} className={styles['spoken']}>
          Arrow keys move the cell, Escape leaves.
        </span>
        <span className={styles['spoken']} aria-live="polite">
          {announced}
        </span>
      </div>
    </div>
  );
}

function usePainter(
  frames: FrameSource,
  hostRef: RefObject<HTMLDivElement | null>,
  stageRef: RefObject<HTMLDivElement | null>,
  choices: MapChoices,
): RefObject<MapPainter | null> {
  const { side, mode, lensCell, lensHeld, maxCellCss, maxHeightCss, blank } = choices;
  const painterRef = useRef<MapPainter | null>(null);
  const choicesRef = useRef(choices);
  useEffect(() => {
    choicesRef.current = { side, mode, lensCell, lensHeld, maxCellCss, maxHeightCss, blank };
    painterRef.current?.choose(choicesRef.current);
  }, [side, mode, lensCell, lensHeld, maxCellCss, maxHeightCss, blank]);
  useEffect(() => {
    const host = hostRef.current;
    const stage = stageRef.current;
    if (host === null || stage === null) return undefined;
    const classes = { cells: styles['cells'], overlay: styles['overlay'] };
    const painter = new MapPainter(host, stage, classes, choicesRef.current);
    painterRef.current = painter;
    const ends = [
      frames.subscribe((frame) => painter.show(frame)),
      watchSize([host], () => painter.sizeChanged()),
      watchTheme(() => painter.themeChanged()),
    ];
    const first = frames.latest();
    if (first !== null) painter.show(first);
    return () => {
      for (const end of ends) end();
      painter.remove();
      painterRef.current = null;
    };
  }, [frames, hostRef, stageRef]);
  return painterRef;
}

interface AddressAxisProps {
  readonly frames: FrameSource;
  /** The unit below its number: rows are high enough, and there is no more room at the left. */
  readonly stacked: boolean;
}

function AddressAxis({ frames, stacked }: AddressAxisProps) {
  const pageCount = useFrameValue(frames, ({ summary }) => summary.pageCount, 0);
  const pagesPerCell = useFrameValue(frames, ({ summary }) => summary.pagesPerCell, 0);
  const ticks = mapAddressTicks(pageCount, pagesPerCell);
  return (
    <div className={styles['axis']} data-stacked={stacked || undefined} aria-hidden="true">
      {ticks.map(({ mib, fraction, text }, index) => (
        <span
          key={mib}
          className={styles['tick']}
          data-end={index === 0 ? 'first' : index === ticks.length - 1 ? 'last' : undefined}
          style={{ top: `${fraction * 100}%` }}
        >
          {stacked && text.length > ONE_LINE ? text.replace('\u00a0', '\n') : text}
        </span>
      ))}
    </div>
  );
}

/** Letters that fit beside a map: "4 GB". */
const ONE_LINE = 4;
