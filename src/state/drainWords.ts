/**
 * The sentences that close the drain of a node, as the log has them: that it is empty, or who stays and why; and besides, who
 * has left it.
 */
import type { Nanoseconds } from '../base/units.ts';
import type { EventRow, MigrationRow, RunInfo } from '../protocol/runInfo.ts';
import { drainEndNs, drainsOf, type Drain } from './drains.ts';
import { listText } from '../base/listText.ts';
import { nodeName, vmName } from './names.ts';
import { eventSentence, lastEventOf, wordsFrom } from './told.ts';
import { sentences, type Told, type Words } from './words.ts';

export interface DrainEnd {
  readonly node: number;
  readonly fromNs: Nanoseconds;
  readonly atNs: Nanoseconds;
  /** Indices of the VMs that left the node in this drain, in this order. */
  readonly left: readonly number[];
  /** Those that run on it and can go nowhere else. */
  readonly stayed: readonly number[];
  /** It is empty, or one of those cannot leave. */
  readonly closing: EventRow;
}

/** The newest drain that has come to its end, of a node that is paused still; or null. */
export function drainEnd(told: Told): DrainEnd | null {
  const { run, summary, timeNs } = told;
  if (run === null || summary === null) return null;
  const ends = drainsOf(run).flatMap((drain): DrainEnd[] => {
    const { node, fromNs, moves } = drain;
    const own = summary.nodes[node];
    if (fromNs > timeNs || own?.paused !== true || !own.up) return [];
    const atNs = drainEndNs(drain, timeNs);
    const stayed = stayedOn(told, node);
    if (atNs === null || stayed === null) return [];
    const closing = closingEvent(run, drain, stayed, timeNs);
    if (closing === undefined) return [];
    const left = moves.filter(({ vm }) => summary.vms[vm]?.node !== node).map(({ vm }) => vm);
    return [
      {
        node,
        fromNs,
        atNs: Math.max(atNs, closing.atNs),
        closing,
        left: [...new Set(left)],
        stayed,
      },
    ];
  });
  return ends.toSorted((a, b) => a.atNs - b.atNs).at(-1) ?? null;
}

/** null while one of the VMs on the node may leave yet: it starts, or its disk is on the way. */
function stayedOn({ summary }: Told, node: number): number[] | null {
  const on = (summary?.vms ?? []).flatMap((row, vm) =>
    row.node === node && row.status !== 'off' && row.status !== 'saved' ? [{ row, vm }] : [],
  );
  const allStay = on.every(({ row }) => row.status === 'running' && row.blocked !== null);
  return allStay ? on.map(({ vm }) => vm) : null;
}

/** That no VM is left on the node, else why the newest of those that stay cannot leave it. */
function closingEvent(
  { events, scenario }: RunInfo,
  { node, fromNs }: Drain,
  stayed: readonly number[],
  timeNs: Nanoseconds,
): EventRow | undefined {
  const own = events.filter(({ atNs }) => atNs >= fromNs && atNs <= timeNs);
  if (stayed.length > 0) {
    return own.findLast(({ kind, vm }) => kind === 'drain-blocked' && stayed.includes(vm));
  }
  const name = nodeName(scenario, node);
  return own.find(({ kind, text }) => kind === 'drain-completed' && namesNode(text, name));
}

/** Whether the text names this node: "Node 10" is not "Node 1". */
function namesNode(text: string, name: string): boolean {
  const [first = '', ...rest] = text.split(name);
  return rest.some((after, place) => {
    const before = rest[place - 1] ?? first;
    return /(?:^|\W)$/.test(before) && /^(?:\W|$)/.test(after);
  });
}

/** @param last The selected VM's own move, where it is the one that closed the drain: its sentence goes before. */
export function drainEndWords(told: Told, end: DrainEnd, last: MigrationRow | null): Words {
  const { run, timeNs } = told;
  const { node, closing, stayed } = end;
  const kind = last?.outcome === 'completed' ? 'migration-completed' : 'migration-failed';
  const own = last === null ? undefined : lastEventOf(run, last, kind, timeNs);
  const others = stayed.filter((vm) => vm !== closing.vm);
  const words = wordsFrom(
    closing,
    `drained ${node} ${end.atNs}`,
    others.length === 0 ? '' : `${namesText(told, others)} ${verb(others, 'stay')} too.`,
    // Where its own move is told, that has no room.
    own !== undefined || end.left.length === 0
      ? ''
      : `${namesText(told, end.left)} ${verb(end.left, 'have')} left it.`,
  );
  return {
    ...words,
    over: `Drain of ${nodeName(told.scenario, node)}`,
    text: sentences(own === undefined ? '' : eventSentence(own), words.text),
    urgent: true,
    drain: { fromNs: end.fromNs, toNs: end.atNs },
  };
}

/** Of one or of several. */
function verb({ length }: readonly number[], plural: 'stay' | 'have'): string {
  if (length !== 1) return plural;
  return plural === 'have' ? 'has' : 'stays';
}

/** More of them are counted instead of named. */
const MOST_NAMES = 4;

function namesText({ scenario }: Told, vms: readonly number[]): string {
  if (vms.length > MOST_NAMES) return `${vms.length} VMs`;
  return listText(vms.map((vm) => vmName(scenario, vm)));
}
