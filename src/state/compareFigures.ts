/** The figures of the Compare screen as texts: results, labels of the pictures, and rows of the tables. */
import { at } from '../base/assert.ts';
import { memoryText, secondsFigure, secondsText, withThousands } from '../base/numberText.ts';
import { NS_PER_S, PAGE_BYTES, type Nanoseconds } from '../base/units.ts';
import type { ClientKind } from '../engine/scenario.ts';
import type { ClientTrail } from '../protocol/outline.ts';
import { drawnAs, factsOf, sumOfLost, watchedOf, type LaneFacts } from './compareFacts.ts';
import type { CompareRun } from './compareLanes.ts';
import { bytesText } from './compareWords.ts';
import { kindNames, nodeName } from './names.ts';
import { moveOf, outagesOf } from './outlined.ts';

const MIB_PER_GB = 1024;
const BYTES_PER_GB = 1024 ** 3;

/** Seconds, or that it does not end. */
function lengthText(ns: Nanoseconds, never: string): string {
  if (!Number.isFinite(ns)) return never;
  return ns === 0 ? '0\u00a0s' : secondsText(ns / NS_PER_S);
}

/** "12 of 12 Windows connections lost", one for each kind of TCP client. */
export function lostTexts(facts: LaneFacts): { readonly text: string; readonly lost: boolean }[] {
  const { connections } = facts;
  const kinds = [...new Set(connections.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const { lost, count } = sumOfLost(connections.filter((row) => row.kind === kind));
    const what = count === 1 ? 'connection' : 'connections';
    return {
      text: `${withThousands(lost)} of ${withThousands(count)} ${kindNames[kind]} ${what} lost`,
      lost: lost > 0,
    };
  });
}

export interface FigureRow {
  readonly name: string;
  readonly value: string;
}

/** Below the outage. */
export function figureRows(run: CompareRun): FigureRow[] {
  const facts = factsOf(run);
  const { takesNs, bytes, lostMiB, longestSilenceNs, lateAnswers, outcome } = facts;
  const isCrash = run.lane.method === 'crash';
  const failed = outcome === 'failed' || outcome === 'cancelled';
  return [
    // After a crash nothing is moved, and the outage is all the time it takes.
    ...(isCrash
      ? []
      : [
          {
            name: failed ? 'Move failed after' : 'Total time',
            value: lengthText(takesNs, 'not in this run'),
          },
          { name: 'Data moved', value: bytesText(bytes) },
        ]),
    { name: 'Longest silence', value: lengthText(longestSilenceNs, 'no end') },
    { name: 'Late answers', value: withThousands(lateAnswers) },
    { name: 'Memory lost', value: lostMiB === 0 ? 'none' : memoryText(lostMiB) },
    ...gaveUpRows(run),
  ];
}

/** How long each kind of client asked in vain until it gave up its connection. */
function gaveUpRows(run: CompareRun): FigureRow[] {
  const { trails, groups } = watchedOf(run);
  const outages = outagesOf(run, run.vm, Infinity);
  const rows = trails.flatMap((trail): FigureRow[] => {
    const lostNs = trail.marks.find((mark) => mark.kind === 'lost')?.ns;
    const fromNs = trail.troubles.findLast((trouble) => trouble.fromNs <= (lostNs ?? -1))?.fromNs;
    if (lostNs === undefined || fromNs === undefined) return [];
    // Else the guest was there again, and knew the connection no more.
    if (!outages.some((outage) => lostNs >= outage.fromNs && lostNs < outage.toNs)) return [];
    const name = `${kindNames[at(groups, trail.group).kind]} gives up`;
    return [{ name, value: lengthText(lostNs - fromNs, '') }];
  });
  return rows.filter(({ name }, place) => rows.findIndex((row) => row.name === name) === place);
}

/** A row of the table of lanes, without its name: seconds, GB, and counts. */
export function numbersRow(run: CompareRun): string[] {
  const facts = factsOf(run);
  if (facts.refusal !== null) return ['not possible', '', '', '', '', '', '', ''];
  const { lost, count } = sumOfLost(facts.connections);
  return [
    secondsCell(facts.outageNs),
    secondsCell(facts.takesNs),
    gigabytesCell(facts.bytes / BYTES_PER_GB),
    withThousands(lost),
    withThousands(count),
    secondsCell(facts.longestSilenceNs),
    withThousands(facts.lateAnswers),
    gigabytesCell(facts.lostMiB / MIB_PER_GB),
  ];
}

function secondsCell(ns: Nanoseconds): string {
  if (!Number.isFinite(ns)) return 'no end';
  return ns === 0 ? '0' : secondsFigure(ns / NS_PER_S);
}

function gigabytesCell(gigabytes: number): string {
  return gigabytes === 0 ? '0' : gigabytes.toFixed(2);
}

/** A row of the table of clients: "Windows 3", and what became of it. */
export function clientFigures(run: CompareRun, row: number): FigureRow {
  const { trails, groups } = watchedOf(run);
  const trail = at(trails, row);
  const { kind, count } = at(groups, trail.group);
  const own = trails.filter(({ group }) => group === trail.group);
  const number = own.length === count ? trail.client + 1 : own.indexOf(trail) + 1;
  const name = `${kindNames[kind]} ${own.length === count ? '' : 'row '}${number}`;
  return { name, value: fateText(trail, kind) };
}

function fateText({ lost, marks, longestSilenceNs }: ClientTrail, kind: ClientKind): string {
  if (longestSilenceNs === 0 && !lost) return 'always answered';
  const silence = lengthText(longestSilenceNs, 'no end');
  if (kind === 'ping') return `pings lost, ${silence}`;
  if (!lost) return `answered late, ${silence}`;
  const again = marks.some((mark) => mark.kind === 'reconnected');
  return `lost, ${again ? `back after ${silence}` : 'not back'}`;
}

/** "12 Windows connections", "3 pings". */
function groupName(run: CompareRun, group: number): string {
  return `${groupShortName(run, group)}${connectionsText(run, group)}`;
}

/** "12 Windows", "3 pings": where there is little room. */
export function groupShortName(run: CompareRun, group: number): string {
  const { kind, count } = at(watchedOf(run).groups, group);
  const number = withThousands(count);
  if (kind === 'ping') return `${number} ${count === 1 ? 'ping' : 'pings'}`;
  return `${number} ${kindNames[kind]}`;
}

/** " connections"; '' of pings, which have none. */
export function connectionsText(run: CompareRun, group: number): string {
  const { kind, count } = at(watchedOf(run).groups, group);
  if (kind === 'ping') return '';
  return count === 1 ? ' connection' : ' connections';
}

/** "one request every 1.0 s each" */
export function groupPace(run: CompareRun, group: number): string {
  const { clients } = at(run.outline.run.scenario.vms, run.vm);
  const { requestEveryMs } = at(clients, group);
  const every = requestEveryMs === 1000 ? 'second' : secondsText(requestEveryMs / 1000);
  return `one request every ${every}`;
}

/** For those who do not see the rows: "12 Windows connections: 12 lost, longest silence 39.9 s". */
export function groupText(run: CompareRun, group: number): string {
  const { kind, count, kept, late, longestSilenceNs } = at(watchedOf(run).groups, group);
  const parts = [
    kind === 'ping' ? '' : `${count - kept} lost`,
    late === 0 ? '' : `${withThousands(late)} answers late`,
    `longest silence ${lengthText(longestSilenceNs, 'without end')}`,
  ];
  return `${groupName(run, group)}: ${parts.filter((part) => part !== '').join(', ')}`;
}

/** Where the bytes go. */
export function bytesWayText({ lane: { method } }: CompareRun): string {
  return method === 'quick' ? 'to the volume and back' : 'over the migration network';
}

/** "8 GB: 4 GB written, 4 GB read back", "5.3 GB: 4 GB once, 1.3 GB again"; '' where nothing was moved. */
export function bytesPartsText(run: CompareRun): string {
  const move = moveOf(run, run.vm);
  const { bytes, isUnfinished } = factsOf(run);
  if (move === null || bytes === 0) return '';
  if (isUnfinished) return `${bytesText(bytes)}: all that the time of the run was enough for`;
  if (move.method === 'quick') {
    const read = move.pagesRestored * PAGE_BYTES;
    return `${bytesText(bytes)}: ${bytesText(bytes - read)} written, ${bytesText(read)} read back`;
  }
  const [first] = move.phases.filter(({ name }) => name === 'round');
  const share = (first?.pagesSent ?? 0) / Math.max(1, move.pagesSent);
  const once = bytes * share;
  return `${bytesText(bytes)}: ${bytesText(once)} once, ${bytesText(bytes - once)} again`;
}

/** What the magnifier shows: "9 clients get no answer at first, then Node 2 answers." */
export function magnifiedText(run: CompareRun, troubled: readonly ClientTrail[]): string {
  const { moments, run: info } = run.outline;
  const count = troubled.length;
  if (count === 0) return 'No client asks meanwhile.';
  const node = nodeName(info.scenario, moments.at(-1)?.vms[run.vm]?.node ?? 0);
  const lost = troubled.filter((trail) => trail.lost).length;
  const who = drawnAs(run);
  const wait = `${count} ${count === 1 ? `${who} gets` : `${who}s get`} no answer`;
  if (lost === 0) return `${wait} at first, then ${node} answers.`;
  return `${wait}, and ${lost} ${lost === 1 ? 'loses its connection' : 'lose their connections'}.`;
}
