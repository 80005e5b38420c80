/** What the marks in the rows of the clients are. */
import { markPath, type TrailMark } from '../../charts/compareTrails.ts';

const marks: readonly { readonly mark: TrailMark; readonly text: string }[] = [
  { mark: 'answered', text: 'answered' },
  { mark: 'late', text: 'late' },
  { mark: 'asked', text: 'no answer, asks again' },
  { mark: 'lost', text: 'gave up' },
  { mark: 'reconnected', text: 'connected again' },
];

const SIZE_CSS = 12;

export function Legend() {
  return (
    <ul className="trail-legend" aria-label="Marks of the clients">
      {marks.map(({ mark, text }) => (
        <li key={mark}>
          <svg width={SIZE_CSS} height={SIZE_CSS} aria-hidden="true">
            <path
              className={`trail trail--${mark}`}
              d={markPath(mark, SIZE_CSS / 2, SIZE_CSS / 2, SIZE_CSS / 4)}
            />
          </svg>
          {text}
        </li>
      ))}
    </ul>
  );
}
