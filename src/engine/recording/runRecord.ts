/**
 * What is kept of a run while it happens: the events, and every migration with its phases. Report, timeline
 * and rounds chart are read from here.
 */
import { at, invariant } from '../../base/assert.ts';
import type { Nanoseconds } from '../../base/units.ts';
import type { ClusterEvent } from '../clusterEvent.ts';
import { pagesLeft } from '../memory/guestMemory.ts';
import { sendMoment } from '../migration/copyPass.ts';
import {
  passOf,
  type Migration,
  type MigrationCause,
  type MigrationMethod,
  type PhaseName,
} from '../migration/migration.ts';
import { shareRows, type Joined } from './manyRounds.ts';
import type { StopReason } from '../migration/stopCondition.ts';
import type { MigrationOutcome, RunLog, World } from '../world.ts';
import { WorkBudget } from './workBudget.ts';

/** Times at which a round's dirty pages are noted: 32 in each round. */
export const CURVE_POINTS = 32;

export interface PhaseRecord {
  readonly name: PhaseName;
  /** Round number from 1; 0 for other phases. */
  readonly number: number;
  /** Of a row that several rounds share: the number of its last. Its figures are their sums. Rule RE7. */
  readonly lastNumber?: number;
  readonly startNs: Nanoseconds;
  endNs: Nanoseconds | null;
  /** Length foreseen when it began. */
  readonly plannedNs: Nanoseconds;
  /** Size of the send set when it began. */
  readonly pagesToSend: number;
  pagesSent: number;
  pagesDirtied: number;
  pagesLeft: number;
  /** Pages dirtied in the round by `startNs + (i + 1) / CURVE_POINTS` of its planned length; of a shared row nothing. */
  readonly dirtiedCurve: number[];
}

export interface MigrationRecord {
  readonly id: number;
  readonly method: MigrationMethod;
  readonly cause: MigrationCause;
  readonly vm: number;
  readonly from: number;
  readonly to: number;
  readonly requestedNs: Nanoseconds;
  startedNs: Nanoseconds | null;
  endedNs: Nanoseconds | null;
  outcome: MigrationOutcome | 'running' | 'queued';
  stopReason: StopReason | null;
  /** null until switchover. */
  differingPages: number | null;
  pausedNs: Nanoseconds | null;
  resumedNs: Nanoseconds | null;
  bytesSent: number;
  pagesSent: number;
  pagesRestored: number;
  readonly phases: PhaseRecord[];
}

export class RunRecord implements RunLog {
  readonly events: ClusterEvent[] = [];
  readonly migrations: MigrationRecord[] = [];
  /** Pages of each map cell that the phase sent, once it is over. Rule GM8. */
  readonly passSends = new Map<PhaseRecord, Uint16Array<ArrayBuffer>>();
  /** Differing pages by migration id. */
  readonly verdicts: Map<number, number>;

  readonly #budget: WorkBudget;

  constructor(verdicts = new Map<number, number>(), budget = new WorkBudget()) {
    this.verdicts = verdicts;
    this.#budget = budget;
  }

  get isSpent(): boolean {
    return this.#budget.isSpent;
  }

  event(event: ClusterEvent): void {
    this.events.push(event);
  }

  migrationRequested({ id, method, cause, vm, from, to, requestedNs }: Migration): void {
    invariant(id === this.migrations.length, 'migrations are numbered in order');
    this.migrations.push({
      id,
      method,
      cause,
      vm,
      from,
      to,
      requestedNs,
      startedNs: null,
      endedNs: null,
      outcome: 'queued',
      stopReason: null,
      differingPages: null,
      pausedNs: null,
      resumedNs: null,
      bytesSent: 0,
      pagesSent: 0,
      pagesRestored: 0,
      phases: [],
    });
  }

  phaseStarted(world: World, migration: Migration): void {
    const { phase } = migration;
    const record = at(this.migrations, migration.id);
    const { timeNs } = world.state;
    record.outcome = 'running';
    record.startedNs ??= timeNs;
    record.stopReason = migration.stopReason;
    if (standsStill.has(phase.name)) record.pausedNs ??= timeNs;
    if (phase.name === 'clean-up') record.resumedNs = timeNs;
    record.phases.push({
      name: phase.name,
      number: phase.name === 'round' ? phase.number : 0,
      startNs: timeNs,
      endNs: null,
      plannedNs: plannedNs(migration, timeNs),
      pagesToSend: passOf(migration) === null ? 0 : world.memoryOf(migration).sendSetPages,
      pagesSent: 0,
      pagesDirtied: 0,
      pagesLeft: 0,
      dirtiedCurve: [],
    });
  }

  phaseEnded(world: World, migration: Migration): void {
    const { phases } = at(this.migrations, migration.id);
    const phase = phases.at(-1);
    if (phase === undefined || phase.endNs !== null) return;
    phase.endNs = world.state.timeNs;
    const pass = passOf(migration);
    if (pass === null) return;
    this.#budget.passEnded(world, migration, phase.endNs - phase.startNs);
    const memory = world.memoryOf(migration);
    phase.pagesSent = pass.sent;
    phase.pagesDirtied = memory.markedInRound;
    phase.pagesLeft = pagesLeft(memory);
    if (memory.passSends !== null) this.passSends.set(phase, memory.passSends.slice());
    if (phase.name === 'round') this.#forget(migration.vm, shareRows(phases));
  }

  /** What is kept of single rounds goes; the log keeps the event with which a row began. */
  #forget(vm: number, joined: readonly Joined<PhaseRecord>[]): void {
    for (const { row, joining } of joined) {
      this.passSends.delete(row);
      this.passSends.delete(joining);
    }
    const starts = new Set(joined.map(({ joining }) => joining.startNs));
    for (let i = this.events.length - 1; i >= 0 && starts.size > 0; i--) {
      const event = at(this.events, i);
      if (event.vm !== vm || event.kind !== 'round-started') continue;
      if (starts.delete(event.atNs)) this.events.splice(i, 1);
    }
  }

  memoryCompared(migration: Migration, differingPages: number): void {
    at(this.migrations, migration.id).differingPages = differingPages;
    this.verdicts.set(migration.id, differingPages);
  }

  migrationEnded(migration: Migration, outcome: MigrationOutcome, atNs: Nanoseconds): void {
    const record = at(this.migrations, migration.id);
    record.outcome = outcome;
    record.endedNs = atNs;
    if (outcome === 'completed') record.resumedNs ??= atNs;
    record.bytesSent = migration.bytesSent;
    record.pagesSent = migration.pagesSent;
    record.pagesRestored = migration.pagesRestored;
  }
}

/** First phases in which the guest does not run; a restore after a failure begins with the last of them. */
const standsStill: ReadonlySet<PhaseName> = new Set(['stop-and-copy', 'saving', 'restoring']);

function plannedNs({ phase }: Migration, startNs: Nanoseconds): Nanoseconds {
  if ('pass' in phase) return sendMoment(phase.pass, phase.pass.pages) - startNs;
  return 'endNs' in phase ? phase.endNs - startNs : 0;
}
