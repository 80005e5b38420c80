/** The figures beside the sentence: how long it goes on, what is left to do or lost, and for how long nobody was answered. */
import { memoryText, secondsFigure, withThousands } from '../../base/numberText.ts';
import { NS_PER_S, type Nanoseconds } from '../../base/units.ts';
import type { ClusterEventKind } from '../../engine/clusterEvent.ts';
import type { ShownMigration } from '../../protocol/frameSummary.ts';
import type { MigrationRow } from '../../protocol/runInfo.ts';
import { lastOf, momentOf, type Moment } from '../../state/moment.ts';
import type { RunState } from '../../state/runStore.ts';
import { sentenceAt } from '../../state/sentence.ts';
import { isRunningNow, timeNsOf } from '../../state/selectors.ts';

export interface Figure {
  readonly name: string;
  readonly figure: string;
  readonly unit?: string;
}

/** Since the move was asked for up to its end, or since the VM crashed until it runs again; of a drain where the heading closes one. */
export function elapsedFigure(state: RunState, vm: number): Figure {
  const timeNs = timeNsOf(state);
  const { drain } = sentenceAt(state.run, state.summary, state.scenario, vm);
  if (drain !== undefined) {
    return {
      name: 'The drain took',
      figure: secondsFigure((drain.toNs - drain.fromNs) / NS_PER_S),
      unit: 's',
    };
  }
  const failover = failoverSpan(state, vm);
  const span = failover ?? moveSpan(momentOf(state.run, vm, timeNs));
  const elapsedNs = span === null ? 0 : Math.min(timeNs, span.toNs) - span.fromNs;
  const name = failover === null ? 'Elapsed' : 'Since the crash';
  return { name, figure: secondsFigure(elapsedNs / NS_PER_S), unit: 's' };
}

interface Span {
  readonly fromNs: Nanoseconds;
  readonly toNs: Nanoseconds;
}

function moveSpan(moment: Moment | null): Span | null {
  if (moment === null) return null;
  const { requestedNs, endedNs } = moment.migration;
  return { fromNs: requestedNs, toNs: endedNs ?? Infinity };
}

/** Of the VM's last crash, unless it was moved after it. */
function failoverSpan(state: RunState, vm: number): Span | null {
  const timeNs = timeNsOf(state);
  const crashed = lastOf(state.run, vm, 'vm-crashed', timeNs);
  const moment = momentOf(state.run, vm, timeNs);
  if (crashed === undefined || (moment?.migration.requestedNs ?? -1) > crashed.atNs) return null;
  const started = lastOf(state.run, vm, 'vm-started', timeNs);
  const isOver = started !== undefined && started.atNs > crashed.atNs;
  return { fromNs: crashed.atNs, toNs: isOver ? started.atNs : Infinity };
}

/** Live: dirty pages. Quick: pages saved, then pages read back. After a crash: memory lost. */
export function copyFigure(state: RunState, vm: number): Figure {
  const { summary, run } = state;
  if (failoverSpan(state, vm) !== null) return lostFigure(state, vm);
  const shown = summary?.migration ?? null;
  if (shown?.method === 'quick') return quickFigure(shown);
  const moment = momentOf(run, vm, timeNsOf(state));
  if (moment?.ended === true && moment.migration.method === 'quick') {
    return readBackFigure(moment.migration);
  }
  return { name: 'Dirty pages now', figure: withThousands(shown?.stalePages ?? 0) };
}

function quickFigure({ phase, pagesSent, pagesSentInAll }: ShownMigration): Figure {
  return phase === 'restoring'
    ? { name: 'Pages read back', figure: withThousands(pagesSent) }
    : { name: 'Pages saved', figure: withThousands(pagesSentInAll) };
}

function readBackFigure({ pagesRestored }: MigrationRow): Figure {
  return { name: 'Pages read back', figure: withThousands(pagesRestored) };
}

/** Of all crashes of the VM; named so once there are several. */
function lostFigure(state: RunState, vm: number): Figure {
  const [figure = '', unit = ''] = memoryText(state.summary?.vms[vm]?.lostMiB ?? 0).split('\u00a0');
  const name = stopsBefore(state, vm, 'vm-crashed') > 0 ? 'Lost in this run' : 'Memory lost';
  return { name, figure, unit };
}

/** Of the whole run; named so once it holds more than the present move or failover. */
export function outageFigure(state: RunState, vm: number): Figure {
  const outageNs = state.summary?.vms[vm]?.outageNs ?? 0;
  const before = stopsBefore(state, vm, 'vm-paused', 'vm-crashed', 'vm-stopped');
  const name = before > 0 ? 'Outage in this run' : 'Outage so far';
  return { name, figure: secondsFigure(outageNs / NS_PER_S), unit: 's' };
}

/** How often one of these had happened to the VM before its present move or failover began. */
function stopsBefore(state: RunState, vm: number, ...kinds: ClusterEventKind[]): number {
  const span = failoverSpan(state, vm) ?? moveSpan(momentOf(state.run, vm, timeNsOf(state)));
  const fromNs = span?.fromNs ?? 0;
  const events = state.run?.events ?? [];
  return events.filter((row) => row.vm === vm && row.atNs < fromNs && kinds.includes(row.kind))
    .length;
}

/** On a phone: how far the present pass has come; after a crash the memory lost. */
export function passFigure(state: RunState, vm: number): Figure {
  if (failoverSpan(state, vm) !== null) return lostFigure(state, vm);
  const moment = momentOf(state.run, vm, timeNsOf(state));
  if (moment?.ended === true) return endFigure(moment.migration);
  const name = passName(state, vm, moment);
  const shown = state.summary?.migration ?? null;
  if (shown === null || shown.pagesToSend === 0) return { name, figure: '–' };
  return { name, figure: `${Math.floor((100 * shown.pagesSent) / shown.pagesToSend)}%` };
}

function passName(state: RunState, vm: number, moment: Moment | null): string {
  const phase = moment?.phase ?? null;
  if (phase?.name === 'round') {
    const shown = state.summary?.migration;
    return `Round ${withThousands(shown?.phase === 'round' ? shown.round : phase.number)}`;
  }
  if (moment?.migration.method === 'quick') {
    return phase?.name === 'restoring' ? 'Read back' : 'Saved';
  }
  return isRunningNow(state, vm) ? 'Round' : 'Blackout';
}

function endFigure({ method, phases, outcome }: MigrationRow): Figure {
  if (method === 'quick') {
    return { name: 'Read back', figure: outcome === 'completed' ? '100%' : '–' };
  }
  return {
    name: 'Rounds',
    figure: withThousands(phases.findLast(({ name }) => name === 'round')?.number ?? 0),
  };
}
