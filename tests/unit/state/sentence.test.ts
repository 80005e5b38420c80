import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { MigrationRow, RunInfo } from '../../../src/protocol/runInfo.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { sentence } from '../../../src/state/sentence.ts';
import {
  calmEvents,
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
  const info = runOf(scenario, {
    migrations: [calmMigration(migration)],
    events: calmEvents(),
    ...run,
  });
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
    [0.1, 'Node 1 connects to Node 2 for 0.40\u00a0s: it sends the configuration of web-01.'],
    [
      1,
      'Node 2 creates an empty web-01 and reserves 4\u00a0GB: its pages need a place. web-01 keeps running on Node 1.',
    ],
    [10, 'Round 1 sends 1,048,576 pages: all that web-01 holds. web-01 keeps running.'],
    [
      40,
      'Round 2 sends 178,867 pages: web-01 changed them during the 36.7\u00a0s of round 1. web-01 keeps running.',
    ],
    [
      45.3,
      'Round 3 sends 64,414 pages: web-01 changed them during the 6.2\u00a0s of round 2. web-01 keeps running.',
    ],
    [48.1, 'web-01 is paused: its last 3,679 pages go across while nothing changes them.'],
    [
      48.5,
      'web-01 runs on Node 2 after a blackout of 0.18\u00a0s: Node 2 tells the network that web-01 is here now.',
    ],
    [
      60,
      'web-01 moved to Node 2 with a blackout of 0.18\u00a0s: Node 1 frees 4\u00a0GB. It took 49.1\u00a0s. Both memories are the same.',
    ],
  ])('at %s s: %s', (seconds, text) => {
    expect(textAt(seconds).text).toBe(text);
  });

  it('tells the time in the queue apart from the move', () => {
    expect(textAt(60, { startedNs: 8 * SECOND }).text).toContain(
      ' It took 41.1\u00a0s after 8.0\u00a0s in line.',
    );
  });

  it('has a short form for narrow screens: what happens, without its cause', () => {
    expect(textAt(45.3).short).toBe('Round 3 sends 64,414 pages.');
  });

  it('tells the parts of the blackout apart, and only its beginning is urgent', () => {
    const parts = [48.06, 48.2, 48.22].map((seconds) => textAt(seconds));
    expect(new Set(parts.map(({ text }) => text)).size).toBe(3);
    expect(parts.map(({ urgent }) => urgent)).toEqual([true, false, false]);
  });

  it('tells rounds apart that begin together', () => {
    const phases = [1, 2].map((number) => phaseRow('round', 5, 5 + number - 1, { number }));
    const events = [1, 2].map((n) => eventRow('round-started', 5, `Round ${n} sends 0 pages: no`));
    expect(textAt(5, { phases, endedNs: null }, { events }).text).toMatch(/^Round 2 sends/);
  });

  it('says what a waiting VM waits for', () => {
    const events = [eventRow('migration-queued', 0, 'web-01 waits: Node 2 takes part in a move')];
    const waiting = { phases: [], startedNs: null, endedNs: null };
    const { text, short } = textAt(1, waiting, { events });
    expect(text).toBe(
      'web-01 waits: Node 2 takes part in a move. web-01 keeps running and is 1st in line.',
    );
    expect(short).toBe('web-01 is 1st in line.');
  });

  it('begins with the sentence of a cancellation', () => {
    const what = 'Live migration of web-01 is cancelled in round 2: it runs on Node 1 as before';
    const events = [eventRow('migration-cancelled', 5, what)];
    const cancelled = { outcome: 'cancelled' as const, endedNs: 5 * SECOND };
    expect(textAt(6, cancelled, { events }).text).toBe(`${what}.`);
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
});
