/** The sentence that closes the drain of a node: who has left it, who stays, and why. */
import type { Nanoseconds } from '../base/units.ts';
import type { MigrationRow } from '../protocol/runInfo.ts';
import { drainEndNs, drainsOf } from './drains.ts';
import { listText } from '../base/listText.ts';
import { nodeName, vmName } from './names.ts';
import { eventSentence } from './told.ts';
import { pauseText, reasonOnce, sentences, type Told, type Words } from './words.ts';

export interface DrainEnd {
  readonly node: number;
  readonly atNs: Nanoseconds;
  /** Indices of the VMs that left the node in this drain, in this order. */
  readonly left: readonly number[];
  /** Those that run on it and can go nowhere else. */
  readonly stayed: readonly number[];
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
    const left = moves.filter(({ vm }) => summary.vms[vm]?.node !== node).map(({ vm }) => vm);
    return [{ node, atNs, left: [...new Set(left)], stayed }];
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

/** @param last The selected VM's own move, where it is the one that closed the drain. */
export function drainEndWords(told: Told, end: DrainEnd, last: MigrationRow | null): Words {
  const { scenario, run } = told;
  const node = nodeName(scenario, end.node);
  const empty = run?.events.find(
    ({ kind, atNs }) => kind === 'drain-completed' && atNs === end.atNs,
  );
  const left = namesText(told, end.left);
  const have = end.left.length === 1 ? 'has' : 'have';
  const stay = stayText(told, end.stayed);
  const closing =
    stay === ''
      ? sentences(
          empty === undefined ? `${node} is empty.` : eventSentence(empty),
          left === '' ? '' : `${left} ${have} left it.`,
        )
      : sentences(left === '' ? `No VM can leave ${node}.` : `${left} ${have} left ${node}.`, stay);
  const moved =
    last?.outcome === 'completed'
      ? `${vmName(scenario, last.vm)} runs on ${nodeName(scenario, last.to)}, its clients waited ${pauseText(last)}.`
      : '';
  return {
    key: `drained ${end.node} ${end.atNs}`,
    over: `Drain of ${node}`,
    text: sentences(moved, closing),
    short: stay === '' ? closing : stay,
    urgent: true,
  };
}

/** More of them are counted instead of named. */
const MOST_NAMES = 4;

function namesText({ scenario }: Told, vms: readonly number[]): string {
  if (vms.length > MOST_NAMES) return `${vms.length} VMs`;
  return listText(vms.map((vm) => vmName(scenario, vm)));
}

/** "erp-01 stays: it needs 20 GB, Node 2 has 8 GB free, Node 3 has 12 GB free." */
function stayText(told: Told, stayed: readonly number[]): string {
  const [first] = stayed;
  if (first === undefined) return '';
  const reasons = stayed.map((vm) => reasonOnce(told.summary?.vms[vm]?.blocked ?? ''));
  if (stayed.length > 1) {
    return `${namesText(told, stayed)} stay: ${[...new Set(reasons)].join('; ')}.`;
  }
  const own = `${vmName(told.scenario, first)} `;
  const [reason = ''] = reasons;
  const why = reason.startsWith(own) ? `it ${reason.slice(own.length)}` : reason;
  return `${own}stays: ${why}.`;
}
