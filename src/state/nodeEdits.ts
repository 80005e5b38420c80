/** Edits of nodes: a cluster has one to sixteen. */
import { isolated } from '../base/isolated.ts';
import { memoryText } from '../base/numberText.ts';
import type { NodeSpec, Scenario, VmSpec } from '../engine/scenario.ts';
import { listLimits, ranges } from '../scenario/limits.ts';
import { plainName } from '../scenario/names.ts';
import {
  done,
  entryOf,
  freeEntry,
  isClusterDisk,
  memoryOf,
  nameFault,
  numberFault,
  refused,
  replaced,
  roomiestNode,
  unlessFault,
  vmsOfNode,
  without,
  type EditResult,
} from './clusterEdits.ts';
import { groupOf, needText, placementFault, withGroupOn } from './placementEdits.ts';

/** Like the last one. */
export function addNode(scenario: Scenario): EditResult {
  const { nodes } = scenario;
  if (nodes.length >= listLimits.nodes) {
    return refused(`A cluster has at most ${listLimits.nodes} nodes.`);
  }
  const entry = freeEntry(nodes, (n) => ({ id: `node${n}`, name: `Node ${n}` }));
  const memoryMiB = nodes.at(-1)?.memoryMiB ?? ranges.nodeMemoryMiB.min;
  return done({ ...scenario, nodes: [...nodes, { ...entry, memoryMiB }] });
}

export function renameNode(scenario: Scenario, id: string, typed: string): EditResult {
  const { nodes } = scenario;
  const name = plainName(typed);
  return unlessFault(nameFault(nodes, id, name), () =>
    done({ ...scenario, nodes: replaced(nodes, { ...entryOf(nodes, id), name }) }),
  );
}

/** Never below what its VMs have. */
export function resizeNode(scenario: Scenario, id: string, memoryMiB: number): EditResult {
  const { nodes } = scenario;
  const node = entryOf(nodes, id);
  const used = memoryOf(vmsOfNode(scenario, id));
  const rule = { ...ranges.nodeMemoryMiB, whole: true, text: memoryText };
  return unlessFault(numberFault(memoryMiB, rule), () =>
    memoryMiB < used
      ? refused(`The VMs on ${isolated(node.name)} use ${memoryText(used)}.`)
      : done({ ...scenario, nodes: replaced(nodes, { ...node, memoryMiB }) }),
  );
}

/** Its VMs go to nodes with room, the largest first, each to where most is free. */
export function removeNode(scenario: Scenario, id: string): EditResult {
  const node = entryOf(scenario.nodes, id);
  const nodes = without(scenario.nodes, id);
  const [first] = nodes;
  if (first === undefined) return refused('A cluster has at least one node.');
  const bound = scenario.vms.find(({ possibleOwners }) => possibleOwners?.every((o) => o === id));
  if (bound !== undefined)
    return refused(`${isolated(bound.name)} may run only on ${isolated(node.name)}.`);

  let next = withoutOwner({ ...scenario, nodes }, id);
  for (const group of groupsOn(next, id)) {
    const able = nodes.filter((other) => placementFault(next, group, other) === null);
    const target = roomiestNode(next, able);
    if (target === undefined) return refused(noRoomText(next, group));
    next = withGroupOn(next, group, target.id);
  }
  const volumes = next.volumes.map((volume) =>
    volume.owner === id ? { ...volume, owner: first.id } : volume,
  );
  return done({ ...next, volumes });
}

function withoutOwner(scenario: Scenario, node: string): Scenario {
  const vms = scenario.vms.map((vm): VmSpec => {
    const possibleOwners = vm.possibleOwners?.filter((owner) => owner !== node) ?? null;
    return { ...vm, possibleOwners };
  });
  return { ...scenario, vms };
}

/** What moves together from the node, the largest first. */
function groupsOn(scenario: Scenario, node: string): (readonly VmSpec[])[] {
  const disks = new Set(scenario.volumes.filter(isClusterDisk).map(({ id }) => id));
  const told = new Set<string>();
  const leaders = vmsOfNode(scenario, node).filter(({ volume }) => {
    const isFirst = !disks.has(volume) || !told.has(volume);
    told.add(volume);
    return isFirst;
  });
  return leaders.map((vm) => groupOf(scenario, vm)).toSorted((a, b) => memoryOf(b) - memoryOf(a));
}

function noRoomText(scenario: Scenario, group: readonly VmSpec[]): string {
  const it = group.length === 1 ? 'it' : 'them';
  return `${needText(scenario, group)}, and no other node that may host ${it} has room.`;
}

/** Nodes that may host the VM. */
export function ownersOf({ nodes }: Scenario, vm: VmSpec): readonly NodeSpec[] {
  return nodes.filter(({ id }) => vm.possibleOwners?.includes(id) ?? true);
}
