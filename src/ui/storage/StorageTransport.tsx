/** What is compared, the move, and the one clock of all lanes. */
import type { MoveMethod } from '../../state/storageLanes.ts';
import {
  isAtStorageEnd,
  runsOf,
  speedNow,
  type LaneChoice,
  type StorageState,
} from '../../state/storageStore.ts';
import { askedName, laneTitles } from '../../state/storageWords.ts';
import { Button } from '../shared/Button.tsx';
import { Choice } from '../shared/Choice.tsx';
import { ClockSpeed, ClockSteps } from '../shared/ClockTransport.tsx';
import { PlayIcon } from '../shared/icons.tsx';
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
  const { setMethod } = useStorageActions();
  return (
    <section className="clock-transport" aria-label="Transport" data-control="">
      <div className="clock-transport__set">
        <Choice label="Migration" options={methods} value={method} onChoose={setMethod} small />
        <Speed />
      </div>
      <Steps />
    </section>
  );
}

function Speed() {
  const speed = useStorage((state) => state.speed);
  const isSlowed = useStorage((state) => state.playing && speedNow(state) < state.speed);
  const { setSpeed } = useStorageActions();
  return <ClockSpeed speed={speed} isSlowed={isSlowed} onChange={setSpeed} />;
}

function Steps() {
  const isPlaying = useStorage((state) => state.playing);
  const actions = useStorageActions();
  return (
    <ClockSteps
      isPlaying={isPlaying}
      start="Before the move"
      whyNotPlay={useStorage(notReady)}
      whyNotBack={useStorage(whyNotBack)}
      whyNotOn={useStorage(whyNotOn)}
      clock={actions}
      onToggle={actions.toggle}
    />
  );
}
