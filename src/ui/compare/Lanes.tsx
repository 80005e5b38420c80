/** The lanes below each other, over one time axis with one scrubber. */
import { useMemo, useRef, useState, type PointerEvent } from 'react';
import { compareAxis, nsAt, type TimeAxis } from '../../charts/compareAxis.ts';
import { watchedOf } from '../../state/compareFacts.ts';
import { compareEndNs, type CompareState } from '../../state/compareStore.ts';
import { useWidth } from '../shared/charts/useWidth.ts';
import { media, useMedia } from '../shared/useMedia.ts';
import { useCompare, useCompareActions } from './compare.tsx';
import { Cursor } from './Cursor.tsx';
import { Lane } from './Lane.tsx';
import { Legend } from './Legend.tsx';
import { TimeScale } from './TimeScale.tsx';
import type { Folds } from './TrailsRow.tsx';
import { useLaneSizes } from './useLaneSizes.ts';
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
  const scrub = useScrub(plot, axis);
  return (
    // The pointer may take hold of the cursor anywhere over the plots; the slider of the axis is the way for keys.
    <div className="lanes" data-picture="Comparison" {...scrub}>
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

type ScrubHandlers = Readonly<
  Record<'onPointerDown' | 'onPointerMove' | 'onPointerUp', (event: PointerEvent) => void>
>;

/** Presses and drags over the plots move the shown time. */
function useScrub(plot: { readonly current: Element | null }, axis: TimeAxis): ScrubHandlers {
  const { seek } = useCompareActions();
  const isDragging = useRef(false);
  const seekTo = ({ clientX }: PointerEvent): boolean => {
    const box = plot.current?.getBoundingClientRect();
    if (box === undefined || clientX < box.left || clientX > box.right) return false;
    seek(Math.round(nsAt(axis, clientX - box.left)));
    return true;
  };
  return {
    onPointerDown(event) {
      const isControl = event.target instanceof Element && event.target.closest('input, button');
      if (event.button !== 0 || isControl !== null) return;
      isDragging.current = event.pointerType !== 'touch' && seekTo(event);
    },
    onPointerMove(event) {
      if (isDragging.current && event.buttons !== 0) seekTo(event);
    },
    onPointerUp(event) {
      if (event.pointerType === 'touch') seekTo(event);
      isDragging.current = false;
    },
  };
}
