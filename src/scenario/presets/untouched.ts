import { pings, threeNodes, vm, type PresetFile } from './threeNodes.ts';

export const untouched: PresetFile = {
  id: 'untouched',
  goal: 'Only 1.5 GB of the 8 GB hold something, so round 1 announces the rest in a few bytes and copies none of it.',
  file: {
    migrascope: 1,
    title: 'Mostly untouched: 1.5 of 8 GB hold something',
    ...threeNodes(),
    vms: [
      vm('dev-01', 'node1', 8192, {
        touchedMiB: 1536,
        writers: [
          {
            kind: 'hot',
            pagesPerSecond: 8000,
            startMiB: 128,
            sizeMiB: 512,
            hotShare: 0.6,
            hotMiB: 32,
          },
          { kind: 'uniform', pagesPerSecond: 2000, startMiB: 896, sizeMiB: 384 },
        ],
        clients: pings,
      }),
    ],
  },
};
