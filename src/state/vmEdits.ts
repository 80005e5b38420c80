/** Edits of VMs: their size, their place, and which nodes may host them. */
import { isolated } from '../base/isolated.ts';
import { memoryText } from '../base/numberText.ts';
import type { NodeSpec, Scenario, VmSpec } from '../engine/scenario.ts';
import { listLimits, MOST_MEMORY_MIB, ranges } from '../scenario/limits.ts';
import { plainName } from '../scenario/names.ts';
import {
  done,
  entryOf,
  freeEntry,
  freeMiB,
  isClusterDisk,
  memoryOf,
  nameFault,
  numberFault,
  refused,
  replaced,
  roomiestNode,
  unlessFault,
  vmsOfVolume,
  without,
  type EditResult,
} from './clusterEdits.ts';
import { asOneWriter, memoryRange, withMemory } from './edits.ts';
import { firstClients } from './guestEdits.ts';
import { ownersOf } from './nodeEdits.ts';
import { placementFault, withGroupOn } from './placementEdits.ts';
import { emptyDisk, withVolume } from './volumeEdits.ts';

/** Of a new VM, in MiB, where it fits. Source: the default of the file format. */
const NEW_VM_MIB = 4096;

const TOO_MUCH_MEMORY = `All VMs together have at most ${memoryText(MOST_MEMORY_MIB)}.`;

/** On the node with the most room, with a writer and clients, so that there is something to see. */
export function addVm(scenario: Scenario): EditResult {
  if (scenario.vms.length >= listLimits.vms) {
    return refused(`A cluster has at most ${listLimits.vms} VMs.`);
  }
  const node = roomiestNode(scenario, scenario.nodes);
  const free = node === undefined ? 0 : freeMiB(scenario, node);
  const { min } = ranges.vmMemoryMiB;
  if (node === undefined || free < min) {
    return refused(`No node has ${memoryText(min)} free. Add a node, or make one larger.`);
  }
  const left = MOST_MEMORY_MIB - memoryOf(scenario.vms);
  if (left < min) return refused(TOO_MUCH_MEMORY);
  const memoryMiB = Math.min(NEW_VM_MIB, free, left);
  const { volume, scenario: next } = withVolumeFor(scenario, node);
  const vm: VmSpec = {
    ...freeEntry(scenario.vms, (n) => ({ id: `vm${n}`, name: `vm-${n}` })),
    node: node.id,
    volume,
    memoryMiB,
    touchedMiB: memoryMiB,
    writers: asOneWriter([], 'uniform', memoryMiB),
    clients: [firstClients],
    possibleOwners: null,
  };
  return done({ ...next, vms: [...next.vms, vm] });
}

/** The volume for one more VM on the node: a CSV, or else a cluster disk of its own, so that it can move alone. */
function withVolumeFor(
  scenario: Scenario,
  node: NodeSpec,
): { readonly volume: string; readonly scenario: Scenario } {
  const { volumes } = scenario;
  const shared = volumes.find((volume) => !isClusterDisk(volume));
  if (shared !== undefined) return { volume: shared.id, scenario };
  const empty = volumes.find(({ id }) => vmsOfVolume(scenario, id).length === 0);
  if (empty !== undefined) {
    return { volume: empty.id, scenario: withVolume(scenario, { ...empty, owner: node.id }) };
  }
  const disk = emptyDisk(scenario, node.id);
  return { volume: disk.id, scenario: { ...scenario, volumes: [...volumes, disk] } };
}

export function renameVm(scenario: Scenario, id: string, typed: string): EditResult {
  const { vms } = scenario;
  const name = plainName(typed);
  return unlessFault(nameFault(vms, id, name), () =>
    done(withVm(scenario, { ...entryOf(vms, id), name })),
  );
}

/** What its writers no longer reach is cut off. */
export function resizeVm(scenario: Scenario, id: string, memoryMiB: number): EditResult {
  const vm = entryOf(scenario.vms, id);
  const place = scenario.vms.indexOf(vm);
  const node = entryOf(scenario.nodes, vm.node);
  const room = freeMiB(scenario, node) + vm.memoryMiB;
  const { min, max } = memoryRange(scenario, place);
  if (memoryOf(scenario.vms) - vm.memoryMiB + memoryMiB > MOST_MEMORY_MIB) {
    return refused(TOO_MUCH_MEMORY);
  }
  if (memoryMiB > room) {
    return refused(`${isolated(node.name)} has ${memoryText(room)} free for ${isolated(vm.name)}.`);
  }
  const rule = { min, max, whole: true, text: memoryText };
  return unlessFault(numberFault(memoryMiB, rule), () =>
    done(withMemory(scenario, place, memoryMiB)),
  );
}

/** How much of the memory holds something at the start. */
export function setTouched(scenario: Scenario, id: string, touchedMiB: number): EditResult {
  const vm = entryOf(scenario.vms, id);
  const rule = { min: 0, max: vm.memoryMiB, whole: true, text: memoryText };
  return unlessFault(numberFault(touchedMiB, rule), () =>
    done(withVm(scenario, { ...vm, touchedMiB })),
  );
}

export function removeVm(scenario: Scenario, id: string): EditResult {
  if (scenario.vms.length === 1) return refused('There is nothing to show without a VM.');
  return done({ ...scenario, vms: without(scenario.vms, id) });
}

/** On a cluster disk with other VMs it goes to their node; an empty one comes to its node. */
export function setVmVolume(scenario: Scenario, id: string, volume: string): EditResult {
  const vm = entryOf(scenario.vms, id);
  const target = entryOf(scenario.volumes, volume);
  const others = vmsOfVolume(scenario, volume).filter((other) => other.id !== id);
  const node = isClusterDisk(target) && others.length > 0 ? target.owner : vm.node;
  const fault = placementFault(scenario, [vm], entryOf(scenario.nodes, node));
  if (fault !== null) {
    const owner = isolated(entryOf(scenario.nodes, node).name);
    return refused(
      `${isolated(target.name)} belongs to ${owner}, so ${isolated(vm.name)} would run there. ${fault}`,
    );
  }
  const moved = { ...vm, volume, node };
  return done(withGroupOn(withVm(scenario, moved), [moved], node));
}

/** Lets a node host the VM, or not. When all may, so may nodes that are added later. */
export function setPossibleOwner(
  scenario: Scenario,
  id: string,
  node: string,
  allowed: boolean,
): EditResult {
  const vm = entryOf(scenario.vms, id);
  if (!allowed && vm.node === node) {
    return refused(`${isolated(vm.name)} runs on ${isolated(entryOf(scenario.nodes, node).name)}.`);
  }
  const before = new Set(ownersOf(scenario, vm).map((owner) => owner.id));
  const owners = scenario.nodes
    .map((owner) => owner.id)
    .filter((owner) => (owner === node ? allowed : before.has(owner)));
  const possibleOwners = owners.length === scenario.nodes.length ? null : owners;
  return done(withVm(scenario, { ...vm, possibleOwners }));
}

function withVm(scenario: Scenario, vm: VmSpec): Scenario {
  return { ...scenario, vms: replaced(scenario.vms, vm) };
}
