import { csv, everyKind, numberedNodes, vm, type PresetFile } from './threeNodes.ts';

/** Two nodes and the witness are three votes, and two of them are a majority. Source: facts D4. */
export const quorum: PresetFile = {
  id: 'quorum',
  goal: 'The disk witness has a vote too, so one node of two goes on alone as long as it reaches the witness.',
  first: {
    act: { do: 'crash-node', node: 'node1' },
    watch: 'whether the other node may go on alone',
  },
  file: {
    migrascope: 1,
    title: 'Quorum: two nodes and a disk witness',
    nodes: numberedNodes(2),
    volumes: [csv],
    vms: [
      vm('web-01', 'node1', 4096, {
        writers: [{ kind: 'uniform', pagesPerSecond: 2500, startMiB: 512, sizeMiB: 768 }],
        clients: everyKind,
      }),
      vm('db-01', 'node2', 8192, {
        writers: [{ kind: 'power-law', pagesPerSecond: 5000, startMiB: 1024, sizeMiB: 4096 }],
        clients: everyKind,
      }),
    ],
    failover: { quorum: 'node-and-disk-majority' },
  },
};
