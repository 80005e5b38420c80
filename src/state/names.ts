/** What things are called on the screen: names of the scenario, by their place in its lists. */
import { isolated } from '../base/isolated.ts';
import { withThousands } from '../base/numberText.ts';
import type { ClientKind, Scenario } from '../engine/scenario.ts';

export function vmName(scenario: Scenario, vm: number): string {
  return isolated(scenario.vms[vm]?.name ?? `VM ${withThousands(vm + 1)}`);
}

export function nodeName(scenario: Scenario, node: number): string {
  return isolated(scenario.nodes[node]?.name ?? `Node ${node + 1}`);
}

export function volumeName(scenario: Scenario, volume: number): string {
  return isolated(scenario.volumes[volume]?.name ?? 'the disk');
}

/** Index of the volume on which the VM lies, or -1. */
export function volumeOfVm(scenario: Scenario, vm: number): number {
  const id = scenario.vms[vm]?.volume;
  return scenario.volumes.findIndex((volume) => volume.id === id);
}

/** The node a VM starts on. */
export function homeNode(scenario: Scenario, vm: number): number {
  return nodePlace(scenario, scenario.vms[vm]?.node);
}

/** Index of a node, by its id. */
export function nodePlace(scenario: Scenario, id: string | undefined): number {
  return Math.max(
    0,
    scenario.nodes.findIndex((node) => node.id === id),
  );
}

export function clientCount(scenario: Scenario, vm: number): number {
  return (scenario.vms[vm]?.clients ?? []).reduce((sum, { count }) => sum + count, 0);
}

/** How the clients of a group are called before "clients" or "connections". */
export const kindNames: Readonly<Record<ClientKind, string>> = {
  'windows-lan': 'Windows',
  'linux-lan': 'Linux',
  ping: 'Ping',
};
