/** Bytes moved for the VM over the time of a lane. */
import { useMemo } from 'react';
import type { TimeAxis } from '../../charts/compareAxis.ts';
import { textWidth } from '../../charts/compareBar.ts';
import { bytesLayout } from '../../charts/compareBytes.ts';
import { watchedOf } from '../../state/compareFacts.ts';
import type { CompareRun } from '../../state/compareLanes.ts';
import { bytesPartsText, bytesWayText } from '../../state/compareFigures.ts';
import { shownNsOf } from '../../state/compareStore.ts';
import { movedBytesText } from '../../state/compareWords.ts';
import { useCompare } from './compare.tsx';

export interface BytesRowProps {
  readonly run: CompareRun;
  readonly axis: TimeAxis;
  readonly mostBytes: number;
  readonly heightCss: number;
  readonly textScale: number;
}

const PADDING_CSS = 14;

export function BytesRow({ run, axis, mostBytes, heightCss, textScale }: BytesRowProps) {
  const { bytes } = watchedOf(run);
  const { line, area, end } = useMemo(
    () => bytesLayout(axis, bytes, mostBytes, heightCss),
    [axis, bytes, mostBytes, heightCss],
  );
  const text = bytesPartsText(run);
  const room = (words: string): number => textWidth(words, textScale) + PADDING_CSS;
  const x = end?.x ?? 0;
  const shown = room(text) <= Math.max(x, axis.widthCss - x) ? text : totalText(text);
  const endsHere = x + room(shown) > axis.widthCss;
  return (
    <>
      <p className="plot-label">
        <b>
          Bytes moved <Moved run={run} />
        </b>
        <span>{bytesWayText(run)}</span>
      </p>
      <div className="bytes-row">
        <svg
          width={axis.widthCss}
          height={heightCss}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img cannot hold the drawing
          role="img"
          aria-label={text === '' ? 'Nothing is moved' : text}
        >
          <path className="bytes-row__area" d={area} />
          <path className="bytes-row__line" d={line} />
          {end !== null && <circle className="bytes-row__end" cx={end.x} cy={end.y} r={4} />}
        </svg>
        {end !== null && (
          <span
            className={endsHere ? 'bytes-row__text bytes-row__text--left' : 'bytes-row__text'}
            style={{ left: end.x, top: end.y }}
            aria-hidden="true"
          >
            {shown}
          </span>
        )}
      </div>
    </>
  );
}

/** By the shown time. */
function Moved({ run }: { readonly run: CompareRun }) {
  return useCompare((state) => movedBytesText(run, shownNsOf(state)));
}

/** "8 GB" of "8 GB: 4 GB written, 4 GB read back" */
function totalText(text: string): string {
  return text.split(':')[0] ?? '';
}
