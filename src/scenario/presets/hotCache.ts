import { pings, threeNodes, vm, type PresetFile } from './threeNodes.ts';

/**
 * 200 MiB/s of writes in 1 GiB, against 110 MiB/s of network. They go through it in order, so every pass of 9.3 s
 * changes the whole gigabyte.
 */
export const hotCache: PresetFile = {
  id: 'hot-cache',
  goal: 'The cache changes the same gigabyte in every round, so more rounds do not help.',
  file: {
    migrascope: 1,
    title: 'Hot cache: the same gigabyte again',
    ...threeNodes(),
    vms: [
      vm('cache-01', 'node1', 4096, {
        writers: [{ kind: 'sweep', pagesPerSecond: 200 * 256, startMiB: 1536, sizeMiB: 1024 }],
        clients: pings,
      }),
    ],
    network: { migrationMBps: 115.34 },
  },
};
