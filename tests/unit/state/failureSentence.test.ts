import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { FrameSummary } from '../../../src/protocol/frameSummary.ts';
import type { EventRow, MigrationRow } from '../../../src/protocol/runInfo.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { sentence } from '../../../src/state/sentence.ts';
import {
  calmEvents,
  calmMigration,
  changed,
  crashEvents,
  eventRow,
  phaseRow,
  runOf,
  SECOND,
  summaryOf,
} from '../../support/fakeSession.ts';

const { scenario } = at(
  presets.filter(({ id }) => id === 'failover'),
  0,
);
const rest = summaryOf(scenario);
const CSV = 'Cluster Shared Volume 1';

type Vm = FrameSummary['vms'][number];
type NodeRow = FrameSummary['nodes'][number];

interface Given {
  readonly vm?: number;
  readonly own?: Partial<Vm>;
  /** Node 1. */
  readonly node?: Partial<NodeRow>;
  readonly more?: Partial<FrameSummary>;
  readonly events?: readonly EventRow[];
  readonly migrations?: readonly MigrationRow[];
}

function textAt(seconds: number, given: Given = {}) {
  const { vm = 0, own = {}, node = {}, more = {}, events = [], migrations = [] } = given;
  const summary = summaryOf(scenario, {
    timeNs: seconds * SECOND,
    vms: changed(rest.vms, vm, own),
    nodes: changed(rest.nodes, 0, node),
    ...more,
  });
  const run = runOf(scenario, { events: [...events], migrations: [...migrations] });
  return sentence(run, summary, scenario, vm);
}

const crashed = { up: false, downSinceNs: 12 * SECOND, usedMiB: 0 };
const onlySecondUp = rest.nodes.map((row, node) =>
  node === 0 ? { ...row, ...crashed } : { ...row, up: node === 1 },
);
const off = { status: 'off', lostMiB: 4096 } as const;

/** So many connections of Windows and of Linux clients were never lost; a ping has none. */
function kept(windows: number, linux: number): FrameSummary['clients'] {
  return rest.clients.map((row, place) => ({
    ...row,
    kept: [windows, linux, row.count][place] ?? 0,
  }));
}

// Times: facts D2 and D5 (5 heartbeats of 1 s, 2 s to regroup), from the scenario.
describe('the sentence after a crash of the node', () => {
  it.each([
    [
      'nobody has noticed',
      13,
      { own: off, node: crashed, events: crashEvents(12) },
      'web-01 stops without warning: Node 1 is down. After 5 missed heartbeats, 5.0\u00a0s after the crash, the others act.',
    ],
    [
      'the others regroup',
      18,
      { own: off, node: crashed, events: crashEvents(12) },
      'Node 1 missed 5 heartbeats: after 5.0 s the others take it for down and regroup. Until 7.0\u00a0s after the crash Node 2 and Node 3 make sure of who is left, and the votes are counted.',
    ],
    [
      'one node is left and has not noticed',
      13,
      { own: off, more: { nodes: onlySecondUp }, events: crashEvents(12) },
      'web-01 stops without warning: Node 1 is down. After 5 missed heartbeats, 5.0\u00a0s after the crash, Node 2 acts.',
    ],
    [
      'one node is left',
      18,
      { own: off, more: { nodes: onlySecondUp }, events: crashEvents(12) },
      'Node 1 missed 5 heartbeats: after 5.0 s the others take it for down and regroup. Until 7.0\u00a0s after the crash Node 2 makes sure of who is left, and the votes are counted.',
    ],
    [
      'the configuration comes online',
      19.5,
      {
        own: { ...off, status: 'configuring', statusEndNs: 20 * SECOND, node: 2 },
        node: { ...crashed, member: false },
        events: crashEvents(12),
      },
      'web-01 comes online on Node 3: Node 3 has the most memory free, 26 GB. Configuration first, until 8.0\u00a0s after the crash.',
    ],
    [
      'it boots',
      30,
      {
        own: { ...off, status: 'booting', statusEndNs: 80 * SECOND, node: 2 },
        node: { ...crashed, member: false },
        events: crashEvents(12),
      },
      'web-01 boots on Node 3 from its disk: its memory is gone as after a power cut. It takes until 68.0\u00a0s after the crash.',
    ],
    [
      'it runs again',
      90,
      {
        own: { lostMiB: 4096, node: 2 },
        node: { ...crashed, member: false },
        more: { clients: kept(0, 0) },
        events: crashEvents(12),
      },
      'web-01 runs again on Node 3 after 68.0\u00a0s without an answer: it has forgotten all open connections. 4\u00a0GB of memory and all connections from before are lost.',
    ],
  ] satisfies [string, number, Given, string][])('while %s', (_, seconds, given, text) => {
    const told = textAt(seconds, given);
    expect(told.text).toBe(text);
    expect(told.over).toBe('Failover of web-01');
    expect(told.urgent).toBe(true);
  });

  it.each([
    [12, 12, '4\u00a0GB of memory are lost, and no connection yet.'],
    [0, 12, '4\u00a0GB of memory and 12 of 24 connections are lost so far.'],
    [0, 0, '4\u00a0GB of memory and all connections from before are lost.'],
  ])('counts connections as its clients know them: %i and %i kept', (windows, linux, text) => {
    const own = { lostMiB: 4096, node: 2 };
    const more = { clients: kept(windows, linux) };
    expect(textAt(80, { own, more, events: crashEvents(12) }).text).toContain(text);
  });

  it('speaks of no connection where there are no clients', () => {
    const given = { own: { lostMiB: 4096, node: 2 }, more: { clients: [] } };
    expect(textAt(80, { ...given, events: crashEvents(12) }).text).toMatch(/of memory are lost\.$/);
  });

  it('says that it counts all crashes of the run', () => {
    const own = { lostMiB: 8192, node: 2 };
    const events = [...crashEvents(12), ...crashEvents(100)];
    expect(textAt(170, { own, events }).text).toMatch(/8\s?GB of memory in this run/);
  });

  it('says that a saved VM has lost nothing', () => {
    expect(
      textAt(13, { own: { status: 'saved' }, node: crashed, events: crashEvents(12) }).text,
    ).toMatch(/^Node 1 stops without warning\. web-01 was saved before\. After 5 missed/);
  });

  it('names who takes a disk over, and until when', () => {
    const change = { why: 'take-over', to: 1, startNs: 19 * SECOND, endNs: 22 * SECOND } as const;
    const volumes = changed(rest.volumes, 0, { kind: 'cluster-disk', owner: -1, change });
    const node = { ...crashed, member: false };
    const events = [eventRow('volume-move-started', 19, `Node 2 takes ${CSV} over and mounts it`)];
    expect(textAt(20, { own: off, node, more: { volumes }, events }).text).toBe(
      `Node 2 takes ${CSV} over and mounts it. web-01 waits for it until 10.0\u00a0s after the crash.`,
    );
  });

  it('says why a disk is taken over that nobody had to miss first', () => {
    const change = { why: 'take-over', to: 1, startNs: 19 * SECOND, endNs: 22 * SECOND } as const;
    const volumes = changed(rest.volumes, 0, { kind: 'cluster-disk', owner: -1, change });
    const why = 'web-01 stops without warning: Node 1 has no path to LUN 1';
    const events = [
      eventRow('vm-crashed', 19, why),
      eventRow('volume-move-started', 19, 'Node 2 takes LUN 1 over and mounts it'),
    ];
    expect(textAt(20, { own: off, more: { volumes }, events }).text).toBe(
      `${why}. Node 2 takes LUN 1 over and mounts it. web-01 waits for it until 3.0\u00a0s after the crash.`,
    );
  });

  it('gives the reason when no node can start it', () => {
    const own = { ...off, blocked: 'web-01 needs 4 GB, Node 2 has 1 GB free' };
    const why = `web-01 cannot be started: ${own.blocked}`;
    const events = [eventRow('vm-blocked', 20, why)];
    expect(textAt(30, { own, events }).text).toBe(`${why}.`);
    expect(textAt(30, { own, events }).short).toBe(`${why}.`);
    // What holds it up has changed since, and nothing was told of that.
    expect(textAt(30, { own }).text).toBe(
      'web-01 does not run. It cannot be started: web-01 needs 4 GB, Node 2 has 1 GB free.',
    );
  });

  it('waits for a disk with its memory whole', () => {
    const events = [eventRow('vm-waits-for-disk', 20, 'web-01 waits at Node 1, paused')];
    expect(textAt(30, { own: { status: 'waiting-for-disk' }, events }).text).toBe(
      `web-01 waits at Node 1, paused. web-01 goes on as soon as Node 1 has ${CSV} again.`,
    );
  });

  it('counts the votes when there is no quorum', () => {
    const quorum = { has: false, votes: 1, needed: 2, total: 3, witness: null };
    const lost = 'The cluster has no quorum and stops everything: 1 of 3 votes, 2 are needed';
    const events = [eventRow('quorum-lost', 20, lost, -1)];
    expect(textAt(30, { own: off, more: { quorum }, events }).text).toBe(
      `${lost}. Nobody may own anything, so web-01 does not run.`,
    );
    const none = { ...quorum, votes: 0 };
    expect(textAt(30, { own: off, more: { quorum: none }, events }).text).toBe(
      `${lost}. Now there are 0 of 3 votes. Nobody may own anything, so web-01 does not run.`,
    );
  });
});

describe('the sentence of a VM on another node', () => {
  const MAIL = 2;

  it('tells what happens to the nodes, and that it keeps running', () => {
    const given = { vm: MAIL, node: crashed, events: crashEvents(12) };
    expect(textAt(13, given).text).toBe('Node 1 stops without warning. mail-01 keeps running.');
    expect(textAt(18, given).text).toMatch(
      /the others take it for down and regroup\. mail-01 keeps/,
    );
  });

  it('says until when its disk does not answer after a crash of the coordinator', () => {
    const change = { why: 'take-over', to: 1, startNs: 12 * SECOND, endNs: Infinity } as const;
    const volumes = changed(rest.volumes, 0, { owner: 1, change });
    const own = { disk: 'stalled' } as const;
    const events = [eventRow('io-stalled', 12, 'The disk of mail-01 does not answer: no', MAIL)];
    expect(textAt(13, { vm: MAIL, own, node: crashed, more: { volumes }, events }).text).toBe(
      'The disk of mail-01 does not answer: no. mail-01 runs on and waits for it until 19.0\u00a0s.',
    );
  });

  it('says how long the disk did not answer', () => {
    const events = [
      eventRow('io-stalled', 12, 'The disk of mail-01 does not answer', MAIL),
      eventRow('io-resumed', 19, 'The disk of mail-01 answers again', MAIL),
    ];
    expect(textAt(20, { vm: MAIL, events }).text).toBe(
      'The disk of mail-01 answers again. It was silent for 7.0\u00a0s. mail-01 was not restarted.',
    );
  });

  it('says through whom its disk is reached', () => {
    const events = [
      eventRow('storage-path-cut', 5, 'The path of Node 2 to the storage is cut', -1),
      eventRow('io-redirected', 5, 'The disk of mail-01 is reached through Node 1 now', MAIL),
    ];
    expect(textAt(6, { vm: MAIL, events }).text).toBe(
      'The disk of mail-01 is reached through Node 1 now. mail-01 keeps running.',
    );
  });

  it('stays with the end of its move when the crash of the target broke it: nothing is lost', () => {
    const failed = calmMigration({
      outcome: 'failed',
      endedNs: 40 * SECOND,
      phases: [phaseRow('round', 1, 37, { number: 1 }), phaseRow('round', 37, 40, { number: 2 })],
    });
    const events = [
      eventRow('node-crashed', 40, 'Node 2 stops without warning', -1),
      eventRow('migration-failed', 40, 'Node 2 crashed, so the move of web-01 failed'),
      eventRow('node-down-noticed', 45, 'Node 2 missed 5 heartbeats', -1),
      eventRow('cluster-regrouped', 47, 'The cluster is Node 1 and Node 3 now: 2 of 3 votes', -1),
    ];
    const given = { events, migrations: [failed] };
    const end =
      'Node 2 crashed, so the move of web-01 failed. web-01 lost nothing; it never left Node 1.';
    for (const second of [41, 46, 60]) expect(textAt(second, given).text).toBe(end);
    expect(textAt(41, given).short).toBe(
      'Failed in round 2. web-01 lost nothing; it never left Node 1.',
    );
    // How the others deal with another crash is told: it is not what broke the move.
    const later = [
      ...events,
      eventRow('node-crashed', 70, 'Node 3 stops without warning', -1),
      eventRow('node-down-noticed', 75, 'Node 3 missed 5 heartbeats', -1),
    ];
    expect(textAt(76, { ...given, events: later }).text).toMatch(/^Node 3 missed 5 heartbeats\./);
  });

  it('tells a refusal of the whole cluster', () => {
    const events = [eventRow('command-refused', 3, 'Node 1 is down already', -1)];
    expect(textAt(4, { events }).text).toBe('Not possible: Node 1 is down already.');
  });
});

describe('the sentence of a live migration without a shared volume', () => {
  it('says how much of the blackout the disk took', () => {
    const migration = calmMigration({
      resumedNs: 51.24 * SECOND,
      phases: [...calmMigration().phases, phaseRow('storage', 48.21, 51.21)],
    });
    expect(textAt(60, { migrations: [migration], events: calmEvents() }).text).toMatch(
      /with a blackout of .* It took .* Cluster Shared Volume 1 took 3\.0\u00a0s of it\. Both/,
    );
  });
});
