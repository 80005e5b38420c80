/** What is too narrow on the common axis, so many times wider: the blackout, and who asked meanwhile. */
import { useMemo } from 'react';
import { secondsText } from '../../base/numberText.ts';
import { NS_PER_S } from '../../base/units.ts';
import { xInside, type TimeAxis } from '../../charts/compareAxis.ts';
import type { BarSpan } from '../../charts/compareBar.ts';
import { magnifierOf, troubledIn, type Magnifier } from '../../charts/compareMagnifier.ts';
import { watchedOf } from '../../state/compareFacts.ts';
import type { CompareRun } from '../../state/compareLanes.ts';
import { magnifiedText } from '../../state/compareFigures.ts';
import { Cursor } from './Cursor.tsx';
import { TrailShapes } from './TrailsRow.tsx';

export interface MagnifierRowProps {
  readonly run: CompareRun;
  readonly axis: TimeAxis;
  readonly spans: readonly BarSpan[];
}

const FUNNEL_CSS = 16;
const PITCH_CSS = 10;
const PAD_CSS = 8;
/** For the text above the rows. */
const HEAD_CSS = 24;
const LEAST_CSS = 40;

export function MagnifierRow({ run, axis, spans }: MagnifierRowProps) {
  const magnifier = useMemo(() => magnifierOf(axis, spans), [axis, spans]);
  if (magnifier === null) return null;
  const { label, stretch, factor } = magnifier;
  return (
    <>
      <p className="plot-label plot-label--magnifier">
        <b>{label.charAt(0).toUpperCase() + label.slice(1)}</b>
        <span>{`${stretch}, ${factor} times wider`}</span>
      </p>
      <Glass run={run} magnifier={magnifier} spans={spans} />
    </>
  );
}

interface GlassProps {
  readonly run: CompareRun;
  readonly magnifier: Magnifier;
  readonly spans: readonly BarSpan[];
}

function Glass({ run, magnifier, spans }: GlassProps) {
  const { axis, left, right } = magnifier;
  const { trails } = watchedOf(run);
  const troubled = useMemo(
    () => (magnifier.isWhole ? troubledIn(axis, trails) : []),
    [axis, magnifier, trails],
  );
  const heightCss = Math.max(LEAST_CSS, HEAD_CSS + troubled.length * PITCH_CSS + PAD_CSS);
  const rows = useMemo(() => {
    const middles = troubled.map((_, row) => HEAD_CSS + (row + 0.5) * PITCH_CSS);
    return { pitchCss: PITCH_CSS, middles };
  }, [troubled]);
  const text = magnifier.isWhole
    ? magnifiedText(run, troubled)
    : `${magnifier.label}, ${secondsText(magnifier.lengthNs / NS_PER_S)}`;
  return (
    <div className="glass">
      <svg width={axis.widthCss} height={FUNNEL_CSS} aria-hidden="true">
        <path
          className="glass__funnel"
          d={`M${left} 0L0 ${FUNNEL_CSS}M${right} 0L${axis.widthCss} ${FUNNEL_CSS}`}
        />
      </svg>
      <div className="glass__field" style={{ height: heightCss }}>
        {spans
          .filter(({ runs, fromNs, toNs }) => !runs && fromNs < axis.toNs && toNs > axis.fromNs)
          .map(({ fromNs, toNs }) => {
            const x = xInside(axis, fromNs);
            return (
              <i
                key={fromNs}
                style={{ left: x, width: xInside(axis, toNs) - x }}
                aria-hidden="true"
              />
            );
          })}
        <svg
          width={axis.widthCss}
          height={heightCss}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img cannot hold the drawing
          role="img"
          aria-label={text}
        >
          <TrailShapes axis={axis} trails={troubled} rows={rows} />
        </svg>
        <Cursor axis={axis} />
        <p aria-hidden="true">{text}</p>
      </div>
    </div>
  );
}
