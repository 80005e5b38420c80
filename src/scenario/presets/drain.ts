import { everyKind, threeNodes, vm, type PresetFile } from './threeNodes.ts';

/**
 * Node 1 is full: three calm VMs of 4 GB and one of 20 GB. Node 2 and Node 3 have 16 GB free each, so the large one
 * fits nowhere. A node takes part in one live migration at a time, as in 2008 R2. Source: facts A2.
 */
export const drain: PresetFile = {
  id: 'drain',
  goal: 'The VMs of Node 1 leave one after the other, and the one that fits nowhere else stays and is named with the reason.',
  first: {
    act: { do: 'drain-node', node: 'node1' },
    watch: 'its VMs leave one after the other',
  },
  file: {
    migrascope: 1,
    title: 'Drain a node: one VM after the other',
    ...threeNodes(),
    vms: [
      vm('web-01', 'node1', 4096, {
        writers: [{ kind: 'uniform', pagesPerSecond: 2500, startMiB: 512, sizeMiB: 768 }],
        clients: everyKind,
      }),
      vm('web-02', 'node1', 4096, {
        writers: [{ kind: 'hot', pagesPerSecond: 4000, startMiB: 256, sizeMiB: 1024, hotMiB: 32 }],
        clients: everyKind,
      }),
      vm('file-01', 'node1', 4096, {
        writers: [{ kind: 'sweep', pagesPerSecond: 1500, startMiB: 1024, sizeMiB: 512 }],
        clients: everyKind,
      }),
      vm('erp-01', 'node1', 20_480, {
        writers: [{ kind: 'uniform', pagesPerSecond: 4000, startMiB: 2048, sizeMiB: 4096 }],
        clients: everyKind,
      }),
      vm('mail-01', 'node2', 16_384, { clients: everyKind }),
      vm('db-01', 'node3', 16_384, { clients: everyKind }),
    ],
  },
};
