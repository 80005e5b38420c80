/** What a scenario of the list is opened for: the one act that is offered while nothing has happened yet. */
import type { Operation } from '../engine/command.ts';
import { presets } from '../scenario/presets.ts';
import { nodeName } from './names.ts';
import type { RunState } from './runStore.ts';

export interface FirstAct {
  /** What the button says: "Crash Node 1". */
  readonly text: string;
  /** "Crash Node 1 and watch its VMs start again on the others." */
  readonly invitation: string;
  readonly operation: Operation;
}

const verbs = { 'crash-node': 'Crash', 'drain-node': 'Drain' } as const;

/** null where the first thing to do is to move the selected VM, and where the act is not possible now. */
export function firstAct({
  scenario,
  summary,
}: Pick<RunState, 'scenario' | 'summary'>): FirstAct | null {
  const first = presets.find(({ title }) => title === scenario.title)?.first ?? null;
  const node = scenario.nodes.findIndex(({ id }) => id === first?.act.node);
  if (first === null || node === -1) return null;
  const { act, watch } = first;
  const own = summary?.nodes[node];
  const isRefused = act.do === 'drain-node' ? own?.drainRefusal : own?.up === false;
  if (isRefused) return null;
  const text = `${verbs[act.do]} ${nodeName(scenario, node)}`;
  return { text, invitation: `${text} and watch ${watch}.`, operation: act };
}
