/** Edits of volumes: cluster disks and Cluster Shared Volumes. */
import { isolated } from '../base/isolated.ts';
import type { Scenario, VolumeKind, VolumeSpec } from '../engine/scenario.ts';
import { at } from '../base/assert.ts';
import { listLimits } from '../scenario/limits.ts';
import { plainName } from '../scenario/names.ts';
import {
  done,
  entryOf,
  freeEntry,
  isClusterDisk,
  nameFault,
  namesText,
  refused,
  replaced,
  unlessFault,
  vmsOfVolume,
  without,
  type EditResult,
} from './clusterEdits.ts';
import { moveVm } from './placementEdits.ts';

/** An empty cluster disk of a node: a LUN on which nothing lies yet. */
export function emptyDisk({ volumes }: Scenario, owner: string): VolumeSpec {
  const entry = freeEntry(volumes, (n) => ({ id: `lun${n}`, name: `LUN ${n}` }));
  return { ...entry, kind: 'cluster-disk', owner };
}

export function addVolume(scenario: Scenario): EditResult {
  const { volumes, nodes } = scenario;
  if (volumes.length >= listLimits.volumes) {
    return refused(`A cluster has at most ${listLimits.volumes} volumes.`);
  }
  return done({ ...scenario, volumes: [...volumes, emptyDisk(scenario, at(nodes, 0).id)] });
}

export function renameVolume(scenario: Scenario, id: string, typed: string): EditResult {
  const { volumes } = scenario;
  const name = plainName(typed);
  return unlessFault(nameFault(volumes, id, name), () =>
    done(withVolume(scenario, { ...entryOf(volumes, id), name })),
  );
}

export function removeVolume(scenario: Scenario, id: string): EditResult {
  const vms = vmsOfVolume(scenario, id);
  if (vms.length === 0) return done({ ...scenario, volumes: without(scenario.volumes, id) });
  const name = isolated(entryOf(scenario.volumes, id).name);
  const [are, them] = vms.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return refused(`${namesText(vms)} ${are} on ${name}. Put ${them} on another volume first.`);
}

/** A cluster disk is used by its owner alone, so its VMs have to be on one node, which becomes the owner. */
export function setVolumeKind(scenario: Scenario, id: string, kind: VolumeKind): EditResult {
  const volume = entryOf(scenario.volumes, id);
  if (kind === 'csv') return done(withVolume(scenario, { ...volume, kind }));
  const vms = vmsOfVolume(scenario, id);
  const [owner = volume.owner, ...others] = new Set(vms.map(({ node }) => node));
  if (others.length > 0) {
    const homes = scenario.nodes.filter((node) => vms.some((vm) => vm.node === node.id));
    return refused(
      `Its VMs run on ${namesText(homes)}, and only one node at a time can use a cluster disk.`,
    );
  }
  return done(withVolume(scenario, { ...volume, kind, owner }));
}

/** The coordinator of a CSV is any node; the owner of a cluster disk takes the VMs on it along. */
export function setVolumeOwner(scenario: Scenario, id: string, owner: string): EditResult {
  const volume = entryOf(scenario.volumes, id);
  const [first] = vmsOfVolume(scenario, id);
  return isClusterDisk(volume) && first !== undefined
    ? moveVm(scenario, first.id, owner)
    : done(withVolume(scenario, { ...volume, owner }));
}

export function withVolume(scenario: Scenario, volume: VolumeSpec): Scenario {
  return { ...scenario, volumes: replaced(scenario.volumes, volume) };
}
