/** Nine speeds, from a twentieth to fifty times; says so when a blackout is slowed down to be seen. */
import { useId } from 'react';
import type { RunState } from '../../state/runStore.ts';
import { speeds } from '../../state/speeds.ts';
import { useRun, useRunActions } from '../shared/lab.tsx';
import { placeAfter, sliderKeys } from '../shared/sliderKeys.ts';

export function SpeedSlider() {
  const id = useId();
  const actions = useRunActions();
  const speed = useRun((state) => state.speed);
  const slowed = useRun(slowedTimes);
  const place = speeds.indexOf(speed);
  return (
    <div className="speed">
      <label htmlFor={id}>Speed</label>
      <span className="speed__track">
        <span className="speed__ticks" aria-hidden="true">
          {speeds.map((tick) => (
            <i key={tick} />
          ))}
        </span>
        <input
          id={id}
          className="slider slider--bare"
          type="range"
          min={0}
          max={speeds.length - 1}
          step={1}
          value={place}
          aria-valuetext={`${speed} times`}
          onKeyDown={sliderKeys((count) => {
            actions.setSpeed(speeds[placeAfter(place, count, speeds.length - 1)] ?? speed);
          })}
          onChange={(event) => actions.setSpeed(speeds[Number(event.target.value)] ?? speed)}
        />
      </span>
      <output className="speed__value" htmlFor={id}>
        {speed}×
      </output>
      {slowed !== null && <span className="speed__note">slowed {slowed} times</span>}
    </div>
  );
}

/** How many times slower than chosen the run goes now, or null. */
function slowedTimes({ summary, speed }: RunState): string | null {
  if (summary === null || !summary.playing) return null;
  const times = speed / summary.speed;
  if (times < 1.05) return null;
  return times < 10 ? times.toFixed(1).replace(/\.0$/, '') : String(Math.round(times));
}
