/** What happened in a run, in lines a test can read. */
import type { ClusterEventKind } from '../../src/engine/clusterEvent.ts';
import { simulate } from '../../src/engine/recording/simulate.ts';
import type { Report } from '../../src/engine/report.ts';
import type { Scenario } from '../../src/engine/scenario.ts';

/** "12000 vm-started" for every event of these kinds; times in whole milliseconds. */
export function story(report: Report, ...kinds: readonly ClusterEventKind[]): string[] {
  return report.events
    .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
    .map(({ atMs, kind, vm }) => `${Math.round(atMs)} ${kind}${vm === null ? '' : ` ${vm}`}`);
}

/** Texts of the events of one kind, with ordinary spaces. */
export function texts(report: Report, kind: ClusterEventKind): string[] {
  return report.events
    .filter((event) => event.kind === kind)
    .map(({ text }) => text.replaceAll('\u00a0', ' '));
}

/** Reasons why commands were refused. */
export function refusals(scenario: Scenario): string[] {
  return texts(simulate(scenario), 'command-refused');
}

/** "running on node2" for every VM at the end. */
export function whereabouts({ vms }: Report): string[] {
  return vms.map(({ state, node }) => `${state} on ${node}`);
}

/** Whether the first VM can be live-migrated: it shares no cluster disk. */
export function movesAlone({ vms, volumes }: Scenario): boolean {
  const [first] = vms;
  const home = volumes.find(({ id }) => id === first?.volume);
  return home?.kind === 'csv' || vms.filter(({ volume }) => volume === first?.volume).length === 1;
}
