/** The pages of the cell under the pointer, one square each. */
import { placeText } from '../../../charts/addressAxis.ts';
import { LENS_COLUMNS, LENS_PITCH, layoutLens } from '../../../charts/pageLens.ts';
import { withThousands } from '../../../base/numberText.ts';
import type { FrameSummary, ShownMigration } from '../../../protocol/messages.ts';
import styles from './PageLens.module.css';

type Lens = NonNullable<FrameSummary['lens']>;

export interface PageLensProps {
  readonly lens: FrameSummary['lens'];
  /** Of the VM: decides the unit of the address. */
  readonly memoryMiB: number;
  /** Of the migration being shown. A quick one has pages saved or read back, and none dirty. */
  readonly phase?: ShownMigration['phase'] | null;
}

export function PageLens({ lens, memoryMiB, phase = null }: PageLensProps) {
  if (lens === null) {
    return <p className={styles['text']}>Point at a memory map to see its pages.</p>;
  }
  const place = placeText(lens.firstPage, memoryMiB);
  // What is saved has left the memory: its square is empty, as its cell is on the map.
  const codes = phase === 'saving' ? lens.codes.map((code) => 1 - Math.min(code, 1)) : lens.codes;
  const { squares, crosses, rows } = layoutLens(codes);
  const text = stateText(lens, phase);
  return (
    <div className={styles['lens']}>
      <p className={styles['text']}>
        Cell {withThousands(lens.cell)}, at {place}: <strong>{text}</strong>
      </p>
      <svg
        className={styles['pages']}
        viewBox={`0 0 ${LENS_COLUMNS * LENS_PITCH.x - 1} ${rows * LENS_PITCH.y - 1}`}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img cannot hold the drawing
        role="img"
        aria-label={`Pages of the cell: ${text}`}
      >
        {squares.map((path, code) => path !== '' && <path key={code} d={path} data-code={code} />)}
        <path d={crosses} className={styles['cross']} />
      </svg>
      {lens.pagesPerCode > 1 && (
        <p className={styles['note']}>
          Each square is {withThousands(lens.pagesPerCode)} pages, shown as the worst of them.
        </p>
      )}
    </div>
  );
}

function stateText({ dirty, sent, pages }: Lens, phase: PageLensProps['phase']): string {
  const of = ` of ${withThousands(pages)}`;
  if (phase === 'saving') return `${withThousands(sent)}${of} saved`;
  if (phase === 'restoring') return `${withThousands(sent)}${of} read back`;
  return `${withThousands(dirty)}${of} dirty`;
}
