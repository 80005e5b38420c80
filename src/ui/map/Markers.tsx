/** Ring and cross over the map, and the drops of both marks to the slice. */
import { at } from '../../base/assert.ts';
import { cellCentre, type ConvergenceLayout } from '../../charts/convergenceLayout.ts';
import { currentCell } from '../../state/convergenceStore.ts';
import { useTextScale } from '../shared/useMedia.ts';
import { CrossMark, RingMark } from './glyphs.tsx';
import { useMap } from './map.tsx';
import { SLICE_GAP, SLICE_HEIGHT } from './sliceSize.ts';

export function Markers({ layout }: { readonly layout: ConvergenceLayout }) {
  const current = useMap(currentCell);
  const pointed = useMap((state) => state.pointed);
  const height = layout.height + (SLICE_GAP + SLICE_HEIGHT) * useTextScale();
  const ring = current === null ? null : cellCentre(layout, current);
  const cross = pointed === null ? null : cellCentre(layout, pointed);
  return (
    <svg
      className="cmap-figure__marks mark"
      width={layout.width}
      height={height}
      aria-hidden="true"
    >
      {ring !== null && (
        <line className="mark__drop" x1={ring.x} x2={ring.x} y1={ring.y} y2={height} />
      )}
      {cross !== null && (
        <line className="mark__drop" x1={cross.x} x2={cross.x} y1={cross.y} y2={height} />
      )}
      {ring !== null && (
        <g transform={`translate(${ring.x} ${ring.y})`}>
          <RingMark />
          <RingName isRight={ring.x < 130} />
        </g>
      )}
      {cross !== null && (
        <g transform={`translate(${cross.x} ${cross.y})`}>
          <CrossMark />
        </g>
      )}
    </svg>
  );
}

/** "web-01 now", beside the ring. */
function RingName({ isRight }: { readonly isRight: boolean }) {
  const name = useMap(({ question }) =>
    question === null ? '' : at(question.scenario.vms, question.vm).name,
  );
  return (
    <text
      className="mark__name"
      x={isRight ? 18 : -18}
      y={-14}
      textAnchor={isRight ? 'start' : 'end'}
    >
      {`${name} now`}
    </text>
  );
}
