/** The slice as a table, behind a button. */
import { useRef, useState } from 'react';
import { figureText } from '../../charts/convergenceBands.ts';
import { figureNames, rateText } from '../../state/convergenceWords.ts';
import { useLab } from '../shared/lab.tsx';
import { useMap } from './map.tsx';

export interface SliceNumbersProps {
  readonly title: string;
  /** Of each column; null where the cell was not run. */
  readonly values: readonly (number | null)[];
}

export function SliceNumbers({ title, values }: SliceNumbersProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="button button--link slice__numbers"
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true);
          ref.current?.showModal();
        }}
      >
        Show numbers
      </button>
      <dialog
        ref={ref}
        className="slice-numbers"
        aria-label={`${title}, as a table`}
        onClose={() => setOpen(false)}
      >
        {isOpen && <Table title={title} values={values} />}
        <button type="button" className="button" onClick={() => ref.current?.close()}>
          Close
        </button>
      </dialog>
    </>
  );
}

function Table({ title, values }: SliceNumbersProps) {
  const figure = useMap((state) => state.figure);
  const columns = useMap((state) => state.question?.columns ?? null);
  const limited = useLimits();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long table is scrolled with the keyboard
    <section className="slice-numbers__scroll" tabIndex={0} aria-label="Rows">
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">Dirty rate</th>
            <th scope="col">{figureNames[figure]}</th>
            <th scope="col">Pre-copy stopped</th>
          </tr>
        </thead>
        <tbody>
          {columns?.map((rate, column) => {
            const value = values[column] ?? null;
            return (
              <tr key={rate}>
                <th scope="row">{rateText(rate)}</th>
                <td>{value === null ? 'not run yet' : figureText(figure, value)}</td>
                <td>{value === null ? '' : limited(column)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** Why pre-copy stopped in a column of the slice. */
function useLimits(): (column: number) => string {
  const { cells } = useLab().convergence;
  const grid = useMap((state) => state.grid);
  const full = useMap((state) => state.full);
  return (column) => {
    if (grid === null) return '';
    const cell = grid.currentRow * grid.columns.length + column;
    const known = full.get(cell);
    const isLimited =
      known === undefined ? cells.limited[cell] === 1 : known.stopReason === 'round-limit';
    return isLimited ? 'at the limit of rounds' : 'when little was left';
  };
}
