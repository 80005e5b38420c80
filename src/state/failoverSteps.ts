/** What the cluster does after a VM has crashed, step by step, read from the events of the run. Facts D5. */
import type { Nanoseconds } from '../base/units.ts';
import type { ClusterEventKind } from '../engine/clusterEvent.ts';
import type { EventRow, RunInfo } from '../protocol/runInfo.ts';
import { volumeOfVm } from './names.ts';

export interface FailoverStep {
  readonly label: string;
  readonly startNs: Nanoseconds;
  readonly endNs: Nanoseconds;
  /** The event it begins with. */
  readonly text: string;
  /** Whether the VM runs in it. */
  readonly runs: boolean;
}

/** Steps from the VM's last crash by `timeNs` on, to its next crash or move or the end of the run; null without a crash. */
export function failoverSteps(
  run: RunInfo | null,
  vm: number,
  timeNs: Nanoseconds,
): FailoverStep[] | null {
  const crash = run?.events.findLastIndex(
    ({ kind, vm: about, atNs }) => kind === 'vm-crashed' && about === vm && atNs <= timeNs,
  );
  if (run === null || crash === undefined || crash < 0) return null;
  const endNs = Math.max(timeNs, endOf(run, vm, crash));
  let runs = false;
  const begins = run.events
    .slice(crash)
    .filter(({ atNs }) => atNs < endNs)
    .flatMap((event) => {
      // What happens to others while it runs is no step of it.
      const label = runs ? null : labelOf(run, event, vm);
      runs ||= event.kind === 'vm-started' && event.vm === vm;
      return label === null ? [] : [{ label, event }];
    });
  return begins.flatMap(({ label, event }, place): FailoverStep[] => {
    const toNs = begins[place + 1]?.event.atNs ?? endNs;
    if (toNs === event.atNs) return [];
    const { atNs: startNs, kind, text } = event;
    return [{ label, startNs, endNs: toNs, text, runs: kind === 'vm-started' }];
  });
}

function endOf({ events, migrations, endNs }: RunInfo, vm: number, crash: number): Nanoseconds {
  const next = events
    .slice(crash + 1)
    .find(({ kind, vm: about }) => kind === 'vm-crashed' && about === vm);
  const crashNs = events[crash]?.atNs ?? 0;
  const move = migrations.find((row) => row.vm === vm && row.requestedNs > crashNs);
  return Math.min(next?.atNs ?? endNs, move?.requestedNs ?? endNs);
}

const vmLabels: Partial<Record<ClusterEventKind, string>> = {
  'vm-placed': 'Configuration',
  'vm-blocked': 'Waits',
  'vm-boot-started': 'Boot',
  'vm-started': 'Runs again',
};

const clusterLabels: Partial<Record<ClusterEventKind, string>> = {
  'node-down-noticed': 'Regroup',
  'cluster-regrouped': 'Waits',
  'quorum-lost': 'No quorum',
  'quorum-regained': 'Waits',
};

/** The step that an event begins, or null. */
function labelOf(run: RunInfo, { kind, vm: about, atNs }: EventRow, vm: number): string | null {
  if (about === vm && kind === 'vm-crashed') return crashLabel(run, atNs);
  if (about === vm) return vmLabels[kind] ?? diskLabel(kind);
  if (about < 0) return clusterLabels[kind] ?? null;
  return volumeOfVm(run.scenario, about) === volumeOfVm(run.scenario, vm) ? diskLabel(kind) : null;
}

/** Events of a volume name the first VM on it. */
function diskLabel(kind: ClusterEventKind): string | null {
  if (kind === 'volume-move-started') return 'Take-over';
  return kind === 'volume-moved' ? 'Waits' : null;
}

/** A node that stops has to be missed first; anything else is known at once. */
function crashLabel({ events }: RunInfo, atNs: Nanoseconds): string {
  const stopped = events.some((row) => row.kind === 'node-crashed' && row.atNs === atNs);
  return stopped ? 'Not noticed' : 'Waits';
}
