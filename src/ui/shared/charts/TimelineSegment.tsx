import { withThousands } from '../../../base/numberText.ts';
import { lastRoundOf } from '../../../charts/manyRounds.ts';
import { diskHandOver, isHatched, type Segment } from '../../../charts/phases.ts';
import { lengthText, segmentLengthText } from '../../../charts/roundsText.ts';
import styles from './Timeline.module.css';

export interface TimelineSegmentProps {
  readonly segment: Segment;
  readonly playheadX: number;
  readonly compact: boolean;
  readonly textScale: number;
  /** It, or something that happens in it, is pointed at. */
  readonly isLit?: boolean;
  readonly onPoint?: () => void;
}

/**
 * One phase on the timeline: done as far as it is washed, hatched while the VM stands still, crossed if cut. A bar at the
 * foot of a blackout is the part in which the disk changes its owner. What only a ghost has is a gap with a thin line.
 */
export function TimelineSegment(props: TimelineSegmentProps) {
  const { segment, playheadX, compact, textScale } = props;
  const { kind, label, state, x0, x1 } = segment;
  const width = x1 - x0;
  if (segment.absent === true) {
    return <div className={styles['absent']} style={{ left: x0, width }} data-absent />;
  }
  const name = nameWithin(segment, width / textScale);
  const showsLength = !compact && kind !== 'cut' && name !== '' && name === label;
  return (
    <div
      className={styles['segment']}
      data-kind={kind}
      data-state={state}
      data-lit={props.isLit || undefined}
      data-named={name === '' ? undefined : true}
      data-tight={(name !== label && width < TIGHT_CSS) || undefined}
      style={{ left: x0, width }}
      onPointerEnter={props.onPoint}
    >
      {state === 'current' && (
        <div className={styles['wash']} style={{ width: Math.max(0, playheadX - x0) }} />
      )}
      {isHatched(kind) && <div className={styles['hatch']} data-hatch />}
      <DiskPart segment={segment} />
      {kind === 'cut' && (
        <svg className={styles['cross']} preserveAspectRatio="none" viewBox="0 0 10 10">
          <path d="M0 0L10 10M0 10L10 0" vectorEffect="non-scaling-stroke" />
        </svg>
      )}
      <span className={styles['words']}>
        <span className={styles['name']}>{name}</span>
        {showsLength && (
          <span className={styles['length']}>{lengthWithin(segment, width / textScale)}</span>
        )}
      </span>
    </div>
  );
}

function DiskPart({ segment }: { readonly segment: Segment }) {
  const part = diskHandOver(segment);
  if (part === null) return null;
  const { startNs, endNs } = segment;
  const percent = (ns: number): number => (100 * (ns - startNs)) / (endNs - startNs);
  const [left, right] = [percent(part.fromNs), percent(part.toNs)];
  return (
    <div
      className={styles['disk']}
      style={{ left: `${left}%`, width: `${right - left}%` }}
      data-disk
    />
  );
}

/** With the disk's share of it, where there is room. */
function lengthWithin(segment: Segment, width: number): string {
  const whole = segmentLengthText(segment, segment.endNs);
  const fits = whole.length * SMALL_LETTER_CSS <= width - MARGINS_CSS - HATCH_CSS;
  return fits ? whole : lengthText(segment.startNs, segment.endNs);
}

/** Width of a letter at 13 px, and of the margins at both sides of a word. */
const LETTER_CSS = 7.2;
const MARGINS_CSS = 10;
/** Of a letter at 12 px. */
const SMALL_LETTER_CSS = 6.2;
/** A number stands in the middle of a segment narrower than this. */
const TIGHT_CSS = 30;
/** What the hatch takes beside the word. */
const HATCH_CSS = 34;

/** The whole name, a round's number or those of the first and the last, or nothing. */
function nameWithin(segment: Segment, width: number): string {
  const { kind, label, number } = segment;
  const room = width - MARGINS_CSS - (isHatched(kind) ? HATCH_CSS : 0);
  if (label.length * LETTER_CSS <= room) return label;
  const numbers = [...new Set([number, lastRoundOf(segment)])].map(withThousands);
  const short = number === 0 ? '' : numbers.join('–');
  return short.length * LETTER_CSS <= width - 3 ? short : '';
}
