import { thresholdText } from '../../../charts/roundsText.ts';
import styles from './RoundsChart.module.css';

export interface RoundsLegendProps {
  readonly thresholdPages: number | null;
  /** Name of the branch that is drawn as a ghost, or null. */
  readonly ghost: string | null;
  /** Whether rounds share columns. */
  readonly isShared: boolean;
}

export function RoundsLegend({ thresholdPages, ghost, isShared }: RoundsLegendProps) {
  return (
    <ul className={styles['legend']}>
      <li>
        <svg width="14" height="14" aria-hidden="true">
          <rect className={styles['bar']} width="14" height="14" />
        </svg>
        {isShared ? 'sent in a round; narrow: average of several' : 'sent in this round'}
      </li>
      <li>
        <svg width="28" height="14" aria-hidden="true">
          <path className={styles['curve']} d="M1 7h25" />
          <path className={styles['diamond']} d="M14 1l6 6l-6 6l-6 -6z" />
        </svg>
        changed meanwhile, so sent again next round
      </li>
      {thresholdPages !== null && (
        <li>
          <svg width="26" height="14" aria-hidden="true">
            <path className={styles['threshold']} d="M0 7h26" />
          </svg>
          {thresholdText(thresholdPages)}
        </li>
      )}
      {ghost !== null && <GhostEntry name={ghost} />}
    </ul>
  );
}

function GhostEntry({ name }: { readonly name: string }) {
  return (
    <li>
      <svg width="15" height="14" aria-hidden="true">
        <path className={styles['ghost']} d="M1 14V1H14V14" />
      </svg>
      <span className={styles['ghostName']}>{name}</span>
    </li>
  );
}

export function QuickLegend({ ghost }: Pick<RoundsLegendProps, 'ghost'>) {
  return (
    <ul className={styles['legend']}>
      <li>
        <svg width="14" height="14" aria-hidden="true">
          <rect className={styles['bar']} width="14" height="14" />
        </svg>
        saved to the volume, then read back from it; none is sent twice
      </li>
      {ghost !== null && <GhostEntry name={ghost} />}
    </ul>
  );
}
