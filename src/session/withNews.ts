/** The run as the page knows it, from what the worker tells of it bit by bit. */
import type { RunInfo, RunNews } from '../protocol/runInfo.ts';

/** @param told As it was before; null of a run that is told for the first time. */
export function withNews(told: RunInfo | null, news: RunNews): RunInfo {
  const { eventsFrom, migrations, events, ...run } = news;
  return {
    ...run,
    events: [...(told?.events ?? []).slice(0, eventsFrom), ...events],
    migrations: migrations.map(({ phasesFrom, phases, ...row }, place) => {
      const known = told?.migrations[place]?.phases ?? [];
      return { ...row, phases: [...known.slice(0, phasesFrom), ...phases] };
    }),
  };
}
