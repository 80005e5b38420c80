/**
 * What is too narrow on the common axis, so many times wider: the blackout, and who asked meanwhile. Where a lane has
 * several such stretches, it shows the one nearest to the shown time.
 */
import { useMemo, useRef } from 'react';
import { xInside, type TimeAxis } from '../../charts/compareAxis.ts';
import type { BarSpan } from '../../charts/compareBar.ts';
import {
  magnifiersOf,
  nearestMagnifier,
  troubledIn,
  type Magnifier,
} from '../../charts/compareMagnifier.ts';
import { watchedOf } from '../../state/compareFacts.ts';
import { magnifiedText } from '../../state/compareFigures.ts';
import type { CompareRun } from '../../state/compareLanes.ts';
import { shownNsOf } from '../../state/compareStore.ts';
import { useCompare } from './compare.tsx';
import { Cursor } from './Cursor.tsx';
import { TrailShapes } from './TrailsRow.tsx';
import { useScrub } from './useScrub.ts';

export interface MagnifierRowProps {
  readonly run: CompareRun;
  readonly axis: TimeAxis;
  readonly spans: readonly BarSpan[];
}

const FUNNEL_CSS = 10;
/** All rows together may take this, and a row at most as much as the largest marks need. */
const ROWS_CSS = 34;
const LEAST_PITCH_CSS = 3;
const MOST_PITCH_CSS = 10;
const PAD_CSS = 4;
/** For the text above the rows. */
const HEAD_CSS = 16;

export function MagnifierRow({ run, axis, spans }: MagnifierRowProps) {
  const magnifiers = useMemo(() => magnifiersOf(axis, spans), [axis, spans]);
  const place = useCompare((state) => nearestMagnifier(magnifiers, shownNsOf(state)));
  const magnifier = magnifiers[place];
  if (magnifier === undefined) return null;
  const { label, stretch, factor } = magnifier;
  const which =
    magnifiers.length > 1
      ? `. ${place + 1} of ${magnifiers.length}: the nearest to the shown time.`
      : '';
  return (
    <>
      <p className="plot-label plot-label--magnifier">
        <b>{label.charAt(0).toUpperCase() + label.slice(1)}</b>
        <span>{`${stretch}, ${factor} times wider${which}`}</span>
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
  const field = useRef<HTMLDivElement>(null);
  const scrub = useScrub(field, axis, always);
  const { trails } = watchedOf(run);
  const troubled = useMemo(
    () => (magnifier.isWhole ? troubledIn(axis, trails) : []),
    [axis, magnifier, trails],
  );
  const pitchCss = Math.min(
    MOST_PITCH_CSS,
    Math.max(LEAST_PITCH_CSS, ROWS_CSS / Math.max(1, troubled.length)),
  );
  const heightCss = HEAD_CSS + troubled.length * pitchCss + PAD_CSS;
  const rows = useMemo(() => {
    const middles = troubled.map((_, row) => HEAD_CSS + (row + 0.5) * pitchCss);
    return { pitchCss, middles };
  }, [troubled, pitchCss]);
  const text = magnifier.isWhole ? magnifiedText(run, troubled) : magnifier.lengths;
  return (
    <div className="glass">
      <svg width={axis.widthCss} height={FUNNEL_CSS} aria-hidden="true">
        <path
          className="glass__funnel"
          d={`M${left} 0L0 ${FUNNEL_CSS}M${right} 0L${axis.widthCss} ${FUNNEL_CSS}`}
        />
      </svg>
      <div ref={field} className="glass__field" style={{ height: heightCss }} {...scrub}>
        <Hatches axis={axis} spans={spans} />
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

function always(): boolean {
  return true;
}

/** When the VM does not run. */
function Hatches({ axis, spans }: Pick<MagnifierRowProps, 'axis' | 'spans'>) {
  return spans
    .filter(({ runs, fromNs, toNs }) => !runs && fromNs < axis.toNs && toNs > axis.fromNs)
    .map(({ fromNs, toNs }) => {
      const x = xInside(axis, fromNs);
      return (
        <i key={fromNs} style={{ left: x, width: xInside(axis, toNs) - x }} aria-hidden="true" />
      );
    });
}
