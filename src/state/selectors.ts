/** Named readings of the run store. Before the first summary the scenario itself answers. */
import { at } from '../base/assert.ts';
import type { Nanoseconds } from '../base/units.ts';
import type { Operation } from '../engine/command.ts';
import type { VmStatusName } from '../engine/cluster/vmState.ts';
import type { MigrationSettings } from '../engine/migration/migration.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { WriterSpec } from '../engine/settings.ts';
import type { FrameSummary } from '../protocol/frameSummary.ts';
import { homeNode, nodeName, nodePlace, vmName } from './names.ts';
import { recordingOf, type RunState } from './runStore.ts';

export type NodeRow = FrameSummary['nodes'][number];

export type MoveMethod = 'live' | 'quick';

export function timeNsOf({ summary }: RunState): Nanoseconds {
  return summary?.timeNs ?? 0;
}

export function isPlaying({ summary }: RunState): boolean {
  return summary?.playing === true;
}

export function nodeOfVm({ summary, scenario }: RunState, vm: number): number {
  return summary?.vms[vm]?.node ?? homeNode(scenario, vm);
}

export function statusOf({ summary }: RunState, vm: number): VmStatusName {
  return summary?.vms[vm]?.status ?? 'running';
}

export function isRunningNow(state: RunState, vm: number): boolean {
  return statusOf(state, vm) === 'running';
}

export function usedMiB({ summary, scenario }: RunState, node: number): number {
  const known = summary?.nodes[node]?.usedMiB;
  if (known !== undefined) return known;
  return scenario.vms.reduce(
    (sum, { memoryMiB }, vm) => (homeNode(scenario, vm) === node ? sum + memoryMiB : sum),
    0,
  );
}

/** One node at the shown time; before the first frame all is well. */
export function nodeStateOf(state: RunState, node: number): NodeRow {
  return (
    state.summary?.nodes[node] ?? {
      usedMiB: usedMiB(state, node),
      up: true,
      downSinceNs: null,
      member: true,
      unnoticed: false,
      paused: false,
      migrationNetwork: true,
      drainRefusal: null,
    }
  );
}

/** One volume at the shown time; before the first frame as the scenario has it, with all paths whole. */
export function volumeOf(
  { summary, scenario }: RunState,
  volume: number,
): FrameSummary['volumes'][number] {
  const known = summary?.volumes[volume];
  if (known !== undefined) return known;
  const { kind, owner: ownerId } = at(scenario.volumes, volume);
  const owner = nodePlace(scenario, ownerId);
  return {
    kind,
    owner,
    change: null,
    access: scenario.nodes.map((_, node) => (kind === 'csv' || node === owner ? 'direct' : 'none')),
    paths: scenario.nodes.map(() => true),
    moveRefusals: scenario.nodes.map(() => null),
    convertRefusal: null,
  };
}

/** Votes at the shown time; null before the first frame. */
export function quorumOf({ summary }: RunState): FrameSummary['quorum'] | null {
  return summary?.quorum ?? null;
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

/** Whether something has happened, or is about to: a command that the worker has not told of counts. */
export function isUnderWay(state: RunState): boolean {
  return hasTimeline(state) || state.given !== null;
}

/** Whether there is a run to go through: cutting a path before anything moves takes no time. */
export function hasTimeline(state: RunState): boolean {
  const { run } = state;
  const takesNoTime = run !== null && run.complete && run.endNs === 0;
  return hasCommands(state) && !takesNoTime;
}

/** Why the selected VM cannot be moved to the node in this way now, or null. Known from the first frame on. */
export function refusalOf(
  { summary, scenario }: RunState,
  vm: number,
  node: number,
  method: MoveMethod,
): string | null {
  if (summary !== null) return summary.refusals[method][node] ?? null;
  return homeNode(scenario, vm) === node
    ? `${vmName(scenario, vm)} is on ${nodeName(scenario, node)} already`
    : null;
}

/** The first node in number order, after the VM's own, that can take it. */
export function firstTarget(state: RunState, vm: number, method: MoveMethod): number | null {
  const { nodes } = state.scenario;
  const home = nodeOfVm(state, vm);
  const inOrder = nodes.map((_, i) => (home + 1 + i) % nodes.length);
  return (
    inOrder.find((node) => node !== home && refusalOf(state, vm, node, method) === null) ?? null
  );
}

export interface Move {
  readonly method: MoveMethod;
  readonly to: number;
}

/** What to begin with: by live migration if any node can take the VM so, else by quick migration. */
export function firstMove(state: RunState, vm: number): Move | null {
  for (const method of ['live', 'quick'] as const) {
    const to = firstTarget(state, vm, method);
    if (to !== null) return { method, to };
  }
  return null;
}

/** As a command of the recording. */
export function moveOperation({ scenario }: RunState, vm: number, { method, to }: Move): Operation {
  return {
    do: `${method}-migrate`,
    vm: at(scenario.vms, vm).id,
    to: at(scenario.nodes, to).id,
  };
}
