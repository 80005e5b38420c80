/** The transport of a screen with a clock of its own: steps, play, and how fast. */
import { useId, type CSSProperties } from 'react';
import { speeds } from '../../state/speeds.ts';
import { Button } from './Button.tsx';
import {
  BackIcon,
  BackRoundIcon,
  EndIcon,
  ForwardIcon,
  ForwardRoundIcon,
  PauseIcon,
  PlayIcon,
  StartIcon,
} from './icons.tsx';
import type { ScreenClock } from './screenClock.ts';
import { placeAfter, sliderKeys } from './sliderKeys.ts';
import { StepButton, type StepButtonProps } from './StepButton.tsx';
import './clock.css';

export interface ClockStepsProps {
  readonly isPlaying: boolean;
  /** What Home leads to: "Before the move". */
  readonly start: string;
  /** Why it cannot be played, gone back, or gone on, or null. */
  readonly whyNotPlay: string | null;
  readonly whyNotBack: string | null;
  readonly whyNotOn: string | null;
  readonly clock: Pick<ScreenClock, 'step' | 'stepChange' | 'home' | 'end'>;
  readonly onToggle: () => void;
}

export function ClockSteps(props: ClockStepsProps) {
  const { isPlaying, start, whyNotPlay, whyNotBack: back, whyNotOn: on, clock, onToggle } = props;
  const { home, end, step, stepChange } = clock;
  return (
    <div className="clock-steps">
      <Step label={start} keys="Home" why={back} onPress={home}>
        <StartIcon />
      </Step>
      <Step label="Previous change" keys="PageUp" why={back} onPress={() => stepChange(-1)}>
        <BackRoundIcon />
      </Step>
      <Step label="Back a second" keys="ArrowLeft" why={back} onPress={() => step(-1)}>
        <BackIcon />
      </Step>
      <Button
        className="clock-steps__step clock-steps__play"
        label={isPlaying ? 'Pause' : 'Play'}
        keys="Space"
        unavailable={whyNotPlay}
        onPress={onToggle}
      >
        {isPlaying ? <PauseIcon /> : <PlayIcon />}
      </Button>
      <Step label="A second on" keys="ArrowRight" why={on} onPress={() => step(1)}>
        <ForwardIcon />
      </Step>
      <Step label="Next change" keys="PageDown" why={on} onPress={() => stepChange(1)}>
        <ForwardRoundIcon />
      </Step>
      <Step label="End of the run" keys="End" why={on} onPress={end}>
        <EndIcon />
      </Step>
    </div>
  );
}

/** As all steps of this transport look. */
function Step(props: Omit<StepButtonProps, 'className' | 'reasonAt'>) {
  return <StepButton {...props} className="clock-steps__step" reasonAt="below-end" />;
}

export interface ClockSpeedProps {
  readonly speed: number;
  /** Slower than chosen now, so that a blackout can be seen. */
  readonly isSlowed: boolean;
  readonly onChange: (speed: number) => void;
}

export function ClockSpeed({ speed, isSlowed, onChange }: ClockSpeedProps) {
  const id = useId();
  const place = speeds.findIndex((each) => each === speed);
  const last = speeds.length - 1;
  return (
    <div className="clock-speed">
      <label htmlFor={id}>Speed</label>
      <input
        id={id}
        className="slider"
        type="range"
        min={0}
        max={last}
        step={1}
        value={place}
        style={{ '--filled': `${(place / last) * 100}%` } as CSSProperties}
        aria-valuetext={`${speed} times`}
        onKeyDown={sliderKeys((count) => onChange(speeds[placeAfter(place, count, last)] ?? speed))}
        onChange={(event) => onChange(speeds[Number(event.target.value)] ?? speed)}
      />
      <output htmlFor={id}>{isSlowed ? 'slowed' : `${speed}×`}</output>
    </div>
  );
}
