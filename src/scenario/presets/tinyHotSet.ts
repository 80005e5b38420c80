import { pings, threeNodes, vm, type PresetFile } from './threeNodes.ts';

/**
 * 500 MiB/s of writes in 40 MiB, against 110 MiB/s of network. Pre-copy stops at 50 MiB, which take 455 ms.
 */
export const tinyHotSet: PresetFile = {
  id: 'tiny-hot-set',
  goal: 'The VM writes four times as fast as the network sends, but always to the same 40 MB, so one round is enough.',
  file: {
    migrascope: 1,
    title: 'Tiny hot set: the rate is not the whole story',
    ...threeNodes(),
    vms: [
      vm('queue-01', 'node1', 4096, {
        writers: [{ kind: 'uniform', pagesPerSecond: 500 * 256, startMiB: 1280, sizeMiB: 40 }],
        clients: pings,
      }),
    ],
    network: { migrationMBps: 115.34 },
    liveMigration: { stopBelowMs: 455 },
  },
};
