/** The pages of the cell under the pointer, one square each. A square is chosen by click, touch or arrow keys. */
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { placeText } from '../../../charts/addressAxis.ts';
import {
  LENS_COLUMNS,
  LENS_PITCH,
  layoutLens,
  squareAfterKey,
  squareAt,
  squareRing,
} from '../../../charts/pageLens.ts';
import { withThousands } from '../../../base/numberText.ts';
import type { FrameSummary, ShownMigration } from '../../../protocol/frameSummary.ts';
import styles from './PageLens.module.css';

type Lens = NonNullable<FrameSummary['lens']>;

export interface PageLensProps {
  readonly lens: FrameSummary['lens'];
  /** Of the VM: decides the unit of the address. */
  readonly memoryMiB: number;
  /** Of the migration being shown. A quick one has pages saved or read back, and none dirty. */
  readonly phase?: ShownMigration['phase'] | null;
  /** The chosen page, wherever it lies. */
  readonly page: number | null;
  /** @param page Of a square of several pages the worst: the one whose state it shows. null: none is chosen any more. */
  readonly onPage: (page: number | null) => void;
}

export function PageLens(props: PageLensProps) {
  const { lens, memoryMiB, phase = null } = props;
  if (lens === null) {
    return <p className={styles['text']}>Point at a memory map to see its pages.</p>;
  }
  const place = placeText(lens.firstPage, memoryMiB);
  return (
    <div className={styles['lens']}>
      <p className={styles['text']}>
        Cell {withThousands(lens.cell)}, at {place}: <strong>{stateText(lens, phase)}</strong>
      </p>
      <Squares {...props} lens={lens} phase={phase} />
      {lens.pagesPerCode > 1 && (
        <p className={styles['note']}>
          Each square is {withThousands(lens.pagesPerCode)} pages, shown as the worst of them.
        </p>
      )}
    </div>
  );
}

type SquaresProps = PageLensProps & {
  readonly lens: Lens;
  readonly phase: ShownMigration['phase'] | null;
};

function Squares({ lens, phase, page, onPage }: SquaresProps) {
  const ref = useRef<SVGSVGElement>(null);
  // What is saved has left the memory: its square is empty, as its cell is on the map.
  const codes = phase === 'saving' ? lens.codes.map((code) => 1 - Math.min(code, 1)) : lens.codes;
  const { squares, crosses, rows } = layoutLens(codes);
  const width = LENS_COLUMNS * LENS_PITCH.x - 1;
  const count = codes.length;
  const chosen = squareOf(lens, page);

  const point = (event: PointerEvent): void => {
    const box = ref.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return;
    const unit = width / box.width;
    const at = squareAt((event.clientX - box.left) * unit, (event.clientY - box.top) * unit, count);
    if (at !== null) onPage(lens.worst[at] ?? null);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const isEscape = event.key === 'Escape' && page !== null;
    const next = squareAfterKey(chosen, event.key, count);
    if (next === null && !isEscape) return;
    // Else the timeline would step as well.
    event.preventDefault();
    event.stopPropagation();
    onPage(next === null ? null : (lens.worst[next] ?? null));
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the lens takes the arrow keys
    <div
      className={styles['pages']}
      role="application"
      aria-roledescription="page lens"
      aria-label={`Pages of the cell: ${stateText(lens, phase)}. Arrow keys choose a page.`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the arrow keys choose a page
      tabIndex={0}
      onPointerDown={point}
      onKeyDown={press}
    >
      <svg ref={ref} viewBox={`0 0 ${width} ${rows * LENS_PITCH.y - 1}`} aria-hidden="true">
        {squares.map((path, code) => path !== '' && <path key={code} d={path} data-code={code} />)}
        <path d={crosses} className={styles['cross']} />
        {chosen !== null && (
          <>
            <path d={squareRing(chosen)} className={styles['halo']} />
            <path d={squareRing(chosen)} className={styles['ring']} data-chosen />
          </>
        )}
      </svg>
    </div>
  );
}

/** The square that holds the page, or null where it lies elsewhere. */
function squareOf({ firstPage, pages, pagesPerCode }: Lens, page: number | null): number | null {
  if (page === null || page < firstPage || page >= firstPage + pages) return null;
  return Math.floor((page - firstPage) / pagesPerCode);
}

function stateText({ dirty, sent, pages }: Lens, phase: PageLensProps['phase']): string {
  const of = ` of ${withThousands(pages)}`;
  if (phase === 'saving') return `${withThousands(sent)}${of} saved`;
  if (phase === 'restoring') return `${withThousands(sent)}${of} read back`;
  return `${withThousands(dirty)}${of} dirty`;
}
