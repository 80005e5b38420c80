import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { Scenario } from '../../../src/engine/scenario.ts';
import { parseScenario, parseScenarioValue } from '../../../src/scenario/parse.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { printScenario } from '../../../src/scenario/print.ts';
import type { ClusterEdit } from '../../../src/state/clusterEdits.ts';
import { newCluster } from '../../../src/state/newCluster.ts';
import { addWriter, setClients, setWriter, setWriterKind } from '../../../src/state/guestEdits.ts';
import { addNode, removeNode, renameNode, resizeNode } from '../../../src/state/nodeEdits.ts';
import { moveVm } from '../../../src/state/placementEdits.ts';
import {
  quickSeconds,
  setQuickPath,
  setSetting,
  settingOf,
} from '../../../src/state/settingsEdits.ts';
import {
  addVolume,
  removeVolume,
  setVolumeKind,
  setVolumeOwner,
} from '../../../src/state/volumeEdits.ts';
import {
  addVm,
  removeVm,
  renameVm,
  resizeVm,
  setPossibleOwner,
  setTouched,
  setVmVolume,
} from '../../../src/state/vmEdits.ts';
import { arbitraryEdit, type NamedEdit } from '../../support/arbitraryEdit.ts';

const GB = 1024;
const TB = 1024 * GB;

function parsed(file: object): Scenario {
  const result = parseScenarioValue({ migrascope: 1, ...file });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.scenario;
}

function preset(id: string): Scenario {
  const found = presets.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no preset ${id}`);
  return found.scenario;
}

/**
 *     Node 1 32 GB: web-01 4 GB and db-01 8 GB on LUN 1     Node 2 32 GB: nothing
 *     Node 3 32 GB: app-01 6 GB on LUN 2
 */
const oneLun = preset('one-lun');

/** @throws Error with the reason when one of the edits is refused. */
function edited(scenario: Scenario, ...edits: readonly ClusterEdit[]): Scenario {
  return edits.reduce((before, edit) => {
    const result = edit(before);
    if (!result.ok) throw new Error(result.reason);
    return result.scenario;
  }, scenario);
}

function reasonOf(scenario: Scenario, edit: ClusterEdit): string | null {
  const result = edit(scenario);
  return result.ok ? null : result.reason.replaceAll('\u00a0', ' ');
}

/** "Node 1: web-01 db-01" for each node, "LUN 1 of Node 1" for each volume. */
function picture({ nodes, vms, volumes }: Scenario): string[] {
  const nameOf = (id: string): string => nodes.find((node) => node.id === id)?.name ?? '?';
  return [
    ...nodes.map(({ id, name }) =>
      [`${name}:`, ...vms.filter(({ node }) => node === id).map((vm) => vm.name)].join(' '),
    ),
    ...volumes.map(({ name, owner }) => `${name} of ${nameOf(owner)}`),
  ];
}

/** The scenario after each edit that was not refused. */
function taken(start: Scenario, edits: readonly NamedEdit[]): Scenario[] {
  let now = start;
  return edits.flatMap(({ edit }) => {
    const result = edit(now);
    if (!result.ok) return [];
    now = result.scenario;
    return [now];
  });
}

/** Printed and read again, or what is wrong with it. */
function throughTheFile(scenario: Scenario): unknown {
  const result = parseScenario(printScenario(scenario));
  return result.ok ? result.scenario : result.problems;
}

describe('any sequence of edits', () => {
  it.each(presets.map(({ id, scenario }) => ({ id, scenario })))(
    'from $id keeps a scenario that the file format takes and gives back unchanged (seed 1)',
    ({ scenario }) => {
      fc.assert(
        fc.property(fc.array(arbitraryEdit, { minLength: 1, maxLength: 30 }), (edits) => {
          const steps = taken(scenario, edits);
          expect(steps.map(throughTheFile)).toEqual(steps);
        }),
        { numRuns: 60, seed: 1 },
      );
    },
  );

  it('does what was asked for more often than not (seed 2)', () => {
    const { scenario } = at(presets, 0);
    const edits = fc.sample(arbitraryEdit, { numRuns: 500, seed: 2 });
    const results = edits.map(({ name, edit }) => ({ name, result: edit(scenario) }));
    const good = results.filter(({ result }) => result.ok);
    expect(good.length).toBeGreaterThan(250);
    const reasons = results.flatMap(({ result }) => (result.ok ? [] : result.reason));
    expect(reasons.filter((reason) => !/^[A-Z\da-z].*\.$/.test(reason))).toEqual([]);
    const names = new Set(good.map(({ name }) => name));
    // Its only volume holds all VMs, so it is never removed.
    expect([...new Set(edits.map(({ name }) => name))].filter((name) => !names.has(name))).toEqual([
      'removeVolume',
    ]);
  });

  it('leaves no command of the old run, because commands name what may be gone', () => {
    const commands = [{ do: 'crash-node', node: 'node1', atMs: 0 }] as const;
    expect(edited({ ...oneLun, commands }, addNode).commands).toEqual([]);
  });
});

describe('a node', () => {
  it('is added with a free name and the memory of the last one', () => {
    const { nodes } = edited(oneLun, (s) => removeNode(s, 'node2'), addNode, addNode);
    expect(nodes.map(({ name, memoryMiB }) => `${name} ${memoryMiB / GB}`)).toEqual([
      'Node 1 32',
      'Node 3 32',
      'Node 2 32',
      'Node 4 32',
    ]);
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(4);
  });

  it('is one of at most sixteen and at least one', () => {
    let full = oneLun;
    while (full.nodes.length < 16) full = edited(full, addNode);
    expect(reasonOf(full, addNode)).toBe('A cluster has at most 16 nodes.');
    const alone = edited(newCluster(), (s) => removeNode(s, 'node2'));
    expect(reasonOf(alone, (s) => removeNode(s, 'node1'))).toBe('A cluster has at least one node.');
  });

  it('has a name of its own', () => {
    expect(reasonOf(oneLun, (s) => renameNode(s, 'node1', 'Node 2'))).toBe(
      'Another one is called Node 2.',
    );
    expect(reasonOf(oneLun, (s) => renameNode(s, 'node1', ''))).not.toBeNull();
    expect(picture(edited(oneLun, (s) => renameNode(s, 'node1', 'Node 1')))).toEqual(
      picture(oneLun),
    );
  });

  it('holds its VMs, so it is never smaller than they are', () => {
    expect(reasonOf(oneLun, (s) => resizeNode(s, 'node1', 12 * GB - 1))).toBe(
      'The VMs on Node 1 use 12 GB.',
    );
    expect(at(edited(oneLun, (s) => resizeNode(s, 'node1', 12 * GB)).nodes, 0).memoryMiB).toBe(
      12 * GB,
    );
  });

  it('gives its VMs to nodes with room when it is removed, with the cluster disk they share', () => {
    // Node 2 has 32 GB free, Node 3 has 26.
    expect(picture(edited(oneLun, (s) => removeNode(s, 'node1')))).toEqual([
      'Node 2: web-01 db-01',
      'Node 3: app-01',
      'LUN 1 of Node 2',
      'LUN 2 of Node 3',
    ]);
  });

  it('spreads VMs of a CSV, and hands its coordinator role over', () => {
    // Of 32 GB each, Node 2 and Node 3 have 16 left; the VMs are 4, 4, 4 and 20 GB.
    const drain = edited(preset('drain'), (s) => resizeNode(s, 'node2', 36 * GB));
    expect(picture(edited(drain, (s) => removeNode(s, 'node1')))).toEqual([
      'Node 2: erp-01 mail-01',
      'Node 3: web-01 web-02 file-01 db-01',
      'Cluster Shared Volume 1 of Node 2',
    ]);
  });

  it('stays when its VMs fit nowhere else, and says which', () => {
    expect(reasonOf(preset('drain'), (s) => removeNode(s, 'node1'))).toBe(
      'erp-01 needs 20 GB, and no other node that may host it has room.',
    );
    const tight = edited(
      oneLun,
      (s) => resizeNode(s, 'node2', 11 * GB),
      (s) => resizeNode(s, 'node3', 17 * GB),
    );
    expect(reasonOf(tight, (s) => removeNode(s, 'node1'))).toBe(
      'web-01 and db-01 share LUN 1, so they move together: they need 12 GB, and no other node that may host them has room.',
    );
  });

  it('stays when a VM may run nowhere else', () => {
    const bound = edited(
      oneLun,
      (s) => setPossibleOwner(s, 'app01', 'node1', false),
      (s) => setPossibleOwner(s, 'app01', 'node2', false),
    );
    expect(reasonOf(bound, (s) => removeNode(s, 'node3'))).toBe('app-01 may run only on Node 3.');
    const others = edited(bound, (s) => removeNode(s, 'node2'));
    expect(others.vms.map(({ possibleOwners }) => possibleOwners)).toEqual([null, null, ['node3']]);
  });
});

describe('a VM', () => {
  it('moves with all VMs of its cluster disk, and the disk gets the new owner', () => {
    expect(picture(edited(oneLun, (s) => moveVm(s, 'web01', 'node2')))).toEqual([
      'Node 1:',
      'Node 2: web-01 db-01',
      'Node 3: app-01',
      'LUN 1 of Node 2',
      'LUN 2 of Node 3',
    ]);
  });

  it('moves alone when it is on a CSV', () => {
    const csv = edited(oneLun, (s) => setVolumeKind(s, 'lun1', 'csv'));
    expect(picture(edited(csv, (s) => moveVm(s, 'web01', 'node2')))).toEqual([
      'Node 1: db-01',
      'Node 2: web-01',
      'Node 3: app-01',
      'LUN 1 of Node 1',
      'LUN 2 of Node 3',
    ]);
  });

  it('does not move to where it has no room or may not run', () => {
    const tight = edited(oneLun, (s) => resizeNode(s, 'node2', 8 * GB));
    expect(reasonOf(tight, (s) => moveVm(s, 'web01', 'node2'))).toBe(
      'web-01 and db-01 share LUN 1, so they move together: they need 12 GB, Node 2 has 8 GB free.',
    );
    const barred = edited(oneLun, (s) => setPossibleOwner(s, 'db01', 'node2', false));
    expect(reasonOf(barred, (s) => moveVm(s, 'web01', 'node2'))).toBe(
      'db-01 may run only on Node 1 and Node 3.',
    );
  });

  it('is added where there is room: on the CSV, or on a LUN of its own', () => {
    const more = edited(oneLun, addVm, addVm);
    expect(picture(more)).toEqual([
      'Node 1: web-01 db-01',
      'Node 2: vm-1 vm-2',
      'Node 3: app-01',
      'LUN 1 of Node 1',
      'LUN 2 of Node 3',
      'LUN 3 of Node 2',
      'LUN 4 of Node 2',
    ]);
    const shared = edited(newCluster(), addVm);
    expect(picture(shared)).toEqual(['Node 1: vm-1', 'Node 2: vm-2', 'CSV 1 of Node 1']);
  });

  it('takes the empty LUN there is', () => {
    const spare = edited(oneLun, addVolume, addVm);
    expect(picture(spare).slice(3)).toEqual([
      'LUN 1 of Node 1',
      'LUN 2 of Node 3',
      'LUN 3 of Node 2',
    ]);
  });

  it('is as large as fits, and none is added to a full cluster', () => {
    const two = edited(
      newCluster(),
      (s) => resizeNode(s, 'node1', 4 * GB),
      (s) => resizeNode(s, 'node2', 100),
      addVm,
    );
    expect(at(two.vms, 1)).toMatchObject({ node: 'node2', memoryMiB: 100, touchedMiB: 100 });
    expect(reasonOf(two, addVm)).toBe('No node has 16 MB free. Add a node, or make one larger.');
  });

  it('grows to what its node has free, and no further', () => {
    expect(reasonOf(oneLun, (s) => resizeVm(s, 'web01', 24 * GB + 1))).toBe(
      'Node 1 has 24 GB free for web-01.',
    );
    expect(reasonOf(oneLun, (s) => resizeVm(s, 'web01', 24 * GB))).toBeNull();
    expect(reasonOf(oneLun, (s) => resizeVm(s, 'web01', 15))).toBe('Allowed: 16 MB to 24 GB.');
    const full = parsed({
      nodes: [{ memoryMiB: 8 * TB }],
      vms: [
        { id: 'a', memoryMiB: TB },
        { id: 'b', memoryMiB: TB - 32 },
        { id: 'c', memoryMiB: 32 },
      ],
    });
    const tooMuch = 'All VMs together have at most 2 TB.';
    expect(reasonOf(full, (s) => resizeVm(s, 'c', 33))).toBe(tooMuch);
    expect(reasonOf(full, (s) => resizeVm(s, 'c', 31))).toBeNull();
    expect(reasonOf(full, addVm)).toBe(tooMuch);
    const almostFull = edited(full, (s) => resizeVm(s, 'c', 16));
    expect(edited(almostFull, addVm).vms.at(-1)?.memoryMiB).toBe(16);
  });

  it('has nothing in memory it does not have', () => {
    const small = edited(
      oneLun,
      (s) => setTouched(s, 'web01', 2 * GB),
      (s) => resizeVm(s, 'web01', GB),
    );
    expect(at(small.vms, 0).touchedMiB).toBe(GB);
    expect(reasonOf(small, (s) => setTouched(s, 'web01', GB + 1))).toBe('Allowed: 0 MB to 1 GB.');
  });

  it('goes to the node of the cluster disk it is put on; an empty disk comes to it', () => {
    const onLun2 = edited(oneLun, (s) => setVmVolume(s, 'web01', 'lun2'));
    expect(picture(onLun2).slice(0, 3)).toEqual([
      'Node 1: db-01',
      'Node 2:',
      'Node 3: web-01 app-01',
    ]);
    const alone = edited(
      oneLun,
      addVolume,
      (s) => setVolumeOwner(s, 'lun3', 'node2'),
      (s) => setVmVolume(s, 'web01', 'lun3'),
    );
    expect(picture(alone)).toEqual([...picture(oneLun), 'LUN 3 of Node 1']);
  });

  it('is not put on a disk whose node has no room', () => {
    const tight = edited(oneLun, (s) => resizeNode(s, 'node3', 7 * GB));
    expect(reasonOf(tight, (s) => setVmVolume(s, 'web01', 'lun2'))).toBe(
      'LUN 2 belongs to Node 3, so web-01 would run there. web-01 needs 4 GB, Node 3 has 1 GB free.',
    );
  });

  it('may always run where it does; nodes added later count when all may host it', () => {
    expect(reasonOf(oneLun, (s) => setPossibleOwner(s, 'web01', 'node1', false))).toBe(
      'web-01 runs on Node 1.',
    );
    const fewer = edited(oneLun, (s) => setPossibleOwner(s, 'web01', 'node2', false));
    expect(at(fewer.vms, 0).possibleOwners).toEqual(['node1', 'node3']);
    const all = edited(fewer, (s) => setPossibleOwner(s, 'web01', 'node2', true));
    expect(at(all.vms, 0).possibleOwners).toBeNull();
  });

  it('is renamed with its place kept, and the last one stays', () => {
    const renamed = edited(oneLun, (s) => renameVm(s, 'web01', 'shop'));
    expect(at(renamed.vms, 0)).toEqual({ ...at(oneLun.vms, 0), name: 'shop' });
    expect(reasonOf(newCluster(), (s) => removeVm(s, 'vm1'))).toBe(
      'There is nothing to show without a VM.',
    );
    expect(edited(oneLun, (s) => removeVm(s, 'db01')).vms).toHaveLength(2);
  });
});

describe('a volume', () => {
  it('with VMs is not removed; an empty one is', () => {
    expect(reasonOf(oneLun, (s) => removeVolume(s, 'lun1'))).toBe(
      'web-01 and db-01 are on LUN 1. Put them on another volume first.',
    );
    expect(edited(oneLun, addVolume, (s) => removeVolume(s, 'lun3'))).toEqual(oneLun);
  });

  it('becomes a cluster disk only while its VMs are on one node, which then owns it', () => {
    const shared = preset('shared-volume');
    expect(reasonOf(shared, (s) => setVolumeKind(s, 'csv1', 'cluster-disk'))).toBe(
      'Its VMs run on Node 1 and Node 3, and only one node at a time can use a cluster disk.',
    );
    const together = edited(
      shared,
      (s) => moveVm(s, 'web01', 'node3'),
      (s) => moveVm(s, 'db01', 'node3'),
      (s) => setVolumeKind(s, 'csv1', 'cluster-disk'),
    );
    expect(picture(together).at(-1)).toBe('Cluster Shared Volume 1 of Node 3');
  });

  it('takes its VMs along when it gets another owner; a coordinator moves alone', () => {
    expect(picture(edited(oneLun, (s) => setVolumeOwner(s, 'lun1', 'node3')))).toContain(
      'Node 3: web-01 db-01 app-01',
    );
    const shared = edited(preset('shared-volume'), (s) => setVolumeOwner(s, 'csv1', 'node2'));
    expect(picture(shared)).toEqual([
      'Node 1: web-01 db-01',
      'Node 2:',
      'Node 3: app-01',
      'Cluster Shared Volume 1 of Node 2',
    ]);
  });
});

describe('a guest', () => {
  const writer = { kind: 'hot', pagesPerSecond: 10, startMiB: 0, sizeMiB: 3072 } as const;
  const hot = edited(
    newCluster(),
    (s) => setWriterKind(s, 'vm1', 0, 'hot'),
    (s) => setWriter(s, 'vm1', 0, { ...writer, hotShare: 0.5, hotMiB: 2048 }),
  );
  const hotWriter = { ...writer, hotShare: 0.5, hotMiB: 2048 } as const;

  it('writes where its memory is: what begins later reaches less far', () => {
    const later = edited(hot, (s) => setWriter(s, 'vm1', 0, { ...hotWriter, startMiB: 3072 }));
    expect(at(later.vms, 0).writers).toEqual([
      { ...hotWriter, startMiB: 3072, sizeMiB: 1024, hotMiB: 1024 },
    ]);
  });

  it.each([
    [{ sizeMiB: 4097 }, 'Allowed: 1 MB to 4 GB.'],
    [{ startMiB: 4096 }, 'Allowed: 0 MB to 4 GB.'],
    [{ hotMiB: 3073 }, 'Allowed: 1 MB to 3 GB.'],
    [{ hotShare: 1.1 }, 'Allowed: 0% to 100%.'],
    [{ pagesPerSecond: -1 }, 'Allowed: 0 to 100,000,000.'],
    [{ sizeMiB: 1.5 }, 'Allowed: whole numbers, 1 MB to 4 GB.'],
    [{ fromMs: 2000, toMs: 2000 }, 'It begins at 2 s, so it stops later than that.'],
  ])('does not write with %o', (change, reason) => {
    expect(reasonOf(hot, (s) => setWriter(s, 'vm1', 0, { ...hotWriter, ...change }))).toBe(reason);
  });

  it('has at most sixteen writers', () => {
    let busy = hot;
    while (at(busy.vms, 0).writers.length < 16) busy = edited(busy, (s) => addWriter(s, 'vm1'));
    expect(reasonOf(busy, (s) => addWriter(s, 'vm1'))).toBe('A VM has at most 16 writers.');
  });

  it('is asked by one client or more', () => {
    const group = { kind: 'ping', count: 0, requestEveryMs: 300 } as const;
    expect(reasonOf(hot, (s) => setClients(s, 'vm1', 0, group))).toBe('Allowed: 1 to 1,000.');
  });
});

describe('a setting of the cluster', () => {
  it('is refused in the unit that is shown', () => {
    expect(reasonOf(oneLun, (s) => setSetting(s, 'regroupMs', 600_001))).toBe(
      'Allowed: 0 s to 600 s.',
    );
    expect(reasonOf(oneLun, (s) => setSetting(s, 'migrationMBps', 0))).toBe(
      'Allowed: 0.1 MB/s to 100,000 MB/s.',
    );
    const quick = edited(oneLun, (s) => setSetting(s, 'heartbeatMs', 250));
    expect(settingOf(quick, 'heartbeatMs')).toBe(250);
  });

  it('makes a quick migration take a fixed time per GB, or what the storage path takes', () => {
    const web = at(oneLun.vms, 0);
    expect(quickSeconds(oneLun, web)).toBe(32);
    // facts B2: 19.2 s per GiB for save and restore over 1 GbE iSCSI; the disk moves in 3 s.
    const iscsi = edited(oneLun, (s) => setQuickPath(s, 112));
    expect(quickSeconds(iscsi, web)).toBeCloseTo(4 * 19.17 + 3, 0);
    const fixed = edited(iscsi, (s) => setQuickPath(s, null));
    expect(fixed.quickMigration.secondsPerGiB).toBe(8);
    expect(fixed.network.storageMBps).toBe(112);
  });
});
