/** The one primary action while nothing has happened: "Live-migrate web-01 to Node 2", "Crash Node 1". */
import { at } from '../../base/assert.ts';
import { firstAct } from '../../state/firstAct.ts';
import { nodeName, vmName } from '../../state/names.ts';
import { firstMove } from '../../state/selectors.ts';
import type { RunState } from '../../state/runStore.ts';
import { Button } from './Button.tsx';
import { ArrowIcon } from './icons.tsx';
import { useRun, useView } from './lab.tsx';

export interface FirstActionProps {
  readonly onStart: () => void;
  readonly large?: boolean;
}

export function FirstAction({ onStart, large = false }: FirstActionProps) {
  const vm = useView((view) => view.selectedVm);
  const text = useRun((state) => actionText(state, vm));
  const why = useRun((state) => whyNothing(state, vm));
  return (
    <Button
      look="primary"
      className={large ? 'first-action first-action--large' : 'first-action'}
      keys="Space"
      unavailable={why}
      onPress={onStart}
    >
      {text}
      {large && <ArrowIcon />}
    </Button>
  );
}

function whyNothing(state: RunState, vm: number): string | null {
  const something = firstAct(state) ?? firstMove(state, vm);
  return something === null ? `No node can take ${vmName(state.scenario, vm)}.` : null;
}

function actionText(state: RunState, vm: number): string {
  const act = firstAct(state);
  if (act !== null) return act.text;
  const move = firstMove(state, vm);
  const { name } = at(state.scenario.vms, vm);
  if (move === null) return `Live-migrate ${name}`;
  const verb = move.method === 'live' ? 'Live-migrate' : 'Quick-migrate';
  return `${verb} ${name} to ${nodeName(state.scenario, move.to)}`;
}
