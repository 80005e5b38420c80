/** What is compared, the move, and the one clock of all lanes. */
import { useId } from 'react';
import { speeds } from '../../state/speeds.ts';
import type { MoveMethod } from '../../state/storageLanes.ts';
import {
  isAtStorageEnd,
  runsOf,
  speedNow,
  type LaneChoice,
  type StorageState,
} from '../../state/storageStore.ts';
import { askedName, laneTitles } from '../../state/storageWords.ts';
import { StepButton, type StepButtonProps } from '../shared/StepButton.tsx';
import { Button } from '../shared/Button.tsx';
import { Choice } from '../shared/Choice.tsx';
import {
  BackIcon,
  BackRoundIcon,
  EndIcon,
  ForwardIcon,
  ForwardRoundIcon,
  PauseIcon,
  PlayIcon,
  StartIcon,
} from '../shared/icons.tsx';
import { useStorage, useStorageActions } from './storage.tsx';

const choices: readonly { readonly value: LaneChoice; readonly text: string }[] = [
  { value: 'own', text: laneTitles.own },
  { value: 'both', text: laneTitles.both },
  { value: 'csv', text: laneTitles.csv },
  { value: 'side', text: 'Side by side' },
];

const methods: readonly { readonly value: MoveMethod; readonly text: string }[] = [
  { value: 'quick', text: 'Quick' },
  { value: 'live', text: 'Live' },
];

export function LaneChoiceBar() {
  const choice = useStorage((state) => state.choice);
  const { choose } = useStorageActions();
  return (
    <div className="storage__choice">
      <Choice label="Storage" options={choices} value={choice} onChoose={choose} />
      <MoveButton />
    </div>
  );
}

function MoveButton() {
  const text = useStorage(moveText);
  const why = useStorage(notReady);
  const { move } = useStorageActions();
  return (
    <Button look="primary" className="storage__move" unavailable={why} onPress={move}>
      <PlayIcon />
      {text}
    </Button>
  );
}

function moveText(state: StorageState): string {
  const runs = runsOf(state);
  const name = runs === null ? 'the VM' : askedName(runs.both);
  return state.seenNs === null ? `Move ${name}` : `Move ${name} again`;
}

function notReady(state: StorageState): string | null {
  return runsOf(state) === null ? 'The runs are being worked out.' : null;
}

function whyNotBack(state: StorageState): string | null {
  return state.shownNs === null ? 'This is before the move.' : null;
}

function whyNotOn(state: StorageState): string | null {
  return notReady(state) ?? (isAtStorageEnd(state) ? 'This is the end of the run.' : null);
}

export function StorageTransport() {
  const method = useStorage((state) => state.method);
  const back = useStorage(whyNotBack);
  const on = useStorage(whyNotOn);
  const { setMethod, home, end, step, stepChange } = useStorageActions();
  return (
    <section className="storage-transport" aria-label="Transport">
      <div className="storage-transport__set">
        <Choice label="Migration" options={methods} value={method} onChoose={setMethod} small />
        <Speed />
      </div>
      <div className="storage-transport__steps">
        <Step label="Before the move" keys="Home" why={back} onPress={home}>
          <StartIcon />
        </Step>
        <Step label="Previous change" keys="PageUp" why={back} onPress={() => stepChange(-1)}>
          <BackRoundIcon />
        </Step>
        <Step label="Back a second" keys="ArrowLeft" why={back} onPress={() => step(-1)}>
          <BackIcon />
        </Step>
        <PlayButton />
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
    </section>
  );
}

/** As all steps of this transport look. */
function Step(props: Omit<StepButtonProps, 'className' | 'reasonAt'>) {
  return <StepButton {...props} className="storage-transport__step" reasonAt="below-end" />;
}

function PlayButton() {
  const isPlaying = useStorage((state) => state.playing);
  const why = useStorage(notReady);
  const { toggle } = useStorageActions();
  return (
    <Button
      className="storage-transport__step storage-transport__play"
      label={isPlaying ? 'Pause' : 'Play'}
      keys="Space"
      unavailable={why}
      onPress={toggle}
    >
      {isPlaying ? <PauseIcon /> : <PlayIcon />}
    </Button>
  );
}

function Speed() {
  const id = useId();
  const speed = useStorage((state) => state.speed);
  const isSlowed = useStorage((state) => state.playing && speedNow(state) < state.speed);
  const { setSpeed } = useStorageActions();
  return (
    <div className="storage-speed">
      <label htmlFor={id}>Speed</label>
      <input
        id={id}
        className="slider"
        type="range"
        min={0}
        max={speeds.length - 1}
        step={1}
        value={speeds.findIndex((each) => each === speed)}
        aria-valuetext={`${speed} times`}
        onChange={(event) => setSpeed(speeds[Number(event.target.value)] ?? speed)}
      />
      <output htmlFor={id}>{isSlowed ? 'slowed' : `${speed}×`}</output>
    </div>
  );
}
