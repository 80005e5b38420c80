/**
 * What is new of a run since the page was told last, so that a message is small however long the run is: thousands of
 * rounds are told once, not each time.
 */
import type { ClusterEvent } from '../engine/clusterEvent.ts';
import type { PhaseRecord } from '../engine/recording/runRecord.ts';
import type { RunNews } from '../protocol/runInfo.ts';
import { runInfoOf, type WorkedOutRun } from './runInfo.ts';

export class RunTeller {
  /** As told last. */
  #events: readonly ClusterEvent[] = [];
  /** By migration. */
  #phases: readonly (readonly PhaseRecord[])[] = [];

  news(run: WorkedOutRun): RunNews {
    const info = runInfoOf(run);
    const { events, migrations } = run.record;
    const eventsFrom = newFrom(events, this.#events);
    const phasesFrom = migrations.map(({ phases }, id) => {
      const told = this.#phases[id] ?? [];
      // The last one may have gone on since.
      return Math.max(0, Math.min(newFrom(phases, told), told.length - 1));
    });
    this.#events = [...events];
    this.#phases = migrations.map(({ phases }) => [...phases]);
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

/** Where what was told ends, or differs: of a run that is worked out anew, and where rounds share a row since (rule RE7). */
function newFrom<Row>(rows: readonly Row[], told: readonly Row[]): number {
  const differs = told.findIndex((row, place) => row !== rows[place]);
  return differs < 0 ? told.length : differs;
}
