/** The heading of a live migration: the sentence with which its phase began, and what it means for the VM. */
import { pagesText, withThousands } from '../base/numberText.ts';
import type { MigrationRow, PhaseRow, RunInfo } from '../protocol/runInfo.ts';
import { placeInLine } from './moment.ts';
import { lastEventOf, openingEvent, wordsFrom } from './told.ts';
import {
  lengthText,
  momentText,
  ordinal,
  sameText,
  sentences,
  type MoveNames,
  type Words,
} from './words.ts';

/** It waits until both of its nodes are free. */
export function queuedWords(
  run: RunInfo | null,
  migration: MigrationRow,
  { vm }: MoveNames,
  timeNs: number,
): Words {
  const event = lastEventOf(run, migration, 'migration-queued', timeNs);
  const place = ordinal(placeInLine(run, migration.vm, timeNs));
  const words = wordsFrom(event, `queued ${place}`, `${vm} keeps running and is ${place} in line.`);
  return { ...words, short: `${vm} is ${place} in line.` };
}

/** Phases that are told at once, however fast the run plays. */
const urgent: ReadonlySet<PhaseRow['name']> = new Set(['stop-and-copy', 'storage', 'clean-up']);

export function livePhaseWords(
  run: RunInfo,
  phase: PhaseRow,
  migration: MigrationRow,
  { vm, from }: MoveNames,
): Words {
  const { name, number } = phase;
  if (phase.lastNumber !== undefined) return manyRoundsWords(phase, phase.lastNumber, vm);
  const event = openingEvent(run, migration, phase);
  const runsOn =
    name === 'round'
      ? `${vm} keeps running.`
      : name === 'creating-shell'
        ? `${vm} keeps running on ${from}.`
        : '';
  const words = wordsFrom(event, `${name} ${number}`, runsOn);
  return { ...words, urgent: urgent.has(name) || (name === 'round' && number === 1) };
}

/** Rounds that share a row of the record: nothing is known of each of them. */
function manyRoundsWords({ number, pagesSent }: PhaseRow, last: number, vm: string): Words {
  const rounds = `Rounds ${withThousands(number)} to ${withThousands(last)}`;
  const each = pagesText(Math.round(pagesSent / (last - number + 1)));
  const short = `${rounds} send ${each} each on average.`;
  return { key: `rounds ${number}`, text: sentences(short, `${vm} keeps running.`), short };
}

/** The run is over in the middle of a round: of many rounds, also what came of them. */
export function unfinishedWords(
  { endNs }: RunInfo,
  { number }: PhaseRow,
  { phases }: MigrationRow,
  { vm, from }: MoveNames,
): Words {
  const second = phases.find((row) => row.name === 'round' && row.number === 2);
  const before = phases.findLast((row) => row.name === 'round' && row.endNs !== null);
  const short = `This run ends in round ${withThousands(number)}, after ${momentText(endNs)}: ${vm} still runs on ${from}.`;
  const came =
    number > MANY && second !== undefined && before !== undefined
      ? `Round 2 left ${pagesText(second.pagesLeft)}, round ${withThousands(before.lastNumber ?? before.number)} left ${pagesText(before.pagesLeft)}.`
      : '';
  return { key: 'unfinished', text: sentences(short, came), short, urgent: true };
}

/** Rounds from which more of them are plainly no help. Chosen for teaching. */
const MANY = 40;

export function liveEndWords(
  run: RunInfo | null,
  migration: MigrationRow,
  names: MoveNames,
): Words {
  const { outcome, endedNs } = migration;
  if (outcome === 'failed') return failedWords(run, migration, names);
  const isDone = outcome === 'completed';
  const kind = isDone ? 'migration-completed' : 'migration-cancelled';
  const event = lastEventOf(run, migration, kind, endedNs ?? Infinity);
  const more = isDone
    ? [lengthOfMove(migration), diskText(migration, names), sameText(migration.differingPages)]
    : [];
  return { ...wordsFrom(event, outcome, ...more), urgent: true };
}

/** Up to the end of its clean-up, as the readout has it, and how much longer it only waited for its turn. */
function lengthOfMove({ requestedNs, startedNs, endedNs }: MigrationRow): string {
  const began = startedNs ?? requestedNs;
  const took = `It took ${lengthText(began, endedNs ?? began)}`;
  return began > requestedNs
    ? `${took} after ${lengthText(requestedNs, began)} in line.`
    : `${took}.`;
}

/** How much of the blackout the disk took: the hand-over of a cluster disk lies inside it. */
function diskText({ phases }: MigrationRow, { volume }: MoveNames): string {
  // Two where the source stopped meanwhile: then it was taken over.
  const disk = phases.filter(({ name }) => name === 'storage');
  const [fromNs, toNs] = [disk.at(0)?.startNs, disk.at(-1)?.endNs ?? undefined];
  if (fromNs === undefined || toNs === undefined || fromNs === toNs) return '';
  return `${volume} took ${lengthText(fromNs, toNs)} of it.`;
}

/** A move that broke off, and a VM that runs where it was. */
export function failedWords(
  run: RunInfo | null,
  migration: MigrationRow,
  { vm, from }: MoveNames,
): Words {
  const event = lastEventOf(run, migration, 'migration-failed', migration.endedNs ?? Infinity);
  const kept = `${vm} lost nothing; it never left ${from}.`;
  const words = wordsFrom(event, 'failed', kept);
  return { ...words, short: `Failed${endedIn(migration)}. ${kept}`, urgent: true };
}

function endedIn({ phases }: MigrationRow): string {
  const last = phases.at(-1);
  if (last === undefined) return ' before it began';
  if (last.name === 'round') return ` in round ${last.number}`;
  return last.name === 'connecting' || last.name === 'creating-shell' ? ' during set-up' : '';
}
