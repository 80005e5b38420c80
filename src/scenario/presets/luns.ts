/**
 * The same three VMs on three kinds of storage. Only the volumes differ, so that what moves along can be
 * compared. Source: facts C1, C2.
 */
import {
  everyKind,
  numberedNodes,
  threeNodes,
  vm,
  type PresetFile,
  type VmInput,
} from './threeNodes.ts';

/** @param volumes  Ids of the volumes of web-01, db-01 and app-01. */
function vmsOn(...volumes: readonly [string, string, string]): VmInput[] {
  const [web, db, app] = volumes;
  return [
    vm('web-01', 'node1', 4096, {
      volume: web,
      writers: [
        { kind: 'hot', pagesPerSecond: 4000, startMiB: 256, sizeMiB: 512, hotMiB: 32 },
        { kind: 'sweep', pagesPerSecond: 800, startMiB: 2048, sizeMiB: 64 },
      ],
      clients: everyKind,
    }),
    vm('db-01', 'node1', 8192, {
      volume: db,
      writers: [{ kind: 'power-law', pagesPerSecond: 6000, startMiB: 1024, sizeMiB: 4096 }],
      clients: everyKind,
    }),
    vm('app-01', 'node3', 6144, {
      volume: app,
      writers: [{ kind: 'uniform', pagesPerSecond: 2000, startMiB: 512, sizeMiB: 1024 }],
      clients: everyKind,
    }),
  ];
}

function lun(number: number, owner: string) {
  return { id: `lun${number}`, name: `LUN ${number}`, kind: 'cluster-disk' as const, owner };
}

export const oneLun: PresetFile = {
  id: 'one-lun',
  goal: 'A LUN has one owner, so moving web-01 takes db-01 along.',
  file: {
    migrascope: 1,
    title: 'Two VMs on one LUN: one cannot move alone',
    nodes: numberedNodes(3),
    volumes: [lun(1, 'node1'), lun(2, 'node3')],
    vms: vmsOn('lun1', 'lun1', 'lun2'),
  },
};

export const ownLuns: PresetFile = {
  id: 'own-luns',
  goal: 'Each VM has a LUN of its own, so it moves alone and its LUN moves with it.',
  file: {
    migrascope: 1,
    title: 'One LUN per VM: each moves alone',
    nodes: numberedNodes(3),
    volumes: [lun(1, 'node1'), lun(2, 'node1'), lun(3, 'node3')],
    vms: vmsOn('lun1', 'lun2', 'lun3'),
  },
};

export const sharedVolume: PresetFile = {
  id: 'shared-volume',
  goal: 'Every node can use the volume, so web-01 moves alone and the volume stays where it is.',
  file: {
    migrascope: 1,
    title: 'Cluster Shared Volume: only the VM moves',
    ...threeNodes(),
    vms: vmsOn('csv1', 'csv1', 'csv1'),
  },
};
