/** The page somebody chose in the page lens: what became of it up to the shown moment, worked out in slices. */
import type { Nanoseconds } from '../base/units.ts';
import { migrationOf } from '../engine/cluster/clusterState.ts';
import type { RecordedRun } from '../engine/recording/recordedRun.ts';
import type { PhaseRecord } from '../engine/recording/runRecord.ts';
import type { WatchedPage } from '../engine/recording/watchedPage.ts';
import type { Scenario } from '../engine/scenario.ts';
import { hasBit } from '../base/bits.ts';
import type { FrameSummary } from '../protocol/frameSummary.ts';
import { codeOfPage } from './pageLens.ts';

/** Sends and writes between two looks at the clock. */
const WORK_PER_LOOK = 1 << 15;

interface Question {
  readonly page: number;
  readonly migration: number;
  readonly scenario: Scenario;
}

export class ChosenPage {
  /** Goes along with the shown moment as long as the question is the same and time does not go back. */
  #watched: { readonly question: Question; readonly run: WatchedPage } | null = null;

  /** Brings the counts to the shown moment; false when `inTime` ran out first. */
  prepare(run: RecordedRun, vm: number, page: number | null, inTime: () => boolean): boolean {
    const watched = this.#watch(run, vm, page);
    if (watched === null) return true;
    while (watched.timeNs < run.shownNs) {
      if (!inTime()) return false;
      watched.advance(run.shownNs, WORK_PER_LOOK);
    }
    return true;
  }

  /** null while no page is chosen, nothing of it is copied, or the counts are not there yet. */
  facts(run: RecordedRun, page: number | null): FrameSummary['page'] {
    const watched = this.#watched;
    if (watched === null || watched.question.page !== page) return null;
    const { question, run: own } = watched;
    const memory = run.shown.memories.get(question.migration);
    if (memory === undefined || own.timeNs !== run.shownNs) return null;
    const { written, writtenSince, sent, sentNs } = own.counts;
    const phases = run.record.migrations[question.migration]?.phases ?? [];
    const phase = sentNs === null ? null : phaseOfSend(phases, sentNs);
    return {
      page,
      code: codeOfPage(memory, page),
      toSend: hasBit(memory.sendSet, page),
      written,
      writtenSince,
      sent,
      sentNs,
      sentIn: phase === null ? null : { name: phase.name, number: phase.number },
    };
  }

  #watch(run: RecordedRun, vm: number, page: number | null): WatchedPage | null {
    const migration = migrationOf(run.shown.state, vm);
    const memory = migration === null ? undefined : run.shown.memories.get(migration.id);
    if (page === null || migration === null || memory === undefined || page >= memory.pageCount) {
      this.#watched = null;
      return null;
    }
    const question = { page, migration: migration.id, scenario: run.scenario };
    const old = this.#watched;
    if (old !== null && isSame(old.question, question) && old.run.timeNs <= run.shownNs) {
      return old.run;
    }
    const fresh = run.watchPage(migration.id, page);
    this.#watched = fresh === null ? null : { question, run: fresh };
    return fresh;
  }
}

function isSame(a: Question, b: Question): boolean {
  return a.page === b.page && a.migration === b.migration && a.scenario === b.scenario;
}

/** In which phase a page left at `ns`: at its border, the one that ends there. */
export function phaseOfSend(phases: readonly PhaseRecord[], ns: Nanoseconds): PhaseRecord | null {
  return phases.findLast(({ startNs }) => startNs < ns) ?? null;
}
