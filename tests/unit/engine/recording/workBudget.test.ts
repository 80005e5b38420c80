import { describe, expect, it } from 'vitest';
import { NS_PER_MS } from '../../../../src/base/units.ts';
import { KeyframeStore } from '../../../../src/engine/recording/keyframeStore.ts';
import { RunAhead } from '../../../../src/engine/recording/runAhead.ts';
import { RunRecord } from '../../../../src/engine/recording/runRecord.ts';
import { WorkBudget } from '../../../../src/engine/recording/workBudget.ts';
import { stateDigest } from '../../../../src/engine/stateDigest.ts';
import { parseScenarioValue } from '../../../../src/scenario/parse.ts';

/** Each round counts twice 16,777,216 writes; a quarter of them is drawn. */
const endless = {
  migrascope: 1,
  vms: [{ memoryMiB: 64, writers: Array(2).fill({ pagesPerSecond: 1e8, sizeMiB: 1 }) }],
  network: { migrationMBps: 0.1 },
  liveMigration: { maxRounds: 1000, stopBelowMs: 0 },
  commands: [{ do: 'live-migrate', vm: 'vm1', to: 'node2' }],
  untilMs: 1e9,
};

/** A round that leaves out what was written meanwhile ends long before its plan says. */
const skipping = {
  ...endless,
  vms: [{ memoryMiB: 64, writers: [{ pagesPerSecond: 3000, sizeMiB: 64 }] }],
  network: { migrationMBps: 10 },
  liveMigration: { ...endless.liveMigration, tracking: 'skip-redirtied' },
};

function runOf(work: number, file: object = endless, most = 1.2e8): RunAhead {
  const result = parseScenarioValue(file);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  const record = new RunRecord(new Map(), new WorkBudget(most));
  const run = new RunAhead(result.scenario, new KeyframeStore(0), record);
  while (!run.complete) run.advance(work);
  return run;
}

describe('a run that takes too much work', () => {
  it('[RE6] ends at the end of a pass, says so, and ends there in any slicing', () => {
    const runs = [Infinity, 40_000_000].map((work) => runOf(work));
    const seen = runs.map(({ simulation, record, timeNs }) => {
      const [migration] = record.migrations;
      const rounds = migration?.phases.filter(({ name }) => name === 'round') ?? [];
      const { atNs, kind } = record.events.at(-1) ?? {};
      expect({ atNs, kind }).toEqual({ atNs: timeNs, kind: 'run-spent' });
      expect(record.events.filter((event) => event.kind === 'run-spent')).toHaveLength(1);
      expect(migration?.outcome).toBe('running');
      expect(rounds.at(-2)?.endNs).toBe(timeNs);
      return { timeNs, rounds: rounds.length, digest: stateDigest(simulation) };
    });
    expect(seen[1]).toEqual(seen[0]);
    // 1.2 x 10^8 divided by 2 x 2^24: the fourth round is the last, and a fifth has begun.
    expect(seen[0]?.rounds).toBe(5);
    expect(seen[0]?.timeNs).toBeLessThan(1e9 * NS_PER_MS);
  }, 60_000);

  it('[RE6] ends there too where a round is over before the end that was planned', () => {
    const runs = [Infinity, 1000].map((work) => runOf(work, skipping, 2e6));
    const ends = runs.map(({ simulation, record, timeNs }) => {
      const rounds = record.migrations[0]?.phases.filter(({ name }) => name === 'round') ?? [];
      const [last, next] = rounds.slice(-2);
      if (last === undefined || last.endNs === null) throw new Error('no round has ended');
      expect(last.endNs).toBeLessThan(last.startNs + last.plannedNs);
      expect(record.isSpent).toBe(true);
      // Nothing comes after it: what begins then begins at this instant.
      expect(timeNs).toBe(last.endNs);
      expect(next).toMatchObject({ startNs: timeNs, endNs: null });
      return { timeNs, rounds: rounds.length, digest: stateDigest(simulation) };
    });
    expect(ends[1]).toEqual(ends[0]);
  });
});
