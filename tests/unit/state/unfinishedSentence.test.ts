/** The heading where a move is not over when the time of the run is up, and in rounds that share a row of the record. */
import { expect, test } from 'vitest';
import type { Scenario } from '../../../src/engine/scenario.ts';
import type { MigrationRow } from '../../../src/protocol/runInfo.ts';
import { sentence } from '../../../src/state/sentence.ts';
import { longMigrationOf, thinnedMigrationOf } from '../../support/chartRows.ts';
import { runOf, SECOND, summaryOf } from '../../support/fakeSession.ts';
import { at } from '../../../src/base/assert.ts';
import { presets } from '../../../src/scenario/presets.ts';

const scenario: Scenario = at(presets, 0).scenario;

function told(row: MigrationRow, second: number): string {
  const phases = row.phases.filter(({ name }) => name === 'round');
  const migration: MigrationRow = {
    ...row,
    phases,
    outcome: 'running',
    endedNs: null,
    stopReason: null,
    pausedNs: null,
    resumedNs: null,
  };
  const endNs = phases.at(-1)!.endNs!;
  const run = runOf(scenario, { migrations: [migration], complete: true, endNs });
  const summary = summaryOf(scenario, { timeNs: second * SECOND });
  return sentence(run, summary, scenario, 0).text.replaceAll('\u00a0', ' ');
}

test('says so at the end of a run in the middle of a move, and what came of the rounds', () => {
  expect(told(longMigrationOf(1919), 1919)).toBe(
    'This run ends in round 1,919, after 1,919.0 s: web-01 still runs on Node 1. ' +
      'Round 2 left 9,000 pages, round 1,919 left 9,000 pages.',
  );
  expect(told(longMigrationOf(3), 3)).toBe(
    'This run ends in round 3, after 3.0 s: web-01 still runs on Node 1.',
  );
});

test('does not know of that end before it is shown', () => {
  expect(told(longMigrationOf(1919), 1900)).not.toMatch(/This run ends/);
});

test('tells of rounds that share a row what they have in common', () => {
  expect(told(thinnedMigrationOf(100_000), 50_000)).toBe(
    'Rounds 49,965 to 50,220 send 10,000 pages each on average. web-01 keeps running.',
  );
});
