import { everyKind, threeNodes, vm, type PresetFile } from './threeNodes.ts';

/**
 * Any one node may crash: all VMs need 24 GB, and two nodes have 64 GB. Node 1 is the coordinator too, so its crash
 * makes the others wait. Source: facts C4, D5.
 */
export const failover: PresetFile = {
  id: 'failover',
  goal: 'The VMs of a crashed node start again on the others from their disks, and what was only in memory is lost.',
  first: {
    act: { do: 'crash-node', node: 'node1' },
    watch: 'its VMs start again on the others',
  },
  file: {
    migrascope: 1,
    title: 'Crash a node: its VMs start again elsewhere',
    ...threeNodes(),
    vms: [
      vm('web-01', 'node1', 4096, {
        writers: [
          { kind: 'hot', pagesPerSecond: 4000, startMiB: 256, sizeMiB: 512, hotMiB: 32 },
          { kind: 'sweep', pagesPerSecond: 800, startMiB: 2048, sizeMiB: 64 },
        ],
        clients: everyKind,
      }),
      vm('db-01', 'node1', 8192, {
        writers: [{ kind: 'power-law', pagesPerSecond: 6000, startMiB: 1024, sizeMiB: 4096 }],
        clients: everyKind,
      }),
      vm('mail-01', 'node2', 8192, {
        writers: [{ kind: 'hot', pagesPerSecond: 3000, startMiB: 512, sizeMiB: 2048, hotMiB: 64 }],
        clients: everyKind,
      }),
      vm('file-01', 'node3', 4096, {
        writers: [{ kind: 'sweep', pagesPerSecond: 1500, startMiB: 512, sizeMiB: 256 }],
        clients: everyKind,
      }),
    ],
  },
};
