/**
 * How much work one run may take: a recording of an hour may stand for more sends and writes than a computer makes in a year. What
 * counts follows from the record alone, so that every run of a recording ends at the same instant. Rule RE6.
 */
import { at } from '../../base/assert.ts';
import { NS_PER_S, PAGES_PER_MIB, type Nanoseconds } from '../../base/units.ts';
import { mostDrawn } from '../memory/thinning.ts';
import { passOf, type Migration } from '../migration/migration.ts';
import type { WriterSpec } from '../settings.ts';
import type { World } from '../world.ts';

/** Chosen so that the command line ends within 20 s: a unit takes 1 to 3 ns. */
const MOST_WORK = 8e9;

/** What a pass takes besides its pages and its bitmaps. */
const WORK_OF_PASS = 1024;

/** A write that misses the cache, or takes more to be drawn, takes three times as long. */
const COSTLY_WRITE = 3;
const CACHED_MIB = 1024;

/** `skip-redirtied` goes from send to send, and from write to write. */
const SINGLE_SEND = 16;
const SINGLE_WRITE = 10;

export class WorkBudget {
  #done = 0;
  readonly #most: number;

  constructor(most: number = MOST_WORK) {
    this.#most = most;
  }

  get isSpent(): boolean {
    return this.#done >= this.#most;
  }

  /** @param lengthNs  Of the pass that ends now. */
  passEnded(world: World, migration: Migration, lengthNs: Nanoseconds): void {
    const { phase } = migration;
    const isSingle = phase.name === 'round' && phase.tracking === 'skip-redirtied';
    const sent = (passOf(migration)?.sent ?? 0) * (isSingle ? SINGLE_SEND : 1);
    this.#done += sent + world.memoryOf(migration).wordCount + WORK_OF_PASS;
    if (phase.name !== 'round') return;
    const { writerPeriods } = at(world.state.vms, migration.vm);
    const { writers } = at(writerPeriods, writerPeriods.length - 1);
    for (const writer of writers) {
      this.#done += workOfWriter(writer, lengthNs) * (isSingle ? SINGLE_WRITE : 1);
    }
  }
}

function workOfWriter(
  { kind, pagesPerSecond, sizeMiB }: WriterSpec,
  lengthNs: Nanoseconds,
): number {
  const writes = (pagesPerSecond * lengthNs) / NS_PER_S;
  const isCostly = kind === 'hot' || kind === 'power-law' || sizeMiB > CACHED_MIB;
  return Math.min(writes, mostDrawn(sizeMiB * PAGES_PER_MIB)) * (isCostly ? COSTLY_WRITE : 1);
}
