import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { Scenario } from '../../../src/engine/scenario.ts';
import type { FrameSummary } from '../../../src/protocol/frameSummary.ts';
import type { MigrationRow } from '../../../src/protocol/runInfo.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { sentence } from '../../../src/state/sentence.ts';
import {
  changed,
  eventRow,
  phaseRow,
  quickMigrationRow,
  runOf,
  SECOND,
  summaryOf,
} from '../../support/fakeSession.ts';

const { scenario: plain } = at(
  presets.filter(({ id }) => id === 'one-lun'),
  0,
);

/** web-01 is asked for; db-01 lies on the same LUN. */
const scenario: Scenario = {
  ...plain,
  commands: [{ do: 'quick-migrate', vm: 'web01', to: 'node2', atMs: 0 }],
};

const DB = 1;

const dbRow = quickMigrationRow({
  id: 1,
  vm: DB,
  endedNs: 40 * SECOND,
  resumedNs: 40 * SECOND,
  phases: [
    phaseRow('saving', 0, 20),
    phaseRow('saved', 20, 20),
    phaseRow('disk-move', 20, 23),
    phaseRow('restoring', 23, 40),
  ],
});

const webRow = quickMigrationRow({
  phases: [
    phaseRow('saving', 0, 14.5),
    phaseRow('saved', 14.5, 20),
    phaseRow('disk-move', 20, 23),
    phaseRow('restoring', 23, 32),
  ],
});

const events = [
  eventRow('save-started', 0, 'Node 1 saves web-01'),
  eventRow('save-started', 0, 'Node 1 saves db-01', DB),
  eventRow('restore-started', 0, 'Node 2 reads web-01 back'),
  eventRow('state-saved', 14.5, 'web-01 is saved: it is in a file'),
  eventRow('volume-move-started', 20, 'LUN 1 moves to Node 2: a disk has one owner'),
  eventRow('restore-started', 23, 'Node 2 reads web-01 back'),
  eventRow('vm-resumed', 32, 'web-01 runs on Node 2 after an outage of 32.0 s'),
];

function textAt(
  seconds: number,
  vm = 0,
  migrations: readonly MigrationRow[] = [webRow, dbRow],
  more: Partial<FrameSummary> = {},
) {
  const run = runOf(scenario, { migrations: [...migrations], events });
  const summary = summaryOf(scenario, { timeNs: seconds * SECOND, ...more });
  return sentence(run, summary, scenario, vm);
}

describe('the sentence of a quick migration', () => {
  it.each([
    [1, 'Node 1 saves web-01. Clients get no answer.'],
    [15, 'web-01 is saved: it is in a file. LUN 1 moves when db-01 is saved too.'],
    [21, 'LUN 1 moves to Node 2: a disk has one owner. db-01 lies on it too.'],
    [24, 'Node 2 reads web-01 back.'],
    [
      35,
      'web-01 runs on Node 2 after an outage of 32.0 s. No connection is lost. db-01 is not back yet. Both memories are the same.',
    ],
    [
      60,
      'web-01 runs on Node 2 after an outage of 32.0 s. No connection is lost. db-01 was out for 40.0\u00a0s. Both memories are the same.',
    ],
  ])('at %s s: %s', (seconds, text) => {
    expect(textAt(seconds).text).toBe(text);
  });

  it('says why a VM goes along that nobody asked for', () => {
    expect(textAt(1, DB).text).toBe(
      'Node 1 saves db-01. It has to go along: LUN 1 can have one owner only.',
    );
    expect(textAt(1, DB).over).toBe('Quick migration of db-01 from Node 1 to Node 2');
  });

  it('names nobody else when the VM is alone on its disk', () => {
    expect(textAt(21, 0, [webRow]).text).toBe('LUN 1 moves to Node 2: a disk has one owner.');
  });

  it('counts the clients that lost their connection', () => {
    const { clients } = summaryOf(scenario);
    const reset = changed(clients, 0, { kept: 0 });
    expect(textAt(60, 0, [webRow], { clients: reset }).text).toMatch(
      / 12 of 24 connections are lost\./,
    );
  });

  it('names the pages that are not as they were saved', () => {
    expect(textAt(60, 0, [{ ...webRow, differingPages: 2 }]).text).toMatch(
      /2 pages differ between the two memories\.$/,
    );
  });

  it('of a VM that was saved before a failure says that nothing is lost', () => {
    const restore = quickMigrationRow({
      cause: 'failover',
      phases: [phaseRow('restoring', 0, 16)],
    });
    expect(textAt(1, 0, [restore]).text).toBe('Node 2 reads web-01 back. Nothing is lost.');
    expect(textAt(1, 0, [restore]).over).toBe('Failover of web-01 to Node 2');
  });

  it('of others that are read back after a failure says only that they are back: they were out for longer', () => {
    const rows = [0, DB].map((vm) => quickMigrationRow({ id: vm, vm, cause: 'failover' }));
    expect(textAt(60, 0, rows).text).toContain('db-01 is back too.');
  });

  it('has short forms for narrow screens', () => {
    expect(textAt(15).short).toBe('web-01 is saved.');
    expect(textAt(21).short).toBe('LUN 1 moves to Node 2.');
  });

  it('is told at once in every phase in which something new begins', () => {
    expect([1, 15, 21, 24, 60].map((seconds) => textAt(seconds).urgent)).toEqual([
      true,
      false,
      true,
      true,
      true,
    ]);
  });
});

describe('the sentence of a drained node', () => {
  it('says which place in line a VM has', () => {
    const waiting = { method: 'live', cause: 'drain', startedNs: null, endedNs: null } as const;
    const rows = [
      quickMigrationRow({ ...waiting, vm: 2, startedNs: 0 }),
      quickMigrationRow({ ...waiting, id: 1, vm: DB, phases: [] }),
      quickMigrationRow({ ...waiting, id: 2, vm: 0, phases: [] }),
    ];
    expect(textAt(5, 0, rows).text).toBe('web-01 keeps running and is 2nd in line.');
    expect(textAt(5, 0, rows).over).toBe(
      'Live migration of web-01 from Node 1, which is drained, to Node 2',
    );
  });

  it('gives the reason for a VM that fits nowhere', () => {
    const why = 'web-01 fits nowhere else: web-01 needs 4 GB, Node 2 has 1 GB free';
    const events = [eventRow('drain-blocked', 3, why)];
    const run = runOf(scenario, { events });
    const { text } = sentence(run, summaryOf(scenario, { timeNs: 4 * SECOND }), scenario, 0);
    expect(text).toBe(`${why}. web-01 keeps running.`);
  });
});
