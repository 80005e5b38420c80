import type { Segment } from '../../../charts/phaseScale.ts';
import { lengthText } from '../../../charts/roundsText.ts';
import styles from './Timeline.module.css';

export interface TimelineSegmentProps {
  readonly segment: Segment;
  readonly playheadX: number;
  readonly compact: boolean;
  readonly textScale: number;
}

/** One phase on the timeline: done as far as it is washed, hatched while the VM stands still, crossed if cut. */
export function TimelineSegment(props: TimelineSegmentProps) {
  const { segment, playheadX, compact, textScale } = props;
  const { kind, label, state, x0, x1, startNs, endNs } = segment;
  const width = x1 - x0;
  const name = nameWithin(segment, width / textScale);
  const showsLength = !compact && kind !== 'cut' && name !== '' && name === label;
  return (
    <div
      className={styles['segment']}
      data-kind={kind}
      data-state={state}
      data-named={name === '' ? undefined : true}
      data-tight={(name !== label && width < TIGHT_CSS) || undefined}
      style={{ left: x0, width }}
    >
      {state === 'current' && (
        <div className={styles['wash']} style={{ width: Math.max(0, playheadX - x0) }} />
      )}
      {kind === 'blackout' && <div className={styles['hatch']} data-hatch />}
      {kind === 'cut' && (
        <svg className={styles['cross']} preserveAspectRatio="none" viewBox="0 0 10 10">
          <path d="M0 0L10 10M0 10L10 0" vectorEffect="non-scaling-stroke" />
        </svg>
      )}
      <span className={styles['words']}>
        <span className={styles['name']}>{name}</span>
        {showsLength && <span className={styles['length']}>{lengthText(startNs, endNs)}</span>}
      </span>
    </div>
  );
}

/** Width of a letter at 13 px, and of the margins at both sides of a word. */
const LETTER_CSS = 7.2;
const MARGINS_CSS = 10;
/** A number stands in the middle of a segment narrower than this. */
const TIGHT_CSS = 30;
/** What the hatch takes beside the word "Blackout". */
const HATCH_CSS = 34;

/** The whole name, a round's number, or nothing. */
function nameWithin({ kind, label, number }: Segment, width: number): string {
  const room = width - MARGINS_CSS - (kind === 'blackout' ? HATCH_CSS : 0);
  if (label.length * LETTER_CSS <= room) return label;
  const short = number === 0 ? '' : String(number);
  return short.length * LETTER_CSS <= width - 3 ? short : '';
}
