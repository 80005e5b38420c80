/** Quick migration: how long it takes, who goes along, what is compared. */
import { describe, expect, it } from 'vitest';
import { at } from '../../../../src/base/assert.ts';
import type { PhaseName } from '../../../../src/engine/migration/migration.ts';
import { simulate } from '../../../../src/engine/recording/simulate.ts';
import type { Report } from '../../../../src/engine/report.ts';
import type { Scenario } from '../../../../src/engine/scenario.ts';
import {
  cancel,
  clients,
  cluster,
  crashNode,
  cutStoragePath,
  quickMigrate,
  repairNode,
  repairStoragePath,
} from '../../../support/clusterBuilder.ts';
import { migrationOfRun, runToEnd, startRun } from '../../../support/clusterRuns.ts';
import { refusals, story, texts, whereabouts } from '../../../support/clusterStory.ts';

const MS = 1_000_000;
const GIB = 1024;
const disk = { kind: 'cluster-disk' } as const;
const csv = { kind: 'csv' } as const;

/** One VM of 4 GiB that is moved at once. */
const alone = cluster({ vms: [{ memoryMiB: 4 * GIB }], commands: [quickMigrate()] });

/** VMs of 4 and 8 GiB on one volume. */
function two(kind: typeof disk | typeof csv): Scenario {
  return cluster({
    volumes: [kind],
    vms: [{ memoryMiB: 4 * GIB }, { memoryMiB: 8 * GIB }],
    commands: [quickMigrate()],
  });
}

/** `name startMs-endMs` for each phase of a migration. */
function phases(scenario: Scenario, id = 0): string[] {
  const run = runToEnd(scenario);
  return migrationOfRun(run, id).phases.map(({ name, startNs, endNs }) => {
    return `${name} ${Math.round(startNs / MS)}-${Math.round((endNs ?? 0) / MS)}`;
  });
}

describe('the time of a quick migration', () => {
  it('[QM4] is 8 s for each GiB in all: 32 s for 4 GiB on a CSV, half to save and half to restore', () => {
    expect(phases(alone)).toEqual(['saving 0-16000', 'restoring 16000-32000']);
    expect(simulate(alone).vms[0]).toMatchObject({ outageMs: 32_000, memoryLostMiB: 0 });
  });

  it('[QM4] does not depend on the migration network', () => {
    const headers = {
      do: 'set-live-migration',
      pageHeaderBytes: 4096,
      migrationMBps: 512,
    } as const;
    const changed = { ...alone, commands: [quickMigrate(), { ...headers, atMs: 1000 }] };
    expect(phases(changed)).toEqual(phases(alone));
    expect(simulate(changed).migrations[0]).toMatchObject({ bytesSent: 4 * 1024 ** 3 });
  });

  it('[QM4] is the same on a cluster disk, whose move of 3 s is part of it', () => {
    const onDisk = cluster({
      volumes: [disk],
      vms: [{ memoryMiB: 4 * GIB }],
      commands: [quickMigrate()],
    });
    expect(phases(onDisk)).toEqual([
      'saving 0-14500',
      'saved 14500-14500',
      'disk-move 14500-17500',
      'restoring 17500-32000',
    ]);
  });

  it('[QM4] gives the disk at most a quarter of the time of a small VM', () => {
    const small = cluster({
      volumes: [disk],
      vms: [{ memoryMiB: 256 }],
      commands: [quickMigrate()],
    });
    // 2 s in all, 0.5 s of it for the disk.
    expect(phases(small)).toEqual([
      'saving 0-750',
      'saved 750-750',
      'disk-move 750-1250',
      'restoring 1250-2000',
    ]);
  });

  it('[QM4] gives the disk the time that is set when the migration starts', () => {
    const later = cluster({
      volumes: [disk],
      vms: [{ memoryMiB: GIB }],
      quickMigration: { secondsPerGiB: null },
      network: { storageMBps: 1024 },
      commands: [
        { atMs: 0, do: 'set-live-migration', diskMoveMs: 500 },
        quickMigrate(1000),
        { atMs: 1500, do: 'set-live-migration', diskMoveMs: 9000 },
      ],
    });
    const [saving, , move] = migrationOfRun(runToEnd(later)).phases;
    expect(saving?.name).toBe('saving');
    expect(move).toMatchObject({ name: 'disk-move' });
    expect((move?.endNs ?? 0) - (move?.startNs ?? 0)).toBe(500 * MS);
  });

  it.each([
    // facts B2: seconds per GiB for save and restore, of the rates each way.
    [112, 19.2],
    [200, 10.7],
    [400, 5.4],
  ])(
    '[QM4] with %i MB/s of storage path is %f s for each GiB, and the disk on top',
    (rate, all) => {
      const byPath = cluster({
        volumes: [disk],
        vms: [{ memoryMiB: GIB }],
        network: { storageMBps: rate },
        quickMigration: { secondsPerGiB: null },
        commands: [quickMigrate()],
      });
      const { outageMs } = simulate(byPath).vms[0]!;
      expect(outageMs / 1000).toBeCloseTo(all + 3, 1);
    },
  );
});

describe('transfers that meet', () => {
  const nodes = [65_536, 65_536, 65_536];

  it('[ST6] do not wait for one whose volume does not answer', () => {
    const report = simulate(
      cluster({
        nodes,
        volumes: [csv, { kind: 'csv', owner: 'node3' }],
        vms: [{ memoryMiB: GIB }, { memoryMiB: GIB, volume: 'lun2' }],
        commands: [quickMigrate(), quickMigrate(0, 'vm2'), crashNode(100, 'node3')],
      }),
    );
    // For 100 ms they share the path; from then on, until the others have regrouped at 7.1 s, vm-1 has it alone. So each
    // of its directions of 4 s takes 50 ms longer, in the first one only.
    expect(report.vms[0]?.outageMs).toBeCloseTo(8050, 0);
  });

  it('[ST6] share the cluster network with those that use it too, and with no others', () => {
    const at268 = { quickMigration: { secondsPerGiB: null }, network: { storageMBps: 268 } };
    const rates = (redirected: number, direct: number): number[] => {
      const count = redirected + direct;
      const { simulation } = startRun(
        cluster({
          ...at268,
          nodes,
          volumes: [{ kind: 'csv', owner: 'node1' }],
          vms: Array.from({ length: count }, (_, i) => ({
            memoryMiB: GIB,
            node: i < redirected ? 'node2' : 'node1',
          })),
          commands: [
            cutStoragePath(0, 'node2'),
            ...Array.from({ length: count }, (_, i) => quickMigrate(0, `vm${i + 1}`, 'node3')),
          ],
        }),
      );
      simulation.advanceTo(100 * MS);
      return simulation.state.migrations.map(({ phase }) =>
        'pass' in phase ? Math.round(4_096_000 / phase.pass.pageNs) : 0,
      );
    };
    expect(rates(1, 0)).toEqual([117]);
    expect(rates(2, 0)).toEqual([59, 59]);
    // Each has half of 268 on the coordinator's path; the cluster network carries one of them only.
    expect(rates(1, 1)).toEqual([117, 134]);
    expect(rates(1, 2)).toEqual([89, 89, 89]);
  });
});

describe('who goes along', () => {
  it('[QM1] is every VM on the cluster disk: 12 GiB at 8 s, the larger one is back last', () => {
    const report = simulate(two(disk));
    expect(whereabouts(report)).toEqual(['running on node2', 'running on node2']);
    expect(report.volumes).toEqual([{ id: 'lun1', owner: 'node2', kind: 'cluster-disk' }]);
    // Both share the path: 4 GiB are saved at half speed, the rest of the 8 GiB alone.
    // 96 s in all: 46.5 s to save 12 GiB, 3 s for the disk, 46.5 s to read them back.
    expect(report.vms.map(({ outageMs }) => outageMs)).toEqual([80_500, 96_000]);
    expect(texts(report, 'migration-requested')[1]).toBe(
      'Quick migration of vm-2 from Node 1 to Node 2 is asked for: it lies on LUN 1, which moves',
    );
  });

  it('[QM1] is nobody on a CSV, and no disk moves', () => {
    const report = simulate(two(csv));
    expect(whereabouts(report)).toEqual(['running on node2', 'running on node1']);
    expect(report.vms.map(({ outageMs }) => outageMs)).toEqual([32_000, 0]);
    expect(report.volumes).toEqual([{ id: 'lun1', owner: 'node1', kind: 'csv' }]);
    expect(story(report, 'volume-move-started', 'volume-moved')).toEqual([]);
  });

  it('[RG1] goes offline from the VM to the disk, and comes online the other way round', () => {
    const onDisk = cluster({ volumes: [disk], commands: [quickMigrate()] });
    expect(texts(simulate(onDisk), 'resource-offline')).toEqual([
      'Virtual Machine vm-1 is offline: its memory is in the file',
      'Virtual Machine Configuration vm-1 is offline: its Virtual Machine is offline',
      'LUN 1 is offline: dismounted on Node 1',
    ]);
    expect(texts(simulate(onDisk), 'resource-online')).toEqual([
      'LUN 1 is online: mounted on Node 2',
      'Virtual Machine Configuration vm-1 is online on Node 2',
      'Virtual Machine vm-1 is online on Node 2',
    ]);
  });
});

describe('the pages', () => {
  it('[QM2] are all written, in order, and all read back, whatever they hold', () => {
    const empty = cluster({ vms: [{ memoryMiB: GIB, touchedMiB: 0 }], commands: [quickMigrate()] });
    const [migration] = simulate(empty).migrations;
    expect(migration).toMatchObject({
      method: 'quick',
      outcome: 'completed',
      pagesSent: 262_144,
      pagesRestored: 262_144,
      bytesSent: 1_073_741_824,
      memoryIdentical: true,
      totalMs: 8000,
      blackoutMs: 8000,
      rounds: [],
    });
    const { simulation } = startRun(empty);
    simulation.advanceTo(1000 * MS);
    const { sendSetPages, sentOnce } = simulation.memoryOf(at(simulation.state.migrations, 0));
    expect(sendSetPages).toBe(196_608);
    expect(sentOnce.findIndex((word) => word === 0) * 32).toBe(65_536);
  });

  const small = cluster({ vms: [{ memoryMiB: 16 }], commands: [quickMigrate()] });
  /** Saved by 62.5 ms, read back by 125 ms. */
  const faults: readonly [string, number, PhaseName][] = [
    ['lost from the file', 60, 'saving'],
    ['written wrongly', 60, 'saving'],
    ['not read back', 120, 'restoring'],
    ['changed after it was read', 120, 'restoring'],
  ];

  it('[QM2] are all in the file when the save is over, on a CSV too', () => {
    const [saving, restoring] = migrationOfRun(runToEnd(alone)).phases;
    expect(saving).toMatchObject({ name: 'saving', pagesSent: 4 * GIB * 256, pagesLeft: 0 });
    expect(restoring).toMatchObject({ name: 'restoring', pagesSent: 4 * GIB * 256, pagesLeft: 0 });
  });

  it.each(faults)('[QM3] %s is seen as exactly one page', (what, ms, phase) => {
    const { simulation, record } = startRun(small);
    simulation.advanceTo(ms * MS);
    const migration = at(simulation.state.migrations, 0);
    expect(migration.phase.name).toBe(phase);
    const memory = simulation.memoryOf(migration);
    if (what === 'lost from the file') memory.versions!.destination[7] = 0;
    else if (what === 'not read back') memory.sentOnce[0]! &= ~(1 << 7);
    else memory.versions!.destination[7]! ^= 1;
    simulation.advanceTo(1000 * MS);
    expect(record.migrations[0]?.differingPages).toBe(1);
  });

  it('[QM3] of two pauses are not the same', () => {
    const twice = cluster({ commands: [quickMigrate(), quickMigrate(500, 'vm1', 'node1')] });
    const stamps = [10, 510].map((ms) => {
      const { simulation } = startRun(twice);
      simulation.advanceTo(ms * MS);
      return simulation.memoryOf(at(simulation.state.migrations, 0)).versions!.source[5];
    });
    expect(stamps[0]).not.toBe(stamps[1]);
    expect(simulate(twice).migrations.map(({ memoryIdentical }) => memoryIdentical)).toEqual([
      true,
      true,
    ]);
  });
});

describe('a failure', () => {
  const nodes = [8 * GIB, 8 * GIB, 8 * GIB];
  const base = { nodes, vms: [{ memoryMiB: 512 }] };
  // On the disk: saved by 1.5 s, the disk is across at 2.5 s, read back by 4 s.
  const onDisk = { ...base, volumes: [disk] };

  it('[QM5] of the target during the save lets the VM go on at the source', () => {
    const report = simulate(
      cluster({ ...base, commands: [quickMigrate(), crashNode(1000, 'node2')] }),
    );
    expect(report.migrations[0]).toMatchObject({ outcome: 'failed', blackoutMs: 1000 });
    expect(report.vms[0]).toMatchObject({ node: 'node1', state: 'running', outageMs: 1000 });
    expect(report.vms[0]?.memoryLostMiB).toBe(0);
  });

  it('[QM5] of the source during the save loses the memory', () => {
    const report = simulate(
      cluster({ ...base, commands: [quickMigrate(), crashNode(1000, 'node1')] }),
    );
    expect(report.vms[0]).toMatchObject({ state: 'running', memoryLostMiB: 512 });
    // 1 s of saving, 7 s until the others have regrouped, 1 s of configuration, 60 s of boot.
    expect(report.vms[0]?.outageMs).toBe(69_000);
  });

  it.each([
    ['while the disk moves', 1600],
    ['while it is read back', 3000],
  ])('[QM5] of the source once all is saved does not matter: %s', (_, ms) => {
    const report = simulate(
      cluster({ ...onDisk, commands: [quickMigrate(), crashNode(ms, 'node1')] }),
    );
    expect(report.migrations[0]).toMatchObject({ outcome: 'completed', memoryIdentical: true });
    expect(report.vms[0]).toMatchObject({ node: 'node2', outageMs: 4000, memoryLostMiB: 0 });
  });

  it('[QM5] [FO8] of the source is over for the disk that is on its way when it is repaired', () => {
    const report = simulate(
      cluster({
        ...onDisk,
        commands: [quickMigrate(), crashNode(1600, 'node1'), repairNode(1700, 'node1')],
      }),
    );
    expect(report.migrations[0]?.outcome).toBe('completed');
    expect(texts(report, 'resource-offline').slice(2)).toEqual([
      'LUN 1 is offline: dismounted on Node 1',
    ]);
  });

  it.each([
    ['while the disk moves', 2000, 'disk-move'],
    ['while it reads', 3000, 'restoring'],
  ])('[QM5] [FO6] of the target %s costs time, not data', (_, ms, phase) => {
    const report = simulate(
      cluster({ ...onDisk, commands: [quickMigrate(), crashNode(ms, 'node2')] }),
    );
    expect(
      runToEnd(
        cluster({ ...onDisk, commands: [quickMigrate()] }),
      ).record.migrations[0]?.phases.some(({ name }) => name === phase),
    ).toBe(true);
    expect(
      report.migrations.map(({ cause, outcome, memoryIdentical }) => ({
        cause,
        outcome,
        memoryIdentical,
      })),
    ).toEqual([
      { cause: 'operator', outcome: 'failed', memoryIdentical: null },
      { cause: 'failover', outcome: 'completed', memoryIdentical: true },
    ]);
    expect(report.vms[0]).toMatchObject({ state: 'running', memoryLostMiB: 0 });
    expect(report.vms[0]?.node).not.toBe('node2');
    // One failure is told once.
    expect(story(report, 'vm-boot-started', 'volume-move-failed', 'vm-stopped')).toEqual([]);
    expect(story(report, 'vm-paused')).toEqual(['0 vm-paused vm1']);
  });

  it.each([
    // On the disk 2 of 8 s a GiB are its move's; with more memory it takes 3 s of all.
    ['cluster-disk', 1024, 3000],
    ['cluster-disk', 2048, 6500],
    ['csv', 1024, 4000],
  ] as const)(
    '[QM4] [FO6] on a %s of %i MiB is read back as fast as it would have been restored',
    (kind, memoryMiB, ms) => {
      const nodes = [65_536, 65_536, 65_536];
      const base = { nodes, vms: [{ memoryMiB }], volumes: [{ kind }] };
      const restoreMs = ({ events }: Report): number => {
        const begun = events.findLast(({ kind: what }) => what === 'restore-started');
        return (
          (events.findLast(({ kind: what }) => what === 'memory-compared')?.atMs ?? NaN) -
          (begun?.atMs ?? NaN)
        );
      };
      const whole = simulate(cluster({ ...base, commands: [quickMigrate()] }));
      expect(restoreMs(whole)).toBe(ms);
      const crashMs = (whole.migrations[0]?.totalMs ?? 0) - 100;
      const broken = simulate(
        cluster({ ...base, commands: [quickMigrate(), crashNode(crashMs, 'node2')] }),
      );
      expect(broken.migrations.map(({ cause }) => cause)).toEqual(['operator', 'failover']);
      expect(restoreMs(broken)).toBe(ms);
    },
  );

  it('[FO6] [QM6] while a VM is read back after one is told as what it is', () => {
    const report = simulate(
      cluster({
        nodes: [2048, 2048, 2048, 2048, 2048],
        vms: [{ memoryMiB: GIB }],
        volumes: [{ kind: 'csv', owner: 'node5' }],
        commands: [
          quickMigrate(),
          crashNode(5000, 'node2'),
          cancel(14_000),
          crashNode(15_000, 'node1'),
        ],
      }),
    );
    expect(texts(report, 'command-refused')).toEqual([
      'Nothing to cancel: vm-1 is being read back',
    ]);
    expect(texts(report, 'migration-failed')[1]).toBe(
      'Node 1 crashed, so reading vm-1 back failed; its memory is safe in its file',
    );
    expect(report.migrations.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'node1 node2',
      'node2 node1',
      'node1 node3',
    ]);
    expect(whereabouts(report)).toEqual(['running on node3']);
  });

  it('[QM1] with one VM of the disk off needs room for the other only', () => {
    const report = simulate(
      cluster({
        nodes: [64, 24, 24],
        vms: [{}, {}],
        volumes: [disk],
        quickMigration: { secondsPerGiB: 200 },
        failover: { bootMs: 1000 },
        commands: [crashNode(0), quickMigrate(20_000, 'vm1', 'node3')],
      }),
    );
    expect(whereabouts(report)).toEqual(['running on node3', 'off on node3']);
  });

  it('[QM1] is not joined by a VM that could start only now', () => {
    const run = startRun(
      cluster({
        nodes: [64, 24, 64],
        vms: [{}, { memoryMiB: 20 }],
        volumes: [disk],
        quickMigration: { secondsPerGiB: 200 },
        failover: { bootMs: 1000 },
        commands: [
          cutStoragePath(0, 'node3'),
          crashNode(1),
          repairStoragePath(15_000, 'node3'),
          quickMigrate(20_000, 'vm1', 'node3'),
        ],
      }),
    );
    // vm-1 is saved, so that node 2 has room for vm-2; but the disk goes.
    run.simulation.advanceTo(21_500 * MS);
    expect(at(run.simulation.state.migrations, 0).phase.name).toBe('disk-move');
    expect(at(run.simulation.state.vms, 1).status.name).toBe('off');
    run.simulation.advanceTo(60_000 * MS);
    expect(run.simulation.state.vms.map(({ node, status }) => `${status.name} ${node}`)).toEqual([
      'running 2',
      'running 2',
    ]);
  });

  it('[QM5] of the target brings a VM back that was saved before the others', () => {
    // Both save at half speed: vm-1 is done at 3 s, vm-2 at 4.5 s.
    const report = simulate(
      cluster({
        nodes,
        volumes: [disk],
        vms: [{ memoryMiB: 512 }, { memoryMiB: 1024 }],
        commands: [quickMigrate(), crashNode(4000, 'node2')],
      }),
    );
    expect(whereabouts(report)).toEqual(['running on node1', 'running on node1']);
    expect(report.vms.map(({ memoryLostMiB }) => memoryLostMiB)).toEqual([0, 0]);
    expect(report.vms[1]?.outageMs).toBe(4000);
  });

  it('[QM5] of the path of the disk during the save loses the memory', () => {
    const report = simulate(
      cluster({ ...onDisk, commands: [quickMigrate(), cutStoragePath(1000, 'node1')] }),
    );
    expect(report.migrations[0]?.outcome).toBe('failed');
    expect(report.vms[0]).toMatchObject({ state: 'running', memoryLostMiB: 512 });
  });

  it('[QM6] cannot be made by cancelling', () => {
    const cancelled = { ...alone, commands: [quickMigrate(), cancel(1000)] };
    expect(refusals(cancelled)).toEqual(['Nothing to cancel: vm-1 is paused already']);
    expect(simulate(cancelled).vms[0]?.outageMs).toBe(32_000);
  });
});

describe('the clients', () => {
  it('[CN4] of 4 GiB: Windows gives up at 18.9 s, Linux waits', () => {
    const watched = cluster({
      vms: [
        {
          memoryMiB: 4 * GIB,
          clients: [clients('windows-lan', 12), clients('linux-lan', 12), clients('ping', 3)],
        },
      ],
      commands: [quickMigrate()],
    });
    const report = simulate(watched);
    expect(report.clients).toMatchObject([
      { kind: 'windows-lan', kept: 0, lost: 12 },
      { kind: 'linux-lan', kept: 12, lost: 0, longestSilenceMs: 51_000 },
      { kind: 'ping', kept: 3, lost: 0 },
    ]);
  });
});
