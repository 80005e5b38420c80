/** The slice as a table, behind a button. */
import { secondsFigure, withThousands } from '../../base/numberText.ts';
import { figureNames } from '../../state/convergenceWords.ts';
import type { ShownFigure } from '../../state/convergenceStore.ts';
import { useLab } from '../shared/lab.tsx';
import { Numbers, NumbersTable } from '../shared/Numbers.tsx';
import { useMap } from './map.tsx';

/** One list, because React compares what a selector answers. */
const noRates: readonly number[] = [];

export interface SliceNumbersProps {
  readonly title: string;
  /** Of each column, in seconds or MiB; null where the cell was not run. */
  readonly values: readonly (number | null)[];
}

export function SliceNumbers(props: SliceNumbersProps) {
  return (
    <Numbers of={props.title} className="slice__numbers">
      <Table {...props} />
    </Numbers>
  );
}

function Table({ title, values }: SliceNumbersProps) {
  const figure = useMap((state) => state.figure);
  const rates = useMap((state) => state.question?.columns ?? noRates);
  const why = useWhyStopped();
  const columns = [
    { name: 'Dirty rate', unit: 'pages/s' },
    { name: figureNames[figure], unit: figure === 'data' ? 'GB' : 's' },
    { name: 'Pre-copy stopped', words: true },
  ];
  const rows = rates.map((rate, column) => {
    const value = values[column] ?? null;
    return value === null
      ? [withThousands(rate), 'not run yet', '']
      : [withThousands(rate), numberText(figure, value), why(column)];
  });
  return <NumbersTable caption={title} columns={columns} rows={rows} />;
}

function numberText(figure: ShownFigure, value: number): string {
  return figure === 'data' ? (value / 1024).toFixed(2) : secondsFigure(value);
}

/** Why pre-copy stopped in a column of the slice. */
function useWhyStopped(): (column: number) => string {
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
