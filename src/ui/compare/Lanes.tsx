/** The lanes below each other, over one time axis with one scrubber. */
import { useMemo, useRef, useState, type PointerEvent } from 'react';
import { compareAxis } from '../../charts/compareAxis.ts';
import { watchedOf } from '../../state/compareFacts.ts';
import { compareEndNs, type CompareState } from '../../state/compareStore.ts';
import { useWidth } from '../shared/charts/useWidth.ts';
import { media, useMedia } from '../shared/useMedia.ts';
import { useCompare } from './compare.tsx';
import { Cursor } from './Cursor.tsx';
import { Lane } from './Lane.tsx';
import { Legend } from './Legend.tsx';
import { TimeScale } from './TimeScale.tsx';
import type { Folds } from './TrailsRow.tsx';
import { useLaneSizes } from './useLaneSizes.ts';
import { useScrub } from './useScrub.ts';
import './lanes.css';

function mostBytes({ runs }: CompareState): number {
  return Math.max(1, ...(runs ?? []).map((run) => watchedOf(run).bytes.at(-1)?.bytes ?? 0));
}

export function Lanes() {
  const plot = useRef<HTMLDivElement>(null);
  const widthCss = Math.floor(useWidth(plot, 860));
  const endNs = useCompare(compareEndNs);
  const runs = useCompare((state) => state.runs ?? []);
  const most = useCompare(mostBytes);
  const laneCount = useCompare((state) => Math.max(1, state.lanes.length));
  const isNarrow = useMedia(media.narrow);
  const axis = useMemo(() => compareAxis(endNs, widthCss), [endNs, widthCss]);
  const liveCount = useCompare(
    (state) => state.lanes.filter(({ method }) => method === 'live').length,
  );
  const sizes = useLaneSizes(laneCount, liveCount);
  const folds = useFolds();
  const scrub = useScrub(plot, axis, isOnPlot);
  return (
    // The pointer may take hold of the cursor anywhere over the plots; the slider of the axis is the way for keys.
    <div className="lanes" {...scrub}>
      <TimeScale axis={axis} plot={plot} />
      {runs.map((run) => (
        <Lane
          key={run.lane.key}
          run={run}
          axis={axis}
          mostBytes={most}
          sizes={sizes}
          folds={folds}
        />
      ))}
      {isNarrow && <Legend />}
      <div className="lanes__time">
        <Cursor axis={axis} />
      </div>
    </div>
  );
}

function useFolds(): Folds {
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  return useMemo(() => {
    const toggle = (group: number): void => {
      const others = new Set(unfolded);
      if (!others.delete(group)) others.add(group);
      setUnfolded(others);
    };
    return { unfolded, toggle };
  }, [unfolded]);
}

/** Not on names, figures or controls, which stand in the way of plots on a narrow screen. */
function isOnPlot({ target }: PointerEvent): boolean {
  return (
    target instanceof Element &&
    target.closest('.lane-run__plots') !== null &&
    target.closest('.plot-label, .trail-labels, .glass, button') === null
  );
}
