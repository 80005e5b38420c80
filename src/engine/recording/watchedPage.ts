/**
 * What became of one page up to any moment of a migration: a run beside the one that is shown, without versions, from the keyframe
 * before the first page was copied. It only goes forward. Rules RE1, SI2.
 */
import type { Nanoseconds } from '../../base/units.ts';
import { createPageWatch, type PageWatch } from '../migration/pageWatch.ts';
import type { Scenario } from '../scenario.ts';
import { Simulation } from '../simulation.ts';
import type { KeyframeStore } from './keyframeStore.ts';

export interface WatchedCopy {
  /** Id of the migration. */
  readonly migration: number;
  /** When its first page could leave. */
  readonly copiesFromNs: Nanoseconds;
  readonly page: number;
}

export class WatchedPage {
  readonly #watch: PageWatch;
  readonly #simulation: Simulation;

  constructor(
    scenario: Scenario,
    keyframes: KeyframeStore,
    verdicts: ReadonlyMap<number, number>,
    { migration, copiesFromNs, page }: WatchedCopy,
  ) {
    this.#watch = createPageWatch(migration, page);
    const watch = this.#watch;
    this.#simulation = new Simulation(scenario, { keepsVersions: false, verdicts, watch });
    this.#simulation.restore(keyframes.before(copiesFromNs));
  }

  /** As it stands at `timeNs`. */
  get counts(): Readonly<PageWatch> {
    return this.#watch;
  }

  get timeNs(): Nanoseconds {
    return this.#simulation.timeNs;
  }

  /** Goes on towards `ns`, which is worked out and does not lie behind, by about `work` sends and writes. */
  advance(ns: Nanoseconds, work: number): void {
    const simulation = this.#simulation;
    simulation.advanceTo(Math.min(ns, simulation.timeAfterWork(work)));
  }
}
