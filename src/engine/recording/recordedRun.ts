/**
 * A recording that can be watched: the run that is worked out ahead, the moment that is shown, and the way
 * a command at the shown moment changes what comes after it. Rules RE1 to RE4.
 */
import { msToNs, nsToMs, type Nanoseconds } from '../../base/units.ts';
import type { Operation } from '../command.ts';
import type { Scenario } from '../scenario.ts';
import type { Simulation } from '../simulation.ts';
import { KeyframeStore } from './keyframeStore.ts';
import { RunAhead } from './runAhead.ts';
import { RunRecord } from './runRecord.ts';
import { ShownMoment } from './shownMoment.ts';
import { copiesPages, nextStop, stepGrid, type StepUnit } from './stepGrid.ts';
import { WatchedPage } from './watchedPage.ts';

/** After a command the run goes on for at least this long, where there is something to do. Chosen for teaching. */
const AFTER_COMMAND_MS = 600_000;

export class RecordedRun {
  readonly #keyframes: KeyframeStore;
  readonly #verdicts = new Map<number, number>();
  #scenario: Scenario;
  #ahead: RunAhead;
  #shown: ShownMoment;

  constructor(scenario: Scenario, keyframeBudgetBytes?: number) {
    this.#keyframes = new KeyframeStore(keyframeBudgetBytes);
    this.#scenario = scenario;
    this.#ahead = new RunAhead(scenario, this.#keyframes, new RunRecord(this.#verdicts));
    this.#shown = new ShownMoment(scenario, this.#keyframes, this.#verdicts);
  }

  /** With the commands given so far: the whole recording. */
  get scenario(): Scenario {
    return this.#scenario;
  }

  get record(): RunRecord {
    return this.#ahead.record;
  }

  /** The run with versions, at `computedToNs`. */
  get ahead(): Simulation {
    return this.#ahead.simulation;
  }

  /** The run without versions, at the shown time. */
  get shown(): Simulation {
    return this.#shown.simulation;
  }

  get shownNs(): Nanoseconds {
    return this.#shown.timeNs;
  }

  get computedToNs(): Nanoseconds {
    return this.#ahead.timeNs;
  }

  get complete(): boolean {
    return this.#ahead.complete;
  }

  get keyframeBytes(): number {
    return this.#keyframes.bytes;
  }

  /** While a command is being worked in, the run that counts is behind the shown moment. */
  get catchingUp(): boolean {
    return this.computedToNs < this.shownNs;
  }

  /** Works out about `work` more sends and writes. */
  workAhead(work: number): void {
    this.#ahead.advance(work);
  }

  /** Whether `ns` is worked out, so that it can be shown. Past the end of the run there is nothing to show. */
  reaches(ns: Nanoseconds): boolean {
    return this.complete || ns <= this.computedToNs;
  }

  /** Shows `ns`, or the end of what is worked out where `ns` lies beyond it. */
  seek(ns: Nanoseconds): void {
    this.#shown.seek(Math.max(0, Math.min(ns, Math.max(this.computedToNs, this.shownNs))));
  }

  /** Follows a page of a migration from the beginning; null while the run knows of no page of it that travels. */
  watchPage(migration: number, page: number): WatchedPage | null {
    const first = this.record.migrations[migration]?.phases.find(({ name }) => copiesPages(name));
    if (first === undefined) return null;
    const copy = { migration, page, copiesFromNs: first.startNs };
    return new WatchedPage(this.#scenario, this.#keyframes, this.#verdicts, copy);
  }

  /** Where a step from the shown moment leads; null while that is not worked out, the present time at the ends. */
  stepTarget(unit: StepUnit, direction: 1 | -1): Nanoseconds | null {
    const grid = stepGrid(this.record, unit, this.complete ? this.computedToNs : null);
    const stop = nextStop(grid, this.shownNs, direction);
    if (stop !== null && this.reaches(stop)) return stop;
    return this.complete ? this.shownNs : null;
  }

  /** Appends a command at the shown time; what was recorded after it is set aside. Rule RE3. */
  operate(operation: Operation): void {
    const atMs = nsToMs(this.shownNs);
    const kept = this.#scenario.commands.filter((command) => msToNs(command.atMs) <= this.shownNs);
    this.#scenario = {
      ...this.#scenario,
      commands: [...kept, { ...operation, atMs }],
      untilMs: Math.max(this.#scenario.untilMs, Math.ceil(atMs) + AFTER_COMMAND_MS),
    };
    for (const { id, resumedNs } of this.record.migrations) {
      if (resumedNs === null || resumedNs > this.shownNs) this.#verdicts.delete(id);
    }
    const { shownNs } = this;
    this.#keyframes.dropFrom(shownNs);
    this.#ahead = new RunAhead(this.#scenario, this.#keyframes, new RunRecord(this.#verdicts));
    this.#shown = new ShownMoment(this.#scenario, this.#keyframes, this.#verdicts);
    this.#shown.seek(shownNs);
  }
}
