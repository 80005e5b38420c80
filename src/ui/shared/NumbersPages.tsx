/** Below a table of many rows: which of them are shown, the way to the others, and all of them as a file. */
import { withThousands } from '../../base/numberText.ts';
import { csv, fileName } from '../../state/tables.ts';
import { saveFile } from './files.ts';
import styles from './Numbers.module.css';

/** So many rows are read and drawn without waiting. */
export const ROWS_AT_ONCE = 200;

export interface NumbersPagesProps {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** From 0. */
  readonly page: number;
  readonly onPage: (page: number) => void;
}

export function NumbersPages({ caption, heads, rows, page, onPage }: NumbersPagesProps) {
  const last = Math.ceil(rows.length / ROWS_AT_ONCE) - 1;
  const from = page * ROWS_AT_ONCE + 1;
  const to = Math.min(rows.length, from + ROWS_AT_ONCE - 1);
  const ways = [
    { name: 'First', to: 0 },
    { name: 'Previous', to: page - 1 },
    { name: 'Next', to: page + 1 },
    { name: 'Last', to: last },
  ];
  return (
    <nav className={styles['pages']} aria-label={`Rows of ${caption}`}>
      <output>
        Rows {withThousands(from)} to {withThousands(to)} of {withThousands(rows.length)}
      </output>
      {ways.map((way) => (
        <button
          key={way.name}
          type="button"
          className="button"
          // Not `disabled`: the button that was pressed keeps the focus.
          aria-disabled={way.to < 0 || way.to > last || way.to === page}
          onClick={() => onPage(Math.max(0, Math.min(last, way.to)))}
        >
          {way.name}
        </button>
      ))}
      <button
        type="button"
        className="button"
        onClick={() => saveFile(`${fileName(caption, null, '')}.csv`, tableFile(heads, rows))}
      >
        Save all rows as CSV
      </button>
    </nav>
  );
}

/** Numbers without the commas that stand between thousands on the screen. */
function tableFile(heads: readonly string[], rows: NumbersPagesProps['rows']): Blob {
  const plain = rows.map((row) => row.map((text) => text.replaceAll(/(\d),(?=\d{3})/g, '$1')));
  return new Blob([csv([heads, ...plain])], { type: 'text/csv;charset=utf-8' });
}
