import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScenario, parseScenarioValue } from '../../../src/scenario/parse.ts';
import { printScenario } from '../../../src/scenario/print.ts';
import { arbitraryScenario } from '../../support/arbitraryScenario.ts';
import { deepFile, withUnknownKeys } from '../../support/longFiles.ts';
import { smallFile, smallScenario } from '../../support/scenarios.ts';

/** `path: message` of every problem; empty when the file is valid. */
function problemsOf(value: unknown): string[] {
  const result = parseScenarioValue(value);
  return result.ok ? [] : result.problems.map(({ path, message }) => `${path}: ${message}`);
}

/** The small file with other keys; each change is a path of keys and what stands there. */
function changed(...changes: readonly (readonly [path: string, value: unknown])[]): unknown {
  const file: unknown = structuredClone(smallFile());
  for (const [path, value] of changes) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let parent = file as Record<string, unknown>;
    for (const key of keys) parent = parent[key] as Record<string, unknown>;
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  }
  return file;
}

/** A file with something of everything. */
const wholeFile = `{
  "$schema": "./scenario.schema.json",
  "migrascope": 1,
  "title": "Calm web server",
  "seed": 1,
  "nodes":   [{ "id": "node1", "name": "Node 1", "memoryMiB": 32768 }, { "id": "node2" }],
  "volumes": [{ "id": "lun1", "name": "LUN 1", "kind": "cluster-disk", "owner": "node1" }],
  "vms": [{
    "id": "web01", "name": "web-01", "node": "node1", "volume": "lun1",
    "memoryMiB": 4096, "touchedMiB": 4096,
    "writers": [{ "kind": "uniform", "pagesPerSecond": 5000, "startMiB": 0, "sizeMiB": 1024 }],
    "clients": [{ "kind": "windows-lan", "count": 12, "requestEveryMs": 1000 }]
  }],
  "network": { "migrationMBps": 117, "clusterMBps": 117, "storageMBps": 268 },
  "liveMigration": { "setupMs": 2000, "resumeMs": 100, "deviceStateMB": 2, "maxRounds": 10,
                     "stopBelowMs": 300, "tracking": "sync-per-round", "diskMoveMs": 3000, "pageHeaderBytes": 8 },
  "quickMigration": { "secondsPerGiB": 8 },
  "failover": { "heartbeatMs": 1000, "missedHeartbeats": 5, "regroupMs": 2000, "diskTakeoverMs": 3000, "bootMs": 60000 },
  "commands": [{ "atMs": 0, "do": "live-migrate", "vm": "web01", "to": "node2" }],
  "untilMs": 600000
}`;

describe('a valid file', () => {
  it('is read as it stands: a file with something of everything', () => {
    const result = parseScenario(wholeFile);
    expect(result.ok && result.scenario).toMatchObject({
      title: 'Calm web server',
      nodes: [{ name: 'Node 1', memoryMiB: 32768 }, { name: 'node2' }],
      vms: [{ id: 'web01', name: 'web-01', touchedMiB: 4096 }],
      commands: [{ atMs: 0, do: 'live-migrate', vm: 'web01', to: 'node2' }],
    });
  });

  it('needs nothing but its version: defaults fill in the rest', () => {
    const plan = parseScenario(wholeFile);
    const least = parseScenario('{ "migrascope": 1 }');
    if (!plan.ok || !least.ok) throw new Error('both are valid');
    const { seed, network, liveMigration, quickMigration, failover, untilMs } = plan.scenario;
    expect(least.scenario).toMatchObject({
      seed,
      network,
      liveMigration,
      quickMigration,
      failover,
      untilMs,
      nodes: [{ id: 'node1', memoryMiB: 32768 }, { id: 'node2' }],
      vms: [],
      commands: [],
    });
    expect(least.scenario.failover).toMatchObject({ quorum: 'automatic', failback: false });
  });

  it('calls entries without an id by their place', () => {
    const commands = [{ do: 'live-migrate', vm: 'vm2', to: 'node2' }];
    const result = parseScenarioValue({ migrascope: 1, nodes: [{}, {}], vms: [{}, {}], commands });
    if (!result.ok) throw new Error('valid');
    expect(result.scenario.nodes.map(({ id }) => id)).toEqual(['node1', 'node2']);
    expect(result.scenario.vms).toMatchObject([
      { id: 'vm1', name: 'vm1', node: 'node1', volume: 'csv1', memoryMiB: 4096 },
      { id: 'vm2' },
    ]);
    // One that every node can use, so each VM can be moved.
    expect(result.scenario.volumes).toMatchObject([{ id: 'csv1', kind: 'csv', owner: 'node1' }]);
    expect(problemsOf({ migrascope: 1, nodes: [{ id: 'node2' }, {}] })).toEqual([
      'nodes[1].id: "node2" is the id of nodes[0] already, allowed: an id of its own',
    ]);
  });

  it('has each VM where it can be when that is not said', () => {
    const places = (volumes: unknown, ...vms: unknown[]): string[] => {
      const result = parseScenarioValue({ migrascope: 1, volumes, vms });
      if (!result.ok) throw new Error('valid');
      return result.scenario.vms.map(({ node, volume }) => `${volume} on ${node}`);
    };
    const disks = [{}, { owner: 'node2' }];
    expect(places(disks, {}, { volume: 'lun2' }, { node: 'node2' })).toEqual([
      'lun1 on node1',
      'lun2 on node2',
      'lun2 on node2',
    ]);
    const csv = [{ kind: 'csv', owner: 'node2' }];
    expect(places(csv, {}, { node: 'node2' })).toEqual(['lun1 on node1', 'lun1 on node2']);
    expect(problemsOf({ migrascope: 1, volumes: [], vms: [{}] })).toEqual([
      'vms[0].volume: there is no volume "lun1", allowed: none, there is no volume',
    ]);
  });

  it('has a VM that names its possible owners on one of them when its node is not said', () => {
    const placeOf = (volumes: unknown, vm: object): string => {
      const nodes = [{}, {}, {}];
      const result = parseScenarioValue({ migrascope: 1, nodes, volumes, vms: [vm] });
      if (!result.ok) throw new Error('valid');
      const [{ node, volume } = { node: '', volume: '' }] = result.scenario.vms;
      return `${volume} on ${node}`;
    };
    const possibleOwners = ['node3', 'node2'];
    const disks = [{}, { owner: 'node2' }];
    expect(placeOf(undefined, { possibleOwners })).toBe('csv1 on node3');
    expect(placeOf(disks, { possibleOwners })).toBe('lun2 on node2');
    expect(placeOf(disks, { possibleOwners, volume: 'lun2' })).toBe('lun2 on node2');
    expect(placeOf(undefined, { possibleOwners, node: 'node2' })).toBe('csv1 on node2');
    expect(placeOf(undefined, { possibleOwners: null })).toBe('csv1 on node1');
    expect(
      problemsOf({ migrascope: 1, vms: [{ possibleOwners: ['node9'] }] }).map(
        (text) => text.split(': ')[0],
      ),
    ).toEqual(['vms[0].possibleOwners[0]']);
  });

  it('may say null for all nodes, and for a quick migration at the speed of the storage', () => {
    const { vms, quickMigration } = smallScenario({
      vms: [{ possibleOwners: null }, { possibleOwners: ['node2', 'node1'] }],
      volumes: [{ kind: 'csv' }],
      quickMigration: { secondsPerGiB: null },
      commands: [],
    });
    expect(vms.map(({ possibleOwners }) => possibleOwners)).toEqual([null, ['node2', 'node1']]);
    expect(quickMigration).toEqual({ secondsPerGiB: null });
  });

  // Every command, with what it cannot do without.
  it.each([
    { do: 'live-migrate', vm: 'vm1', to: 'node2' },
    { do: 'quick-migrate', vm: 'vm1', to: 'node2' },
    { do: 'cancel-migration', vm: 'vm1' },
    { do: 'set-writers', vm: 'vm1', writers: [] },
    { do: 'set-live-migration', maxRounds: null },
    { do: 'move-volume', volume: 'csv1', to: 'node2' },
    { do: 'make-csv', volume: 'csv1' },
    { do: 'make-cluster-disk', volume: 'csv1' },
    { do: 'crash-node', node: 'node1' },
    { do: 'repair-node', node: 'node1' },
    { do: 'drain-node', node: 'node1' },
    { do: 'resume-node', node: 'node1' },
    { do: 'cut-storage-path', node: 'node1' },
    { do: 'cut-storage-path', node: 'node1', volume: 'csv1' },
    { do: 'repair-storage-path', node: 'node1' },
    { do: 'repair-storage-path', node: 'node1', volume: 'csv1' },
    { do: 'cut-migration-network' },
    { do: 'cut-migration-network', node: 'node1' },
    { do: 'repair-migration-network' },
    { do: 'repair-migration-network', node: 'node1' },
  ])('has its commands as they stand: $do %#', (command) => {
    const result = parseScenarioValue(changed(['commands', [{ atMs: 7, ...command }]]));
    expect(result.ok && result.scenario.commands).toStrictEqual([{ atMs: 7, ...command }]);
  });

  it('writes evenly where a writer is of no kind', () => {
    const result = parseScenarioValue(changed(['vms.0.writers', [{}]]));
    expect(result.ok && result.scenario.vms[0]?.writers[0]?.kind).toBe('uniform');
  });

  it('gets the defaults that depend on other values: names, touched memory, regions of writers', () => {
    const scenario = smallScenario({
      vms: [
        {
          id: 'vm1',
          node: 'node1',
          volume: 'csv1',
          memoryMiB: 64,
          writers: [
            { kind: 'uniform' },
            { kind: 'sweep', startMiB: 40 },
            { kind: 'hot' },
            { kind: 'hot', startMiB: 60 },
            { kind: 'power-law', sizeMiB: 8 },
          ],
        },
      ],
    });
    const [vm] = scenario.vms;
    expect(vm).toMatchObject({ name: 'vm1', touchedMiB: 64, clients: [], possibleOwners: null });
    expect(vm?.writers).toEqual([
      { kind: 'uniform', pagesPerSecond: 5000, startMiB: 0, sizeMiB: 64 },
      { kind: 'sweep', pagesPerSecond: 5000, startMiB: 40, sizeMiB: 24 },
      { kind: 'hot', pagesPerSecond: 5000, startMiB: 0, sizeMiB: 64, hotShare: 0.9, hotMiB: 32 },
      { kind: 'hot', pagesPerSecond: 5000, startMiB: 60, sizeMiB: 4, hotShare: 0.9, hotMiB: 4 },
      { kind: 'power-law', pagesPerSecond: 5000, startMiB: 0, sizeMiB: 8, exponent: 1.5 },
    ]);
  });

  it('has the writers of a command inside the memory of the VM it names', () => {
    const { commands } = smallScenario({
      commands: [{ do: 'set-writers', vm: 'vm1', writers: [{ kind: 'once', startMiB: 60 }] }],
    });
    expect(commands).toEqual([
      {
        atMs: 0,
        do: 'set-writers',
        vm: 'vm1',
        writers: [{ kind: 'once', pagesPerSecond: 5000, startMiB: 60, sizeMiB: 4 }],
      },
    ]);
  });

  it('has its commands in the order of time, those of one time in the order of the file', () => {
    const { commands } = smallScenario({
      commands: [
        { atMs: 500, do: 'cancel-migration', vm: 'vm1' },
        { atMs: 20, do: 'set-live-migration', maxRounds: 1 },
        { atMs: 500, do: 'live-migrate', vm: 'vm1', to: 'node2' },
        { do: 'live-migrate', vm: 'vm1', to: 'node2' },
        { atMs: 20, do: 'set-live-migration', maxRounds: null, migrationMBps: 50 },
      ],
    });
    expect(commands).toEqual([
      { atMs: 0, do: 'live-migrate', vm: 'vm1', to: 'node2' },
      { atMs: 20, do: 'set-live-migration', maxRounds: 1 },
      { atMs: 20, do: 'set-live-migration', maxRounds: null, migrationMBps: 50 },
      { atMs: 500, do: 'cancel-migration', vm: 'vm1' },
      { atMs: 500, do: 'live-migrate', vm: 'vm1', to: 'node2' },
    ]);
  });

  it('may have settings that are undefined, as a program writes them: they count as absent', () => {
    const file = changed(['vms.0.writers.0.fromMs', null], ['commands.0.do', 'set-live-migration']);
    const [vm] = (file as { vms: [{ writers: [{ fromMs: unknown }] }] }).vms;
    vm.writers[0].fromMs = undefined;
    const command = { do: 'set-live-migration', maxRounds: undefined, setupMs: 5 };
    const result = parseScenarioValue({ ...(file as object), commands: [command] });
    if (!result.ok) throw new Error('valid');
    expect(Object.keys(result.scenario.commands[0] ?? {})).toEqual(['atMs', 'do', 'setupMs']);
    const others = parseScenarioValue({
      ...(file as object),
      commands: [
        { do: 'cut-migration-network', node: undefined },
        { do: 'repair-storage-path', node: 'node1', volume: undefined },
      ],
    });
    expect(others.ok && others.scenario.commands).toStrictEqual([
      { atMs: 0, do: 'cut-migration-network' },
      { atMs: 0, do: 'repair-storage-path', node: 'node1' },
    ]);
    expect(Object.keys(result.scenario.vms[0]?.writers[0] ?? {})).not.toContain('fromMs');
  });

  it('may begin with a byte order mark', () => {
    expect(parseScenario(`\uFEFF${wholeFile}`).ok).toBe(true);
  });

  it('may let commands come to nothing: that is an event of the run', () => {
    expect(problemsOf(changed(['commands.0.to', 'node1'], ['commands.0.atMs', 1e9]))).toEqual([]);
  });
});

describe('a fault', () => {
  const id = 'an id of 1 to 64 letters, digits, "-", "_" and ".", beginning with a letter or digit';
  const doList = `one of ${[
    'live-migrate',
    'quick-migrate',
    'cancel-migration',
    'set-writers',
    'set-live-migration',
    'move-volume',
    'make-csv',
    'make-cluster-disk',
    'crash-node',
    'repair-node',
    'drain-node',
    'resume-node',
    'cut-storage-path',
    'repair-storage-path',
    'cut-migration-network',
    'repair-migration-network',
  ]
    .map((name) => `"${name}"`)
    .join(', ')}`;
  const faults: readonly (readonly [path: string, value: unknown, problem: string])[] = [
    // The whole file.
    ['migrascope', undefined, 'migrascope: is missing, allowed: 1'],
    ['migrascope', '1', 'migrascope: "1" is not known, allowed: 1'],
    ['migrascope', 2, 'migrascope: version 2 of the format is newer than this program, allowed: 1'],
    [
      'title',
      '',
      'title: "" is too short, allowed: a text of 1 to 200 characters, one of which can be seen',
    ],
    [
      'title',
      7,
      'title: 7 is not a text, allowed: a text of 1 to 200 characters, one of which can be seen',
    ],
    ['seed', -1, 'seed: -1 is too small, allowed: a whole number from 0 to 9007199254740991'],
    [
      'seed',
      2 ** 53,
      'seed: 9007199254740992 is too large, allowed: a whole number from 0 to 9007199254740991',
    ],
    ['untilMs', 0, 'untilMs: 0 is too small, allowed: a number from 1 to 1000000000'],
    ['untilMs', Infinity, 'untilMs: Infinity is too large, allowed: a number from 1 to 1000000000'],
    ['untilMs', NaN, 'untilMs: NaN is not a number, allowed: a number from 1 to 1000000000'],
    ['untilMs', null, 'untilMs: null is not a number, allowed: a number from 1 to 1000000000'],
    ['network', [], 'network: a list of 0 is not an object, allowed: an object'],
    [
      'network',
      5,
      'network: 5 is not an object, allowed: an object with migrationMBps, clusterMBps, storageMBps',
    ],
    [
      'network',
      { migrationMbps: 117 },
      'network.migrationMbps: unknown key "migrationMbps", allowed: migrationMBps, clusterMBps, storageMBps',
    ],
    [
      'network',
      { migrationMBps: 0 },
      'network.migrationMBps: 0 is too small, allowed: a number from 0.1 to 100000',
    ],
    [
      'liveMigration',
      { tracking: 'sync' },
      'liveMigration.tracking: "sync" is not known, allowed: "sync-per-round", "clear-on-send", "skip-redirtied", "sync-when-rest-small"',
    ],
    [
      'liveMigration',
      { maxRounds: 2.5 },
      'liveMigration.maxRounds: 2.5 is not a whole number, allowed: a whole number from 1 to 1000 or null',
    ],
    [
      'quickMigration',
      { secondsPerGiB: '8' },
      'quickMigration.secondsPerGiB: "8" is not a number, allowed: a number from 0 to 3600 or null',
    ],
    [
      'failover',
      { missedHeartbeats: 0 },
      'failover.missedHeartbeats: 0 is too small, allowed: a whole number from 1 to 1000',
    ],
    [
      'failover',
      { quorum: 'majority' },
      'failover.quorum: "majority" is not known, allowed: "automatic", "node-majority", "node-and-disk-majority"',
    ],
    [
      'failover',
      { failback: 1 },
      'failover.failback: 1 is neither true nor false, allowed: true or false',
    ],
    // Nodes and volumes.
    ['nodes', [], 'nodes: a list of 0 is too short, allowed: a list of 1 to 16 entries'],
    [
      'nodes.2',
      'node2',
      'nodes[2]: "node2" is not an object, allowed: an object with id, name, memoryMiB',
    ],
    ['nodes.2', { id: null }, `nodes[2].id: null is not a text, allowed: ${id}`],
    ['nodes.2', { id: 'node 2' }, `nodes[2].id: "node 2" does not fit, allowed: ${id}`],
    [
      'nodes.2',
      { id: 'x'.repeat(65) },
      `nodes[2].id: "${'x'.repeat(40)}…" is too long, allowed: ${id}`,
    ],
    [
      'nodes.2',
      { id: 'node1' },
      'nodes[2].id: "node1" is the id of nodes[0] already, allowed: an id of its own',
    ],
    [
      'nodes.0.memoryMiB',
      15,
      'nodes[0].memoryMiB: 15 is too small, allowed: a whole number from 16 to 16777216',
    ],
    ['volumes.0.owner', 1, `volumes[0].owner: 1 is not a text, allowed: ${id}`],
    [
      'volumes.0.owner',
      'node3',
      'volumes[0].owner: there is no node "node3", allowed: "node1", "node2"',
    ],
    [
      'volumes.0.kind',
      'lun',
      'volumes[0].kind: "lun" is not known, allowed: "cluster-disk", "csv"',
    ],
    // VMs.
    ['vms.0.node', 'node3', 'vms[0].node: there is no node "node3", allowed: "node1", "node2"'],
    ['vms.0.volume', 'lun1', 'vms[0].volume: there is no volume "lun1", allowed: "csv1"'],
    [
      'volumes.0',
      { id: 'csv1', kind: 'cluster-disk', owner: 'node2' },
      'vms[0].node: "node1" does not own the cluster disk "csv1", allowed: "node2"',
    ],
    [
      'vms.0.memoryMiB',
      1_048_577,
      'vms[0].memoryMiB: 1048577 is too large, allowed: a whole number from 16 to 1048576',
    ],
    [
      'vms.0.memoryMiB',
      32_769,
      'vms[0].memoryMiB: 32769 is more than "node1" has left, allowed: at most 32768',
    ],
    [
      'vms.1',
      { id: 'vm2', node: 'node1', volume: 'csv1', memoryMiB: 32_768 },
      'vms[1].memoryMiB: 32768 is more than "node1" has left, allowed: at most 32704',
    ],
    [
      'vms.0.touchedMiB',
      65,
      'vms[0].touchedMiB: 65 is more than the memory of the VM, allowed: 0 to 64',
    ],
    [
      'vms.0.writers.0.kind',
      'random',
      'vms[0].writers[0].kind: "random" is not known, allowed: one of "uniform", "sweep", "once", "hot", "power-law"',
    ],
    [
      'vms.0.writers.0.exponent',
      2,
      'vms[0].writers[0].exponent: unknown key "exponent", allowed: kind, pagesPerSecond, startMiB, sizeMiB, fromMs, toMs',
    ],
    [
      'vms.0.writers.0.pagesPerSecond',
      1e9,
      'vms[0].writers[0].pagesPerSecond: 1000000000 is too large, allowed: a number from 0 to 100000000',
    ],
    [
      'vms.0.writers.0.sizeMiB',
      0.5,
      'vms[0].writers[0].sizeMiB: 0.5 is not a whole number, allowed: a whole number from 1 to 1048576',
    ],
    [
      'vms.0.writers.0.sizeMiB',
      65,
      'vms[0].writers[0].sizeMiB: 65 reaches behind the memory of the VM, allowed: 1 to 64',
    ],
    [
      'vms.0.writers.0.startMiB',
      64,
      'vms[0].writers[0].startMiB: 64 is behind the memory of the VM, allowed: 0 to 63',
    ],
    [
      'vms.0.writers.0',
      { kind: 'hot', sizeMiB: 4, hotMiB: 5 },
      'vms[0].writers[0].hotMiB: 5 is more than the region, allowed: 1 to 4',
    ],
    [
      'vms.0.writers.0',
      { kind: 'once', fromMs: 10, toMs: 10 },
      'vms[0].writers[0].toMs: 10 is not after fromMs, allowed: more than 10',
    ],
    [
      'vms.0.clients.0.requestEveryMs',
      0,
      'vms[0].clients[0].requestEveryMs: 0 is too small, allowed: a number from 1 to 3600000',
    ],
    [
      'vms.0.possibleOwners',
      'node1',
      'vms[0].possibleOwners: "node1" is not a list, allowed: a list of 1 to 16 ids of nodes, or null for all nodes',
    ],
    [
      'vms.0.possibleOwners',
      [],
      'vms[0].possibleOwners: a list of 0 is too short, allowed: a list of 1 to 16 ids of nodes, or null for all nodes',
    ],
    [
      'vms.0.possibleOwners',
      ['node1', 2],
      `vms[0].possibleOwners[1]: 2 is not a text, allowed: ${id}`,
    ],
    [
      'vms.0.possibleOwners',
      ['node1', 'node3'],
      'vms[0].possibleOwners[1]: there is no node "node3", allowed: "node1", "node2"',
    ],
    [
      'vms.0.possibleOwners',
      ['node1', 'node2', 'node1'],
      'vms[0].possibleOwners[2]: "node1" is named in possibleOwners[0] already, allowed: each node once',
    ],
    [
      'vms.0.possibleOwners',
      ['node2'],
      'vms[0].node: "node1" is not one of the possible owners of the VM, allowed: "node2"',
    ],
    // Commands.
    [
      'commands.0.atMs',
      -1,
      'commands[0].atMs: -1 is too small, allowed: a number from 0 to 1000000000',
    ],
    ['commands.0.do', undefined, `commands[0].do: is missing, allowed: ${doList}`],
    ['commands.0.do', 'explode', `commands[0].do: "explode" is not known, allowed: ${doList}`],
    [
      'commands.0',
      'live-migrate',
      `commands[0]: "live-migrate" is not an object, allowed: ${doList}`,
    ],
    ['commands.0.vm', 'vm2', 'commands[0].vm: there is no VM "vm2", allowed: "vm1"'],
    [
      'commands.0.to',
      'node3',
      'commands[0].to: there is no node "node3", allowed: "node1", "node2"',
    ],
    ['commands.0.to', undefined, `commands[0].to: is missing, allowed: ${id}`],
    [
      'commands.0',
      { do: 'set-writers', vm: 'vm1', writers: [{ kind: 'sweep', sizeMiB: 65 }] },
      'commands[0].writers[0].sizeMiB: 65 reaches behind the memory of the VM, allowed: 1 to 64',
    ],
    [
      'commands.0',
      { do: 'set-live-migration' },
      'commands[0]: changes nothing, allowed: any of the keys of liveMigration, migrationMBps',
    ],
    [
      'commands.0',
      { do: 'set-live-migration', stopBelowMs: -1 },
      'commands[0].stopBelowMs: -1 is too small, allowed: a number from 0 to 600000',
    ],
    [
      'commands.0',
      { do: 'quick-migrate', vm: 'vm1' },
      `commands[0].to: is missing, allowed: ${id}`,
    ],
    [
      'commands.0',
      { do: 'quick-migrate', vm: 'vm1', to: 'node3' },
      'commands[0].to: there is no node "node3", allowed: "node1", "node2"',
    ],
    [
      'commands.0',
      { do: 'move-volume', volume: 'lun1', to: 'node2' },
      'commands[0].volume: there is no volume "lun1", allowed: "csv1"',
    ],
    [
      'commands.0',
      { do: 'move-volume', volume: 'csv1', to: 'node3' },
      'commands[0].to: there is no node "node3", allowed: "node1", "node2"',
    ],
    ['commands.0', { do: 'make-csv' }, `commands[0].volume: is missing, allowed: ${id}`],
    [
      'commands.0',
      { do: 'make-cluster-disk', volume: 'csv1', to: 'node1' },
      'commands[0].to: unknown key "to", allowed: atMs, do, volume',
    ],
    ['commands.0', { do: 'drain-node' }, `commands[0].node: is missing, allowed: ${id}`],
    [
      'commands.0',
      { do: 'crash-node', node: 'node3' },
      'commands[0].node: there is no node "node3", allowed: "node1", "node2"',
    ],
    [
      'commands.0',
      { do: 'cut-storage-path', node: 'node1', volume: 'lun1' },
      'commands[0].volume: there is no volume "lun1", allowed: "csv1"',
    ],
    [
      'commands.0',
      { do: 'repair-storage-path', volume: 'csv1' },
      `commands[0].node: is missing, allowed: ${id}`,
    ],
    [
      'commands.0',
      { do: 'cut-migration-network', node: 'node3' },
      'commands[0].node: there is no node "node3", allowed: "node1", "node2"',
    ],
    [
      'commands.0',
      { do: 'repair-migration-network', node: null },
      `commands[0].node: null is not a text, allowed: ${id}`,
    ],
  ];

  it.each(faults)('at %s (%j) is named', (path, value, problem) => {
    expect(problemsOf(changed([path, value]))).toEqual([problem]);
  });

  it('does not hide any other', () => {
    const file = changed(
      ['seed', 0.5],
      ['colour', 'blue'],
      ['nodes.2', { id: 'node3', memoryMiB: '64' }],
      ['nodes.3', 3],
      ['volumes.0.owner', 'node9'],
      ['vms.0.node', 'node9'],
      ['vms.0.touchedMiB', 65],
      ['vms.0.possibleOwners', ['node1', 'node8', 7, 'node1']],
      ['vms.0.writers.0.sizeMiB', 65],
      ['vms.0.writers.0.colour', 'blue'],
      ['vms.0.writers.1', { kind: 'hot', hotShare: 2, hotMiB: 65 }],
      ['vms.0.writers.2', { kind: 'cold' }],
      ['liveMigration', { setupMs: -1, resumeMs: -1 }],
      ['commands.0.vm', 'vm9'],
      ['commands.1', { do: 'crash-node', node: 'node9' }],
    );
    expect(
      problemsOf(file)
        .map((problem) => problem.slice(0, problem.indexOf(': ')))
        .toSorted(),
    ).toEqual([
      'colour',
      'commands[0].vm',
      'commands[1].node',
      'liveMigration.resumeMs',
      'liveMigration.setupMs',
      'nodes[2].memoryMiB',
      'nodes[3]',
      'seed',
      'vms[0].node',
      'vms[0].possibleOwners[1]',
      'vms[0].possibleOwners[2]',
      'vms[0].possibleOwners[3]',
      'vms[0].touchedMiB',
      'vms[0].writers[0].colour',
      'vms[0].writers[0].sizeMiB',
      'vms[0].writers[1].hotMiB',
      'vms[0].writers[1].hotShare',
      'vms[0].writers[2].kind',
      'volumes[0].owner',
    ]);
  });

  it('counts for every unknown key, also those every object seems to have', () => {
    const text =
      '{ "migrascope": 1, "a": 1, "b c": 2, "constructor": 3, "__proto__": { "seed": 9 } }';
    const result = parseScenario(text);
    expect(result.ok ? [] : result.problems.map(({ path }) => path)).toEqual([
      'a',
      '["b c"]',
      'constructor',
      '__proto__',
    ]);
    expect(Object.prototype).not.toHaveProperty('seed');
  });

  it('of a whole list accuses none of the references into it', () => {
    expect(problemsOf(changed(['vms', 5]))).toEqual([
      'vms: 5 is not a list, allowed: a list of 0 to 64 entries',
    ]);
  });

  it('is told in one line, whatever the file holds', () => {
    const result = parseScenarioValue(
      changed(['a\nb', 1], ['title', { toString: 1 }], ['seed', 'x\ny']),
    );
    const messages = result.ok ? [] : result.problems.map(({ path, message }) => path + message);
    expect(messages).toHaveLength(3);
    expect(messages.join('')).not.toContain('\n');
  });
});

describe('a text', () => {
  const messageOf = (text: string): string => {
    const result = parseScenario(text);
    if (result.ok) return '';
    expect(result.problems).toHaveLength(1);
    expect(result.problems[0]?.path).toBe('');
    return result.problems[0]?.message ?? '';
  };

  it('that is no JSON is refused with the place', () => {
    expect(messageOf('{ "migrascope": 1,\n  "seed": 1,\n}')).toMatch(
      /^is not JSON: .*\(line 3, column 1\), allowed: a scenario as JSON$/,
    );
    expect(messageOf(wholeFile.slice(0, -1))).toMatch(/^is not JSON: /);
    expect(messageOf('a\nb')).not.toContain('\n');
  });

  it('that is empty, or not an object, is refused', () => {
    expect(messageOf(' \n')).toBe('the file is empty, allowed: a scenario as JSON');
    expect(messageOf('[]')).toBe('a list of 0 is not an object, allowed: an object');
    expect(messageOf('3')).toMatch(/^3 is not an object, allowed: an object with \$schema, migr/);
    expect(messageOf('null')).toMatch(/^null is not an object/);
  });

  it('of more than 1 MiB is refused unread', () => {
    const spaces = ' '.repeat(1_048_576 - wholeFile.length);
    expect(parseScenario(wholeFile + spaces).ok).toBe(true);
    expect(messageOf(`${wholeFile}${spaces} `)).toBe(
      'the file has 1048577 characters, allowed: at most 1048576 (1 MiB)',
    );
  });

  it('with far too many entries gets one problem for them', () => {
    const text = `{ "migrascope": 1, "vms": [${'1,'.repeat(500_000)}1] }`;
    const result = parseScenario(text);
    const problems = result.ok ? [] : result.problems;
    expect(problems[0]).toEqual({
      path: 'vms',
      message: 'a list of 500001 is too long, allowed: a list of at most 64 entries',
    });
    expect(problems).toHaveLength(21);
    expect(problems[20]).toEqual({ path: '', message: '45 more problems' });
  });

  it('tells the first 20 problems, whatever there is', () => {
    const command = { do: 'live-migrate', vm: 'vm9', to: 5, colour: 1 };
    const texts = [
      withUnknownKeys(60_000),
      JSON.stringify({ migrascope: 1, commands: Array.from({ length: 10_000 }, () => command) }),
      JSON.stringify({ migrascope: 1, commands: [command], nodes: Array(16).fill(1), a: {} }),
      JSON.stringify({ migrascope: 1, [`${'k'.repeat(1_000_000)}`]: 1 }),
      JSON.stringify({ migrascope: 1, title: 't'.repeat(1_000_000), vms: 'v'.repeat(40_000) }),
      deepFile(500_000, '['),
      deepFile(170_000, '{"a":'),
    ];
    const lengths = texts.map((text) => {
      const result = parseScenario(text);
      const problems = result.ok ? [] : result.problems;
      for (const { path, message } of problems)
        expect(`${path}${message}`.length).toBeLessThan(300);
      return problems.length;
    });
    expect(lengths).toEqual([21, 21, 20, 1, 2, 1, 2]);
  });

  it('with 21 problems tells of one more', () => {
    const result = parseScenario(withUnknownKeys(21));
    expect(!result.ok && result.problems.at(-1)).toEqual({ path: '', message: '1 more problem' });
    const twenty = parseScenario(withUnknownKeys(20));
    expect(!twenty.ok && twenty.problems).toHaveLength(20);
  });

  it('with one key twice means the later', () => {
    const result = parseScenario('{ "migrascope": 1, "seed": 1, "seed": 2 }');
    expect(result.ok && result.scenario.seed).toBe(2);
  });
});

describe('any value', () => {
  it('is read or refused, never thrown at', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (value) => {
        const result = parseScenarioValue(value);
        expect(result.ok || result.problems.length > 0).toBe(true);
      }),
    );
  });

  it('in any place of a scenario is read or refused; what is read can be printed and read again', () => {
    fc.assert(
      fc.property(arbitraryScenario, fc.nat(), fc.anything(), (scenario, choice, value) => {
        const file = structuredClone({ migrascope: 1, ...scenario });
        const places = placesOf(file);
        const place = places[choice % places.length];
        if (place !== undefined) place.parent[place.key] = value;
        const result = parseScenarioValue(file);
        const again = result.ok ? parseScenario(printScenario(result.scenario)) : result;
        expect(again).toStrictEqual(result);
        expect(result.ok || result.problems.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

interface Place {
  readonly parent: Record<string, unknown>;
  readonly key: string;
}

function placesOf(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const parent = value as Record<string, unknown>;
  return Object.keys(parent).flatMap((key) => [{ parent, key }, ...placesOf(parent[key])]);
}
