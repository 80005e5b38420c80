/** What the sentences are built from: their parts, the names in a move, and phrases that several of them use. */
import { pagesText, secondsText } from '../base/numberText.ts';
import { NS_PER_S, type Nanoseconds } from '../base/units.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { ClientRow, FrameSummary, VolumeRow } from '../protocol/frameSummary.ts';
import type { MigrationRow, RunInfo } from '../protocol/runInfo.ts';
import { nodeName, vmName, volumeName, volumeOfVm } from './names.ts';

export interface Words {
  /** Changes when the sentence does. */
  readonly key: string;
  readonly text: string;
  /** For narrow screens, without the names that the screen shows anyway. */
  readonly short?: string;
  /** A change that is told at once, however fast the run plays. */
  readonly urgent?: boolean;
  /** What it is about, where that is not the newest move of the VM. */
  readonly over?: string;
  /** From when to when, where it closes the drain of a node. */
  readonly drain?: DrainSpan;
}

export interface DrainSpan {
  readonly fromNs: Nanoseconds;
  readonly toNs: Nanoseconds;
}

type VmRow = FrameSummary['vms'][number];
type NodeRow = FrameSummary['nodes'][number];

/** What a sentence reads of a moment: of a frame, or of a moment of a whole run that was worked out beside. */
export interface ToldMoment {
  readonly timeNs: Nanoseconds;
  readonly vms: readonly Pick<
    VmRow,
    'node' | 'status' | 'statusEndNs' | 'disk' | 'lostMiB' | 'blocked'
  >[];
  readonly nodes: readonly Pick<NodeRow, 'up' | 'downSinceNs' | 'member' | 'paused'>[];
  readonly volumes: readonly Pick<VolumeRow, 'change'>[];
  readonly quorum: Pick<FrameSummary['quorum'], 'has' | 'votes' | 'total'>;
  /** Of the selected VM. */
  readonly clients: readonly CountedClients[];
}

export type CountedClients = Pick<ClientRow, 'kind' | 'count' | 'kept'>;

/** What a sentence is computed from: the run, the shown moment of it, and the selected VM. */
export interface Told {
  readonly run: RunInfo | null;
  readonly summary: ToldMoment | null;
  readonly scenario: Scenario;
  readonly vm: number;
  readonly timeNs: Nanoseconds;
}

export interface MoveNames {
  readonly vm: string;
  readonly from: string;
  readonly to: string;
  readonly memoryMiB: number;
  readonly volume: string;
}

export function namesOf(
  scenario: Scenario,
  { vm, from, to }: Pick<MigrationRow, 'vm' | 'from' | 'to'>,
): MoveNames {
  return {
    vm: vmName(scenario, vm),
    from: nodeName(scenario, from),
    to: nodeName(scenario, to),
    memoryMiB: scenario.vms[vm]?.memoryMiB ?? 0,
    volume: volumeName(scenario, volumeOfVm(scenario, vm)),
  };
}

/** "12.0 s": a moment of the run. */
export function momentText(ns: Nanoseconds): string {
  return secondsText(ns / NS_PER_S);
}

export function lengthText(fromNs: Nanoseconds, toNs: Nanoseconds): string {
  return secondsText((toNs - fromNs) / NS_PER_S);
}

/** How long the VM was paused. */
export function pauseText({ pausedNs, resumedNs }: MigrationRow): string {
  return lengthText(pausedNs ?? 0, resumedNs ?? 0);
}

export function sameText(differing: number | null): string {
  if (differing === null) return '';
  return differing === 0
    ? 'Both memories are the same.'
    : `${pagesText(differing)} ${differing === 1 ? 'differs' : 'differ'} between the two memories.`;
}

/** "1st", "2nd", "3rd", "11th". */
export function ordinal(place: number): string {
  const tens = place % 100;
  if (tens >= 11 && tens <= 13) return `${place}th`;
  return `${place}${['th', 'st', 'nd', 'rd'][place % 10] ?? 'th'}`;
}

/** Parts that are not empty, as sentences after each other. */
export function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/** What the model gives as a reason, as a sentence of its own. Names keep their small letters. */
export function asSentence(reason: string): string {
  const isWord = /^(the|its|nobody|no) /.test(reason);
  return `${isWord ? reason.charAt(0).toUpperCase() + reason.slice(1) : reason}.`;
}

/** The model's reason has a part for each node; what two that follow each other begin with, up to a comma, is said once. */
export function reasonOnce(reason: string): string {
  const parts = reason.split('; ');
  const short = parts.map((part, place) => {
    // Before a colon stands what follows from the reason.
    const begin = /^(?:[^:]*: )?([^,]*, )/.exec(parts[place - 1] ?? '')?.[1];
    return begin !== undefined && part.startsWith(begin) ? part.slice(begin.length) : part;
  });
  return short.join(', ');
}

/** Connections of a VM's clients: all of them, and those that were lost so far. A ping has none. */
export function connectionsOf(clients: readonly CountedClients[]): { all: number; lost: number } {
  const connected = clients.filter(({ kind }) => kind !== 'ping');
  return {
    all: connected.reduce((sum, { count }) => sum + count, 0),
    lost: connected.reduce((sum, { count, kept }) => sum + count - kept, 0),
  };
}
