/** Named readings of the run store. Before the first summary the scenario itself answers. */
import type { Nanoseconds } from '../base/units.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { WriterSpec } from '../engine/settings.ts';
import type { MigrationSettings } from '../engine/migration/migration.ts';
import { recordingOf, type RunState } from './runStore.ts';
import { homeNode } from './sentence.ts';

export function timeNsOf({ summary }: RunState): Nanoseconds {
  return summary?.timeNs ?? 0;
}

export function isPlaying({ summary }: RunState): boolean {
  return summary?.playing === true;
}

export function nodeOfVm({ summary, scenario }: RunState, vm: number): number {
  return summary?.vms[vm]?.node ?? homeNode(scenario, vm);
}

export function usedMiB({ summary, scenario }: RunState, node: number): number {
  const known = summary?.nodes[node]?.usedMiB;
  if (known !== undefined) return known;
  return scenario.vms.reduce(
    (sum, { memoryMiB }, vm) => (homeNode(scenario, vm) === node ? sum + memoryMiB : sum),
    0,
  );
}

const noWriters: readonly WriterSpec[] = [];

export function writersOf({ summary, scenario }: RunState, vm: number): readonly WriterSpec[] {
  return summary?.vms[vm]?.writers ?? scenario.vms[vm]?.writers ?? noWriters;
}

/** One object for each scenario, because React compares what a selector answers. */
const settingsAtStart = new WeakMap<Scenario, MigrationSettings>();

export function settingsOf({ summary, scenario }: RunState): MigrationSettings {
  if (summary !== null) return summary.settings;
  const known = settingsAtStart.get(scenario);
  if (known !== undefined) return known;
  const settings = { ...scenario.liveMigration, migrationMBps: scenario.network.migrationMBps };
  settingsAtStart.set(scenario, settings);
  return settings;
}

export function hasCommands(state: RunState): boolean {
  return recordingOf(state).commands.length > 0;
}

/** Why the VM cannot be live-migrated to the node now, or null. Known from the first frame on. */
export function refusalOf(
  { summary, scenario }: RunState,
  vm: number,
  node: number,
): string | null {
  if (summary !== null) return summary.refusals[node] ?? null;
  const name = scenario.vms[vm]?.name ?? '';
  return homeNode(scenario, vm) === node ? `${name} runs here already` : null;
}

/** The first node in number order, after the VM's own, that can take it. */
export function firstTarget(state: RunState, vm: number): number | null {
  const { nodes } = state.scenario;
  const home = nodeOfVm(state, vm);
  const inOrder = nodes.map((_, i) => (home + 1 + i) % nodes.length);
  return inOrder.find((node) => node !== home && refusalOf(state, vm, node) === null) ?? null;
}
