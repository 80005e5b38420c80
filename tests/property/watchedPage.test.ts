/** What the page card says of a page, against the event-by-event version of the rules. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/assert.ts';
import { PAGES_PER_MIB, type Nanoseconds } from '../../src/base/units.ts';
import { RecordedRun } from '../../src/engine/recording/recordedRun.ts';
import type { MigrationRecord } from '../../src/engine/recording/runRecord.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import { phaseOfSend } from '../../src/worker/chosenPage.ts';
import { scenarioArbitrary } from '../support/clusterArbitrary.ts';
import { cluster, migrate, writer } from '../support/clusterBuilder.ts';
import { plainMigration, type PlainPage } from '../support/plainMigration.ts';

/** SEED and RUNS in the environment search further. */
const SEED = Number(process.env['SEED'] ?? 20_090_722);
const numRuns = Number(process.env['RUNS'] ?? 300);
const share = fc.double({ min: 0, max: 1, noNaN: true });

function completeRun(scenario: Scenario): RecordedRun {
  const run = new RecordedRun(scenario, 100_000);
  while (!run.complete) run.workAhead(10_000);
  return run;
}

/** From the first page that could leave until the memory is forgotten. */
function copySpan({ phases, endedNs }: MigrationRecord, untilNs: Nanoseconds) {
  const rounds = phases.filter(({ name }) => name === 'round');
  const fromNs = rounds[0]?.startNs;
  return fromNs === undefined ? null : { fromNs, toNs: (endedNs ?? untilNs) - 1 };
}

function countsAt(run: RecordedRun, page: number, ns: Nanoseconds, work: number): PlainPage {
  const watched = run.watchPage(0, page)!;
  while (watched.timeNs < ns) watched.advance(ns, work);
  const { written, writtenSince, sent, sentNs } = watched.counts;
  const phase = sentNs === null ? null : phaseOfSend(at(run.record.migrations, 0).phases, sentNs);
  return { written, writtenSince, sent, sentNs, sentInRound: phase?.number ?? null };
}

describe('a watched page', () => {
  for (const commands of [0, 5]) {
    it(`[CP1] [GM2] was written and sent as the plain version says, with up to ${commands} commands (seed ${SEED})`, () => {
      fc.assert(
        fc.property(
          scenarioArbitrary(commands),
          fc.array(fc.tuple(share, share), { minLength: 1, maxLength: 4 }),
          fc.integer({ min: 1, max: 100_000 }),
          (scenario, questions, work) => {
            const run = completeRun(scenario);
            const migration = at(run.record.migrations, 0);
            const span = copySpan(migration, run.computedToNs);
            fc.pre(span !== null && span.toNs >= span.fromNs);
            const pages = at(scenario.vms, 0).memoryMiB * PAGES_PER_MIB;
            for (const [where, when] of questions) {
              const page = Math.min(pages - 1, Math.floor(where * pages));
              const ns = Math.round(span!.fromNs + when * (span!.toNs - span!.fromNs));
              const plain = plainMigration(scenario, { untilNs: ns, page }).page;
              expect(countsAt(run, page, ns, work)).toEqual(plain);
            }
          },
        ),
        { seed: SEED, numRuns },
      );
    });
  }

  it('is counted on where every page is marked already', () => {
    const scenario = cluster({
      vms: [{ memoryMiB: 1, touchedMiB: 1, writers: [writer('uniform', 200_000, 1)] }],
      migrationMBps: 4.096,
      liveMigration: { setupMs: 0, stopBelowMs: 0, maxRounds: 2, pageHeaderBytes: 0 },
      commands: [migrate(0)],
    });
    const run = completeRun(scenario);
    const plain = plainMigration(scenario, { untilNs: 500e6, page: 10 }).page;
    expect(plain?.written).toBeGreaterThan(300);
    expect(countsAt(run, 10, 500e6, 1_000_000)).toEqual(plain);
  });

  it('[CP3] is sent again in the round after the one in which it was written', () => {
    // Pages 0 to 255 are swept at 1,000 a second; a page takes 1 ms.
    const scenario = cluster({
      vms: [{ memoryMiB: 1, touchedMiB: 1, writers: [writer('sweep', 1000, 1)] }],
      migrationMBps: 4.096,
      liveMigration: { setupMs: 0, stopBelowMs: 0, maxRounds: 2, pageHeaderBytes: 0 },
      commands: [migrate(0)],
    });
    const run = completeRun(scenario);
    const { phases, endedNs } = at(run.record.migrations, 0);
    expect(phases.filter(({ name }) => name === 'round')).toHaveLength(2);
    // Write k and send k fall together: the write comes first, so every page is marked and sent at once.
    expect(countsAt(run, 10, endedNs! - 1, 1000)).toMatchObject({ sent: 3, sentInRound: 0 });
    expect(countsAt(run, 10, 100e6, 1000)).toEqual({
      written: 1,
      writtenSince: 0,
      sent: 1,
      sentNs: 11e6,
      sentInRound: 1,
    });
  });
});
