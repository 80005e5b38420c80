/** Scenario files for tests of the format: a small valid one, and what is changed in it. */
import type { Scenario } from '../../src/engine/scenario.ts';
import { parseScenarioValue } from '../../src/scenario/parse.ts';
import type { ScenarioInput } from '../../src/scenario/schema.ts';

/**
 * Two nodes, one CSV, one VM of 64 MiB that one writer writes to, and its live migration.
 *
 *     node1 [ vm1 ]  ->  node2 [     ]
 *          \___ csv1 ___/
 */
export function smallFile(): ScenarioInput {
  return {
    migrascope: 1,
    title: 'Small',
    nodes: [{ id: 'node1' }, { id: 'node2' }],
    volumes: [{ id: 'csv1', kind: 'csv', owner: 'node1' }],
    vms: [
      {
        id: 'vm1',
        node: 'node1',
        volume: 'csv1',
        memoryMiB: 64,
        writers: [{ kind: 'sweep', pagesPerSecond: 2000, sizeMiB: 16 }],
        clients: [{ kind: 'ping', count: 1, requestEveryMs: 300 }],
      },
    ],
    commands: [{ atMs: 0, do: 'live-migrate', vm: 'vm1', to: 'node2' }],
    untilMs: 60_000,
  };
}

/** @throws Error with all problems when the small file with these keys instead of its own is no scenario. */
export function smallScenario(changes: Partial<ScenarioInput> = {}): Scenario {
  const result = parseScenarioValue({ ...smallFile(), ...changes });
  if (result.ok) return result.scenario;
  throw new Error(result.problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
}
