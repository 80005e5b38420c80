/**
 * Works a recording out from its start to its end, in slices, with versions: this is the run that counts. On
 * the way it keeps keyframes (without versions) and the record, so that any moment can be shown later.
 * Rules RE1 to RE4.
 */
import { at } from '../../base/assert.ts';
import { msToNs, type Nanoseconds } from '../../base/units.ts';
import { settledNs } from '../clients/connection.ts';
import type { Scenario } from '../scenario.ts';
import { Simulation } from '../simulation.ts';
import type { KeyframeStore } from './keyframeStore.ts';
import { CURVE_POINTS, RunRecord, type PhaseRecord } from './runRecord.ts';

export class RunAhead {
  readonly record: RunRecord;
  readonly simulation: Simulation;
  readonly keyframes: KeyframeStore;
  readonly #untilNs: Nanoseconds;
  /** Once it is known. */
  #clientsRestNs: Nanoseconds | null = null;

  /** @param record  Empty; verdicts of switchovers that are known already may be in it. */
  constructor(scenario: Scenario, keyframes: KeyframeStore, record = new RunRecord()) {
    this.record = record;
    this.keyframes = keyframes;
    this.#untilNs = msToNs(scenario.untilMs);
    this.simulation = new Simulation(scenario, { keepsVersions: true, log: this.record });
    this.#keep();
  }

  get timeNs(): Nanoseconds {
    return this.simulation.timeNs;
  }

  /** Whether nothing more happens: all is quiet and the clients are at rest, or time or work is used up. Rules RE5 and RE6. */
  get complete(): boolean {
    if (this.record.isSpent || this.timeNs >= this.#untilNs) return true;
    return this.simulation.isQuiet && this.timeNs >= this.#restNs;
  }

  /** When the last client comes to rest, once nothing else happens any more. */
  get #restNs(): Nanoseconds {
    if (this.#clientsRestNs !== null) return this.#clientsRestNs;
    const { scenario, state } = this.simulation;
    const ends = scenario.vms.flatMap(({ clients }, vm) =>
      clients.map((group) => settledNs(group, at(state.vms, vm))),
    );
    this.#clientsRestNs = Math.min(this.#untilNs, Math.max(0, ...ends));
    return this.#clientsRestNs;
  }

  /** Does about `work` sends and writes more. */
  advance(work: number): void {
    const { simulation } = this;
    const target = simulation.work + work;
    while (!this.complete && simulation.work < target) {
      const slice = Math.min(target - simulation.work, this.keyframes.workLeft(simulation.work));
      const restNs = simulation.isQuiet ? this.#restNs : this.#untilNs;
      const toNs = Math.min(simulation.timeAfterWork(slice), this.#nextSampleNs(), restNs);
      simulation.advanceTo(toNs);
      this.#sample();
      this.#keep();
      if (this.record.isSpent) this.#tellSpent();
    }
  }

  #tellSpent(): void {
    const { timeNs, record } = this;
    const text = 'The run ends here: its sends and writes are as many as one run works out';
    record.event({ atNs: timeNs, kind: 'run-spent', vm: -1, text });
  }

  #keep(): void {
    const { simulation } = this;
    if (this.keyframes.isDue(simulation.work, simulation.timeNs)) {
      this.keyframes.add(simulation.keyframe(), simulation.work);
    }
  }

  /** When the dirty pages of a running round are noted next. */
  #nextSampleNs(): Nanoseconds {
    let next = Infinity;
    for (const { phase } of this.#runningRounds()) {
      const at = sampleNs(phase);
      if (at > this.timeNs && at < next) next = at;
    }
    return next;
  }

  #sample(): void {
    for (const { phase, marked } of this.#runningRounds()) {
      while (phase.dirtiedCurve.length < CURVE_POINTS && sampleNs(phase) <= this.timeNs) {
        phase.dirtiedCurve.push(marked);
      }
    }
  }

  #runningRounds(): { phase: PhaseRecord; marked: number }[] {
    const rounds: { phase: PhaseRecord; marked: number }[] = [];
    for (const migration of this.simulation.state.migrations) {
      const phase = this.record.migrations[migration.id]?.phases.at(-1);
      if (phase?.name !== 'round') continue;
      rounds.push({ phase, marked: this.simulation.memoryOf(migration).markedInRound });
    }
    return rounds;
  }
}

/** Sample i comes after (i + 1) / CURVE_POINTS of the round's length as planned when it began. */
function sampleNs(phase: PhaseRecord): Nanoseconds {
  const share = (phase.dirtiedCurve.length + 1) / CURVE_POINTS;
  return phase.startNs + Math.round(share * phase.plannedNs);
}
