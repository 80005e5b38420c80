/** Another branch below the timeline: dashed outlines, on the scale of the track above. */
import {
  ghostLane,
  ghostText,
  ghostTitle,
  type Ghost,
  type GhostPlace,
} from '../../../charts/ghostLane.ts';
import { lengthText } from '../../../charts/roundsText.ts';
import { Unbroken } from '../Unbroken.tsx';
import styles from './GhostLane.module.css';

export interface GhostLaneProps extends GhostPlace {
  readonly ghost: Ghost;
  /** Left of the lane: for its name. */
  readonly gutter: number;
  readonly onChoose: () => void;
}

export function GhostLane(props: GhostLaneProps) {
  const { ghost, gutter, onChoose, textScale } = props;
  const lane = ghostLane(ghost, props);
  if (lane.length === 0) return null;
  return (
    <div className={styles['ghost']}>
      {gutter >= 100 && (
        <button
          type="button"
          className={styles['name']}
          style={{ maxWidth: gutter - 12 }}
          title={`Show ${ghost.name}`}
          onClick={onChoose}
        >
          {ghost.name}
        </button>
      )}
      <div
        className={styles['lane']}
        style={{ marginLeft: gutter }}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img cannot hold the segments
        role="img"
        aria-label={ghostText(ghost)}
        title={ghostTitle(ghost)}
      >
        {lane.map(({ kind, label, number, startNs, endNs, x0, x1 }) => (
          <div
            key={`${kind} ${number} ${startNs}`}
            className={styles['segment']}
            data-kind={kind}
            style={{ left: x0, width: x1 - x0 }}
            title={`${ghost.name}: ${label} ${lengthText(startNs, endNs)}`}
          >
            {wordsWithin(label, lengthText(startNs, endNs), (x1 - x0) / textScale)}
          </div>
        ))}
      </div>
      {gutter < 100 && (
        <p className={styles['below']} aria-hidden="true">
          <Unbroken text={ghostTitle(ghost)} />
        </p>
      )}
    </div>
  );
}

/** Width of a letter at 12 px, and of the margins at both sides. */
const LETTER_CSS = 6.2;
const MARGINS_CSS = 10;

/** Name and length, only the length, or nothing. */
function wordsWithin(label: string, length: string, width: number): string {
  const fits = (text: string): boolean => text.length * LETTER_CSS <= width - MARGINS_CSS;
  const full = `${label} ${length}`;
  if (fits(full)) return full;
  return fits(length) ? length : '';
}
