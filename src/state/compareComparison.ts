/** What the lanes of the Compare screen came to, against each other: one or two sentences. */
import { memoryText, secondsText, withThousands } from '../base/numberText.ts';
import { NS_PER_S, type Nanoseconds } from '../base/units.ts';
import { differences, type ValueKind } from './compareDifferences.ts';
import { factsOf, sumOfLost, type LaneFacts, type LostConnections } from './compareFacts.ts';
import type { CompareLane, CompareRun } from './compareLanes.ts';
import { bytesText } from './compareWords.ts';
import { listText } from '../base/listText.ts';
import { vmName } from './names.ts';
import { sentences } from './words.ts';

/** A difference in bytes that would not be seen in the text. */
const NOTICEABLE_BYTES = 1024 * 1024;

/** '' where there is nothing to compare. */
export function comparisonText(runs: readonly CompareRun[]): string {
  const differs = runs[0]?.lane.differs ?? 'method';
  return differs === 'method' ? methodComparison(runs) : valueComparison(runs, differs);
}

function methodComparison(runs: readonly CompareRun[]): string {
  const [quick, live, crash] = (['quick', 'live', 'crash'] as const).map((method) =>
    runs.find(({ lane }) => lane.method === method),
  );
  const moves =
    quick === undefined || live === undefined ? '' : movesText(factsOf(quick), factsOf(live));
  return sentences(moves, crash === undefined ? '' : crashText(crash));
}

function movesText(quick: LaneFacts, live: LaneFacts): string {
  if (live.refusal !== null || quick.refusal !== null) return '';
  if (live.isUnfinished) return 'The time of the run is up before the live migration is done.';
  if (quick.isUnfinished) return 'The time of the run is up before the quick migration is done.';
  const longer = live.takesNs - quick.takesNs;
  const outage = `the outage is ${secondsAs(live.outageNs)} instead of ${secondsAs(quick.outageNs)}`;
  const noticed = `${outage}${lostText(live.connections)}`;
  if (!Number.isFinite(longer)) return `With live migration ${noticed}.`;
  const takes = `${secondsAs(Math.abs(longer))} ${longer > 0 ? 'longer' : 'less'}`;
  return `Live takes ${takes} in total${longer > 0 ? ', but' : ', and'} ${noticed}.`;
}

function lostText(connections: readonly LostConnections[]): string {
  const { lost, count } = sumOfLost(connections);
  if (count === 0) return '';
  if (lost === 0) return ', and no connection is lost';
  return `, and ${withThousands(lost)} ${lost === 1 ? 'connection is' : 'connections are'} lost`;
}

function crashText(run: CompareRun): string {
  const { outageNs, lostMiB, refusal } = factsOf(run);
  if (refusal !== null) return '';
  const { scenario } = run.outline.run;
  const name = vmName(scenario, run.vm);
  const away = Number.isFinite(outageNs)
    ? `is away for ${secondsAs(outageNs)}`
    : 'does not come back';
  return `After a crash ${name} ${away}, and ${memoryText(lostMiB)} of its memory are lost.`;
}

function valueComparison(runs: readonly CompareRun[], differs: ValueKind): string {
  const [first, second] = runs;
  if (first === undefined || second === undefined) return '';
  const [a, b] = [factsOf(first), factsOf(second)];
  if (a.refusal !== null || b.refusal !== null) return '';
  const late = [first, second].filter((run) => factsOf(run).isUnfinished);
  if (late.length > 0) {
    const names = listText(late.map(({ lane }) => nameInside(lane, differs)));
    return `With ${names} the time of the run is up before the move is done.`;
  }
  const outage = changeText(a.outageNs, b.outageNs, 'outage');
  const total = changeText(a.takesNs, b.takesNs, 'move');
  const data =
    Math.abs(b.bytes - a.bytes) < NOTICEABLE_BYTES
      ? ''
      : `${bytesText(Math.abs(b.bytes - a.bytes))} ${b.bytes > a.bytes ? 'more' : 'less'} is moved`;
  const parts = [outage, total, data].filter((part) => part !== '');
  return parts.length === 0
    ? 'Both runs come to the same.'
    : `With ${nameInside(second.lane, differs)} ${listText(parts)}.`;
}

/** The value of a lane inside of a sentence. */
function nameInside({ value }: CompareLane, differs: ValueKind): string {
  const text = value === null ? '' : differences[differs].text(value);
  switch (differs) {
    case 'stop':
      return `a stop threshold of ${text}`;
    case 'tracking':
      return `“${text}”`;
    default:
      return text;
  }
}

/** "the outage is 3.0 s shorter"; '' where it is the same. */
function changeText(before: Nanoseconds, after: Nanoseconds, what: 'outage' | 'move'): string {
  const difference = after - before;
  if (!Number.isFinite(difference) || Math.abs(difference) < NS_PER_S / 200) return '';
  const length = secondsAs(Math.abs(difference));
  return what === 'outage'
    ? `the outage is ${length} ${difference > 0 ? 'longer' : 'shorter'}`
    : `the move takes ${length} ${difference > 0 ? 'longer' : 'less'}`;
}

function secondsAs(ns: Nanoseconds): string {
  return secondsText(ns / NS_PER_S);
}
