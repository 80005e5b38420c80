/**
 * One complete live migration for one cell of the convergence map, in slices.
 *
 * No versions are kept: the bitmaps alone give the same figures (rule GM6) in a tenth of the time. So the map says nothing
 * about whether the memories are the same at the end; the Lab compares them.
 */
import { at, invariant } from '../../base/assert.ts';
import { NS_PER_S } from '../../base/units.ts';
import { losesConnections, observe, settledNs } from '../../engine/clients/connection.ts';
import { lastRepeatNs } from '../../engine/clients/timers.ts';
import { RunRecord, type PhaseRecord } from '../../engine/recording/runRecord.ts';
import type { Scenario } from '../../engine/scenario.ts';
import { Simulation } from '../../engine/simulation.ts';
import type { FullCell } from '../../protocol/convergenceMessages.ts';

/** Nothing is compared, so nothing differs. */
const noVerdict: ReadonlyMap<number, number> = new Map([[0, 0]]);

export interface RoundFigures {
  readonly seconds: number;
  readonly pagesLeft: number;
}

export type CellFigures = Omit<FullCell, 'clients'>;

export class CellRun {
  readonly #record = new RunRecord();
  readonly #simulation: Simulation;

  /** @param scenario  Its only command is a live migration at 0 that is possible. */
  constructor(scenario: Scenario) {
    const options = { keepsVersions: false, log: this.#record, verdicts: noVerdict };
    this.#simulation = new Simulation(scenario, options);
  }

  get isOver(): boolean {
    return this.#simulation.isQuiet;
  }

  /** Does about `work` sends and writes more. */
  advance(work: number): void {
    const simulation = this.#simulation;
    const target = simulation.work + work;
    while (!this.isOver && simulation.work < target) {
      simulation.advanceTo(simulation.timeAfterWork(target - simulation.work));
    }
  }

  /** Finished pre-copy rounds, in order. */
  rounds(): RoundFigures[] {
    return this.#rounds().map(({ startNs, endNs, pagesLeft }) => ({
      seconds: ((endNs ?? startNs) - startNs) / NS_PER_S,
      pagesLeft,
    }));
  }

  /** @throws InvariantError before the run is over, and when it did not end well. */
  figures(): CellFigures {
    const migration = at(this.#record.migrations, 0);
    const { startedNs, pausedNs, resumedNs, endedNs, stopReason } = migration;
    const ended = startedNs !== null && endedNs !== null && pausedNs !== null && resumedNs !== null;
    invariant(
      ended && stopReason !== null,
      `the migration of a cell ended as ${migration.outcome}`,
    );
    const rounds = this.#rounds();
    return {
      outageNs: resumedNs - pausedNs,
      totalNs: endedNs - startedNs,
      bytesSent: migration.bytesSent,
      rounds: rounds.length,
      pagesLeft: at(rounds, rounds.length - 1).pagesLeft,
      stopReason,
    };
  }

  /** What came of the VM's clients, once the last of them has its answer or a new connection. */
  clients(): FullCell['clients'] {
    const { scenario, state } = this.#simulation;
    const { vm } = at(this.#record.migrations, 0);
    const history = at(state.vms, vm);
    return at(scenario.vms, vm).clients.map((group) => {
      const { lost } = observe(group, history, settledNs(group, history));
      return { kind: group.kind, count: group.count, lost };
    });
  }

  /** Whether a TCP client of the VM lost its connection. Rule CM5. */
  losesConnections(): boolean {
    const { scenario, state } = this.#simulation;
    const { vm } = at(this.#record.migrations, 0);
    const { outageNs } = this.figures();
    // A VM that is out for no longer is met by a repeat of each request: no client need be followed.
    return at(scenario.vms, vm).clients.some(
      (group) =>
        group.kind !== 'ping' &&
        outageNs > lastRepeatNs(group.kind) &&
        losesConnections(group, at(state.vms, vm)),
    );
  }

  #rounds(): PhaseRecord[] {
    return at(this.#record.migrations, 0).phases.filter(({ name }) => name === 'round');
  }
}
