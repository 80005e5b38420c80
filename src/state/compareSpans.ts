/** What a VM does over the time of a lane: when it runs and where, and why it does not. Read from its run. */
import { at } from '../base/assert.ts';
import type { Nanoseconds } from '../base/units.ts';
import type { OutlineMoment } from '../protocol/outline.ts';
import type { CompareRun } from './compareLanes.ts';
import { failoverSteps } from './failoverSteps.ts';
import { nodeName, volumeName, volumeOfVm } from './names.ts';
import { moveOf } from './outlined.ts';

export interface StateSpan {
  readonly fromNs: Nanoseconds;
  /** Infinite for the last. */
  readonly toNs: Nanoseconds;
  readonly runs: boolean;
  /** "running on Node 1", "save memory", "blackout". */
  readonly label: string;
  /** For where there is little room, else the same. */
  readonly short: string;
}

/** Without gaps, from before the run began. */
export function stateSpans(run: CompareRun): StateSpan[] {
  const spans: StateSpan[] = [];
  for (const span of [before(run), ...spansSince(run)]) {
    const last = spans.at(-1);
    if (last !== undefined && last.label === span.label) {
      spans[spans.length - 1] = { ...last, toNs: span.toNs };
    } else if (span.toNs > span.fromNs) spans.push(span);
  }
  return spans;
}

/** Before the first moment it ran at home. */
function before({ outline, vm }: CompareRun): StateSpan {
  const { scenario } = outline.run;
  const home = scenario.nodes.findIndex(({ id }) => id === at(scenario.vms, vm).node);
  return { fromNs: -Infinity, toNs: 0, ...runningOn(nodeName(scenario, home)) };
}

function spansSince(run: CompareRun): StateSpan[] {
  const { moments } = run.outline;
  const steps = crashSpans(run);
  const untilNs = steps[0]?.fromNs ?? Infinity;
  const fromMoments = moments.flatMap((moment, place): StateSpan[] => {
    const toNs = Math.min(untilNs, moments[place + 1]?.fromNs ?? Infinity);
    return toNs > moment.fromNs ? [{ fromNs: moment.fromNs, toNs, ...stateAt(run, moment) }] : [];
  });
  return [...fromMoments, ...steps];
}

/** The steps of the failover are finer than what the VM does in them. */
function crashSpans({ outline, vm }: CompareRun): StateSpan[] {
  const { run, moments } = outline;
  const steps = failoverSteps(run, vm, run.endNs) ?? [];
  const node = moments.at(-1)?.vms[vm]?.node ?? 0;
  return steps.map(({ startNs, endNs, label, runs }, place) => {
    const toNs = place === steps.length - 1 ? Infinity : endNs;
    const words = runs ? runningOn(nodeName(run.scenario, node)) : standing(label.toLowerCase());
    return { fromNs: startNs, toNs, ...words };
  });
}

type StateWords = Pick<StateSpan, 'runs' | 'label' | 'short'>;

function runningOn(node: string): StateWords {
  return { runs: true, label: `running on ${node}`, short: `on ${node}` };
}

function standing(label: string, short = label): StateWords {
  return { runs: false, label, short };
}

function stateAt({ outline, vm }: CompareRun, { vms, volumes }: OutlineMoment): StateWords {
  const { scenario } = outline.run;
  const { status, node } = at(vms, vm);
  const volume = volumeOfVm(scenario, vm);
  switch (status) {
    case 'running':
      return runningOn(nodeName(scenario, node));
    case 'paused':
      return moveOf({ outline }, vm)?.method === 'quick'
        ? standing('save memory', 'save')
        : standing('blackout');
    case 'saved':
      return (volumes[volume]?.change ?? null) === null
        ? standing('wait for the others on the LUN', 'wait')
        : standing(`${volumeName(scenario, volume)} moves`, 'LUN moves');
    case 'restoring':
      return standing('read memory', 'read');
    default:
      return standing('not there', 'off');
  }
}
