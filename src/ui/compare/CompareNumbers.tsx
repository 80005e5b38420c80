/** All that the lanes draw, as tables. */
import { watchedOf } from '../../state/compareFacts.ts';
import { clientFigures, numbersRow } from '../../state/compareFigures.ts';
import { clientMarks, stretchRows } from '../../state/compareTables.ts';
import { laneTitle } from '../../state/compareWords.ts';
import { Numbers, NumbersTable, type NumbersColumn } from '../shared/Numbers.tsx';
import { useCompare } from './compare.tsx';

export function CompareNumbers() {
  return (
    <Numbers of="The runs" className="compare-numbers">
      <LaneTable />
      <StretchTable />
      <ClientTable />
      <MarksTable />
    </Numbers>
  );
}

const columns: readonly NumbersColumn[] = [
  { name: 'Run' },
  { name: 'Outage', unit: 's' },
  { name: 'Total time', unit: 's' },
  { name: 'Data moved', unit: 'GB' },
  { name: 'Connections lost' },
  { name: 'Connections' },
  { name: 'Longest silence', unit: 's' },
  { name: 'Late answers' },
  { name: 'Memory lost', unit: 'GB' },
];

function LaneTable() {
  const rows = useCompare(({ runs }) =>
    (runs ?? []).map((run) => [laneTitle(run.lane), ...numbersRow(run)]),
  );
  return <NumbersTable caption="The runs" columns={columns} rows={rows} />;
}

const stretchColumns: readonly NumbersColumn[] = [
  { name: 'Run' },
  { name: 'What happens', words: true },
  { name: 'From', unit: 's' },
  { name: 'To', unit: 's' },
  { name: 'Moved by then', unit: 'GB' },
];

/** The bars, the rounds above them, and the curves of the bytes. */
function StretchTable() {
  const rows = useCompare(({ runs }) => (runs ?? []).flatMap(stretchRows));
  return <NumbersTable caption="What happens in each run" columns={stretchColumns} rows={rows} />;
}

/** A row for each client, a column for each lane: the same clients ask in all of them. */
function ClientTable() {
  const names = useCompare(({ runs }) => (runs ?? []).map((run) => laneTitle(run.lane)));
  const rows = useCompare(({ runs }) => {
    const [first, ...others] = runs ?? [];
    if (first === undefined) return [];
    return watchedOf(first).trails.map((_, row) => {
      const { name, value } = clientFigures(first, row);
      return [name, value, ...others.map((run) => clientFigures(run, row).value)];
    });
  });
  return (
    <NumbersTable
      caption="Each client: what became of it, and its longest silence"
      columns={[{ name: 'Client' }, ...names.map((name) => ({ name, words: true }))]}
      rows={rows}
    />
  );
}

/** The marks in the row of each client. */
function MarksTable() {
  const names = useCompare(({ runs }) => (runs ?? []).map((run) => laneTitle(run.lane)));
  const rows = useCompare(({ runs }) => {
    const [first] = runs ?? [];
    if (first === undefined) return [];
    const marks = (runs ?? []).map(clientMarks);
    return watchedOf(first).trails.map((_, row) => [
      clientFigures(first, row).name,
      ...marks.map((ofRun) => ofRun[row] ?? ''),
    ]);
  });
  return (
    <NumbersTable
      caption="Each client: when it met no answer, in seconds"
      columns={[{ name: 'Client' }, ...names.map((name) => ({ name, words: true }))]}
      rows={rows}
    />
  );
}
