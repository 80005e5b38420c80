/** Sentences of a live migration, one for each phase. Wording: plain, with this run's own numbers. */
import { memoryText, pagesText } from '../base/numberText.ts';
import type { EventRow, MigrationRow, PhaseRow, RunInfo } from '../protocol/messages.ts';
import {
  allPagesOf,
  lengthText,
  movedInText,
  ordinal,
  pauseText,
  sameText,
  sentences,
  type MoveNames,
  type Words,
} from './words.ts';

/** It waits until both of its nodes are free. */
export function queuedWords(
  run: RunInfo | null,
  migration: MigrationRow,
  names: MoveNames,
  timeNs: number,
): Words {
  const reason = lastEventOf(run, migration, 'migration-queued', timeNs);
  const why = `${reason?.text ?? `${names.vm} waits for its turn`}.`;
  if (migration.cause !== 'drain') return { key: 'queued', text: why };
  const place = ordinal(placeInLine(run, migration, timeNs));
  return {
    key: `queued ${place}`,
    text: `${names.from} is drained, one VM at a time. ${names.vm} keeps running and is ${place} in line.`,
    short: `${names.vm} is ${place} in line.`,
  };
}

/** Among the moves away from the same node that wait, in the order of their requests, from 1. */
function placeInLine(run: RunInfo | null, migration: MigrationRow, timeNs: number): number {
  const waiting = (run?.migrations ?? []).filter(
    ({ from, requestedNs, startedNs, endedNs }) =>
      from === migration.from &&
      requestedNs <= timeNs &&
      (startedNs ?? endedNs ?? Infinity) > timeNs,
  );
  return waiting.findIndex(({ id }) => id === migration.id) + 1;
}

export function livePhaseWords(phase: PhaseRow, migration: MigrationRow, names: MoveNames): Words {
  const { vm, from, to } = names;
  switch (phase.name) {
    case 'queued':
      return { key: 'queued', text: `${vm} waits for its turn.` };
    case 'connecting':
      return {
        key: 'connecting',
        text: `Set-up: ${from} connects to ${to} and sends the configuration of ${vm}.`,
        short: `Set-up: ${from} connects to ${to}.`,
      };
    case 'creating-shell':
      return {
        key: 'shell',
        text: `Set-up: ${to} creates an empty ${vm} and reserves ${memoryText(names.memoryMiB)}. ${vm} keeps running on ${from}.`,
        short: `Set-up: ${to} reserves ${memoryText(names.memoryMiB)}.`,
      };
    case 'round':
      return roundWords(phase, names);
    case 'clean-up':
      return {
        key: 'clean-up',
        text: `${vm} runs on ${to} after a blackout of ${pauseText(migration)}. ${from} deletes its copy.`,
        short: `${vm} runs on ${to}. ${from} deletes its copy.`,
        urgent: true,
      };
    default:
      return blackoutWords(phase, migration, names);
  }
}

function roundWords({ number, pagesToSend }: PhaseRow, names: MoveNames): Words {
  const { vm, from, to } = names;
  const pages = pagesText(pagesToSend);
  const key = `round ${number}`;
  if (number === 1) {
    const isAll = pagesToSend === allPagesOf(names);
    const what = isAll ? `all ${pages} of ${vm}` : `the ${pages} of ${vm} that hold something`;
    return {
      key,
      text: `Round 1: ${from} sends ${what} to ${to}. ${vm} keeps running.`,
      short: `Round 1: sending ${isAll ? 'all' : 'the'} ${pages}.`,
      urgent: true,
    };
  }
  return {
    key,
    text: `Round ${number}: ${from} re-sends the ${pages} that ${vm} changed during round ${number - 1}. ${vm} keeps running.`,
    short: `Round ${number}: re-sending the ${pages} that changed.`,
  };
}

function blackoutWords(phase: PhaseRow, migration: MigrationRow, names: MoveNames): Words {
  const { vm, to, volume } = names;
  switch (phase.name) {
    case 'storage':
      return {
        key: 'storage',
        text: `Blackout: ${volume} moves to ${to}. ${vm} waits for its disk.`,
        urgent: true,
      };
    case 'device-state':
      return {
        key: 'device-state',
        text: `Blackout: the last pages are across, registers and device state of ${vm} follow.`,
        short: `Blackout: registers and device state follow.`,
      };
    case 'resuming':
      return {
        key: 'resuming',
        text: `Blackout: ${to} resumes ${vm} and tells the switch where it is now.`,
        short: `Blackout: ${to} resumes ${vm}.`,
      };
    default:
      return lastPagesWords(migration, names);
  }
}

function lastPagesWords(migration: MigrationRow, { vm }: MoveNames): Words {
  const last = migration.phases.find(({ name }) => name === 'stop-and-copy');
  const left = last?.pagesToSend ?? 0;
  if (migration.stopReason === 'round-limit') {
    const rounds = migration.phases.filter(({ name }) => name === 'round').length;
    const text = `After ${rounds} ${rounds === 1 ? 'round' : 'rounds'} ${pagesText(left)} are still dirty, so the blackout is long.`;
    return { key: 'blackout', text, urgent: true };
  }
  return {
    key: 'blackout',
    text: `Blackout: ${pagesText(left)} ${left === 1 ? 'is' : 'are'} left, few enough to stop. ${vm} is paused while they go across.`,
    short: `Blackout: ${vm} is paused for the last ${pagesText(left)}.`,
    urgent: true,
  };
}

export function liveEndWords(
  run: RunInfo | null,
  migration: MigrationRow,
  names: MoveNames,
): Words {
  const { vm, from, to } = names;
  if (migration.outcome === 'completed') {
    const total = movedInText(migration);
    const disk = diskShareText(migration, names);
    const runs = `${vm} runs on ${to}.`;
    const waited = `clients waited ${pauseText(migration)}${disk}.`;
    const same = sameText(migration.differingPages);
    return {
      key: 'completed',
      // Two lines hold one of them: the whole time, or why the blackout was long.
      text: sentences(
        runs,
        disk === '' ? `It moved ${total}, its ${waited}` : `Its ${waited}`,
        same,
      ),
      short: sentences(runs, `Its ${waited}`, same),
      urgent: true,
    };
  }
  if (migration.outcome === 'failed') return failedWords(run, migration, names);
  return {
    key: 'cancelled',
    text: `The live migration was cancelled${endedIn(migration)}. ${vm} still runs on ${from}, nothing is lost.`,
    short: `Cancelled. ${vm} still runs on ${from}.`,
    urgent: true,
  };
}

/** How much of the blackout the disk took: the hand-over of a cluster disk lies inside it. */
function diskShareText({ phases }: MigrationRow, { volume }: MoveNames): string {
  const disk = phases.find(({ name }) => name === 'storage');
  if (disk === undefined || disk.endNs === null || disk.endNs === disk.startNs) return '';
  return `, ${lengthText(disk.startNs, disk.endNs)} of it for ${volume}`;
}

/** A move that broke off, and a VM that runs where it was. */
export function failedWords(
  run: RunInfo | null,
  migration: MigrationRow,
  { vm, from }: MoveNames,
): Words {
  const row = lastEventOf(run, migration, 'migration-failed', migration.endedNs ?? Infinity);
  const what = row?.text ?? `The migration of ${vm} failed`;
  const kept = `${vm} still runs on ${from}, nothing is lost.`;
  return {
    key: 'failed',
    text: `${what}. ${kept}`,
    short: `Failed${endedIn(migration)}. ${kept}`,
    urgent: true,
  };
}

function endedIn({ phases }: MigrationRow): string {
  const last = phases.at(-1);
  if (last === undefined) return ' before it began';
  if (last.name === 'round') return ` in round ${last.number}`;
  return last.name === 'connecting' || last.name === 'creating-shell' ? ' during set-up' : '';
}

function lastEventOf(
  run: RunInfo | null,
  { vm, requestedNs }: MigrationRow,
  kind: EventRow['kind'],
  timeNs: number,
): EventRow | undefined {
  return run?.events.findLast(
    (row) => row.vm === vm && row.kind === kind && row.atNs >= requestedNs && row.atNs <= timeNs,
  );
}
