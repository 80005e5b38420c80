/**
 * Keyframes of a run, evenly spaced by the work between them and bounded in memory: when the budget is
 * spent, every second one is given up and the spacing doubles. Rule RE2.
 */
import type { Nanoseconds } from '../../base/units.ts';
import type { Keyframe } from '../simulation.ts';

/** Sends and writes between keyframes at the least: replayed in about a millisecond. */
const LEAST_SPACING = 1 << 16;

/** Work between keyframes for each word they look through, so that keeping them stays a small share of the run. */
const WORK_PER_WORD = 1 / 4;

const KEYFRAME_BUDGET_BYTES = 96 * 1_048_576;

export class KeyframeStore {
  #frames: { readonly keyframe: Keyframe; readonly work: number }[] = [];
  #spacing = LEAST_SPACING;
  #bytes = 0;
  readonly #budget: number;

  constructor(budgetBytes: number = KEYFRAME_BUDGET_BYTES) {
    this.#budget = budgetBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get count(): number {
    return this.#frames.length;
  }

  /** Work until the next keyframe is due. */
  workLeft(work: number): number {
    const last = this.#frames.at(-1);
    return last === undefined ? 0 : Math.max(1, last.work + this.#spacing - work);
  }

  isDue(work: number, timeNs: Nanoseconds): boolean {
    const last = this.#frames.at(-1);
    if (last === undefined) return true;
    return timeNs > last.keyframe.timeNs && work >= last.work + this.#spacing;
  }

  add(keyframe: Keyframe, work: number): void {
    this.#frames.push({ keyframe, work });
    this.#bytes += keyframe.bytes;
    this.#spacing = Math.max(this.#spacing, keyframe.words * WORK_PER_WORD);
    while (this.#bytes > this.#budget && this.#frames.length > 2) this.#thin();
  }

  /** The last keyframe at or before `ns`; there is always one at the start. */
  before(ns: Nanoseconds): Keyframe {
    const found = this.#frames.findLast(({ keyframe }) => keyframe.timeNs <= ns) ?? this.#frames[0];
    if (found === undefined) throw new RangeError('no keyframe was kept');
    return found.keyframe;
  }

  /** Gives up the keyframes from `ns` on: the run goes another way there. Rule RE3. */
  dropFrom(ns: Nanoseconds): void {
    this.#frames = this.#frames.filter(({ keyframe }) => keyframe.timeNs < ns);
    this.#bytes = this.#frames.reduce((sum, { keyframe }) => sum + keyframe.bytes, 0);
  }

  #thin(): void {
    this.#spacing *= 2;
    this.#frames = this.#frames.filter((_, index) => index % 2 === 0);
    this.#bytes = this.#frames.reduce((sum, { keyframe }) => sum + keyframe.bytes, 0);
  }
}
