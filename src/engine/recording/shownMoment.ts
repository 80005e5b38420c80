/**
 * The moment on the screen: a run without versions that can be anywhere in what is already worked out. Going
 * back, or far ahead, starts from the nearest keyframe. Rules RE1, SI2.
 */
import type { Nanoseconds } from '../../base/units.ts';
import type { Scenario } from '../scenario.ts';
import { Simulation } from '../simulation.ts';
import type { KeyframeStore } from './keyframeStore.ts';

export class ShownMoment {
  readonly simulation: Simulation;
  readonly #keyframes: KeyframeStore;

  constructor(scenario: Scenario, keyframes: KeyframeStore, verdicts: ReadonlyMap<number, number>) {
    this.#keyframes = keyframes;
    this.simulation = new Simulation(scenario, { keepsVersions: false, verdicts });
  }

  get timeNs(): Nanoseconds {
    return this.simulation.timeNs;
  }

  /** `ns` must not lie ahead of the run that is worked out. */
  seek(ns: Nanoseconds): void {
    const keyframe = this.#keyframes.before(ns);
    if (ns < this.timeNs || keyframe.timeNs > this.timeNs) this.simulation.restore(keyframe);
    this.simulation.advanceTo(ns);
  }
}
