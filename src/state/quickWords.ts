/** The heading of a quick migration: the sentence with which its phase began, and what it means for those on the same disk. */
import { at } from '../base/assert.ts';
import { msToNs, type Nanoseconds } from '../base/units.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { MigrationRow, PhaseRow, RunInfo } from '../protocol/runInfo.ts';
import { movedWith } from './moment.ts';
import { listText } from '../base/listText.ts';
import { vmName } from './names.ts';
import { lastEventOf, openingEvent, wordsFrom } from './told.ts';
import { pauseText, sameText, type MoveNames, type Told, type Words } from './words.ts';

/** Phases that are told at once, however fast the run plays. */
const urgent: ReadonlySet<PhaseRow['name']> = new Set(['saving', 'disk-move', 'restoring']);

export function quickPhaseWords(
  run: RunInfo,
  phase: PhaseRow,
  migration: MigrationRow,
  names: MoveNames,
): Words {
  const { name } = phase;
  const more = meaningOf(run, phase, migration, names);
  const words = wordsFrom(openingEvent(run, migration, phase), name, more);
  return { ...words, urgent: urgent.has(name) };
}

/** What the phase means for the VM and for those that lie on the same disk. */
function meaningOf(
  run: RunInfo,
  phase: PhaseRow,
  migration: MigrationRow,
  names: MoveNames,
): string {
  switch (phase.name) {
    case 'saving':
      return isTakenAlong(run, migration)
        ? `It has to go along: ${names.volume} can have one owner only.`
        : 'Clients get no answer.';
    case 'saved':
      return waitText(run, phase, migration, names);
    case 'disk-move':
      return alongText(run, migration);
    default:
      return migration.cause === 'failover' ? 'Nothing is lost.' : '';
  }
}

/** Its own memory is on the disk; the disk waits for the others. */
function waitText(
  run: RunInfo,
  phase: PhaseRow,
  migration: MigrationRow,
  { volume }: MoveNames,
): string {
  const others = movedWith(run, migration)
    .filter((row) => row.phases.some((other) => isSavingAfter(other, phase.startNs)))
    .map((row) => vmName(run.scenario, row.vm));
  if (others.length === 0) return '';
  return `${volume} moves when ${listText(others)} ${others.length === 1 ? 'is' : 'are'} saved too.`;
}

function isSavingAfter({ name, endNs }: PhaseRow, ns: number): boolean {
  return name === 'saving' && (endNs ?? Infinity) > ns;
}

function alongText(run: RunInfo, migration: MigrationRow): string {
  const others = movedWith(run, migration).map((row) => vmName(run.scenario, row.vm));
  return others.length === 0
    ? ''
    : `${listText(others)} ${others.length === 1 ? 'lies' : 'lie'} on it too.`;
}

/** @param lost "12 of 24 connections are lost", or nothing where there are none. */
export function quickEndWords(
  { run, scenario, timeNs }: Pick<Told, 'run' | 'scenario' | 'timeNs'>,
  migration: MigrationRow,
  lost: string,
): Words {
  const { differingPages, endedNs } = migration;
  const others = movedWith(run, migration).filter(({ outcome }) => outcome !== 'failed');
  const back = others.filter((row) => row.endedNs !== null && row.endedNs <= timeNs).length;
  const words = wordsFrom(
    lastEventOf(run, migration, 'vm-resumed', endedNs ?? Infinity),
    `completed ${back}`,
    lost,
    ...others.map((other) => companionText(other, vmName(scenario, other.vm), timeNs)),
    sameText(differingPages),
  );
  return { ...words, urgent: true };
}

/** What became of a VM that was taken along. */
function companionText(migration: MigrationRow, vm: string, timeNs: Nanoseconds): string {
  const isBack = migration.endedNs !== null && migration.endedNs <= timeNs;
  if (!isBack) return `${vm} is not back yet.`;
  // A restore is the end of a longer silence.
  return migration.cause === 'failover'
    ? `${vm} is back too.`
    : `${vm} was out for ${pauseText(migration)}.`;
}

/** It moves because another VM on its disk was asked for, or the disk itself. */
function isTakenAlong(run: RunInfo, migration: MigrationRow): boolean {
  if (migration.cause !== 'operator') return movedWith(run, migration).length > 0;
  const { id } = at(run.scenario.vms, migration.vm);
  return !askedAt(run.scenario, migration.requestedNs).includes(id);
}

/** Ids of the VMs for which a quick migration was asked at this time. */
function askedAt({ commands }: Scenario, ns: number): string[] {
  return commands.flatMap((command) =>
    command.do === 'quick-migrate' && msToNs(command.atMs) === ns ? [command.vm] : [],
  );
}
