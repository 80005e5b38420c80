/** How long no client of a VM gets an answer: a bar for each VM, over the clock that can be dragged. */
import { outageAxis, outageParts, shareOf, type OutageAxis } from '../../charts/outageBars.ts';
import { secondsFigure, secondsText } from '../../base/numberText.ts';
import { NS_PER_S } from '../../base/units.ts';
import { vmName } from '../../state/names.ts';
import { outageNs, outagesOf } from '../../state/outlined.ts';
import { ASKED_VM, neighbours, type LaneId } from '../../state/storageLanes.ts';
import { storageEndNs } from '../../state/storageStore.ts';
import { laneSentence, laneTitles, refusalText } from '../../state/storageWords.ts';
import { sliderKeys } from '../shared/sliderKeys.ts';
import { LaneNumbers } from './LaneNumbers.tsx';
import { useLane, useStorage, useStorageActions } from './storage.tsx';

export function OutageBars({ id }: { readonly id: LaneId }) {
  const endNs = useStorage(storageEndNs);
  const axis = outageAxis(endNs);
  const vms = useLane(id, neighbours);
  return (
    <div className="bars">
      <div className="bars__head">
        <h3>Outage</h3>
        <LaneNumbers id={id} />
      </div>
      <div className="bars__rows">
        {vms.map((vm) => (
          <Row key={vm} id={id} vm={vm} axis={axis} />
        ))}
        <Axis axis={axis} />
        <Scrubber id={id} axis={axis} endNs={endNs} />
      </div>
    </div>
  );
}

interface RowProps {
  readonly id: LaneId;
  readonly vm: number;
  readonly axis: OutageAxis;
}

function Row({ id, vm, axis }: RowProps) {
  const name = useLane(id, ({ outline }) => vmName(outline.run.scenario, vm));
  const parts = useLane(id, (lane, { seenNs }) =>
    outageParts(axis, outagesOf(lane, vm, seenNs ?? 0)),
  );
  const outage = useLane(id, (lane, { seenNs }) => outageNs(lane, vm, seenNs ?? 0) / NS_PER_S);
  // Nothing was interrupted, but nothing was moved either.
  const refusal = useLane(id, (lane, { seenNs }) =>
    seenNs === null ? null : refusalText(lane, vm),
  );
  const isDragged = vm !== ASKED_VM && outage > 0;
  return (
    <>
      <p className="bars__name" title={name}>
        {name}
      </p>
      <div
        className="bars__bar"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img cannot hold the parts
        role="img"
        aria-label={
          refusal === null
            ? `${name}: ${secondsText(outage)} without an answer`
            : `${name}: ${refusal}`
        }
      >
        {parts.map(({ left, width, isThin }) => (
          <i
            key={left}
            className={isThin ? 'bars__thin' : undefined}
            style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
          />
        ))}
      </div>
      <p
        className={isDragged ? 'bars__figure bars__figure--dragged' : 'bars__figure'}
        aria-hidden="true"
      >
        {refusal !== null && <span title={refusal}>refused</span>}
        {refusal === null && (
          <>
            {outage === 0 ? '0' : secondsFigure(outage)}
            <span>{'\u00a0s'}</span>
          </>
        )}
      </p>
    </>
  );
}

function Axis({ axis: { ticks } }: { readonly axis: OutageAxis }) {
  return (
    <div className="bars__axis" aria-hidden="true">
      {ticks.map(({ share, text }) => (
        <span key={text} style={{ left: `${share * 100}%` }}>
          {text}
        </span>
      ))}
    </div>
  );
}

interface ScrubberProps {
  readonly id: LaneId;
  readonly axis: OutageAxis;
  readonly endNs: number;
}

/** The marker of the shown time, and a slider over all bars that moves it. */
function Scrubber({ id, axis, endNs }: ScrubberProps) {
  const shownNs = useStorage((state) => state.shownNs);
  const words = useLane(id, (lane, state) => laneSentence(lane, state.shownNs));
  const { seek } = useStorageActions();
  const share = shareOf(axis, shownNs ?? 0);
  const stepS = Number.isInteger(endNs / NS_PER_S) ? 1 : 0.1;
  const text = shownNs === null ? 'before the move' : secondsText(shownNs / NS_PER_S);
  return (
    <div className="bars__time">
      <div className="bars__shown" style={{ left: `${share * 100}%` }} aria-hidden="true">
        <span className={share > 0.6 ? 'bars__word bars__word--left' : 'bars__word'}>
          {shownNs === null ? 'before the move' : 'shown above'}
        </span>
      </div>
      <input
        className="bars__slider"
        type="range"
        min={0}
        max={axis.endNs / NS_PER_S}
        step={stepS}
        value={(shownNs ?? 0) / NS_PER_S}
        aria-label={`Shown time, ${laneTitles[id]}`}
        aria-valuetext={`${text}: ${words}`}
        onKeyDown={sliderKeys((count) => {
          const shownS = (shownNs ?? 0) / NS_PER_S;
          const nextS = Math.min(axis.endNs / NS_PER_S, Math.max(0, shownS + count * stepS));
          seek(Math.round(nextS * NS_PER_S));
        })}
        onChange={(event) => seek(Math.round(Number(event.target.value) * NS_PER_S))}
      />
    </div>
  );
}
