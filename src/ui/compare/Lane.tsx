/** One run: its name, what happens now, its pictures over time, and its figures. */
import { useId, useMemo } from 'react';
import type { TimeAxis } from '../../charts/compareAxis.ts';
import { textWidth, type BarSpan } from '../../charts/compareBar.ts';
import { watchedOf } from '../../state/compareFacts.ts';
import type { CompareRun } from '../../state/compareLanes.ts';
import { stateSpans } from '../../state/compareSpans.ts';
import { shownNsOf } from '../../state/compareStore.ts';
import { laneLines, laneTitle } from '../../state/compareWords.ts';
import { refusalOf } from '../../state/outlined.ts';
import { media, useMedia } from '../shared/useMedia.ts';
import { Unbroken } from '../shared/Unbroken.tsx';
import { BytesRow } from './BytesRow.tsx';
import { useCompare } from './compare.tsx';
import { Figures } from './Figures.tsx';
import { MagnifierRow } from './MagnifierRow.tsx';
import { StateRow } from './StateRow.tsx';
import { TrailsRow, type Folds } from './TrailsRow.tsx';
import type { LaneSizes } from './useLaneSizes.ts';

export interface LaneProps {
  readonly run: CompareRun;
  readonly axis: TimeAxis;
  /** Of all lanes: they have one scale. */
  readonly mostBytes: number;
  readonly sizes: LaneSizes;
  readonly folds: Folds;
}

export function Lane(lane: LaneProps) {
  const { run } = lane;
  const headId = useId();
  const spans = useMemo(() => stateSpans(run), [run]);
  return (
    <section className="lane-run" aria-labelledby={headId}>
      <header className="lane-run__head">
        <h2 id={headId}>{laneTitle(run.lane)}</h2>
        <Now run={run} widthCss={lane.axis.widthCss} textScale={lane.sizes.textScale} />
      </header>
      <Plots {...lane} spans={spans} />
      <div className="figures">
        <Figures run={run} />
      </div>
    </section>
  );
}

interface NowProps {
  readonly run: CompareRun;
  readonly widthCss: number;
  readonly textScale: number;
}

/** Larger letters than in the plots, but of whole sentences, which need less on average; a narrow screen has two lines for them. */
const LETTERS = 0.97;
const NARROW_LINES = 1.8;

/** What happens at the shown time: as much of it as has room, so that nothing moves. */
function Now({ run, widthCss, textScale }: NowProps) {
  const roomCss = widthCss * (useMedia(media.narrow) ? NARROW_LINES : 1);
  const sentence = useCompare((state) => {
    const lines = laneLines(run, shownNsOf(state));
    return lines.find((line) => textWidth(line, LETTERS * textScale) <= roomCss) ?? lines.at(-1);
  });
  return (
    <p className="lane-run__now">
      <span>
        <Unbroken text={sentence ?? ''} />
      </span>
    </p>
  );
}

interface PlotsProps extends LaneProps {
  readonly spans: readonly BarSpan[];
}

function Plots({ run, axis, mostBytes, sizes, folds, spans }: PlotsProps) {
  const { textScale, bytesCss, clientsCss } = sizes;
  const moves = run.lane.method !== 'crash' && refusalOf(run) === null;
  return (
    <div className="lane-run__plots">
      <StateRow run={run} axis={axis} spans={spans} textScale={textScale} />
      {moves && (
        <BytesRow
          run={run}
          axis={axis}
          mostBytes={mostBytes}
          heightCss={bytesCss}
          textScale={textScale}
        />
      )}
      {watchedOf(run).trails.length > 0 && (
        <TrailsRow run={run} axis={axis} roomCss={clientsCss} folds={folds} />
      )}
      <MagnifierRow run={run} axis={axis} spans={spans} />
    </div>
  );
}
