/** What the colours of a memory map mean, with live counts of pages (not of cells). */
import { useEffect, useRef } from 'react';
import { withThousands } from '../../../base/numberText.ts';
import type { FrameSource } from '../../../charts/frameSource.ts';
import type { MapMode, MapSide } from '../../../charts/mapCells.ts';
import type { FrameSummary } from '../../../protocol/frameSummary.ts';
import { watchCalmly } from './calmFrames.ts';
import styles from './MapLegend.module.css';

export interface MapLegendProps {
  readonly frames: FrameSource;
  readonly side: MapSide;
  readonly mode?: MapMode;
  /** Where a quick migration saves the memory: "LUN 1". */
  readonly volume?: string;
  /** Without numbers, all names in one line: on phones. */
  readonly namesOnly?: boolean;
}

interface LegendItem {
  readonly state: 'copied' | 'dirty' | 'hot' | 'unsent' | 'tone' | 'old';
  readonly name: string;
  readonly pagesOf?: (summary: FrameSummary) => number;
  /** Left out while this says so: at most three items fit under a map. */
  readonly hidden?: (summary: FrameSummary) => boolean;
}

export function MapLegend(props: MapLegendProps) {
  const { frames, side, mode = 'state', volume = 'the volume', namesOnly = false } = props;
  const items = itemsOf(side, mode, volume);
  const hostRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const host = hostRef.current;
    if (host === null || namesOnly) return undefined;
    const shown = itemsOf(side, mode, volume);
    return watchCalmly(frames, ({ summary }) => {
      writeCounts(host, shown, summary);
      writeLit(host, summary.lit);
    });
  }, [frames, side, mode, volume, namesOnly]);
  return (
    <div ref={hostRef} className={styles['host']}>
      <ul className={styles['legend']}>
        {items.map(({ state, name, pagesOf }) => (
          <li key={state} className={styles['item']}>
            <span className={styles['swatch']} data-state={state} aria-hidden="true" />
            {/* One text node each, so that the space between name and number is read and copied. */}
            <span>{name} </span>
            {pagesOf !== undefined && !namesOnly && <span className={styles['count']} data-count />}
          </li>
        ))}
      </ul>
      {!namesOnly && (
        <p className={styles['lit']}>
          <span data-lit-name />
          <span className={styles['count']} data-lit-count />
        </p>
      )}
    </div>
  );
}

function writeCounts(host: Element, items: readonly LegendItem[], summary: FrameSummary): void {
  const rows = host.querySelectorAll('li');
  items.forEach(({ pagesOf, hidden }, index) => {
    const row = rows[index];
    if (row === undefined) return;
    row.hidden = hidden?.(summary) ?? false;
    row.style.display = row.hidden ? 'none' : '';
    if (pagesOf !== undefined) writeText(row, '[data-count]', withThousands(pagesOf(summary)));
  });
}

/** While the cells of a pass are lit there is one thing to say of the map; it takes the place of the list. */
function writeLit(host: Element, lit: FrameSummary['lit']): void {
  host.toggleAttribute('data-lit', lit !== null);
  if (lit === null) return;
  writeText(host, '[data-lit-name]', litName(lit));
  writeText(host, '[data-lit-count]', withThousands(lit.cells));
}

function writeText(host: Element, part: string, text: string): void {
  const place = host.querySelector(part);
  if (place !== null && place.textContent !== text) place.textContent = text;
}

/** The others are faded. */
function litName({ round }: NonNullable<FrameSummary['lit']>): string {
  return `Not faded: cells with pages of ${round > 0 ? `round ${round}` : 'the blackout'} `;
}

function itemsOf(side: MapSide, mode: MapMode, volume: string): readonly LegendItem[] {
  if (mode === 'quick') return side === 'source' ? savedItems(volume) : readBackItems;
  if (mode === 'idle') return side === 'source' ? idleItems : [missing];
  if (mode === 'content') return side === 'source' ? [tone] : [copiedTone, oldTone];
  return side === 'source' ? sourceItems : targetItems;
}

const sentPages = ({ migration }: FrameSummary): number => migration?.sentPages ?? 0;
const stalePages = ({ migration }: FrameSummary): number => migration?.stalePages ?? 0;
const hotPages = ({ migration }: FrameSummary): number => migration?.hotPages ?? 0;
const notSent = (summary: FrameSummary): number => summary.pageCount - sentPages(summary);
const upToDate = (summary: FrameSummary): number => sentPages(summary) - stalePages(summary);

const sourceItems: readonly LegendItem[] = [
  { state: 'copied', name: 'Copied', pagesOf: upToDate },
  {
    state: 'dirty',
    name: 'Dirty',
    pagesOf: (summary) => stalePages(summary) - hotPages(summary),
  },
  {
    state: 'hot',
    name: 'Dirty, sent 3 times',
    pagesOf: hotPages,
    hidden: (summary) => notSent(summary) > 0 && hotPages(summary) === 0,
  },
  {
    state: 'unsent',
    name: 'Not sent',
    pagesOf: notSent,
    hidden: (summary) => notSent(summary) === 0,
  },
];

const missing: LegendItem = { state: 'unsent', name: 'Missing', pagesOf: notSent };

const targetItems: readonly LegendItem[] = [
  { state: 'copied', name: 'Up to date', pagesOf: upToDate },
  { state: 'dirty', name: 'Out of date', pagesOf: stalePages },
  missing,
];

/** Pages in the file, of a quick migration. */
const saved = ({ migration, pageCount }: FrameSummary): number => {
  if (migration === null || migration.phase === 'queued') return 0;
  return migration.phase === 'saving' ? migration.sentPages : pageCount;
};
const readBack = ({ migration }: FrameSummary): number =>
  migration?.phase === 'restoring' ? migration.sentPages : 0;

function savedItems(volume: string): readonly LegendItem[] {
  return [
    { state: 'copied', name: 'In memory', pagesOf: (all) => all.pageCount - saved(all) },
    { state: 'unsent', name: `On ${volume}`, pagesOf: saved },
  ];
}

const readBackItems: readonly LegendItem[] = [
  { state: 'copied', name: 'Read back', pagesOf: readBack },
  { state: 'unsent', name: 'Missing', pagesOf: (all) => all.pageCount - readBack(all) },
];

const idleItems: readonly LegendItem[] = [
  { state: 'dirty', name: 'Changing right now', pagesOf: ({ writtenPages }) => writtenPages },
];

const tone: LegendItem = { state: 'tone', name: 'Each cell: one of its pages as a grey tone' };
const copiedTone: LegendItem = { state: 'tone', name: 'The page as it came over' };
const oldTone: LegendItem = { state: 'old', name: 'Out of date, old tone', pagesOf: stalePages };
