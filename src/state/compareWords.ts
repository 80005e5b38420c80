/** The words of the Compare screen, all computed from its runs: question, what is the same, a lane now, and what it came to. */
import { at } from '../base/assert.ts';
import { memoryText, withThousands } from '../base/numberText.ts';
import type { Nanoseconds } from '../base/units.ts';
import type { ClientTrail } from '../protocol/outline.ts';
import { differences, type Compared, type Differs, type ValuePair } from './compareDifferences.ts';
import { bytesAt, factsOf, watchedOf } from './compareFacts.ts';
import type { CompareLane, CompareRun, LaneMethod } from './compareLanes.ts';
import { stateSpans } from './compareSpans.ts';
import { listText } from '../base/listText.ts';
import { clientCount, vmName } from './names.ts';
import { moveOf } from './outlined.ts';
import { asSentence, sentences } from './words.ts';

const MIB = 1024 * 1024;

const methodTitles: Readonly<Record<LaneMethod, string>> = {
  quick: 'Quick Migration',
  live: 'Live Migration',
  crash: 'Node crash',
};

/** "Live Migration", "10 Gbit/s". */
export function laneTitle({ method, differs, value }: CompareLane): string {
  if (differs === 'method' || value === null) return methodTitles[method];
  const text = differences[differs].text(value);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The largest text: a question. */
export function questionText(
  { scenario, vm }: Compared,
  differs: Differs,
  values: ValuePair,
): string {
  const count = clientCount(scenario, vm);
  const who = count === 0 ? 'what does anybody' : `what do ${withThousands(count)}\u00a0clients`;
  const one = count === 1 ? 'what does 1\u00a0client' : who;
  return `${subjectText(differs, values)}: ${one} notice?`;
}

function subjectText(differs: Differs, values: ValuePair): string {
  if (differs === 'method') return 'Quick, live or a crash';
  const { text, label } = differences[differs];
  const both = values.map((value) => text(value)).join(' or ');
  switch (differs) {
    case 'stop':
      return `Stop when the rest takes ${both}`;
    case 'tracking':
      return `${label}: ${values.map((value) => text(value).toLowerCase()).join(' or ')}`;
    default:
      return both.charAt(0).toUpperCase() + both.slice(1);
  }
}

/** What is the same in every lane, without what differs. */
export function sameText(compared: Compared, differs: Differs): string {
  const { scenario, vm } = compared;
  const { name, memoryMiB } = at(scenario.vms, vm);
  const facts = [
    name,
    memoryText(memoryMiB),
    differs === 'rate' ? '' : rateText(compared),
    differs === 'network'
      ? ''
      : `migration network ${differences.network.text(differences.network.of(compared))}`,
  ].filter((fact) => fact !== '');
  const runs =
    differs === 'method' ? 'Same VM in every run' : 'The same live migration of the same VM';
  const starts = differs === 'method' ? 'Every run starts' : 'Both start';
  return `${runs}: ${facts.join(', ')}. ${starts} at 0\u00a0s.`;
}

function rateText(compared: Compared): string {
  const rate = Number(differences.rate.of(compared));
  return rate === 0 ? 'idle' : `${withThousands(rate)} dirty pages/s`;
}

/** Below the name of the VM: how it goes over. */
export function wayText({ lane: { method } }: CompareRun): string {
  switch (method) {
    case 'quick':
      return 'saved to disk, then read back';
    case 'live':
      return 'runs on while it is copied';
    case 'crash':
      return 'starts again from its disk';
  }
}

/** What happens to other VMs in this lane, or ''. */
export function othersText(run: CompareRun): string {
  const { scenario } = run.outline.run;
  const { others } = factsOf(run);
  if (others.length === 0) return '';
  const names = listText(others.map((vm) => vmName(scenario, vm)));
  const isOne = others.length === 1;
  if (run.lane.method === 'crash') return `${names} ${isOne ? 'stops' : 'stop'} with it.`;
  return `${names} ${isOne ? 'shares' : 'share'} its LUN and ${isOne ? 'has' : 'have'} to move too.`;
}

/** What happens in a lane at a moment: the state of the VM, what was moved, and its clients. */
export function laneSentence(run: CompareRun, ns: Nanoseconds): string {
  if (factsOf(run).refusal !== null) return laneNow(run, ns);
  return sentences(stateText(run, ns), movedText(run, ns), clientsText(run, ns));
}

/** The same without what changes all the time. */
export function laneNow(run: CompareRun, ns: Nanoseconds): string {
  const { refusal } = factsOf(run);
  return refusal === null ? stateText(run, ns) : `Not possible. ${asSentence(refusal)}`;
}

function stateText(run: CompareRun, ns: Nanoseconds): string {
  const span = stateSpans(run).findLast(({ fromNs }) => fromNs <= ns);
  const name = vmName(run.outline.run.scenario, run.vm);
  if (span === undefined) return '';
  const round = moveOf(run, run.vm)?.phases.find(
    (phase) => phase.name === 'round' && phase.startNs <= ns && (phase.endNs ?? Infinity) > ns,
  );
  if (!span.runs) return `${name} stands still: ${span.label}.`;
  return `${name} runs ${span.short}${round === undefined ? '' : `, round ${round.number}`}.`;
}

function movedText(run: CompareRun, ns: Nanoseconds): string {
  if (run.lane.method === 'crash') return '';
  return `${bytesText(bytesAt(run, ns))} moved.`;
}

export function bytesText(bytes: number): string {
  return memoryText(bytes / MIB);
}

/** Of the clients that are drawn, which are all of them unless they are very many. */
function clientsText(run: CompareRun, ns: Nanoseconds): string {
  const { trails } = watchedOf(run);
  if (trails.length === 0) return '';
  const standings = trails.map((trail) => standingAt(trail, ns));
  const lost = standings.filter((standing) => standing === 'lost').length;
  const asking = standings.filter((standing) => standing === 'asking').length;
  const all = trails.length;
  if (lost === 0 && asking === 0) return 'Every client is answered.';
  return [
    asking > 0 ? `${asking} of ${all} clients wait` : '',
    lost > 0 ? `${lost} ${lost === 1 ? 'has' : 'have'} no connection` : '',
  ]
    .filter((part) => part !== '')
    .join(', ')
    .concat('.');
}

type Standing = 'answered' | 'asking' | 'lost';

function standingAt({ troubles, marks }: ClientTrail, ns: Nanoseconds): Standing {
  const trouble = troubles.findLast(({ fromNs }) => fromNs <= ns);
  if (trouble === undefined || trouble.toNs <= ns) return 'answered';
  const isLost = marks.some(
    (mark) => mark.kind === 'lost' && mark.ns >= trouble.fromNs && mark.ns <= ns,
  );
  return isLost ? 'lost' : 'asking';
}
