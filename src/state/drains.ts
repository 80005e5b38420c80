/** Drains of nodes, read from the recording and from the moves it led to. Rules DR1 to DR3. */
import { msToNs, type Nanoseconds } from '../base/units.ts';
import type { MigrationRow, RunInfo } from '../protocol/runInfo.ts';
import { nodePlace } from './names.ts';

export interface Drain {
  readonly node: number;
  readonly fromNs: Nanoseconds;
  /** Moves away from the node that were asked for in it, in the order of their requests. */
  readonly moves: readonly MigrationRow[];
}

/** In the order in which they were asked for; one that was refused is among them and has no moves. */
export function drainsOf({ scenario, migrations }: RunInfo): Drain[] {
  const { commands } = scenario;
  return commands.flatMap((command, place): Drain[] => {
    if (command.do !== 'drain-node') return [];
    const node = nodePlace(scenario, command.node);
    const fromNs = msToNs(command.atMs);
    const resume = commands
      .slice(place)
      .find((c) => c.do === 'resume-node' && c.node === command.node);
    const toNs = resume === undefined ? Infinity : msToNs(resume.atMs);
    const moves = migrations.filter(
      ({ cause, from, requestedNs }) =>
        cause === 'drain' && from === node && requestedNs >= fromNs && requestedNs < toNs,
    );
    return [{ node, fromNs, moves }];
  });
}

/** When nothing of the drain was under way any more, or null while something is. Only what had been asked for by `timeNs` counts. */
export function drainEndNs({ fromNs, moves }: Drain, timeNs: Nanoseconds): Nanoseconds | null {
  const asked = moves.filter(({ requestedNs }) => requestedNs <= timeNs);
  const endNs = Math.max(fromNs, ...asked.map(({ endedNs }) => endedNs ?? Infinity));
  return endNs <= timeNs ? endNs : null;
}

/** All times at which a drain has come to its end: again, when one more VM could leave later. */
export function drainEnds(run: RunInfo): Nanoseconds[] {
  return drainsOf(run).flatMap((drain) => {
    const times = [drain.fromNs, ...drain.moves.flatMap(({ endedNs }) => endedNs ?? [])];
    return times.filter((ns) => drainEndNs(drain, ns) === ns);
  });
}
