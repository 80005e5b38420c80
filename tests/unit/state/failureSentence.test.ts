import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { EventRow, FrameSummary, MigrationRow } from '../../../src/protocol/messages.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { sentence } from '../../../src/state/sentence.ts';
import {
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
      { own: off, node: crashed },
      'Node 1 has stopped, the memory of web-01 is lost. After 5 missed heartbeats, 5.0\u00a0s after the crash, the others act.',
    ],
    [
      'the others regroup',
      18,
      { own: off, node: crashed },
      'Node 2 and Node 3 take Node 1 for down. Until 7.0\u00a0s after the crash they agree on who is left and count the votes.',
    ],
    [
      'one node is left and has not noticed',
      13,
      { own: off, more: { nodes: onlySecondUp } },
      'Node 1 has stopped, the memory of web-01 is lost. After 5 missed heartbeats, 5.0\u00a0s after the crash, Node 2 acts.',
    ],
    [
      'one node is left',
      18,
      { own: off, more: { nodes: onlySecondUp } },
      'Node 2 takes Node 1 for down. Until 7.0\u00a0s after the crash it makes sure of who is left and counts the votes.',
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
      'web-01 boots on Node 3 from its disk, as after a power cut, until 68.0\u00a0s after the crash. What was only in memory is lost.',
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
      'web-01 runs again on Node 3 after 68.0\u00a0s. 4\u00a0GB of memory and all connections from before are lost.',
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
    expect(textAt(13, { own: { status: 'saved' }, node: crashed }).text).toMatch(
      /^Node 1 has stopped, but web-01 was saved before\. After 5 missed/,
    );
  });

  it('names who takes a disk over, and until when', () => {
    const change = { why: 'take-over', to: 1, startNs: 19 * SECOND, endNs: 22 * SECOND } as const;
    const volumes = changed(rest.volumes, 0, { kind: 'cluster-disk', owner: -1, change });
    const node = { ...crashed, member: false };
    expect(textAt(20, { own: off, node, more: { volumes } }).text).toBe(
      `Node 2 takes ${CSV} over and mounts it until 10.0\u00a0s after the crash. web-01 lies on it and waits.`,
    );
  });

  it('says why a disk is taken over that nobody had to miss first', () => {
    const change = { why: 'take-over', to: 1, startNs: 19 * SECOND, endNs: 22 * SECOND } as const;
    const volumes = changed(rest.volumes, 0, { kind: 'cluster-disk', owner: -1, change });
    const why = 'web-01 stops without warning: Node 1 has no path to LUN 1';
    const events = [eventRow('vm-crashed', 19, why)];
    expect(textAt(20, { own: off, more: { volumes }, events }).text).toBe(
      `${why}. Node 2 takes it over and mounts it until 3.0\u00a0s after the crash.`,
    );
  });

  it('gives the reason when no node can start it', () => {
    const own = { ...off, blocked: 'web-01 needs 4 GB, Node 2 has 1 GB free' };
    expect(textAt(30, { own }).text).toBe(
      'web-01 does not run. It cannot be started: web-01 needs 4 GB, Node 2 has 1 GB free.',
    );
  });

  it('waits for a disk with its memory whole', () => {
    expect(textAt(30, { own: { status: 'waiting-for-disk' } }).text).toBe(
      `web-01 is paused on Node 1 with its memory whole. It goes on as soon as Node 1 has ${CSV} again.`,
    );
  });

  it('counts the votes when there is no quorum', () => {
    const quorum = { has: false, votes: 1, needed: 2, total: 3, witness: null };
    expect(textAt(30, { own: off, more: { quorum } }).text).toBe(
      'The cluster has no quorum: 1 of 3 votes, 2 are needed. Nobody may own anything, so web-01 does not run.',
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
    expect(textAt(13, { vm: MAIL, own, node: crashed, more: { volumes } }).text).toBe(
      'Node 1, the coordinator, has stopped. mail-01 runs on, but its disk does not answer until 19.0\u00a0s.',
    );
  });

  it('says how long the disk did not answer', () => {
    const events = [
      eventRow('io-stalled', 12, 'The disk of mail-01 does not answer', MAIL),
      eventRow('io-resumed', 19, 'The disk of mail-01 answers again', MAIL),
    ];
    expect(textAt(20, { vm: MAIL, events }).text).toBe(
      'The disk of mail-01 answers again after 7.0\u00a0s. mail-01 was not restarted.',
    );
  });

  it('says through whom its disk is reached', () => {
    const events = [
      eventRow('storage-path-cut', 5, 'The path of Node 2 to the storage is cut', -1),
      eventRow('io-redirected', 5, 'The disk of mail-01 is reached through Node 1 now', MAIL),
    ];
    expect(textAt(6, { vm: MAIL, events }).text).toBe(
      'The path of Node 2 is cut: mail-01 reaches its disk through Node 1, over the network, and keeps running.',
    );
  });

  it('stays with the end of its move when that is as new as what happened to a node', () => {
    const failed = calmMigration({
      outcome: 'failed',
      endedNs: 40 * SECOND,
      phases: [phaseRow('round', 1, 37, { number: 1 }), phaseRow('round', 37, 40, { number: 2 })],
    });
    const events = [
      eventRow('node-crashed', 40, 'Node 2 stops without warning', -1),
      eventRow('migration-failed', 40, 'Live migration of web-01 failed: Node 2 is down'),
      eventRow('node-down-noticed', 45, 'Node 2 missed 5 heartbeats', -1),
    ];
    const given = { events, migrations: [failed] };
    expect(textAt(41, given).text).toBe(
      'Live migration of web-01 failed: Node 2 is down. web-01 still runs on Node 1, nothing is lost.',
    );
    expect(textAt(41, given).short).toBe(
      'Failed in round 2. web-01 still runs on Node 1, nothing is lost.',
    );
    expect(textAt(46, given).text).toMatch(/^Node 2 missed 5 heartbeats\./);
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
    expect(textAt(60, { migrations: [migration] }).text).toMatch(
      /^web-01 runs on Node 2\. Its clients waited 3\.2\u00a0s, 3\.0\u00a0s of it for Cluster Shared Volume 1\./,
    );
  });
});
