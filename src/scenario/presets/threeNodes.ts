/** The cluster most presets stand on: three nodes that share one volume, as in the picture of the Lab. */
import type { ScenarioInput } from '../schema.ts';

export type VmInput = NonNullable<ScenarioInput['vms']>[number];

/** A preset as it is written down; `presets.ts` reads it like any file. */
export interface PresetFile {
  /** Part of addresses: never changes. */
  readonly id: string;
  /** What to look for, in one sentence. */
  readonly goal: string;
  readonly file: ScenarioInput & { readonly title: string };
}

export function threeNodes(memoryMiB = 32768): Pick<ScenarioInput, 'nodes' | 'volumes'> {
  return {
    nodes: [1, 2, 3].map((n) => ({ id: `node${n}`, name: `Node ${n}`, memoryMiB })),
    volumes: [{ id: 'csv1', name: 'Cluster Shared Volume 1', kind: 'csv', owner: 'node1' }],
  };
}

/** A VM on the shared volume. */
export function vm(
  name: string,
  node: string,
  memoryMiB: number,
  more: Partial<VmInput> = {},
): VmInput {
  return { id: name.replace('-', ''), name, node, volume: 'csv1', memoryMiB, ...more };
}

/** The clients of the picture: four groups of three, each of which asks every 300 ms. */
export const pings: NonNullable<VmInput['clients']> = Array.from({ length: 4 }, () => ({
  kind: 'ping',
  count: 3,
  requestEveryMs: 300,
}));
