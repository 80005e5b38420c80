/** Where a VM stands at a time: rows of the run are known ahead of the shown time, so they are read with care. */
import type { Nanoseconds } from '../base/units.ts';
import type { ClusterEventKind } from '../engine/clusterEvent.ts';
import type { EventRow, MigrationRow, PhaseRow, RunInfo } from '../protocol/runInfo.ts';
import { drainEnds } from './drains.ts';
import { volumeOfVm } from './names.ts';

export interface Moment {
  readonly migration: MigrationRow;
  /** null while it waits in the queue, and after its end. */
  readonly phase: PhaseRow | null;
  readonly ended: boolean;
}

/** The VM's newest migration that had been asked for by `timeNs`, or null. */
export function momentOf(run: RunInfo | null, vm: number, timeNs: Nanoseconds): Moment | null {
  const migration = run?.migrations.findLast((row) => row.vm === vm && row.requestedNs <= timeNs);
  if (migration === undefined) return null;
  const ended = migration.endedNs !== null && migration.endedNs <= timeNs;
  const phase = ended ? undefined : migration.phases.findLast((row) => row.startNs <= timeNs);
  return { migration, phase: phase ?? null, ended };
}

/** The move that is under way at `timeNs`, waiting ones included. */
export function activeMoment(run: RunInfo | null, vm: number, timeNs: Nanoseconds): Moment | null {
  const moment = momentOf(run, vm, timeNs);
  return moment === null || moment.ended ? null : moment;
}

const blackoutPhases: ReadonlySet<PhaseRow['name']> = new Set([
  'stop-and-copy',
  'device-state',
  'storage',
  'resuming',
]);

const quickPhases: ReadonlySet<PhaseRow['name']> = new Set([
  'saving',
  'saved',
  'disk-move',
  'restoring',
]);

/** Whether the VM stands still in this phase: the blackout of a live migration, all of a quick one. */
export function isBlackout(phase: PhaseRow['name'] | null | undefined): boolean {
  return (
    isQuickPhase(phase) || (phase !== null && phase !== undefined && blackoutPhases.has(phase))
  );
}

export function isQuickPhase(phase: PhaseRow['name'] | null | undefined): boolean {
  return phase !== null && phase !== undefined && quickPhases.has(phase);
}

/** What happens to a VM, apart from the phases of its moves. */
const vmKinds: ReadonlySet<ClusterEventKind> = new Set([
  'vm-crashed',
  'vm-stopped',
  'vm-placed',
  'vm-blocked',
  'vm-boot-started',
  'vm-started',
  'io-stalled',
  'io-resumed',
  'io-redirected',
  'io-direct',
  'drain-blocked',
  'failback-blocked',
]);

/** What happens to the volume it lies on; such events name the first VM there. */
const volumeKinds: ReadonlySet<ClusterEventKind> = new Set([
  'volume-move-started',
  'volume-moved',
  'volume-move-failed',
  'coordinator-lost',
  'coordinator-moved',
  'volume-converted',
]);

/** What happens to nodes, and so to all. */
const clusterKinds: ReadonlySet<ClusterEventKind> = new Set([
  'node-crashed',
  'node-down-noticed',
  'cluster-regrouped',
  'node-repaired',
  'quorum-lost',
  'quorum-regained',
  'migration-network-cut',
  'migration-network-repaired',
  'storage-path-cut',
  'storage-path-repaired',
  'drain-started',
  'drain-completed',
  'node-resumed',
  'command-refused',
]);

/** Place of a VM among all moves that wait, in the order of their requests; 0 when it does not wait. Rule LM2. */
export function placeInLine(run: RunInfo | null, vm: number, timeNs: Nanoseconds): number {
  const waiting = (run?.migrations ?? []).filter(
    ({ requestedNs, startedNs, endedNs }) =>
      requestedNs <= timeNs && (startedNs ?? endedNs ?? Infinity) > timeNs,
  );
  return waiting.findIndex((row) => row.vm === vm) + 1;
}

/** How the others deal with a crash. */
const aftermathKinds: ReadonlySet<ClusterEventKind> = new Set([
  'node-down-noticed',
  'cluster-regrouped',
]);

/** Whether the event follows from the crash that broke the VM's last move: that it lost nothing then stays the last word. */
function isAftermath(
  { migrations, events }: RunInfo,
  { kind, atNs }: EventRow,
  vm: number,
): boolean {
  if (!aftermathKinds.has(kind)) return false;
  const last = migrations.findLast((row) => row.vm === vm && row.requestedNs <= atNs);
  const crash = events.findLast((row) => row.kind === 'node-crashed' && row.atNs <= atNs);
  return last?.outcome === 'failed' && crash !== undefined && last.endedNs === crash.atNs;
}

/** Whether the VM's sentence tells of the event. */
function isTold(run: RunInfo, event: EventRow, vm: number): boolean {
  const { scenario } = run;
  const { kind, vm: about } = event;
  if (isAftermath(run, event, vm)) return false;
  if (about === vm && vmKinds.has(kind)) return true;
  if (volumeKinds.has(kind)) {
    return about >= 0 && volumeOfVm(scenario, about) === volumeOfVm(scenario, vm);
  }
  return (clusterKinds.has(kind) && about < 0) || (kind === 'command-refused' && about === vm);
}

/**
 * The last event by `timeNs` that the VM's sentence tells of.
 *
 * @param afterNs Only what happened later: the end of its last move, which is told first of what is equally new.
 */
export function lastTold(
  run: RunInfo | null,
  vm: number,
  timeNs: Nanoseconds,
  afterNs: Nanoseconds = -1,
): EventRow | undefined {
  return run?.events.findLast(
    (row) => row.atNs <= timeNs && row.atNs > afterNs && isTold(run, row, vm),
  );
}

/** The last event of one kind that had happened to the VM by `timeNs`. */
export function lastOf(
  run: RunInfo | null,
  vm: number,
  kind: ClusterEventKind,
  timeNs: Nanoseconds,
): EventRow | undefined {
  return run?.events.findLast((row) => row.vm === vm && row.kind === kind && row.atNs <= timeNs);
}

/** Quick migrations of other VMs that began with this one: they lie on the same cluster disk. */
export function movedWith(run: RunInfo | null, own: MigrationRow): readonly MigrationRow[] {
  if (run === null) return [];
  const { migrations, scenario } = run;
  const disk = volumeOfVm(scenario, own.vm);
  return migrations.filter(
    (row) =>
      row.id !== own.id &&
      row.method === 'quick' &&
      row.requestedNs === own.requestedNs &&
      volumeOfVm(scenario, row.vm) === disk,
  );
}

/** Times at which the sentence of a VM changes, in order, without repeats: where a clicker stops. */
export function sentenceMoments(run: RunInfo | null, vm: number): Nanoseconds[] {
  if (run === null) return [];
  const moves = run.migrations.filter((row) => row.vm === vm);
  const ofMoves = moves.flatMap(({ requestedNs, phases, endedNs }) => [
    requestedNs,
    ...phases.map(({ startNs }) => startNs),
    ...(endedNs === null ? [] : [endedNs]),
  ]);
  const companions = moves.filter(({ method }) => method === 'quick');
  const ofCompanions = companions.flatMap((own) =>
    movedWith(run, own).flatMap(({ endedNs }) =>
      endedNs !== null && endedNs > (own.endedNs ?? Infinity) ? [endedNs] : [],
    ),
  );
  const stalls = stallsOf(run, vm);
  const movesTold = ofMoves.filter((ns) => !isWithin(ns, stalls));
  const ofEvents = run.events
    .filter((row) => isTold(run, row, vm) && !isHidden(row, moves, stalls))
    .map(({ atNs }) => atNs);
  const ofDrains = drainEnds(run).filter((ns) => !isWithin(ns, [...movingSpans(moves), ...stalls]));
  const all = [0, ...movesTold, ...ofCompanions, ...ofEvents, ...ofDrains];
  return [...new Set(all)].toSorted((a, b) => a - b);
}

interface Span {
  readonly fromNs: Nanoseconds;
  readonly toNs: Nanoseconds;
}

/** While its disk does not answer, the sentence tells of nothing else. */
function stallsOf({ events }: RunInfo, vm: number): Span[] {
  const own = events.filter((row) => row.vm === vm);
  return own
    .filter(({ kind }) => kind === 'io-stalled')
    .map(({ atNs: fromNs }) => {
      const end = own.find(({ kind, atNs }) => atNs > fromNs && stallEnds.has(kind));
      return { fromNs, toNs: end?.atNs ?? Infinity };
    });
}

const stallEnds: ReadonlySet<ClusterEventKind> = new Set(['io-resumed', 'vm-crashed', 'vm-paused']);

/** While a VM is being moved, its sentence tells of the move, and of a disk that does not answer. */
function isHidden(
  { atNs, kind }: EventRow,
  moves: readonly MigrationRow[],
  stalls: readonly Span[],
): boolean {
  if (kind === 'io-stalled' || kind === 'io-resumed') return false;
  return isWithin(atNs, [...movingSpans(moves), ...stalls]);
}

function movingSpans(moves: readonly MigrationRow[]): Span[] {
  return moves.flatMap(({ startedNs, endedNs }): Span[] =>
    startedNs === null ? [] : [{ fromNs: startedNs, toNs: endedNs ?? Infinity }],
  );
}

function isWithin(ns: Nanoseconds, spans: readonly Span[]): boolean {
  return spans.some(({ fromNs, toNs }) => fromNs < ns && ns < toNs);
}
