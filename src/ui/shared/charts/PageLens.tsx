/** The pages of the cell under the pointer, one square each. */
import { placeText } from '../../../charts/addressAxis.ts';
import { LENS_COLUMNS, LENS_PITCH, layoutLens } from '../../../charts/pageLens.ts';
import { withThousands } from '../../../base/numberText.ts';
import type { FrameSummary } from '../../../protocol/messages.ts';
import styles from './PageLens.module.css';

type Lens = NonNullable<FrameSummary['lens']>;

export interface PageLensProps {
  readonly lens: FrameSummary['lens'];
  /** Of the VM: decides the unit of the address. */
  readonly memoryMiB: number;
}

export function PageLens({ lens, memoryMiB }: PageLensProps) {
  if (lens === null) {
    return <p className={styles['text']}>Point at a memory map to see its pages.</p>;
  }
  const place = placeText(lens.firstPage, memoryMiB);
  const { squares, crosses, rows } = layoutLens(lens.codes);
  return (
    <div className={styles['lens']}>
      <p className={styles['text']}>
        Cell {withThousands(lens.cell)}, at {place}: <strong>{stateText(lens)}</strong>
      </p>
      <svg
        className={styles['pages']}
        viewBox={`0 0 ${LENS_COLUMNS * LENS_PITCH.x - 1} ${rows * LENS_PITCH.y - 1}`}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img cannot hold the drawing
        role="img"
        aria-label={`Pages of the cell: ${stateText(lens)}`}
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

function stateText({ dirty, pages }: Lens): string {
  return `${withThousands(dirty)} of ${withThousands(pages)} dirty`;
}
