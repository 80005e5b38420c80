import { pings, threeNodes, vm, type PresetFile } from './threeNodes.ts';

/** 64 GB is the most a guest of 2008 R2 can have (facts A2); 1,100 MB/s is 10 Gbit/s (facts I). */
export const bigCalm: PresetFile = {
  id: 'big-calm',
  goal: 'Sixteen times the memory takes longer to copy, but the blackout stays as short as with a small VM.',
  file: {
    migrascope: 1,
    title: 'Big but calm: 64 GB on a fast network',
    ...threeNodes(131_072),
    vms: [
      vm('erp-01', 'node1', 65_536, {
        writers: [
          {
            kind: 'hot',
            pagesPerSecond: 20_000,
            startMiB: 4096,
            sizeMiB: 8192,
            hotShare: 0.7,
            hotMiB: 64,
          },
          { kind: 'uniform', pagesPerSecond: 8000, startMiB: 20_480, sizeMiB: 12_288 },
          { kind: 'sweep', pagesPerSecond: 4000, startMiB: 49_152, sizeMiB: 1024 },
        ],
        clients: pings,
      }),
      vm('web-01', 'node2', 4096),
    ],
    network: { migrationMBps: 1100 },
  },
};
