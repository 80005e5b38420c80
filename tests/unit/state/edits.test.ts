import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { WriterSpec } from '../../../src/engine/settings.ts';
import { parseScenario } from '../../../src/scenario/parse.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { printScenario } from '../../../src/scenario/print.ts';
import {
  asOneWriter,
  kindOf,
  memoryRange,
  stopBelowMsFor,
  thresholdPages,
  totalRate,
  totalWorkingSet,
  withMemory,
  withTotalRate,
  withTotalWorkingSet,
  withWriters,
} from '../../../src/state/edits.ts';

const { scenario } = at(presets, 0);
const { writers, memoryMiB } = at(scenario.vms, 0);
const kinds: readonly WriterSpec['kind'][] = ['uniform', 'sweep', 'once', 'hot', 'power-law'];

function isValid(changed: typeof scenario): boolean {
  return parseScenario(printScenario(changed)).ok;
}

describe('edits of the inspector', () => {
  it('keep the scenario valid for every memory that is allowed', () => {
    const { min, max } = memoryRange(scenario, 0);
    fc.assert(
      fc.property(fc.integer({ min, max }), (size) => {
        expect(isValid(withMemory(scenario, 0, size))).toBe(true);
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it('allow no more memory than the node has free', () => {
    // 32 GB, of which db-01 has 8 and file-01 has 2.
    expect(memoryRange(scenario, 0)).toEqual({ min: 16, max: 22 * 1024 });
  });

  it('keep the scenario valid for every rate and working set', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: writers.length, max: memoryMiB }),
        (rate, size) => {
          const changed = withTotalWorkingSet(withTotalRate(writers, rate), size, memoryMiB);
          expect(isValid(withWriters(scenario, 0, changed))).toBe(true);
        },
      ),
      { numRuns: 50, seed: 1 },
    );
  });

  it('give the total that was asked for', () => {
    expect(totalRate(withTotalRate(writers, 20_000))).toBeCloseTo(20_000, 0);
    expect(totalWorkingSet(withTotalWorkingSet(writers, 1000, memoryMiB))).toBe(1000);
  });

  it('count memory once that two writers write to', () => {
    const all = { kind: 'uniform', pagesPerSecond: 10, startMiB: 0, sizeMiB: 1024 } as const;
    expect(totalWorkingSet([all, { ...all, startMiB: 512 }, { ...all, sizeMiB: 16 }])).toBe(1536);
    const both = withTotalWorkingSet([all, all], 512, 1024);
    expect(both.map(({ sizeMiB }) => sizeMiB)).toEqual([512, 512]);
  });

  it.each(kinds)('turn all writers into one of kind %s with the same total', (kind) => {
    const [one] = asOneWriter(writers, kind, memoryMiB);
    expect(one).toMatchObject({ kind, pagesPerSecond: totalRate(writers) });
    expect(isValid(withWriters(scenario, 0, one === undefined ? [] : [one]))).toBe(true);
  });

  it('give an idle guest a first writer', () => {
    expect(kindOf([])).toBe('none');
    expect(asOneWriter([], 'sweep', 16)).toMatchObject([{ kind: 'sweep', sizeMiB: 16 }]);
  });

  it('turn a number of pages into the time limit that allows just that many', () => {
    const settings = { migrationMBps: 117, pageHeaderBytes: 8, stopBelowMs: 300 };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500_000 }), (pages) => {
        const stopBelowMs = stopBelowMsFor(pages, settings);
        expect(thresholdPages({ ...settings, stopBelowMs })).toBe(pages);
      }),
      { seed: 1 },
    );
  });
});
