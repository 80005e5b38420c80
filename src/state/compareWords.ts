/** The words of the Compare screen, all computed from its runs: question, what is the same, a lane now, and what it came to. */
import { at } from '../base/assert.ts';
import { memoryText, withThousands } from '../base/numberText.ts';
import type { Nanoseconds } from '../base/units.ts';
import { differences, type Compared, type Differs, type ValuePair } from './compareDifferences.ts';
import { bytesAt, drawnAs, factsOf, watchedOf } from './compareFacts.ts';
import type { CompareLane, CompareRun, LaneMethod } from './compareLanes.ts';
import { listText } from '../base/listText.ts';
import { clientCount, kindNames, vmName } from './names.ts';
import { toldAt } from './outlined.ts';
import { perMoment, perRun } from './perRun.ts';
import { sentenceAt, type Sentence } from './sentence.ts';
import { connectionsOf, sentences, type CountedClients } from './words.ts';

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
  const { memoryMiB } = at(scenario.vms, vm);
  const name = vmName(scenario, vm);
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

/** What happens to the VM of a lane: the sentence that the Lab has for the same moment of the same run. */
export const laneTold = perMoment((run: CompareRun, ns: Nanoseconds): Sentence => {
  const info = run.outline.run;
  return sentenceAt(info, toldAt(run, ns, clientsAt(run, ns)), info.scenario, run.vm);
});

/** That, what was moved, and its clients. */
export const laneSentence = perMoment((run: CompareRun, ns: Nanoseconds): string => {
  const { text } = laneTold(run, ns);
  if (factsOf(run).refusal !== null) return text;
  return sentences(text, movedText(run, ns), clientsText(run, ns));
});

/** For one line above the pictures of a lane, the fullest first; each of the later ones has less. */
export function laneLines(run: CompareRun, ns: Nanoseconds): string[] {
  const { text, short } = laneTold(run, ns);
  const clients = factsOf(run).refusal === null ? clientsText(run, ns) : '';
  return [sentences(text, clients), sentences(short, clients), short];
}

function clientsAt(run: CompareRun, ns: Nanoseconds): CountedClients[] {
  return watchedOf(run).groups.map(({ kind, count, lostNs }) => ({
    kind,
    count,
    kept: count - lostNs.filter((lost) => lost <= ns).length,
  }));
}

function movedText(run: CompareRun, ns: Nanoseconds): string {
  return run.lane.method === 'crash' ? '' : `${movedBytesText(run, ns)} moved.`;
}

export function movedBytesText(run: CompareRun, ns: Nanoseconds): string {
  return bytesText(bytesAt(run, ns));
}

export function bytesText(bytes: number): string {
  return memoryText(bytes / MIB);
}

const clientsText = perMoment((run: CompareRun, ns: Nanoseconds): string => {
  const clients = plightsOf(run);
  if (clients.length === 0) return '';
  const standings = clients.map((plights) => standingAt(plights, ns));
  const lost = standings.filter((standing) => standing === 'lost').length;
  const asking = standings.filter((standing) => standing === 'asking').length;
  if (lost === 0 && asking === 0) return settledText(clientsAt(run, ns));
  return [
    asking > 0 ? `${asking} of ${clients.length} ${drawnAs(run)}s wait` : '',
    lost > 0 ? `${lost} ${lost === 1 ? 'has' : 'have'} no connection` : '',
  ]
    .filter((part) => part !== '')
    .join(', ')
    .concat('.');
});

/** A trouble of one client, and when it lost its connection in it (infinite where it did not). */
interface Plight {
  readonly fromNs: Nanoseconds;
  readonly toNs: Nanoseconds;
  readonly lostNs: Nanoseconds;
}

const plightsOf = perRun((run: CompareRun): Plight[][] =>
  watchedOf(run).trails.map(({ troubles, marks }) => {
    const losses = marks.filter(({ kind }) => kind === 'lost');
    return troubles.map(({ fromNs, toNs }) => {
      const loss = losses.find(({ ns }) => ns >= fromNs && ns <= toNs);
      return { fromNs, toNs, lostNs: loss?.ns ?? Infinity };
    });
  }),
);

function standingAt(plights: readonly Plight[], ns: Nanoseconds): 'answered' | 'asking' | 'lost' {
  const plight = plights.findLast(({ fromNs }) => fromNs <= ns);
  if (plight === undefined || plight.toNs <= ns) return 'answered';
  return plight.lostNs <= ns ? 'lost' : 'asking';
}

/** Nobody waits: who lost a connection on the way has a new one. */
function settledText(groups: readonly CountedClients[]): string {
  const losers = (['windows-lan', 'linux-lan'] as const).flatMap((kind) => {
    const own = groups.filter((group) => group.kind === kind);
    const { all, lost } = connectionsOf(own);
    return lost === 0 ? [] : [{ lost, text: losersText(kindNames[kind], all, lost) }];
  });
  if (losers.length === 0) return 'Every client is answered.';
  const names = listText(losers.map(({ text }) => text));
  const isOne = losers.length === 1 && losers[0]?.lost === 1;
  return `${names.charAt(0).toUpperCase()}${names.slice(1)} lost ${isOne ? 'its' : 'their'} connection and connected again.`;
}

/** "the 12 Windows clients", "3 of 12 Windows clients". */
function losersText(system: string, all: number, lost: number): string {
  if (all === 1) return `the ${system} client`;
  const clients = `${withThousands(all)} ${system} clients`;
  return lost === all ? `the ${clients}` : `${withThousands(lost)} of ${clients}`;
}
