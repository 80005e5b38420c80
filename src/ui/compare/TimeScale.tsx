/** The time axis of all lanes, and the slider that moves the shown time. */
import type { KeyboardEvent, RefObject } from 'react';
import { axisTicks, xInside, xOf, type TimeAxis } from '../../charts/compareAxis.ts';
import { secondsText } from '../../base/numberText.ts';
import { NS_PER_S } from '../../base/units.ts';
import { compareEndNs, shownNsOf, type CompareState } from '../../state/compareStore.ts';
import { laneSentence, laneTitle } from '../../state/compareWords.ts';
import { media, useMedia, useTextScale } from '../shared/useMedia.ts';
import { useCompare, useCompareActions } from './compare.tsx';
import { Legend } from './Legend.tsx';

export interface TimeScaleProps {
  readonly axis: TimeAxis;
  readonly plot: RefObject<HTMLDivElement | null>;
}

export function TimeScale({ axis, plot }: TimeScaleProps) {
  const isNarrow = useMedia(media.narrow);
  const ticks = axisTicks(axis, useTextScale());
  return (
    <div className="time-scale">
      <p className="time-scale__name">time since the start</p>
      <div className="time-scale__plot" ref={plot}>
        <div aria-hidden="true">
          {ticks.map(({ x, text }) => (
            <span
              key={x}
              className={text === '' ? 'time-scale__tick' : 'time-scale__named'}
              style={{ left: x }}
            >
              {text}
            </span>
          ))}
        </div>
        <Scrubber axis={axis} />
      </div>
      {!isNarrow && <Legend />}
    </div>
  );
}

/** "12.0 s. Quick Migration: web-01 stands still: save memory. 3 GB moved. …" */
function momentText(state: CompareState): string {
  const ns = shownNsOf(state);
  const lanes = (state.runs ?? []).map((run) => `${laneTitle(run.lane)}: ${laneSentence(run, ns)}`);
  return `${secondsText(ns / NS_PER_S)}. ${lanes.join(' ')}`;
}

/** From the start to the end; a tenth of a second by pointer, a second by the arrows. */
function Scrubber({ axis }: { readonly axis: TimeAxis }) {
  const shownNs = useCompare(shownNsOf);
  const endNs = useCompare(compareEndNs);
  const text = useCompare(momentText);
  const { seek, step, stepChange } = useCompareActions();
  const [left, right] = [xOf(axis, 0), xOf(axis, endNs)];
  const x = xInside(axis, shownNs);
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = keyDirections[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    if (event.key.startsWith('Page')) stepChange(direction);
    else step(direction);
  };
  return (
    <>
      <div className="time-scale__shown" style={{ left: x }} aria-hidden="true">
        <span className={x > axis.widthCss - 80 ? 'time-scale__at--left' : undefined}>
          {secondsText(shownNs / NS_PER_S)}
        </span>
      </div>
      <input
        className="time-scale__slider"
        style={{ left: left - 14, width: right - left + 28 }}
        type="range"
        min={0}
        max={Math.ceil(endNs / NS_PER_S / STEP_S) * STEP_S}
        step={STEP_S}
        value={shownNs / NS_PER_S}
        aria-label="Shown time"
        aria-valuetext={text}
        onChange={(event) => seek(Math.round(Number(event.target.value) * NS_PER_S))}
        onKeyDown={onKeyDown}
      />
    </>
  );
}

const STEP_S = 0.1;

const keyDirections: Readonly<Record<string, 1 | -1>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: -1,
};
