/**
 * The sentence that leads the screen: what is happening to the selected VM, computed from the run and
 * the shown time alone. It changes once per phase, never per frame.
 */
import { assertNever } from '../base/assert.ts';
import { memoryText, pagesText, secondsText, withThousands } from '../base/numberText.ts';
import { NS_PER_S } from '../base/units.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { FrameSummary, MigrationRow, PhaseRow, RunInfo } from '../protocol/messages.ts';
import { lastEvent, momentOf, type Moment } from './moment.ts';

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
}

interface Names {
  readonly vm: string;
  readonly from: string;
  readonly to: string;
  readonly memoryMiB: number;
  readonly volume: string;
}

interface Words {
  readonly key: string;
  readonly text: string;
  readonly short?: string;
  readonly urgent?: boolean;
}

/** @param vm Index of the selected VM. */
export function sentence(
  run: RunInfo | null,
  summary: FrameSummary | null,
  scenario: Scenario,
  vm: number,
): Sentence {
  const timeNs = summary?.timeNs ?? 0;
  const moment = momentOf(run, vm, timeNs);
  const node = nodeName(scenario, summary?.vms[vm]?.node ?? homeNode(scenario, vm));
  const words =
    refusedWords(run, vm, timeNs, moment) ??
    (moment === null
      ? idleWords(scenario, vm, node)
      : movingWords(run, moment, namesOf(scenario, moment.migration)));
  return {
    over: moment === null ? scenario.title : overline(namesOf(scenario, moment.migration)),
    short: words.text,
    urgent: false,
    ...words,
  };
}

function idleWords(scenario: Scenario, vm: number, node: string): Words {
  const name = scenario.vms[vm]?.name ?? 'Nothing';
  const clients = clientCount(scenario, vm);
  const served =
    clients === 0 ? '' : ` and serves ${clients} ${clients === 1 ? 'client' : 'clients'}`;
  return {
    key: `idle ${name} ${node}`,
    text: `${name} runs on ${node}${served}. Live-migrate it and watch its memory go across.`,
    short: `${name} runs on ${node}${served}.`,
  };
}

/** A refusal is the last thing that happened, and no move goes on. */
function refusedWords(
  run: RunInfo | null,
  vm: number,
  timeNs: number,
  moment: Moment | null,
): Words | null {
  const last = lastEvent(run, vm, timeNs);
  if (last?.kind !== 'command-refused' || (moment !== null && !moment.ended)) return null;
  return { key: `refused ${last.atNs}`, text: `Not possible: ${last.text}.`, urgent: true };
}

function movingWords(run: RunInfo | null, moment: Moment, names: Names): Words {
  const { migration, phase, ended } = moment;
  const words = ended
    ? endWords(run, migration, names)
    : phase === null
      ? queuedWords(run, migration, names)
      : phaseWords(phase, migration, names);
  return { ...words, key: `${migration.id} ${words.key}` };
}

function queuedWords(run: RunInfo | null, { vm }: MigrationRow, { vm: name }: Names): Words {
  const reason = run?.events.findLast((row) => row.vm === vm && row.kind === 'migration-queued');
  return { key: 'queued', text: `${reason?.text ?? `${name} waits for its turn`}.` };
}

function phaseWords(phase: PhaseRow, migration: MigrationRow, names: Names): Words {
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
    case 'stop-and-copy':
    case 'device-state':
    case 'storage':
    case 'resuming':
      return blackoutWords(phase, migration, names);
    case 'clean-up':
      return {
        key: 'clean-up',
        text: `${vm} runs on ${to} after a blackout of ${blackoutText(migration)}. ${from} deletes its copy.`,
        short: `${vm} runs on ${to}. ${from} deletes its copy.`,
        urgent: true,
      };
    default:
      return assertNever(phase.name);
  }
}

function roundWords({ number, pagesToSend }: PhaseRow, { vm, from, to, memoryMiB }: Names): Words {
  const pages = pagesText(pagesToSend);
  const key = `round ${number}`;
  if (number === 1) {
    const what =
      pagesToSend === memoryMiB * 256
        ? `all ${pages} of ${vm}`
        : `the ${pages} of ${vm} that hold something`;
    return {
      key,
      text: `Round 1: ${from} sends ${what} to ${to}. ${vm} keeps running.`,
      short: `Round 1: sending ${pagesToSend === memoryMiB * 256 ? 'all' : 'the'} ${pages}.`,
      urgent: true,
    };
  }
  return {
    key,
    text: `Round ${number}: ${from} re-sends the ${pages} that ${vm} changed during round ${number - 1}. ${vm} keeps running.`,
    short: `Round ${number}: re-sending the ${pages} that changed.`,
  };
}

function blackoutWords(phase: PhaseRow, migration: MigrationRow, names: Names): Words {
  const { vm, to, volume } = names;
  if (phase.name === 'storage') {
    return {
      key: 'storage',
      text: `Blackout: ${volume} moves to ${to}. ${vm} waits for its disk.`,
      urgent: true,
    };
  }
  if (phase.name === 'device-state') {
    return {
      key: 'device-state',
      text: `Blackout: the last pages are across, registers and device state of ${vm} follow.`,
      short: `Blackout: registers and device state follow.`,
    };
  }
  if (phase.name === 'resuming') {
    return {
      key: 'resuming',
      text: `Blackout: ${to} resumes ${vm} and tells the switch where it is now.`,
      short: `Blackout: ${to} resumes ${vm}.`,
    };
  }
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

function endWords(run: RunInfo | null, migration: MigrationRow, names: Names): Words {
  const { vm, from, to } = names;
  const { outcome } = migration;
  if (outcome === 'completed') {
    const total = secondsText(((migration.endedNs ?? 0) - migration.requestedNs) / NS_PER_S);
    const same = sameText(migration.differingPages);
    return {
      key: 'completed',
      text: `${vm} runs on ${to}. It moved in ${total}, its clients waited ${blackoutText(migration)}. ${same}`,
      short: `${vm} runs on ${to}. Its clients waited ${blackoutText(migration)}. ${same}`,
      urgent: true,
    };
  }
  if (outcome === 'failed') {
    const row = run?.events.findLast(
      (event) => event.vm === migration.vm && event.kind === 'migration-failed',
    );
    return { key: 'failed', text: `${row?.text ?? `${vm} stays on ${from}`}.`, urgent: true };
  }
  return {
    key: 'cancelled',
    text: `The live migration was cancelled${cancelledIn(migration)}. ${vm} still runs on ${from}, nothing is lost.`,
    short: `Cancelled. ${vm} still runs on ${from}.`,
    urgent: true,
  };
}

function cancelledIn({ phases }: MigrationRow): string {
  const last = phases.at(-1);
  if (last === undefined) return ' before it began';
  return last.name === 'round' ? ` in round ${last.number}` : ' during set-up';
}

function sameText(differing: number | null): string {
  if (differing === null) return '';
  return differing === 0
    ? 'Both memories are the same.'
    : `${pagesText(differing)} ${differing === 1 ? 'differs' : 'differ'} between the two memories.`;
}

function blackoutText({ pausedNs, resumedNs }: MigrationRow): string {
  return secondsText(((resumedNs ?? 0) - (pausedNs ?? 0)) / NS_PER_S);
}

function overline({ vm, from, to }: Names): string {
  return `Live migration of ${vm} from ${from} to ${to}`;
}

function namesOf(scenario: Scenario, { vm, from, to }: MigrationRow): Names {
  const spec = scenario.vms[vm];
  const volume = scenario.volumes.find(({ id }) => id === spec?.volume);
  return {
    vm: spec?.name ?? `VM ${withThousands(vm + 1)}`,
    from: nodeName(scenario, from),
    to: nodeName(scenario, to),
    memoryMiB: spec?.memoryMiB ?? 0,
    volume: volume?.name ?? 'the disk',
  };
}

export function nodeName(scenario: Scenario, node: number): string {
  return scenario.nodes[node]?.name ?? `Node ${node + 1}`;
}

/** The node a VM starts on. */
export function homeNode(scenario: Scenario, vm: number): number {
  const id = scenario.vms[vm]?.node;
  return Math.max(
    0,
    scenario.nodes.findIndex((node) => node.id === id),
  );
}

export function clientCount(scenario: Scenario, vm: number): number {
  return (scenario.vms[vm]?.clients ?? []).reduce((sum, { count }) => sum + count, 0);
}
