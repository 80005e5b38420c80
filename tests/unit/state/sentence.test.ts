import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { MigrationRow, RunInfo } from '../../../src/protocol/messages.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { sentence } from '../../../src/state/sentence.ts';
import {
  calmMigration,
  eventRow,
  phaseRow,
  runOf,
  SECOND,
  summaryOf,
} from '../../support/fakeSession.ts';

const { scenario } = at(presets, 0);

function textAt(
  seconds: number,
  migration: Partial<MigrationRow> = {},
  run: Partial<RunInfo> = {},
) {
  const info = runOf(scenario, { migrations: [calmMigration(migration)], ...run });
  return sentence(info, summaryOf(scenario, { timeNs: seconds * SECOND }), scenario, 0);
}

// Plain, short, active, in the present tense, with the numbers of the run. `\u00a0` keeps a unit with its number.
describe('the sentence', () => {
  it('says before anything happens where the VM runs and whom it serves', () => {
    const { text, over } = sentence(null, null, scenario, 0);
    expect(text).toBe(
      'web-01 runs on Node 1 and serves 27 clients. Live-migrate it and watch its memory go across.',
    );
    expect(over).toBe('Calm web server');
  });

  it('leaves clients out when a VM has none', () => {
    expect(sentence(null, null, scenario, 1).text).toMatch(/^db-01 runs on Node 1\. /);
  });

  it.each([
    [0.1, 'Set-up: Node 1 connects to Node 2 and sends the configuration of web-01.'],
    [
      1,
      'Set-up: Node 2 creates an empty web-01 and reserves 4\u00a0GB. web-01 keeps running on Node 1.',
    ],
    [10, 'Round 1: Node 1 sends all 1,048,576 pages of web-01 to Node 2. web-01 keeps running.'],
    [
      40,
      'Round 2: Node 1 re-sends the 178,867 pages that web-01 changed during round 1. web-01 keeps running.',
    ],
    [
      45.3,
      'Round 3: Node 1 re-sends the 64,414 pages that web-01 changed during round 2. web-01 keeps running.',
    ],
    [
      48.1,
      'Blackout: 3,679 pages are left, few enough to stop. web-01 is paused while they go across.',
    ],
    [48.5, 'web-01 runs on Node 2 after a blackout of 0.18\u00a0s. Node 1 deletes its copy.'],
    [
      60,
      'web-01 runs on Node 2. It moved in 49.1\u00a0s, its clients waited 0.18\u00a0s. Both memories are the same.',
    ],
  ])('at %s s: %s', (seconds, text) => {
    expect(textAt(seconds).text).toBe(text);
  });

  it('counts the time in the queue apart from the move', () => {
    expect(textAt(60, { startedNs: 8 * SECOND }).text).toContain(
      'It moved in 41.1\u00a0s after 8.0\u00a0s in the queue',
    );
  });

  it('has a short form for narrow screens', () => {
    expect(textAt(45.3).short).toBe('Round 3: re-sending the 64,414 pages that changed.');
  });

  it('tells the parts of the blackout apart, and only its beginning is urgent', () => {
    const parts = [48.06, 48.2, 48.22].map((seconds) => textAt(seconds));
    expect(new Set(parts.map(({ text }) => text)).size).toBe(3);
    for (const { text } of parts) expect(text).toMatch(/^Blackout: /);
    expect(parts.map(({ urgent }) => urgent)).toEqual([true, false, false]);
  });

  it('says why the blackout is long after the round limit', () => {
    const phases = [
      ...Array.from({ length: 10 }, (_, i) => phaseRow('round', i, i + 1, { number: i + 1 })),
      phaseRow('stop-and-copy', 10, 14, { pagesToSend: 110_008 }),
    ];
    const migration = { phases, stopReason: 'round-limit' as const, endedNs: null };
    expect(textAt(12, migration).text).toBe(
      'After 10 rounds 110,008 pages are still dirty, so the blackout is long.',
    );
  });

  it('names the volume that moves inside the blackout', () => {
    const phases = [phaseRow('storage', 10, 13)];
    expect(textAt(12, { phases, endedNs: null }).text).toBe(
      'Blackout: Cluster Shared Volume 1 moves to Node 2. web-01 waits for its disk.',
    );
  });

  it('says what a waiting VM waits for', () => {
    const events = [eventRow('migration-queued', 0, 'web-01 waits: Node 2 takes part in a move')];
    expect(textAt(1, { phases: [], endedNs: null }, { events }).text).toBe(
      'web-01 waits: Node 2 takes part in a move.',
    );
  });

  it('says in which round a migration was cancelled, and that nothing is lost', () => {
    const phases = [phaseRow('round', 0, 3, { number: 1 }), phaseRow('round', 3, 5, { number: 2 })];
    const cancelled = { phases, outcome: 'cancelled' as const, endedNs: 5 * SECOND };
    expect(textAt(6, cancelled).text).toBe(
      'The live migration was cancelled in round 2. web-01 still runs on Node 1, nothing is lost.',
    );
  });

  it('does not know of the end before it is shown', () => {
    const cancelled = { outcome: 'cancelled' as const, endedNs: 47 * SECOND };
    expect(textAt(45.3, cancelled).text).toMatch(/^Round 3/);
  });

  it('gives the reason of a refusal', () => {
    const events = [eventRow('command-refused', 0, 'web-01 needs 4 GB, Node 3 has 1 GB free')];
    expect(textAt(1, {}, { migrations: [], events }).text).toBe(
      'Not possible: web-01 needs 4 GB, Node 3 has 1 GB free.',
    );
  });

  it('says how many pages differ if they do', () => {
    expect(textAt(60, { differingPages: 1 }).text).toMatch(
      /1 page differs between the two memories\.$/,
    );
  });

  it('calls pages that hold nothing by what they are', () => {
    const phases = [phaseRow('round', 0, 9, { number: 1, pagesToSend: 393_216 })];
    expect(textAt(1, { phases }).text).toMatch(
      /sends the 393,216 pages of web-01 that hold something/,
    );
  });
});
