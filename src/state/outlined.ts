/** Readings of a whole run that was worked out beside the present one, of whatever screen. */
import { at } from '../base/assert.ts';
import type { Nanoseconds } from '../base/units.ts';
import type { Outline } from '../protocol/outline.ts';
import type { EventRow, MigrationRow } from '../protocol/runInfo.ts';
import type { ToldMoment } from './words.ts';

export interface Outlined {
  readonly outline: Outline;
}

/** Why what was asked for was refused, or null. */
export function refusalOf({ outline }: Outlined): EventRow | null {
  return outline.run.events.find(({ kind }) => kind === 'command-refused') ?? null;
}

export function moveOf({ outline }: Outlined, vm: number): MigrationRow | null {
  return outline.run.migrations.find((row) => row.vm === vm) ?? null;
}

/** The cluster at a moment, with what is told of it. @param clients  Of the VM that is told of. */
export function toldAt(
  { outline: { moments } }: Outlined,
  timeNs: Nanoseconds,
  clients: ToldMoment['clients'],
): ToldMoment | null {
  const moment = moments.findLast(({ fromNs }) => fromNs <= timeNs);
  return moment === undefined ? null : { ...moment, timeNs, clients };
}

/** A stretch of simulated time. */
export interface Span {
  readonly fromNs: Nanoseconds;
  readonly toNs: Nanoseconds;
}

/** When no client of the VM got an answer, up to `untilNs`. */
export function outagesOf({ outline }: Outlined, vm: number, untilNs: Nanoseconds): Span[] {
  const spans: Span[] = [];
  outline.moments.forEach(({ fromNs, vms }, index) => {
    if (fromNs >= untilNs || at(vms, vm).status === 'running') return;
    const toNs = Math.min(outline.moments[index + 1]?.fromNs ?? untilNs, untilNs);
    const last = spans.at(-1);
    if (last?.toNs === fromNs) spans[spans.length - 1] = { fromNs: last.fromNs, toNs };
    else spans.push({ fromNs, toNs });
  });
  return spans;
}

export function outageNs(lane: Outlined, vm: number, untilNs: Nanoseconds): Nanoseconds {
  return outagesOf(lane, vm, untilNs).reduce((sum, { fromNs, toNs }) => sum + toNs - fromNs, 0);
}

/** Where the picture of a run changes: moments of the cluster and phases of its moves. In order, each once. */
export function changesOf({ outline }: Outlined): Nanoseconds[] {
  const { run, moments } = outline;
  const phases = run.migrations.flatMap((row) => row.phases.map(({ startNs }) => startNs));
  const ends = run.migrations.flatMap(({ endedNs }) => endedNs ?? []);
  const all = [...moments.map(({ fromNs }) => fromNs), ...phases, ...ends];
  return [...new Set(all)].toSorted((a, b) => a - b);
}
