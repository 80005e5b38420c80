/** The engine against the event-by-event version of the same rules (`support/plainMigration.ts`). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellShiftOf } from '../../src/engine/memory/guestMemory.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import { scenarioArbitrary } from '../support/clusterArbitrary.ts';
import {
  migrationOfRun,
  plainBitmapsDigest,
  roundsOf,
  runToEnd,
  versionsDigest,
  type EngineRun,
} from '../support/clusterRuns.ts';
import { passSendsOf } from '../support/passSends.ts';
import { plainMigration } from '../support/plainMigration.ts';

/** SEED and RUNS in the environment search further. */
const SEED = Number(process.env['SEED'] ?? 20_091_022);

function asSeen(run: EngineRun) {
  const migration = migrationOfRun(run);
  const versions = run.record.memories.get(0)?.versions;
  return {
    outcome: migration.outcome,
    stopReason: migration.stopReason,
    pausedNs: migration.pausedNs,
    resumedNs: migration.resumedNs,
    bytesSent: migration.bytesSent,
    pagesSent: migration.pagesSent,
    differingPages: migration.differingPages,
    rounds: roundsOf(run)
      .slice(0, run.record.roundDigests.length)
      .map(({ number, startNs, endNs, pagesSent, pagesDirtied, pagesLeft }) => ({
        number,
        startNs,
        durationNs: (endNs ?? NaN) - startNs,
        pagesSent,
        pagesDirtied,
        pagesLeft,
      })),
    roundDigests: run.record.roundDigests,
    passSends: passSendsOf(run.record).map((cells) => cells.join()),
    versions: versions ? versionsDigest(versions.source, versions.destination) : null,
  };
}

function perCell(pages: Uint8Array): number[] {
  const pagesPerCell = 2 ** cellShiftOf(pages.length);
  const cells = Array.from({ length: Math.ceil(pages.length / pagesPerCell) }, () => 0);
  pages.forEach((sent, page) => (cells[Math.floor(page / pagesPerCell)]! += sent));
  return cells;
}

function asPlain(scenario: Scenario) {
  const roundDigests: string[] = [];
  const {
    memory,
    passes,
    events: _,
    page: __,
    ...plain
  } = plainMigration(scenario, {
    onRoundEnd: (present) => roundDigests.push(plainBitmapsDigest(present)),
  });
  return {
    ...plain,
    roundDigests,
    passSends: passes.map((pages) => perCell(pages).join()),
    versions: roundDigests.length > 0 ? versionsDigest(memory.source, memory.destination) : null,
  };
}

describe('the engine and the plain version', () => {
  const runs = { seed: SEED, numRuns: Number(process.env['RUNS'] ?? 1000) };
  const batches = fc.oneof(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 20_000 }));
  const slices = fc.option(fc.infiniteStream(fc.integer({ min: 1, max: 200_000_000 })));

  it(`[CP4] [GM8] agree in everything, whatever the batches and slices (seed ${SEED})`, () => {
    fc.assert(
      fc.property(scenarioArbitrary(0), batches, slices, (scenario, batch, stream) => {
        const slice = stream === null ? () => Infinity : () => stream.next().value;
        expect(asSeen(runToEnd(scenario, { batch }, slice))).toEqual(asPlain(scenario));
      }),
      runs,
    );
  });

  it(`[OP4] agree with commands in mid-run (seed ${SEED})`, () => {
    fc.assert(
      fc.property(scenarioArbitrary(5), batches, slices, (scenario, batch, stream) => {
        const slice = stream === null ? () => Infinity : () => stream.next().value;
        expect(asSeen(runToEnd(scenario, { batch }, slice))).toEqual(asPlain(scenario));
      }),
      runs,
    );
  });
});
