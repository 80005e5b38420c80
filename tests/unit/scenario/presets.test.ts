import { describe, expect, it } from 'vitest';
import { simulate, type Report } from '../../../src/engine/index.ts';
import type { Scenario } from '../../../src/engine/scenario.ts';
import { presets } from '../../../src/scenario/presets.ts';

type MigrationReport = Report['migrations'][number];

function presetOf(id: string) {
  const preset = presets.find((candidate) => candidate.id === id);
  if (preset === undefined) throw new Error(`no preset ${id}`);
  return preset;
}

/** Memory of a node that no VM takes at the start. */
function freeMiB({ nodes, vms }: Scenario, id: string): number {
  const taken = vms
    .filter(({ node }) => node === id)
    .reduce((sum, { memoryMiB }) => sum + memoryMiB, 0);
  return (nodes.find((node) => node.id === id)?.memoryMiB ?? 0) - taken;
}

/** What the page does first: the first VM goes to the second node. */
function move(id: string): MigrationReport {
  const { scenario } = presetOf(id);
  const vm = scenario.vms[0]?.id ?? '';
  const { migrations } = simulate({
    ...scenario,
    commands: [{ atMs: 0, do: 'live-migrate', vm, to: 'node2' }],
  });
  const [migration] = migrations;
  if (migration === undefined) throw new Error(`${vm} was not moved`);
  return migration;
}

const seconds = (ms: number): number => ms / 1000;

/** Of round 1, all rounds together, and the memory sent in units of the memory there is. */
function totals({ rounds, pagesSent }: MigrationReport, memoryMiB: number) {
  return {
    copying: seconds(rounds.reduce((sum, { durationMs }) => sum + durationMs, 0)),
    sent: pagesSent / (memoryMiB * 256),
  };
}

describe('presets', () => {
  it('begin with the calm web server and have ids of their own', () => {
    expect(presets[0]?.id).toBe('calm');
    expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
  });

  it('have titles of their own: the list to choose from leaves out the one that is open', () => {
    expect(new Set(presets.map(({ title }) => title)).size).toBe(presets.length);
  });

  it.each(presets)(
    '$id has no commands, a goal in one sentence, and room for its first VM on node2',
    ({ scenario, goal, title }) => {
      expect(scenario.title).toBe(title);
      expect(scenario.commands).toEqual([]);
      expect(goal).toMatch(/^[A-Z][^!.]*(\d\.\d[^!.]*)*\.$/);
      expect(scenario.vms[0]?.node).toBe('node1');
      expect(freeMiB(scenario, 'node2')).toBeGreaterThanOrEqual(scenario.vms[0]?.memoryMiB ?? 0);
    },
  );

  it.each(presets.flatMap(({ id, first }) => (first === null ? [] : [{ id, first }])))(
    '$id begins with an act that is possible at once',
    ({ id, first }) => {
      const { scenario } = presetOf(id);
      const commands = [{ ...first.act, atMs: 0 }];
      const kinds = simulate({ ...scenario, commands }).events.map(({ kind }) => kind);
      expect(kinds).toContain(first.act.do === 'crash-node' ? 'node-crashed' : 'drain-started');
      expect(kinds).not.toContain('command-refused');
    },
  );

  it.each(['calm', 'round-limit', 'hot-cache', 'tiny-hot-set', 'big-calm', 'untouched', 'small'])(
    '%s lets its first VM go to node2, live',
    (id) => expect(move(id)).toMatchObject({ outcome: 'completed', memoryIdentical: true }),
  );
});

const ofEachKind = [
  { kind: 'windows-lan', count: 12, requestEveryMs: 1000 },
  { kind: 'linux-lan', count: 12, requestEveryMs: 1000 },
  { kind: 'ping', count: 3, requestEveryMs: 300 },
];

describe('a preset of the whole cluster', () => {
  it.each(['one-lun', 'own-luns', 'shared-volume', 'failover', 'drain', 'quorum'])(
    '%s has a name, what is special about it, and clients of each kind for every VM',
    (id) => {
      const { title, scenario } = presetOf(id);
      expect(title).toMatch(/^[^:]+: [^:]+$/);
      for (const { clients } of scenario.vms) expect(clients).toEqual(ofEachKind);
    },
  );

  // What moves along is compared: a LUN has one owner, a CSV can be used by all.
  it('of the three about LUNs differs from the others in its volumes alone', () => {
    const [one, own, shared] = ['one-lun', 'own-luns', 'shared-volume'].map((id) => {
      const { vms, volumes, ...rest } = presetOf(id).scenario;
      const places = vms.map((vm) => `${vm.name} ${vm.memoryMiB} on ${vm.node}: ${vm.volume}`);
      const owners = volumes.map(({ name, kind, owner }) => `${kind} ${name} of ${owner}`);
      const alike = { ...rest, title: '', vms: vms.map((vm) => ({ ...vm, volume: '' })) };
      return { places, owners, alike };
    });
    expect(own?.alike).toEqual(one?.alike);
    expect(shared?.alike).toEqual(one?.alike);
    expect(one?.places).toEqual([
      'web-01 4096 on node1: lun1',
      'db-01 8192 on node1: lun1',
      'app-01 6144 on node3: lun2',
    ]);
    expect(one?.owners).toEqual(['cluster-disk LUN 1 of node1', 'cluster-disk LUN 2 of node3']);
    expect(own?.places).toEqual([
      'web-01 4096 on node1: lun1',
      'db-01 8192 on node1: lun2',
      'app-01 6144 on node3: lun3',
    ]);
    expect(own?.owners).toEqual([
      'cluster-disk LUN 1 of node1',
      'cluster-disk LUN 2 of node1',
      'cluster-disk LUN 3 of node3',
    ]);
    expect(shared?.places.every((place) => place.endsWith(': csv1'))).toBe(true);
    expect(shared?.owners).toEqual(['csv Cluster Shared Volume 1 of node1']);
  });

  it.each(['failover', 'quorum'])(
    '%s has VMs on each node, and room for them when any one of the nodes is gone',
    (id) => {
      const { scenario } = presetOf(id);
      const { nodes, volumes, vms } = scenario;
      expect(volumes.map(({ kind }) => kind)).toEqual(['csv']);
      for (const lost of nodes) {
        const homeless = vms.filter(({ node }) => node === lost.id);
        expect(homeless).not.toEqual([]);
        const left = nodes.filter(({ id: node }) => node !== lost.id);
        // On one of the others alone: whatever the placement is.
        const roomiest = Math.max(...left.map(({ id: node }) => freeMiB(scenario, node)));
        const needed = homeless.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0);
        expect(roomiest).toBeGreaterThanOrEqual(needed);
      }
    },
  );

  it('drain has three VMs on Node 1 that fit elsewhere together, and one that fits nowhere', () => {
    const { scenario } = presetOf('drain');
    const free = ['node2', 'node3'].map((node) => freeMiB(scenario, node));
    const sizes = scenario.vms.flatMap(({ node, memoryMiB }) =>
      node === 'node1' ? memoryMiB : [],
    );
    expect(sizes).toHaveLength(4);
    expect(sizes.slice(0, 3).reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(
      Math.min(...free),
    );
    expect(sizes[3]).toBeGreaterThan(Math.max(...free));
  });

  // Facts D4: node and disk majority is for an even number of nodes.
  it('quorum has two nodes, and the disk witness votes', () => {
    const { nodes, failover } = presetOf('quorum').scenario;
    expect(nodes).toHaveLength(2);
    expect(failover.quorum).toBe('node-and-disk-majority');
  });
});

describe('the preset', () => {
  it('calm stands as the picture of the Lab shows it: three nodes, five VMs, one CSV, clients of each kind', () => {
    const { nodes, vms, volumes } = presetOf('calm').scenario;
    expect(nodes.map(({ name, memoryMiB }) => [name, memoryMiB])).toEqual([
      ['Node 1', 32_768],
      ['Node 2', 32_768],
      ['Node 3', 32_768],
    ]);
    expect(vms.map(({ name, memoryMiB, node }) => [name, memoryMiB, node])).toEqual([
      ['web-01', 4096, 'node1'],
      ['db-01', 8192, 'node1'],
      ['file-01', 2048, 'node1'],
      ['mail-01', 8192, 'node2'],
      ['app-01', 6144, 'node3'],
    ]);
    expect(volumes).toEqual([
      { id: 'csv1', name: 'Cluster Shared Volume 1', kind: 'csv', owner: 'node1' },
    ]);
    expect(vms[0]?.clients).toEqual(ofEachKind);
  });

  // Issue 2: "completes with a blackout under 0.5 s and memoryIdentical: true".
  it('calm stops as small enough after five or six shrinking rounds, with a blackout under 0.5 s', () => {
    const { rounds, stopReason, blackoutMs } = move('calm');
    expect(stopReason).toBe('small-enough');
    expect(blackoutMs).toBeLessThan(500);
    expect(rounds.length).toBeGreaterThanOrEqual(5);
    expect(rounds.length).toBeLessThanOrEqual(6);
    rounds.forEach(({ pagesSent, pagesLeft }) => expect(pagesLeft).toBeLessThan(pagesSent * 0.6));
  });

  it('calm does so with every seed, well away from the threshold', () => {
    const { scenario } = presetOf('calm');
    // 300 ms of pages of 4,104 bytes at 117 MB/s.
    const threshold = (0.3 * 117e6) / 4104;
    for (const seed of [2, 3, 4, 5]) {
      const { migrations } = simulate({
        ...scenario,
        seed,
        commands: [{ atMs: 0, do: 'live-migrate', vm: 'web01', to: 'node2' }],
      });
      const left = migrations[0]?.rounds.map(({ pagesLeft }) => pagesLeft) ?? [];
      expect(left).toHaveLength(6);
      expect(left[4]).toBeGreaterThan(threshold * 1.1);
      expect(left[5]).toBeLessThan(threshold * 0.9);
    }
  });

  // Facts G2, the third case: ten passes, blackout 19.81 s, 8.23 x the memory; here with page headers (+0.2 %).
  it('round-limit ends after ten rounds with a blackout near 20 s', () => {
    const migration = move('round-limit');
    expect(migration.stopReason).toBe('round-limit');
    expect(migration.rounds).toHaveLength(10);
    expect(seconds(migration.blackoutMs)).toBeGreaterThan(19.5);
    expect(seconds(migration.blackoutMs)).toBeLessThan(20.5);
    expect(totals(migration, 4096).sent).toBeCloseTo(8.3, 1);
  });

  // At 110 MiB/s: 37.2 s for 4 GiB and nine times 9.31 s for 1 GiB are 121.0 s; the pause is a tenth time, 14 GiB in all.
  it('hot-cache sends the same gigabyte in every round until the limit', () => {
    const migration = move('hot-cache');
    expect(migration.stopReason).toBe('round-limit');
    expect(migration.rounds.map(({ pagesLeft }) => pagesLeft)).toEqual(Array(10).fill(262_144));
    const { copying, sent } = totals(migration, 4096);
    expect(Math.abs(copying - 121.0)).toBeLessThan(121.0 * 0.005);
    expect(sent).toBeCloseTo(3.5, 2);
    // Device state and resume come on top: 0.117 s.
    expect(seconds(migration.blackoutMs) - 0.117).toBeCloseTo(9.31, 1);
  });

  // At 110 MiB/s: 37.2 s for 4 GiB, and a pause of 0.36 s for the 40 MiB that are left.
  it('tiny-hot-set needs one round', () => {
    const migration = move('tiny-hot-set');
    expect(migration.stopReason).toBe('small-enough');
    expect(migration.rounds.map(({ pagesLeft }) => pagesLeft)).toEqual([40 * 256]);
    const { copying, sent } = totals(migration, 4096);
    expect(Math.abs(copying - 37.2)).toBeLessThan(37.2 * 0.005);
    expect(sent).toBeCloseTo(1.01, 2);
    expect(seconds(migration.blackoutMs) - 0.117).toBeCloseTo(0.36, 1);
  });

  it('big-calm copies 64 GB in about a minute and pauses no longer than a small VM', () => {
    const migration = move('big-calm');
    // 64 GiB at 1,100 MB/s, with headers: 62.6 s.
    expect(seconds(migration.rounds[0]?.durationMs ?? 0)).toBeCloseTo(62.6, 1);
    expect(migration.stopReason).toBe('small-enough');
    expect(migration.blackoutMs).toBeLessThan(500);
  });

  it('untouched copies only what holds something: 1.5 of 8 GB', () => {
    const { rounds, stopReason, blackoutMs } = move('untouched');
    expect(rounds[0]?.pagesSent).toBe(1536 * 256);
    expect(stopReason).toBe('small-enough');
    expect(blackoutMs).toBeLessThan(500);
  });

  it('small is over in about a second, after several rounds', () => {
    const { rounds, totalMs, stopReason } = move('small');
    expect(rounds[0]?.pagesSent).toBe(4096);
    expect(rounds.length).toBeGreaterThan(3);
    expect(stopReason).toBe('small-enough');
    expect(seconds(totalMs)).toBeCloseTo(1.1, 1);
  });
});
