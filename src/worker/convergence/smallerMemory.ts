/**
 * The same migration with fewer pages: memory, regions, rates, bandwidth and device state are divided by one number,
 * times stay. A round then takes as long as before and marks the same share of the pages.
 */
import { at } from '../../base/assert.ts';
import { PAGES_PER_MIB } from '../../base/units.ts';
import type { Scenario, VmSpec } from '../../engine/scenario.ts';
import { rankBands, type RankBand } from '../../engine/memory/powerLaw.ts';
import type { WriterSpec } from '../../engine/settings.ts';

type PowerLaw = Extract<WriterSpec, { kind: 'power-law' }>;

export function withFewerPages(scenario: Scenario, vm: number, divisor: number): Scenario {
  if (divisor === 1) return scenario;
  const spec = at(scenario.vms, vm);
  const smaller: VmSpec = {
    ...spec,
    memoryMiB: spec.memoryMiB / divisor,
    touchedMiB: spec.touchedMiB / divisor,
    writers: spec.writers.flatMap((writer) => smallerWriter(writer, divisor)),
  };
  const { network, liveMigration } = scenario;
  return {
    ...scenario,
    vms: scenario.vms.map((other, index) => (index === vm ? smaller : other)),
    network: { ...network, migrationMBps: network.migrationMBps / divisor },
    liveMigration: { ...liveMigration, deviceStateMB: liveMigration.deviceStateMB / divisor },
  };
}

function smallerWriter(writer: WriterSpec, divisor: number): WriterSpec[] {
  const region = {
    pagesPerSecond: writer.pagesPerSecond / divisor,
    startMiB: writer.startMiB / divisor,
    sizeMiB: writer.sizeMiB / divisor,
  };
  switch (writer.kind) {
    case 'hot':
      return [{ ...writer, ...region, hotMiB: writer.hotMiB / divisor }];
    case 'power-law':
      return bands(writer, divisor);
    default:
      return [{ ...writer, ...region }];
  }
}

/**
 * A power law is no smaller copy of itself: with fewer ranks the popular pages would get a larger share. So each page stands
 * for `divisor` neighbouring ranks and is written as often as they are on average; pages of about the same popularity
 * are one even writer, side by side instead of scattered.
 */
function bands(writer: PowerLaw, divisor: number): WriterSpec[] {
  const { exponent, startMiB, sizeMiB, pagesPerSecond, ...times } = writer;
  const all = rankBands(sizeMiB * PAGES_PER_MIB, exponent);
  const total = all.reduce((sum, { weight }) => sum + weight, 0);
  // Only the borders count here: they grow by a quarter, as those of the ranks do.
  return rankBands((sizeMiB * PAGES_PER_MIB) / divisor, exponent).map(({ firstRank, ranks }) => ({
    ...times,
    kind: 'uniform',
    pagesPerSecond:
      ((pagesPerSecond / divisor) * weightOf(all, firstRank * divisor, ranks * divisor)) / total,
    startMiB: startMiB / divisor + firstRank / PAGES_PER_MIB,
    sizeMiB: ranks / PAGES_PER_MIB,
  }));
}

/** Of `count` ranks from `first` on. */
function weightOf(all: readonly RankBand[], first: number, count: number): number {
  return all.reduce((sum, { firstRank, ranks, weight }) => {
    const shared = Math.min(first + count, firstRank + ranks) - Math.max(first, firstRank);
    return shared > 0 ? sum + (weight * shared) / ranks : sum;
  }, 0);
}
