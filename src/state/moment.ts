/** Where a VM's move stands at a time: rows of the run are known ahead of the shown time, so they are read with care. */
import type { Nanoseconds } from '../base/units.ts';
import type { EventRow, MigrationRow, PhaseRow, RunInfo } from '../protocol/messages.ts';

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

/** The last thing that had happened to the VM by `timeNs`. */
export function lastEvent(
  run: RunInfo | null,
  vm: number,
  timeNs: Nanoseconds,
): EventRow | undefined {
  return run?.events.findLast((event) => event.vm === vm && event.atNs <= timeNs);
}

const blackoutPhases: ReadonlySet<PhaseRow['name']> = new Set([
  'stop-and-copy',
  'device-state',
  'storage',
  'resuming',
]);

export function isBlackout(phase: PhaseRow['name'] | null | undefined): boolean {
  return phase !== null && phase !== undefined && blackoutPhases.has(phase);
}

/** Times at which the sentence of a VM changes, in order, without repeats: where a clicker stops. */
export function sentenceMoments(run: RunInfo | null, vm: number): Nanoseconds[] {
  if (run === null) return [];
  const times = run.migrations
    .filter((row) => row.vm === vm)
    .flatMap(({ requestedNs, phases, endedNs }) => [
      requestedNs,
      ...phases.map(({ startNs }) => startNs),
      ...(endedNs === null ? [] : [endedNs]),
    ]);
  return [...new Set([0, ...times])].toSorted((a, b) => a - b);
}
