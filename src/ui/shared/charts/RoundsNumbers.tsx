/** The rounds chart, and with it the timeline, as a table behind a button. */
import type { PhaseScale } from '../../../charts/phaseScale.ts';
import { NOT_YET, roundsTable } from '../../../charts/roundsText.ts';
import { Numbers, NumbersTable, type NumbersColumn } from '../Numbers.tsx';
import styles from './RoundsChart.module.css';

export interface RoundsNumbersProps {
  readonly scale: PhaseScale;
  readonly nowNs: number;
  /** Of a quick migration: nothing changes meanwhile. */
  readonly isQuick: boolean;
}

export function RoundsNumbers(props: RoundsNumbersProps) {
  const title = props.isQuick ? 'Pages saved and read back' : 'Pages per round';
  return (
    <Numbers of={title} className={styles['numbers']}>
      <RoundsTable {...props} caption={title} />
    </Numbers>
  );
}

const phase: NumbersColumn = { name: 'Phase' };
const took: NumbersColumn = { name: 'Took', unit: 's' };
const begins: NumbersColumn = { name: 'Begins after', unit: 's' };
const liveColumns = [
  phase,
  begins,
  took,
  { name: 'Pages sent' },
  { name: 'Pages changed meanwhile' },
];
const quickColumns = [phase, begins, took, { name: 'Pages' }];

interface RoundsTableProps extends RoundsNumbersProps {
  readonly caption: string;
}

function RoundsTable({ scale, nowNs, isQuick, caption }: RoundsTableProps) {
  const phases = roundsTable(scale, nowNs);
  const begun = phases.findIndex(({ sent }) => sent === NOT_YET);
  const rows = phases.map(({ name, begins: at, seconds, sent, changed }) =>
    isQuick ? [name, at, seconds, sent] : [name, at, seconds, sent, changed],
  );
  return (
    <NumbersTable
      caption={caption}
      columns={isQuick ? quickColumns : liveColumns}
      rows={rows}
      beginsAt={(begun < 0 ? phases.length : begun) - 1}
    />
  );
}
