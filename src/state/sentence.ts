/**
 * The sentence that leads the screen: what is happening to the selected VM, computed from the run and
 * the shown time alone. It changes once per phase, never per frame.
 */
import { isolated } from '../base/isolated.ts';
import type { Nanoseconds } from '../base/units.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { FrameSummary } from '../protocol/frameSummary.ts';
import type { MigrationRow, PhaseRow, RunInfo } from '../protocol/runInfo.ts';
import { drainEnd, drainEndWords } from './drainWords.ts';
import { firstAct } from './firstAct.ts';
import { eventWords, stalledWords, stoppedWords } from './failureWords.ts';
import {
  failedWords,
  liveEndWords,
  livePhaseWords,
  queuedWords,
  unfinishedWords,
} from './liveWords.ts';
import { lastTold, momentOf, type Moment } from './moment.ts';
import { clientCount, homeNode, nodeName, vmName } from './names.ts';
import { quickEndWords, quickPhaseWords } from './quickWords.ts';
import { wordsFrom } from './told.ts';
import {
  connectionsOf,
  type DrainSpan,
  namesOf,
  sentences,
  type CountedClients,
  type MoveNames,
  type Told,
  type ToldMoment,
  type Words,
} from './words.ts';

export interface Sentence {
  /** Changes when the sentence does. */
  readonly key: string;
  /** The small line above: what it is about. */
  readonly over: string;
  readonly text: string;
  /** For narrow screens, without the names that the screen shows anyway. */
  readonly short: string;
  /** A change that is told at once, however fast the run plays. */
  readonly urgent: boolean;
  /** From when to when, where it closes the drain of a node. */
  readonly drain?: DrainSpan;
}

/** @param vm Index of the selected VM. */
export function sentence(
  run: RunInfo | null,
  summary: FrameSummary | null,
  scenario: Scenario,
  vm: number,
): Sentence {
  const told = sentenceAt(run, summary, scenario, vm);
  if (!told.key.startsWith(IDLE)) return told;
  return { ...told, text: sentences(told.text, invitation({ scenario, summary })) };
}

/** The same of any moment, without what could be done next. */
export function sentenceAt(
  run: RunInfo | null,
  summary: ToldMoment | null,
  scenario: Scenario,
  vm: number,
): Sentence {
  const timeNs = summary?.timeNs ?? 0;
  const told: Told = { run, summary, scenario, vm, timeNs };
  const words = wordsOf(told, momentOf(run, vm, timeNs));
  return { over: isolated(scenario.title), short: words.text, urgent: false, ...words };
}

/** A move under way leads, unless the disk does not answer; then what does not run; then what happened last. */
function wordsOf(told: Told, moment: Moment | null): Words {
  const stalled = stalledWords(told);
  if (stalled !== null) return stalled;
  if (moment !== null && !moment.ended) return movingWords(told, moment);
  return refusedWords(told) ?? stoppedWords(told) ?? runningWords(told, moment?.migration ?? null);
}

/** Begins the key of a sentence of which nothing has happened yet. */
const IDLE = 'idle ';

function movingWords({ run, scenario, timeNs }: Told, { migration, phase }: Moment): Words {
  const names = namesOf(scenario, migration);
  const words =
    phase === null || run === null
      ? queuedWords(run, migration, names, timeNs)
      : migration.method === 'live'
        ? isCutShort(run, migration, phase, timeNs)
          ? unfinishedWords(run, phase, migration, names)
          : livePhaseWords(run, phase, migration, names)
        : quickPhaseWords(run, phase, migration, names);
  return { over: overline(migration, names), ...words, key: `${migration.id} ${words.key}` };
}

/** The time of the run is up, and the move is not over. */
function isCutShort(
  { complete, endNs }: RunInfo,
  { outcome }: MigrationRow,
  { name }: PhaseRow,
  timeNs: Nanoseconds,
): boolean {
  return complete && timeNs >= endNs && outcome === 'running' && name === 'round';
}

/** It runs: the newest of its last move, of what happened to it or to the nodes, and of the end of a drain. */
function runningWords(told: Told, migration: MigrationRow | null): Words {
  const { run, vm, timeNs } = told;
  const event = lastTold(run, vm, timeNs, migration?.endedNs ?? -1);
  const drained = drainEnd(told);
  if (drained !== null && drained.atNs >= Math.max(event?.atNs ?? 0, migration?.endedNs ?? 0)) {
    return drainEndWords(told, drained, migration?.endedNs === drained.atNs ? migration : null);
  }
  const words = event === undefined ? null : eventWords(told, event);
  if (words !== null) return words;
  return migration === null ? idleWords(told) : endWords(told, migration);
}

function endWords(told: Told, migration: MigrationRow): Words {
  const { run, summary, scenario } = told;
  const names = namesOf(scenario, migration);
  const words =
    migration.method === 'live'
      ? liveEndWords(run, migration, names)
      : migration.outcome === 'completed'
        ? quickEndWords(told, migration, lostText(summary?.clients ?? []))
        : failedWords(run, migration, names);
  return { over: overline(migration, names), ...words, key: `${migration.id} ${words.key}` };
}

/** "12 of 24 connections are lost." */
function lostText(clients: readonly CountedClients[]): string {
  const { all, lost } = connectionsOf(clients);
  if (all === 0) return '';
  return lost === 0 ? 'No connection is lost.' : `${lost} of ${all} connections are lost.`;
}

/** A refusal is the last thing that happened, and no move goes on. */
function refusedWords({ run, vm, timeNs }: Told): Words | null {
  const last = lastTold(run, vm, timeNs);
  if (last?.kind !== 'command-refused') return null;
  return { ...wordsFrom(last, `refused ${last.atNs}`), urgent: true };
}

function idleWords({ scenario, summary, vm }: Told): Words {
  const name = scenario.vms[vm] === undefined ? 'Nothing' : vmName(scenario, vm);
  const node = nodeName(scenario, summary?.vms[vm]?.node ?? homeNode(scenario, vm));
  const clients = clientCount(scenario, vm);
  const served =
    clients === 0 ? '' : ` and serves ${clients} ${clients === 1 ? 'client' : 'clients'}`;
  return {
    key: `${IDLE}${name} ${node}`,
    text: `${name} runs on ${node}${served}.`,
  };
}

/** What can be done first: on a disk that has one owner and several VMs, none moves alone. */
function invitation(state: {
  readonly scenario: Scenario;
  readonly summary: FrameSummary | null;
}): string {
  const act = firstAct(state);
  if (act !== null) return act.invitation;
  const { summary } = state;
  const { live, quick } = summary?.refusals ?? { live: [null], quick: [] };
  if (live.includes(null)) return 'Live-migrate it and watch its memory go across.';
  return quick.includes(null)
    ? 'Quick-migrate it and watch its memory go to the disk and back.'
    : '';
}

function overline({ method, cause }: MigrationRow, { vm, from, to }: MoveNames): string {
  if (cause === 'failover') return `Failover of ${vm} to ${to}`;
  const kind = method === 'live' ? 'Live' : 'Quick';
  const why = cause === 'drain' ? `, which is drained,` : '';
  return `${kind} migration of ${vm} ${cause === 'failback' ? 'back ' : ''}from ${from}${why} to ${to}`;
}
