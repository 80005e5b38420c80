/**
 * Where VMs run before anything has happened. VMs of one cluster disk are where its owner is, so they go from node
 * to node together and take the disk along; a VM of a CSV goes alone.
 */
import { isolated } from '../base/isolated.ts';
import { memoryText } from '../base/numberText.ts';
import type { NodeSpec, Scenario, VmSpec } from '../engine/scenario.ts';
import {
  done,
  entryOf,
  freeMiB,
  isClusterDisk,
  memoryOf,
  namesText,
  refused,
  vmsOfVolume,
  type EditResult,
} from './clusterEdits.ts';

/** What goes to another node together with this VM, itself included. */
export function groupOf(scenario: Scenario, vm: VmSpec): readonly VmSpec[] {
  const volume = entryOf(scenario.volumes, vm.volume);
  return isClusterDisk(volume) ? vmsOfVolume(scenario, volume.id) : [vm];
}

/** Why the VMs of a group cannot be on the node, or null. */
export function placementFault(
  scenario: Scenario,
  group: readonly VmSpec[],
  node: NodeSpec,
): string | null {
  const barred = group.find((vm) => vm.possibleOwners?.includes(node.id) === false);
  if (barred !== undefined) {
    const owners = scenario.nodes.filter(({ id }) => barred.possibleOwners?.includes(id));
    return `${isolated(barred.name)} may run only on ${namesText(owners)}.`;
  }
  const coming = group.filter((vm) => vm.node !== node.id);
  const free = freeMiB(scenario, node);
  return memoryOf(coming) <= free
    ? null
    : `${needText(scenario, coming)}, ${isolated(node.name)} has ${memoryText(Math.max(0, free))} free.`;
}

/** "web-01 needs 4 GB", "web-01 and db-01 are both on LUN 1, so they move together: they need 12 GB". */
export function needText({ volumes }: Scenario, group: readonly VmSpec[]): string {
  const [first, ...others] = group;
  const memory = memoryText(memoryOf(group));
  if (first === undefined || others.length === 0) return `${namesText(group)} needs ${memory}`;
  const volume = entryOf(volumes, first.volume);
  return `${namesText(group)} share ${isolated(volume.name)}, so they move together: they need ${memory}`;
}

/** The group on the node, and its cluster disk with it. */
export function withGroupOn(scenario: Scenario, group: readonly VmSpec[], node: string): Scenario {
  const ids = new Set(group.map(({ id }) => id));
  const disks = new Set(group.map(({ volume }) => volume));
  return {
    ...scenario,
    vms: scenario.vms.map((vm) => (ids.has(vm.id) ? { ...vm, node } : vm)),
    volumes: scenario.volumes.map((volume) =>
      disks.has(volume.id) && isClusterDisk(volume) ? { ...volume, owner: node } : volume,
    ),
  };
}

/** Puts a VM on another node, with all VMs of its cluster disk. */
export function moveVm(scenario: Scenario, vm: string, node: string): EditResult {
  const group = groupOf(scenario, entryOf(scenario.vms, vm));
  const fault = placementFault(scenario, group, entryOf(scenario.nodes, node));
  return fault === null ? done(withGroupOn(scenario, group, node)) : refused(fault);
}
