/** The clients of one VM at the end of a whole run: figures of all of them, and the trails of as many as can be drawn. */
import { at } from '../base/assert.ts';
import { msToNs, type Nanoseconds, NS_PER_S, PAGES_PER_MIB } from '../base/units.ts';
import { trailsOf, type Trail, type TrailWatch } from '../engine/clients/trail.ts';
import type { Simulation } from '../engine/simulation.ts';
import type { ClientTrail, WatchedVm } from '../protocol/outline.ts';
import { clientRows } from './clientStrips.ts';

/** Rows that can be told apart in a picture. */
export const MOST_TRAILS = 60;

/** How much longer than the run a picture may be in which it stands beside others: they go on asking there. */
const LONGER = 2;
const LONGER_NS = 300 * NS_PER_S;

/** Repeats closer than this part of the longest picture fall onto one place. */
const TRAIL_PLACES = 8000;

export function watchedVmOf(
  simulation: Simulation,
  vm: number,
  bytes: WatchedVm['bytes'],
): WatchedVm {
  const { clients } = at(simulation.scenario.vms, vm);
  const history = at(simulation.state.vms, vm);
  const untilNs = watchedToNs(simulation);
  const watch: TrailWatch = { untilNs, apartNs: Math.floor(untilNs / TRAIL_PLACES) };
  const count = clients.reduce((sum, group) => sum + group.count, 0);
  const perTrail = Math.ceil(count / Math.max(1, MOST_TRAILS - clients.length));
  const trails: ClientTrail[] = [];
  const groups = clientRows(simulation, vm).map((row, group) => {
    const all = trailsOf(at(clients, group), history, watch);
    for (let first = 0; first < all.length; first += perTrail) {
      trails.push(trailRow(group, worstOf(all.slice(first, first + perTrail))));
    }
    const longestSilenceNs = Math.max(...all.map((trail) => trail.longestSilenceNs));
    return { ...row, longestSilenceNs, late: lateAnswers(all), lostNs: firstLosses(all) };
  });
  return { vm, lostMiB: history.lostPages / PAGES_PER_MIB, bytes, groups, trails };
}

function watchedToNs({ scenario, timeNs }: Simulation): Nanoseconds {
  return Math.min(msToNs(scenario.untilMs), Math.max(LONGER * timeNs, timeNs + LONGER_NS));
}

/** A lost connection before a long silence; of equals the first. */
function worstOf(trails: readonly Trail[]): Trail {
  return trails.reduce((worst, trail) => {
    if (trail.lost !== worst.lost) return trail.lost ? trail : worst;
    return trail.longestSilenceNs > worst.longestSilenceNs ? trail : worst;
  });
}

function lateAnswers(trails: readonly Trail[]): number {
  return trails.reduce(
    (sum, { marks }) => sum + marks.filter(({ kind }) => kind === 'late').length,
    0,
  );
}

function firstLosses(trails: readonly Trail[]): Nanoseconds[] {
  return trails
    .flatMap(({ marks }) => marks.find(({ kind }) => kind === 'lost')?.ns ?? [])
    .toSorted((a, b) => a - b);
}

function trailRow(
  group: number,
  { client, schedule, troubles, marks, lost, longestSilenceNs }: Trail,
): ClientTrail {
  const { firstNs, everyNs } = schedule;
  return {
    group,
    client,
    firstNs,
    everyNs,
    troubles: [...troubles],
    marks,
    lost,
    longestSilenceNs,
  };
}
