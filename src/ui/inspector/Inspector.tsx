/** The selected VM: what can be done with it, what it does, what is under the pointer, what happened. */
import { at } from '../../base/assert.ts';
import { nodeName } from '../../state/sentence.ts';
import { activeMoment, isBlackout, type Moment } from '../../state/moment.ts';
import { firstTarget, nodeOfVm, timeNsOf } from '../../state/selectors.ts';
import type { RunState } from '../../state/runStore.ts';
import { Button } from '../shared/Button.tsx';
import { PageLens } from '../shared/charts/PageLens.tsx';
import { useRun, useRunActions, useView, useViewActions } from '../shared/lab.tsx';
import { Log } from './Log.tsx';
import { StopRules } from './StopRules.tsx';
import { Workload } from './Workload.tsx';
import './inspector.css';

export function Inspector() {
  const vm = useView((view) => view.selectedVm);
  return (
    <>
      <VmActions vm={vm} />
      <Workload key={`workload ${vm}`} vm={vm} />
      <StopRules key={`stop ${vm}`} vm={vm} />
      <Lens vm={vm} />
      <Log />
    </>
  );
}

export function VmActions({ vm }: { readonly vm: number }) {
  const spec = useRun((state) => at(state.scenario.vms, vm));
  const where = useRun((state) => whereText(state, vm, momentNow(state, vm)));
  const whyFixed = useRun((state) => whyNotMovable(state, vm, momentNow(state, vm)));
  const whyNoCancel = useRun((state) => whyNotCancellable(spec.name, momentNow(state, vm)));
  const { startChoosing, stopChoosing } = useViewActions();
  const choosing = useView((view) => view.choosing !== null);
  const { cancel } = useRunActions();
  return (
    <section className="panel panel--first" aria-label={spec.name}>
      <h2 className="inspector__name">{spec.name}</h2>
      <p className="inspector__where">{where}</p>
      <div className="inspector__actions">
        <Button
          look={choosing ? 'primary' : 'default'}
          keys="L"
          unavailable={whyFixed}
          onPress={() => (choosing ? stopChoosing() : startChoosing(vm))}
        >
          {choosing ? 'Choose a node, or Esc' : 'Live migrate…'}
        </Button>
        <Button unavailable={whyNoCancel} reasonAt="below-end" onPress={() => cancel(spec.id)}>
          Cancel this migration
        </Button>
      </div>
    </section>
  );
}

function momentNow(state: RunState, vm: number): Moment | null {
  return activeMoment(state.run, vm, timeNsOf(state));
}

function whereText(state: RunState, vm: number, moment: Moment | null): string {
  const { scenario } = state;
  if (moment === null) return `Running on ${nodeName(scenario, nodeOfVm(state, vm))}`;
  const { from, to } = moment.migration;
  const path = `${nodeName(scenario, from)} to ${nodeName(scenario, to)}`;
  return moment.phase === null ? `Waiting to move from ${path}` : `Moving from ${path}`;
}

/** Why no node can be chosen now, or null. */
function whyNotMovable(state: RunState, vm: number, moment: Moment | null): string | null {
  const name = at(state.scenario.vms, vm).name;
  if (moment !== null) return `${name} is already being moved.`;
  if (state.scenario.nodes.length === 1) return 'There is only one node.';
  return firstTarget(state, vm) === null ? `No node has room for ${name}.` : null;
}

function whyNotCancellable(name: string, moment: Moment | null): string | null {
  if (moment === null) return `${name} is not being moved.`;
  const { phase } = moment;
  return isBlackout(phase?.name) || phase?.name === 'clean-up'
    ? 'Too late: the switchover has begun.'
    : null;
}

export function Lens({ vm }: { readonly vm: number }) {
  const lens = useRun((state) => state.summary?.lens ?? null);
  const memoryMiB = useRun((state) => at(state.scenario.vms, vm).memoryMiB);
  return (
    <section className="panel" aria-labelledby="lens-title">
      <h3 id="lens-title">Under the pointer</h3>
      {lens === null ? (
        <p className="inspector__hint">Point at a cell of a memory map to see its pages.</p>
      ) : (
        <PageLens lens={lens} memoryMiB={memoryMiB} />
      )}
    </section>
  );
}
