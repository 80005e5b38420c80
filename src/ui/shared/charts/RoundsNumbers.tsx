/** The rounds chart as a table, behind a button. */
import { useRef, useState } from 'react';
import { roundsTable } from '../../../charts/roundsText.ts';
import type { PhaseScale } from '../../../charts/phaseScale.ts';
import styles from './RoundsChart.module.css';

export interface RoundsNumbersProps {
  readonly scale: PhaseScale;
  readonly nowNs: number;
}

export function RoundsNumbers({ scale, nowNs }: RoundsNumbersProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={styles['numbers']}
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
        className={styles['dialog']}
        aria-label="Pages per round, as a table"
        onClose={() => setOpen(false)}
      >
        {open && <RoundsTable scale={scale} nowNs={nowNs} />}
        <button type="button" className={styles['close']} onClick={() => ref.current?.close()}>
          Close
        </button>
      </dialog>
    </>
  );
}

function RoundsTable({ scale, nowNs }: RoundsNumbersProps) {
  return (
    <table className={styles['table']}>
      <caption>Pages per round</caption>
      <thead>
        <tr>
          <th scope="col">Phase</th>
          <th scope="col">Took</th>
          <th scope="col">Pages sent</th>
          <th scope="col">Changed meanwhile</th>
        </tr>
      </thead>
      <tbody>
        {roundsTable(scale, nowNs).map(({ name, seconds, sent, changed }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{seconds}</td>
            <td>{sent}</td>
            <td>{changed}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
