/**
 * What is new of a run since the page was told last, so that a message is small however long the run is: thousands of
 * rounds are told once, not each time.
 */
import type { ClusterEvent } from '../engine/clusterEvent.ts';
import type { PhaseRecord } from '../engine/recording/runRecord.ts';
import type { RunNews } from '../protocol/runInfo.ts';
import { runInfoOf, type WorkedOutRun } from './runInfo.ts';

export class RunTeller {
  /** As told last: how many, and the last of them. */
  #events: Told<ClusterEvent> = nothingTold;
  /** By migration. */
  #phases: Told<PhaseRecord>[] = [];

  news(run: WorkedOutRun): RunNews {
    const info = runInfoOf(run);
    const { events, migrations } = run.record;
    const eventsFrom = newFrom(events, this.#events);
    this.#events = toldOf(events);
    const phasesFrom = migrations.map(({ phases }, id) => {
      const from = newFrom(phases, this.#phases[id] ?? nothingTold);
      // The last one may have gone on since.
      return Math.max(0, from - 1);
    });
    this.#phases = migrations.map(({ phases }) => toldOf(phases));
    return {
      ...info,
      eventsFrom,
      events: events.slice(eventsFrom),
      migrations: info.migrations.map((row, id) => {
        const from = phasesFrom[id] ?? 0;
        return { ...row, phasesFrom: from, phases: row.phases.slice(from) };
      }),
    };
  }
}

interface Told<Row> {
  readonly count: number;
  readonly last: Row | undefined;
}

const nothingTold = { count: 0, last: undefined };

function toldOf<Row>(rows: readonly Row[]): Told<Row> {
  return { count: rows.length, last: rows.at(-1) };
}

/** All over again where rows were taken away: of a run that is worked out anew, and of a record that was thinned. */
function newFrom<Row>(rows: readonly Row[], { count, last }: Told<Row>): number {
  return count > 0 && rows[count - 1] === last ? count : 0;
}
