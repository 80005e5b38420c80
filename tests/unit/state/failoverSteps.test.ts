/** Steps after a crash, from the events of real runs. */
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../src/engine/scenario.ts';
import { failoverSteps } from '../../../src/state/failoverSteps.ts';
import { outlineOf } from '../../../src/worker/outline.ts';
import {
  cluster,
  crashNode,
  cutStoragePath,
  quickMigrate,
  repairNode,
} from '../../support/clusterBuilder.ts';

const S = 1_000_000_000;
const nodes = [4096, 4096, 4096];

/** `label seconds` for each step after the last crash by `seconds`. */
function stepsAt(scenario: Scenario, seconds: number): string[] | null {
  const { run } = outlineOf(scenario);
  const steps = failoverSteps(run, 0, seconds * S);
  return steps?.map(({ label, startNs, endNs }) => `${label} ${(endNs - startNs) / S}`) ?? null;
}

describe('steps after a crash', () => {
  const disk = cluster({
    nodes,
    volumes: [{ kind: 'cluster-disk' }],
    commands: [crashNode(1000, 'node1'), repairNode(100_000, 'node1')],
  });

  it('are told apart by what the cluster does: 5 s, 2 s, 3 s, 1 s, 60 s', () => {
    expect(stepsAt(disk, 0.9)).toBeNull();
    expect(stepsAt(disk, 1)).toEqual([
      'Not noticed 5',
      'Regroup 2',
      'Take-over 3',
      'Configuration 1',
      'Boot 60',
      'Runs again 28',
    ]);
  });

  it('have no disk to take over on a CSV, and nobody to miss after a cut path', () => {
    const csv = {
      ...disk,
      volumes: disk.volumes.map((volume) => ({ ...volume, kind: 'csv' as const })),
    };
    expect(stepsAt(csv, 1)?.slice(0, 4)).toEqual([
      'Not noticed 5',
      'Regroup 2',
      'Configuration 1',
      'Boot 60',
    ]);
    const cut = { ...disk, commands: [cutStoragePath(1000, 'node1')] };
    expect(stepsAt(cut, 2)).toEqual(['Take-over 3', 'Configuration 1', 'Boot 60']);
  });

  it('wait for quorum', () => {
    const lost = {
      ...disk,
      commands: [crashNode(0, 'node1'), crashNode(0, 'node2'), repairNode(20_000, 'node2')],
    };
    expect(stepsAt(lost, 3)).toEqual([
      'Not noticed 5',
      'Regroup 2',
      'No quorum 13',
      'Take-over 3',
      'Configuration 1',
      'Boot 60',
    ]);
  });

  it('end where the VM is moved again', () => {
    const moved = {
      ...disk,
      commands: [crashNode(0, 'node1'), quickMigrate(80_000, 'vm1', 'node3')],
    };
    expect(stepsAt(moved, 1)?.at(-1)).toBe('Runs again 9');
  });
});
