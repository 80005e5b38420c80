/**
 * How far a run with fewer pages may be off. What a round leaves is a count of pages that were written at random, and a
 * count of n scatters by about the square root of n: the fewer pages, the larger its share.
 *
 * Per writer, of W pages written N times in a round (l = N / W): evenly at random marks W (1 - e^-l) pages, with variance
 * W e^-l (1 - (1 + l) e^-l), the occupancy of cells; where N itself scatters (the two parts of `hot`) it is W e^-l (1 - e^-l).
 * In order marks min(N, W), with none. A longer round marks more, so the scatter of one round goes on into the
 * next, in proportion to the slope.
 */
import { PAGES_PER_MIB } from '../../base/units.ts';
import { rankBands } from '../../engine/memory/powerLaw.ts';
import type { WriterSpec } from '../../engine/settings.ts';

/** What writers leave after a round of a length: the mean, its variance, and what one second more would add. */
interface Marked {
  readonly mean: number;
  readonly variance: number;
  readonly slope: number;
}

/** Pages that are equally likely to be written, in order or not. */
interface Part {
  readonly pages: number;
  readonly pagesPerSecond: number;
  /** `counted`: the number of writes is fixed; `drawn`: it scatters too. */
  readonly how: 'in-order' | 'counted' | 'drawn';
}

/** @param writers  Of the full memory. */
export function createNoise(writers: readonly WriterSpec[]): Noise {
  return new Noise(writers.flatMap(partsOf));
}

export class Noise {
  readonly #parts: readonly Part[];

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  /**
   * The scatter (standard deviation) of what each round leaves, in pages as of the full memory.
   *
   * @param rounds   Length of each round, and the pages it left, counted as of the full memory.
   * @param divisor  The memory of the run has this share of the pages.
   */
  afterRounds(
    rounds: readonly { readonly seconds: number; readonly pagesLeft: number }[],
    divisor: number,
  ): number[] {
    let share = 0;
    return rounds.map(({ seconds, pagesLeft }) => {
      const { mean, variance, slope } = this.#marked(seconds);
      // A run with few pages may have left none by chance.
      const pages = Math.max(pagesLeft, mean, 1);
      const passedOn = mean > 0 ? Math.min(1, (slope * seconds) / mean) * share * pages : 0;
      // The full run scatters as well, and what each part marks is a whole number of pages.
      const own = (divisor + 1) * variance + (this.#parts.length * divisor ** 2) / 12;
      const scatter = Math.sqrt(passedOn ** 2 + own);
      share = scatter / pages;
      return scatter;
    });
  }

  #marked(seconds: number): Marked {
    let mean = 0;
    let variance = 0;
    let slope = 0;
    for (const { pages, pagesPerSecond, how } of this.#parts) {
      const writes = pagesPerSecond * seconds;
      if (how === 'in-order') {
        mean += Math.min(writes, pages);
        slope += writes < pages ? pagesPerSecond : 0;
        continue;
      }
      const perPage = writes / pages;
      const missed = Math.exp(-perPage);
      mean += pages * (1 - missed);
      slope += pagesPerSecond * missed;
      variance += pages * missed * (1 - (how === 'counted' ? 1 + perPage : 1) * missed);
    }
    return { mean, variance, slope };
  }
}

function partsOf(writer: WriterSpec): Part[] {
  const pages = writer.sizeMiB * PAGES_PER_MIB;
  const { pagesPerSecond } = writer;
  switch (writer.kind) {
    case 'uniform':
      return [{ pages, pagesPerSecond, how: 'counted' }];
    case 'hot': {
      const hot = writer.hotMiB * PAGES_PER_MIB;
      const evenly = (pagesPerSecond * (1 - writer.hotShare) * hot) / pages;
      const cold = pagesPerSecond * (1 - writer.hotShare) - evenly;
      return [
        { pages: hot, pagesPerSecond: pagesPerSecond - cold, how: 'drawn' },
        ...(cold > 0 ? [{ pages: pages - hot, pagesPerSecond: cold, how: 'drawn' } as const] : []),
      ];
    }
    case 'power-law': {
      const bands = rankBands(pages, writer.exponent);
      const total = bands.reduce((sum, { weight }) => sum + weight, 0);
      return bands.map(({ ranks, weight }) => ({
        pages: ranks,
        pagesPerSecond: (pagesPerSecond * weight) / total,
        // In the full run how many writes go to a band is a matter of chance.
        how: 'drawn',
      }));
    }
    default:
      return [{ pages, pagesPerSecond, how: 'in-order' }];
  }
}
