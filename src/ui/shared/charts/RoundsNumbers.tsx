/** The rounds chart as a table, behind a button. */
import { useRef, useState } from 'react';
import { roundsTable } from '../../../charts/roundsText.ts';
import type { PhaseScale } from '../../../charts/phaseScale.ts';
import styles from './RoundsChart.module.css';

export interface RoundsNumbersProps {
  readonly scale: PhaseScale;
  readonly nowNs: number;
  /** Of a quick migration: nothing changes meanwhile. */
  readonly isQuick: boolean;
}

export function RoundsNumbers(props: RoundsNumbersProps) {
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
        aria-label={`${titleOf(props)}, as a table`}
        onClose={() => setOpen(false)}
      >
        {open && <RoundsTable {...props} />}
        <button type="button" className={styles['close']} onClick={() => ref.current?.close()}>
          Close
        </button>
      </dialog>
    </>
  );
}

function titleOf({ isQuick }: RoundsNumbersProps): string {
  return isQuick ? 'Pages saved and read back' : 'Pages per round';
}

function RoundsTable(props: RoundsNumbersProps) {
  const { scale, nowNs, isQuick } = props;
  return (
    <table className={styles['table']}>
      <caption>{titleOf(props)}</caption>
      <thead>
        <tr>
          <th scope="col">Phase</th>
          <th scope="col">Took</th>
          <th scope="col">{isQuick ? 'Pages' : 'Pages sent'}</th>
          {!isQuick && <th scope="col">Changed meanwhile</th>}
        </tr>
      </thead>
      <tbody>
        {roundsTable(scale, nowNs).map(({ name, seconds, sent, changed }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{seconds}</td>
            <td>{sent}</td>
            {!isQuick && <td>{changed}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
