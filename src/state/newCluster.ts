/** A file of its own: the first page starts anew with it, and needs no edits for that. */
import { invariant } from '../base/assert.ts';
import type { Scenario } from '../engine/scenario.ts';
import { parseScenarioValue } from '../scenario/parse.ts';

/** What a new cluster begins with: two nodes, a volume for both, one VM. Everything else as in an empty file. */
export function newCluster(): Scenario {
  const result = parseScenarioValue({
    migrascope: 1,
    title: 'My cluster',
    nodes: [
      { id: 'node1', name: 'Node 1' },
      { id: 'node2', name: 'Node 2' },
    ],
    volumes: [{ id: 'csv1', name: 'CSV 1', kind: 'csv' }],
    vms: [
      { id: 'vm1', name: 'vm-1', writers: [{ kind: 'uniform', sizeMiB: 1024 }], clients: [{}] },
    ],
  });
  invariant(result.ok, 'the new cluster is no scenario');
  return result.scenario;
}
