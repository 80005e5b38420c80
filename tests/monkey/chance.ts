/** Choices out of a seed: the same seed, the same choices. */
import { at } from '../../src/base/assert.ts';
import { drawBits, streamKey } from '../../src/base/random.ts';

export class Chance {
  readonly #key: number;
  #drawn = 0;

  constructor(seed: number) {
    this.#key = streamKey(seed);
  }

  /** In [0, 1). */
  share(): number {
    return (drawBits(this.#key, this.#drawn++) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0 to `count` - 1. */
  below(count: number): number {
    return Math.floor(this.share() * count);
  }

  oneOf<Value>(values: readonly Value[]): Value {
    return at(values, this.below(values.length));
  }

  /** One of them, in proportion to its weight. */
  weighted<Value extends { readonly weight: number }>(values: readonly Value[]): Value {
    let left = this.share() * values.reduce((sum, { weight }) => sum + weight, 0);
    return values.find(({ weight }) => (left -= weight) < 0) ?? at(values, values.length - 1);
  }
}
