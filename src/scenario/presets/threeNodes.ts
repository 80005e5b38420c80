/** What most presets stand on: three nodes that share one volume, as in the picture of the Lab, and the clients of VMs. */
import type { ScenarioInput } from '../schema.ts';

export type VmInput = NonNullable<ScenarioInput['vms']>[number];

/** What a preset is opened for. */
export interface FirstThing {
  readonly act: { readonly do: 'crash-node' | 'drain-node'; readonly node: string };
  /** What follows of it, after "Crash Node 1 and watch …". */
  readonly watch: string;
}

/** A preset as it is written down; `presets.ts` reads it like any file. */
export interface PresetFile {
  /** Part of addresses: never changes. */
  readonly id: string;
  /** What to look for, in one sentence. */
  readonly goal: string;
  /** Absent where the first thing to do is to move the first VM. */
  readonly first?: FirstThing;
  readonly file: ScenarioInput & { readonly title: string };
}

export function threeNodes(memoryMiB?: number): Pick<ScenarioInput, 'nodes' | 'volumes'> {
  return { nodes: numberedNodes(3, memoryMiB), volumes: [csv] };
}

/** Node 1, Node 2 and on. */
export function numberedNodes(
  count: number,
  memoryMiB = 32768,
): NonNullable<ScenarioInput['nodes']> {
  return Array.from({ length: count }, (_, i) => {
    return { id: `node${i + 1}`, name: `Node ${i + 1}`, memoryMiB };
  });
}

export const csv: NonNullable<ScenarioInput['volumes']>[number] = {
  id: 'csv1',
  name: 'Cluster Shared Volume 1',
  kind: 'csv',
  owner: 'node1',
};

/** A VM on the shared volume. */
export function vm(
  name: string,
  node: string,
  memoryMiB: number,
  more: Partial<VmInput> = {},
): VmInput {
  return { id: name.replace('-', ''), name, node, volume: 'csv1', memoryMiB, ...more };
}

/** Four groups of three, each of which asks every 300 ms. */
export const pings: NonNullable<VmInput['clients']> = Array.from({ length: 4 }, () => ({
  kind: 'ping',
  count: 3,
  requestEveryMs: 300,
}));

/**
 * Both kinds of TCP timers and pings that are never repeated (facts E2): an outage can end some connections
 * and leave others.
 */
export const everyKind: NonNullable<VmInput['clients']> = [
  { kind: 'windows-lan', count: 12, requestEveryMs: 1000 },
  { kind: 'linux-lan', count: 12, requestEveryMs: 1000 },
  { kind: 'ping', count: 3, requestEveryMs: 300 },
];
