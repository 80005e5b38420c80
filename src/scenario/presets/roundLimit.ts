import { pings, threeNodes, vm, type PresetFile } from './threeNodes.ts';

/** Source: facts G2 (110 MB/s of writes in order against 117 MB/s of network). */
export const roundLimit: PresetFile = {
  id: 'round-limit',
  goal: 'The database changes pages almost as fast as the network sends them, so the round limit ends the copying and the blackout is long.',
  file: {
    migrascope: 1,
    title: 'Busy database: the round limit decides',
    ...threeNodes(),
    vms: [
      vm('db-01', 'node1', 4096, {
        writers: [{ kind: 'sweep', pagesPerSecond: 110e6 / 4096 }],
        clients: pings,
      }),
      vm('web-01', 'node1', 4096),
    ],
  },
};
