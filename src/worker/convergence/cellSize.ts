/**
 * With how many pages a cell is run. Few pages are quick, and everything that matters is a count of pages: it must be so large
 * that chance moves neither the figures nor a decision.
 *
 * A run with fewer pages stands when, with four times the scatter worked out in `noise.ts`,
 * 1. no stop decision could have gone the other way,
 * 2. the outage and the bytes (and with them the total time) are within 2% of those of all pages.
 * Else the cell is run again with more pages, at last with all of them. `npm run bench -- map` measures what comes of it.
 */
import { at } from '../../base/assert.ts';
import { NS_PER_MS, NS_PER_S, PAGES_PER_MIB } from '../../base/units.ts';
import { pageCost } from '../../engine/migration/migration.ts';
import type { Scenario } from '../../engine/scenario.ts';
import type { WriterSpec } from '../../engine/settings.ts';
import type { CellFigures, RoundFigures } from './cellRun.ts';
import { createNoise } from './noise.ts';

/** The most that a figure may be off, as a share of it. */
export const TOLERANCE = 0.02;

/** Scatters (standard deviations) that are kept clear: one in 16,000 lies outside of four. */
const CLEAR_OF = 4;

/** Pages of a sketch, at least. Chosen so that a map of sketches takes a few seconds. */
const SKETCH_PAGES = 4096;

/** Bits of a bitmap word: a memory is a whole number of them. */
const WORD_PAGES = 32;

/** The largest power of two that leaves the sketch pages enough, and every region a whole number of them. */
export function sketchDivisor(scenario: Scenario, vm: number): number {
  const spec = at(scenario.vms, vm);
  const pages = spec.memoryMiB * PAGES_PER_MIB;
  const regions = spec.writers.flatMap((writer) => [
    writer.startMiB,
    writer.sizeMiB,
    ...(writer.kind === 'hot' ? [writer.hotMiB] : []),
  ]);
  const sizes = [spec.touchedMiB, ...regions].map((mib) => mib * PAGES_PER_MIB);
  let divisor = 1;
  for (let next = 2; pages / next >= SKETCH_PAGES; next *= 2) {
    if (pages % (next * WORD_PAGES) !== 0 || sizes.some((size) => size % next !== 0)) break;
    divisor = next;
  }
  return divisor;
}

/**
 * Whether fewer pages can stand for all of them. Not where it matters which page is written just before it is sent, or when
 * exactly a writer begins: such runs do not shrink evenly.
 */
function canShrink({ liveMigration }: Scenario, writers: readonly WriterSpec[]): boolean {
  const { tracking } = liveMigration;
  const isEven = tracking === 'sync-per-round' || tracking === 'skip-redirtied';
  return isEven && writers.every(({ fromMs, toMs }) => fromMs === undefined && toMs === undefined);
}

/**
 * The divisor a cell needs: `divisor` itself when its figures stand, else a smaller one.
 *
 * @param scenario  Of the cell, with all pages.
 * @param rounds    Of a run with 1 / `divisor` of the pages.
 * @param figures   Of the same run.
 */
export function wantedDivisor(
  scenario: Scenario,
  vm: number,
  divisor: number,
  rounds: readonly RoundFigures[],
  figures: Pick<CellFigures, 'outageNs' | 'bytesSent'>,
): number {
  const { writers } = at(scenario.vms, vm);
  if (divisor === 1 || !canShrink(scenario, writers)) return 1;
  const noise = createNoise(writers);
  const whole = rounds.map(({ seconds, pagesLeft }) => ({
    seconds,
    pagesLeft: pagesLeft * divisor,
  }));
  const seconds = secondsOf(scenario);
  const stands = (candidate: number): boolean => {
    const off = noise.afterRounds(whole, candidate).map((pages) => CLEAR_OF * pages * seconds.page);
    const isDecided = whole.every(
      ({ pagesLeft }, round) =>
        Math.abs(pagesLeft * seconds.page - seconds.stopBelow) > at(off, round),
    );
    const offAll = off.reduce((sum, each) => sum + each, 0);
    const sent = figures.bytesSent * divisor * seconds.byte;
    return (
      isDecided &&
      at(off, off.length - 1) <= (TOLERANCE * figures.outageNs) / NS_PER_S &&
      offAll <= TOLERANCE * sent
    );
  };
  let candidate = divisor;
  while (candidate > 1 && !stands(candidate)) candidate /= 2;
  return candidate;
}

function secondsOf({ liveMigration, network }: Scenario) {
  const { pageNs, pageBytes } = pageCost({
    ...liveMigration,
    migrationMBps: network.migrationMBps,
  });
  return {
    page: pageNs / NS_PER_S,
    byte: pageNs / NS_PER_S / pageBytes,
    stopBelow: (liveMigration.stopBelowMs * NS_PER_MS) / NS_PER_S,
  };
}
