/**
 * A drawing as a table: the button "Show numbers", and the dialog it opens. Escape and "Close" lead back to the button. Of a
 * figure that can be a picture, it can be saved there.
 */
import { useRef, useState, type ReactNode } from 'react';
import { NumbersPages, ROWS_AT_ONCE } from './NumbersPages.tsx';
import { SavePicture } from './SavePicture.tsx';
import styles from './Numbers.module.css';

export interface NumbersProps {
  /** What the table is of: "Pages per round". Names the dialog. */
  readonly of: string;
  /** The tables, drawn only while they are open: usually one `NumbersTable`. */
  readonly children: ReactNode;
  /** Of the button, for its place beside the drawing. */
  readonly className?: string | undefined;
}

export function Numbers({ of, children, className = '' }: NumbersProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [figure, setFigure] = useState<HTMLElement | null>(null);
  return (
    <>
      <button
        type="button"
        className={`${styles['show']} ${className}`}
        aria-haspopup="dialog"
        data-control=""
        onClick={() => {
          setOpen(true);
          setFigure(ref.current?.closest<HTMLElement>('[data-picture]') ?? null);
          ref.current?.showModal();
        }}
      >
        Show numbers
      </button>
      <dialog
        ref={ref}
        className={`modal ${styles['dialog']}`}
        aria-label={`${of}, as a table`}
        data-control=""
        onClose={() => setOpen(false)}
      >
        {isOpen && children}
        <div className={styles['foot']}>
          <button type="button" className="button" onClick={() => ref.current?.close()}>
            Close
          </button>
          {isOpen && figure !== null && <SavePicture figure={figure} />}
        </div>
      </dialog>
    </>
  );
}

export interface NumbersColumn {
  readonly name: string;
  /** Of all numbers below: "s", "pages". Stands in the head, so that the cells are bare numbers. */
  readonly unit?: string;
  /** Words, which stand at the left; numbers stand at the right. */
  readonly words?: boolean;
}

export interface NumbersTableProps {
  readonly caption: string;
  /** The first column names the row. */
  readonly columns: readonly NumbersColumn[];
  /** As many texts as there are columns. */
  readonly rows: readonly (readonly string[])[];
  /** Of many rows, the one to begin with. */
  readonly beginsAt?: number;
}

/** Of many rows a part at a time. */
export function NumbersTable({ caption, columns, rows, beginsAt = 0 }: NumbersTableProps) {
  const [page, setPage] = useState(Math.floor(beginsAt / ROWS_AT_ONCE));
  const from = page * ROWS_AT_ONCE;
  const heads = columns.map(({ name, unit }) => (unit === undefined ? name : `${name}, ${unit}`));
  const table = (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the arrow keys have to reach it
    <section className={styles['scroll']} tabIndex={0} aria-label={caption}>
      <table className={styles['table']}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, words = false }, place) => (
              <th key={name} scope="col" data-words={words || place === 0 || undefined}>
                {heads[place]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(from, from + ROWS_AT_ONCE).map(([name = '', ...cells], row) => (
            // oxlint-disable-next-line react/no-array-index-key -- rows have no other identity than their place
            <tr key={row}>
              <th scope="row">{name}</th>
              {cells.map((cell, place) => (
                <td
                  key={columns[place + 1]?.name}
                  data-words={columns[place + 1]?.words || undefined}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
  if (rows.length <= ROWS_AT_ONCE) return table;
  return (
    <>
      {table}
      <NumbersPages caption={caption} heads={heads} rows={rows} page={page} onPage={setPage} />
    </>
  );
}
