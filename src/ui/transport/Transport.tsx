/** Start, back, play, on, end, switchover, and the speed. */
import type { ReactNode } from 'react';
import { whyNoRedo, whyNoUndo } from '../../state/branchActions.ts';
import { hasCommands, hasTimeline, isPlaying, timeNsOf } from '../../state/selectors.ts';
import { isAtEnd, switchoverOf, type RunState } from '../../state/runStore.ts';
import { Button } from '../shared/Button.tsx';
import {
  BackIcon,
  BackRoundIcon,
  EndIcon,
  ForwardIcon,
  ForwardRoundIcon,
  PauseIcon,
  PlayIcon,
  RedoIcon,
  StartIcon,
  UndoIcon,
} from '../shared/icons.tsx';
import { useRun, useRunActions, useView } from '../shared/lab.tsx';
import { StepButton, type StepButtonProps } from '../shared/StepButton.tsx';
import { SpeedSlider } from './SpeedSlider.tsx';
import './transport.css';

/** Why there is nothing to go through yet, or null. */
function unavailableAtAll(state: RunState): string | null {
  return hasCommands(state) ? null : 'Nothing has happened yet: move a VM or crash a node first.';
}

function unavailableBack(state: RunState): string | null {
  return (
    unavailableAtAll(state) ?? (timeNsOf(state) === 0 ? 'This is the start of the run.' : null)
  );
}

function unavailableOn(state: RunState): string | null {
  return unavailableAtAll(state) ?? (isAtEnd(state) ? 'This is the end of the run.' : null);
}

export interface TransportProps {
  /** Stands in place of Play while nothing has happened. */
  readonly firstAction?: ReactNode;
  /** Without rounds, switchover and speed: for narrow screens. */
  readonly compact?: boolean;
}

export function Transport({ firstAction, compact = false }: TransportProps) {
  const actions = useRunActions();
  const back = useRun(unavailableBack);
  const on = useRun(unavailableOn);
  const begun = useRun(hasTimeline);
  if (compact && !begun && firstAction !== undefined) {
    return (
      <section className="transport transport--first" aria-label="Transport">
        {firstAction}
      </section>
    );
  }
  return (
    <section className="transport" aria-label="Transport">
      <Step label="Start of the run" keys="Home" why={back} onPress={actions.home}>
        <StartIcon />
      </Step>
      {!compact && (
        <Step
          label="Back a round"
          keys="Shift+ArrowLeft"
          why={back}
          onPress={() => actions.step('round', -1)}
        >
          <BackRoundIcon />
        </Step>
      )}
      <Step
        label="Back a step"
        keys="ArrowLeft"
        why={back}
        onPress={() => actions.step('batch', -1)}
      >
        <BackIcon />
      </Step>
      {begun || firstAction === undefined ? <PlayButton /> : firstAction}
      <Step label="A step on" keys="ArrowRight" why={on} onPress={() => actions.step('batch', 1)}>
        <ForwardIcon />
      </Step>
      {!compact && (
        <Step
          label="Next round"
          keys="Shift+ArrowRight"
          why={on}
          onPress={() => actions.step('round', 1)}
        >
          <ForwardRoundIcon />
        </Step>
      )}
      <Step label="End of the run" keys="End" why={on} onPress={actions.end}>
        <EndIcon />
      </Step>
      {!compact && <HistoryButtons />}
      {!compact && begun && <SwitchoverButton />}
      {!compact && <SpeedSlider />}
    </section>
  );
}

/** As all steps of this transport look. */
function Step(props: Omit<StepButtonProps, 'className' | 'reasonAt'>) {
  return <StepButton {...props} className="transport__step" reasonAt="above" />;
}

function PlayButton() {
  const actions = useRunActions();
  const playing = useRun(isPlaying);
  const ended = useRun(isAtEnd);
  const why = useRun(unavailableAtAll);
  return (
    <Button
      className="transport__play"
      look="primary"
      keys="Space"
      unavailable={why}
      reasonAt="above"
      onPress={actions.toggle}
    >
      {playing ? <PauseIcon /> : <PlayIcon />}
      {playing ? 'Pause' : ended ? 'Play again' : 'Play'}
    </Button>
  );
}

/** Undo and redo: of commands, and of edits before the start. */
export function HistoryButtons() {
  const actions = useRunActions();
  const noUndo = useRun(whyNoUndo);
  const noRedo = useRun(whyNoRedo);
  return (
    <span className="transport__history">
      <Step label="Undo" keys="Control+Z" why={noUndo} onPress={actions.undo}>
        <UndoIcon />
      </Step>
      <Step label="Redo" keys="Control+Shift+Z" why={noRedo} onPress={actions.redo}>
        <RedoIcon />
      </Step>
    </span>
  );
}

export function SwitchoverButton() {
  const actions = useRunActions();
  const vm = useView((view) => view.selectedVm);
  const why = useRun((state) => whyNoSwitchover(state, vm));
  return (
    <Button
      className="transport__switchover"
      keys="J"
      unavailable={why}
      reasonAt="above"
      onPress={() => actions.jumpToSwitchover(vm)}
    >
      Jump to switchover
    </Button>
  );
}

function whyNoSwitchover(state: RunState, vm: number): string | null {
  const none = unavailableAtAll(state);
  if (none !== null) return none;
  if (switchoverOf(state, vm) !== null) return null;
  return state.run?.complete === true
    ? 'There is no switchover in this run.'
    : 'The switchover is still being worked out.';
}
