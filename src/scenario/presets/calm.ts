import { everyKind, threeNodes, vm, type PresetFile } from './threeNodes.ts';

/**
 * The working set is chosen so that the map looks like that of a real server (a busy cache, a heap, a few
 * logs), and so that every round has less to send than the one before.
 */
export const calm: PresetFile = {
  id: 'calm',
  goal: 'Each round has less to send than the one before, so the blackout is short.',
  file: {
    migrascope: 1,
    title: 'Calm web server',
    ...threeNodes(),
    vms: [
      vm('web-01', 'node1', 4096, {
        writers: [
          {
            kind: 'hot',
            pagesPerSecond: 5500,
            startMiB: 192,
            sizeMiB: 256,
            hotShare: 0.7,
            hotMiB: 24,
          },
          { kind: 'sweep', pagesPerSecond: 1000, startMiB: 640, sizeMiB: 64 },
          { kind: 'uniform', pagesPerSecond: 1600, startMiB: 1024, sizeMiB: 1024 },
          { kind: 'sweep', pagesPerSecond: 3400, startMiB: 2304, sizeMiB: 128 },
          { kind: 'sweep', pagesPerSecond: 2800, startMiB: 2816, sizeMiB: 96 },
          { kind: 'sweep', pagesPerSecond: 1700, startMiB: 3520, sizeMiB: 48 },
        ],
        clients: everyKind,
      }),
      vm('db-01', 'node1', 8192, {
        writers: [
          { kind: 'power-law', pagesPerSecond: 9000, startMiB: 1024, sizeMiB: 6144, exponent: 1.5 },
        ],
      }),
      vm('file-01', 'node1', 2048, {
        writers: [{ kind: 'sweep', pagesPerSecond: 2000, startMiB: 512, sizeMiB: 256 }],
      }),
      vm('mail-01', 'node2', 8192, {
        writers: [
          { kind: 'hot', pagesPerSecond: 4000, startMiB: 512, sizeMiB: 4096, hotMiB: 64 },
          { kind: 'sweep', pagesPerSecond: 500, startMiB: 6144, sizeMiB: 128 },
        ],
      }),
      vm('app-01', 'node3', 6144, {
        writers: [{ kind: 'uniform', pagesPerSecond: 3000, startMiB: 256, sizeMiB: 1536 }],
      }),
    ],
  },
};
