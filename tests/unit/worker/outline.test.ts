/** A whole run without its memories. */
import { expect, test } from 'vitest';
import { parse } from 'valibot';
import { simulate } from '../../../src/engine/recording/simulate.ts';
import { simAnswerSchema } from '../../../src/protocol/messages.ts';
import { outlineOf } from '../../../src/worker/outline.ts';
import { cluster, crashNode, cutStoragePath, quickMigrate } from '../../support/clusterBuilder.ts';

const MS = 1_000_000;
const vm = { memoryMiB: 1024 };
const scenario = cluster({
  nodes: [4096, 4096, 4096],
  volumes: [{ kind: 'cluster-disk' }],
  vms: [vm, vm],
  commands: [quickMigrate(1000)],
});

test('has the cluster between any two changes, in order', () => {
  const { moments, run } = outlineOf(scenario);
  // 16 s in all from 1 s on: 6.5 s to save both, 3 s for the disk, 6.5 s to read them back.
  expect(
    moments.map(({ fromNs, vms }) => `${fromNs / MS} ${vms.map(({ status }) => status).join()}`),
  ).toEqual([
    '0 running,running',
    '1000 paused,paused',
    '7500 saved,saved',
    '10500 restoring,restoring',
    '17000 running,running',
  ]);
  expect(moments.map(({ volumes }) => volumes[0]?.owner)).toEqual([0, 0, 0, 1, 1]);
  expect(moments[2]?.volumes[0]?.change).toMatchObject({ why: 'move', to: 1, endNs: 10_500 * MS });
  expect(run.reportDigest).toBe(simulate(scenario).digest);
});

test('says how every node reaches a volume', () => {
  const shared = cluster({
    nodes: [4096, 4096, 4096],
    commands: [cutStoragePath(500, 'node3'), crashNode(1000, 'node1')],
  });
  const access = outlineOf(shared).moments.map(({ volumes }) => volumes[0]?.access.join());
  expect(access.slice(0, 4)).toEqual([
    'direct,direct,direct',
    'direct,direct,redirected',
    'none,stalled,stalled',
    'none,direct,redirected',
  ]);
});

test('fits its message', () => {
  const answer = { type: 'outlined', requestId: 3, outline: outlineOf(scenario, 1) };
  expect(parse(simAnswerSchema, answer)).toEqual(answer);
});
