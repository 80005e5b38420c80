/** One run: its name, what happens now, its pictures over time, and its figures. */
import { useId, useMemo } from 'react';
import type { TimeAxis } from '../../charts/compareAxis.ts';
import type { BarSpan } from '../../charts/compareBar.ts';
import { trailRows } from '../../charts/compareTrails.ts';
import { comparisonText } from '../../state/compareComparison.ts';
import { watchedOf } from '../../state/compareFacts.ts';
import type { CompareRun } from '../../state/compareLanes.ts';
import { stateSpans } from '../../state/compareSpans.ts';
import { shownNsOf } from '../../state/compareStore.ts';
import { laneSentence, laneTitle, othersText } from '../../state/compareWords.ts';
import { refusalOf } from '../../state/outlined.ts';
import { Unbroken } from '../shared/Unbroken.tsx';
import { useTextScale } from '../shared/useMedia.ts';
import { BytesRow } from './BytesRow.tsx';
import { useCompare } from './compare.tsx';
import { CompareNumbers } from './CompareNumbers.tsx';
import { Figures } from './Figures.tsx';
import { MagnifierRow } from './MagnifierRow.tsx';
import { StateRow } from './StateRow.tsx';
import { TrailsRow } from './TrailsRow.tsx';

export interface LaneProps {
  readonly run: CompareRun;
  readonly axis: TimeAxis;
  /** Of all lanes: they have one scale. */
  readonly mostBytes: number;
  /** What all came to is told below the last. */
  readonly isLast: boolean;
}

export function Lane({ run, axis, mostBytes, isLast }: LaneProps) {
  const headId = useId();
  const spans = useMemo(() => stateSpans(run), [run]);
  const textScale = useTextScale();
  return (
    <section className="lane-run" aria-labelledby={headId}>
      <header className="lane-run__head">
        <h2 id={headId}>{laneTitle(run.lane)}</h2>
        <Now run={run} />
      </header>
      <Plots run={run} axis={axis} mostBytes={mostBytes} spans={spans} textScale={textScale} />
      <div className="figures">
        <Figures run={run} />
      </div>
      {isLast && <Conclusion />}
    </section>
  );
}

function Conclusion() {
  const text = useCompare(({ runs }) => comparisonText(runs ?? []));
  return (
    <div className="conclusion">
      <p>
        <Unbroken text={text} />
      </p>
      <CompareNumbers />
    </div>
  );
}

/** What happens at the shown time, and to whom else. */
function Now({ run }: { readonly run: CompareRun }) {
  const sentence = useCompare((state) => laneSentence(run, shownNsOf(state)));
  const others = othersText(run);
  return (
    <div className="lane-run__now">
      <p>
        <span>
          <Unbroken text={sentence} />
        </span>
      </p>
      {others !== '' && (
        <p className="lane-run__others">
          <span>
            <Unbroken text={others} />
          </span>
        </p>
      )}
    </div>
  );
}

interface PlotsProps extends Omit<LaneProps, 'isLast'> {
  readonly spans: readonly BarSpan[];
  readonly textScale: number;
}

function Plots({ run, axis, mostBytes, spans, textScale }: PlotsProps) {
  const { trails } = watchedOf(run);
  const rows = useMemo(() => trailRows(trails), [trails]);
  const moves = run.lane.method !== 'crash' && refusalOf(run) === null;
  return (
    <div className="lane-run__plots">
      <StateRow run={run} axis={axis} spans={spans} textScale={textScale} />
      {moves && <BytesRow run={run} axis={axis} mostBytes={mostBytes} textScale={textScale} />}
      {trails.length > 0 && <TrailsRow run={run} axis={axis} rows={rows} />}
      <MagnifierRow run={run} axis={axis} spans={spans} />
    </div>
  );
}
