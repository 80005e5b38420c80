/** Sentences of a quick migration, one for each phase, and of those that go along because a disk has one owner. */
import { at } from '../base/assert.ts';
import { memoryText } from '../base/numberText.ts';
import { msToNs, type Nanoseconds } from '../base/units.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { MigrationRow, PhaseRow, RunInfo } from '../protocol/messages.ts';
import { movedWith } from './moment.ts';
import { listText } from '../base/listText.ts';
import { vmName } from './names.ts';
import { pauseText, sameText, sentences, type MoveNames, type Told, type Words } from './words.ts';

export function quickPhaseWords(
  run: RunInfo,
  phase: PhaseRow,
  migration: MigrationRow,
  names: MoveNames,
): Words {
  switch (phase.name) {
    case 'saved':
      return savedWords(run, phase, migration, names);
    case 'disk-move':
      return diskMoveWords(run, migration, names);
    case 'restoring':
      return restoringWords(migration, names);
    default:
      return savingWords(run, migration, names);
  }
}

function savingWords(run: RunInfo, migration: MigrationRow, names: MoveNames): Words {
  const { vm, from, volume } = names;
  const memory = memoryText(names.memoryMiB);
  if (isTakenAlong(run, migration)) {
    return {
      key: 'saving',
      text: `${vm} is saved too, because ${volume} can have one owner only: ${from} saves its ${memory}. Nobody gets an answer.`,
      short: `${vm} is saved too: ${volume} can have one owner only.`,
      urgent: true,
    };
  }
  return {
    key: 'saving',
    text: `${from} saves the ${memory} of ${vm} to ${volume}. ${vm} stands still, nobody gets an answer.`,
    short: `Saving ${memory} to ${volume}. Nobody gets an answer.`,
    urgent: true,
  };
}

/** Its own memory is on the disk; the disk waits for the others. */
function savedWords(
  run: RunInfo,
  phase: PhaseRow,
  migration: MigrationRow,
  { vm, volume }: MoveNames,
): Words {
  const others = movedWith(run, migration)
    .filter((row) => row.phases.some((other) => isSavingAfter(other, phase.startNs)))
    .map((row) => vmName(run.scenario, row.vm));
  if (others.length === 0) return { key: 'saved', text: `${vm} is saved on ${volume}.` };
  const are = others.length === 1 ? 'is' : 'are';
  return {
    key: 'saved',
    text: `${vm} is saved and waits: ${volume} can move when ${listText(others)} ${are} saved too.`,
  };
}

function isSavingAfter({ name, endNs }: PhaseRow, ns: number): boolean {
  return name === 'saving' && (endNs ?? Infinity) > ns;
}

function diskMoveWords(
  run: RunInfo,
  migration: MigrationRow,
  { vm, from, to, volume }: MoveNames,
): Words {
  const others = listText(movedWith(run, migration).map((row) => vmName(run.scenario, row.vm)));
  const along =
    others === ''
      ? `The saved memory of ${vm} goes with it.`
      : `${vm} and ${others} go with it, because they lie on it.`;
  return {
    key: 'disk-move',
    text: `${volume} moves: ${from} dismounts it, ${to} mounts it. ${along}`,
    short: `${volume} moves from ${from} to ${to}.`,
    urgent: true,
  };
}

function restoringWords({ cause }: MigrationRow, names: MoveNames): Words {
  const { vm, to, volume } = names;
  const memory = memoryText(names.memoryMiB);
  const then =
    cause === 'failover'
      ? `It was saved before: nothing is lost.`
      : `Then ${vm} goes on where it stood.`;
  return {
    key: 'restoring',
    text: `${to} reads the ${memory} of ${vm} back from ${volume}. ${then}`,
    short: `Reading ${memory} back from ${volume}.`,
    urgent: true,
  };
}

/** @param lost "12 of 24 connections are lost", or nothing where there are none. */
export function quickEndWords(
  { run, scenario, timeNs }: Pick<Told, 'run' | 'scenario' | 'timeNs'>,
  migration: MigrationRow,
  names: MoveNames,
  lost: string,
): Words {
  const { vm, to } = names;
  const { cause, differingPages } = migration;
  // A restore after a failure is the end of a longer silence, which the log tells.
  const ran =
    cause === 'failover'
      ? `${vm} runs on ${to} and goes on where it stood`
      : `${vm} runs on ${to} after an outage of ${pauseText(migration)}`;
  const runs = lost === '' ? `${ran}.` : `${ran}: ${lost}.`;
  const others = movedWith(run, migration).filter(({ outcome }) => outcome !== 'failed');
  const back = others.filter(({ endedNs }) => endedNs !== null && endedNs <= timeNs).length;
  return {
    key: `completed ${back}`,
    text: sentences(
      runs,
      ...others.map((other) => companionText(other, vmName(scenario, other.vm), timeNs)),
      sameText(differingPages),
    ),
    short: runs,
    urgent: true,
  };
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
