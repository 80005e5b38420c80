/** Ring and cross over the map, and the drops of both to the slice. */
import { at } from '../../base/assert.ts';
import { isolated } from '../../base/isolated.ts';
import { cellCentre, type ConvergenceLayout } from '../../charts/convergenceLayout.ts';
import { currentCell } from '../../state/convergenceStore.ts';
import { useTextScale } from '../shared/useMedia.ts';
import { CrossMark, RingMark } from './glyphs.tsx';
import { useMap } from './map.tsx';
import { sliceSize } from './sliceSize.ts';

export interface MarkersProps {
  readonly layout: ConvergenceLayout;
}

/** Below the labels of the map, so that they stay readable. */
export function Drops({ layout }: MarkersProps) {
  const text = useTextScale();
  const { gap, height } = sliceSize(layout.width, text);
  const bottom = layout.height + gap + height;
  return (
    <svg
      className="cmap-figure__marks mark"
      width={layout.width}
      height={bottom}
      aria-hidden="true"
    >
      {usePlaces(layout).map(
        (place) =>
          place !== null && (
            <line
              key={place.name}
              className="mark__drop"
              x1={place.x}
              x2={place.x}
              y1={place.y}
              y2={bottom}
            />
          ),
      )}
    </svg>
  );
}

export function Markers({ layout }: MarkersProps) {
  const [ring, cross] = usePlaces(layout);
  const { width, height } = layout;
  return (
    <svg className="cmap-figure__marks mark" width={width} height={height} aria-hidden="true">
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

interface Place {
  readonly name: 'ring' | 'cross';
  readonly x: number;
  readonly y: number;
}

function usePlaces(layout: ConvergenceLayout): readonly [ring: Place | null, cross: Place | null] {
  const current = useMap(currentCell);
  const pointed = useMap((state) => state.pointed);
  return [
    current === null ? null : { name: 'ring', ...cellCentre(layout, current) },
    pointed === null ? null : { name: 'cross', ...cellCentre(layout, pointed) },
  ];
}

/** Characters of a name that have room beside the ring. The panel at the right has the whole name. */
const NAME_ROOM = 12;

function shortened(name: string): string {
  const letters = Array.from(name);
  return letters.length <= NAME_ROOM ? name : `${letters.slice(0, NAME_ROOM).join('')}…`;
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
      {`${isolated(shortened(name))} now`}
    </text>
  );
}
