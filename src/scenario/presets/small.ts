import { pings, threeNodes, vm, type PresetFile } from './threeNodes.ts';

/** Short enough to follow every page: 4,096 pages, half a second of network. */
export const small: PresetFile = {
  id: 'small',
  goal: 'The VM has 4,096 pages, so you can follow a single one from source to target.',
  file: {
    migrascope: 1,
    title: 'Small: 16 MB in a second',
    ...threeNodes(),
    vms: [
      vm('tiny-01', 'node1', 16, {
        writers: [
          { kind: 'uniform', pagesPerSecond: 2400, startMiB: 4, sizeMiB: 6 },
          { kind: 'sweep', pagesPerSecond: 600, startMiB: 12, sizeMiB: 2 },
        ],
        clients: pings,
      }),
    ],
    network: { migrationMBps: 30 },
    liveMigration: { setupMs: 200, deviceStateMB: 0.1, stopBelowMs: 2, resumeMs: 50 },
  },
};
