/** The convergence map's cells: the Lab's run where it is the Lab's point, within 2% elsewhere. Rules CM1 to CM5. */
import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import { simulate } from '../../../src/engine/index.ts';
import type { Scenario } from '../../../src/engine/scenario.ts';
import { dirtyRate, scenarioAt } from '../../../src/scenario/convergenceCell.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { convergenceGrid } from '../../../src/state/convergenceGrid.ts';
import { cellScenario, lossesOf, targetOf } from '../../../src/worker/convergence/cellQuestion.ts';
import { CellRun } from '../../../src/worker/convergence/cellRun.ts';
import { TOLERANCE, sketchDivisor } from '../../../src/worker/convergence/cellSize.ts';
import { withFewerPages } from '../../../src/worker/convergence/smallerMemory.ts';
import { questionOf, sampleCells } from '../../support/convergenceSample.ts';
import { cluster } from '../../support/clusterBuilder.ts';

function preset(id: string): Scenario {
  const found = presets.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no preset ${id}`);
  return found.scenario;
}

/** The run of the command line and of the Lab: with versions, from the scenario itself. */
function labRun(scenario: Scenario, vm: string, to: string) {
  const report = simulate({ ...scenario, commands: [{ atMs: 0, do: 'live-migrate', vm, to }] });
  const migration = at(report.migrations, 0);
  const cleanedUp = report.events.find(({ kind }) => kind === 'migration-completed');
  return {
    outageNs: migration.blackoutMs * 1e6,
    totalNs: (cleanedUp?.atMs ?? NaN) * 1e6,
    bytesSent: migration.bytesSent,
    rounds: migration.rounds.length,
    pagesLeft: migration.rounds.at(-1)?.pagesLeft,
    stopReason: migration.stopReason,
    lost: report.clients.filter((group) => group.vm === vm).map(({ lost }) => lost),
  };
}

describe('a cell of the convergence map', () => {
  it.each(['calm', 'round-limit', 'untouched', 'small', 'own-luns', 'hot-cache'])(
    '[CM1] is the run of the Lab at the point where the VM is: %s',
    (id) => {
      const scenario = preset(id);
      const question = questionOf(scenario);
      const target = targetOf(question);
      if (!('node' in target)) throw new Error(target.refusal);
      const { currentColumn, currentRow, columns } = convergenceGrid(scenario, 0);
      expect(currentColumn).not.toBeNull();
      const cell = currentRow * columns.length + (currentColumn ?? 0);
      const run = new CellRun(cellScenario(question, cell, target.node));
      while (!run.isOver) run.advance(1e6);
      const { lost, ...figures } = labRun(scenario, at(scenario.vms, 0).id, target.node);
      expect(run.figures()).toEqual(figures);
      expect(run.clients().map((group) => group.lost)).toEqual(lost);
    },
  );

  it('[CM2] needs a node that can take the VM, and says why there is none', () => {
    // On a cluster disk with another VM nothing can be moved alone.
    expect(targetOf(questionOf(preset('one-lun')))).toEqual({
      refusal: expect.stringContaining('has one owner') as unknown,
    });
  });

  it('[CM2] has the writers in their shares, and the bandwidth; the rest is as it was', () => {
    const scenario = preset('calm');
    const point = { pagesPerSecond: 52_000, migrationMBps: 234 };
    const there = scenarioAt(scenario, 0, point);
    const [before, after] = [at(scenario.vms, 0), at(there.vms, 0)];
    expect(dirtyRate(after.writers)).toBeCloseTo(52_000, 1);
    const factor = 52_000 / dirtyRate(before.writers);
    after.writers.forEach((writer, i) => {
      const old = at(before.writers, i);
      expect(writer).toEqual({ ...old, pagesPerSecond: writer.pagesPerSecond });
      expect(writer.pagesPerSecond).toBeCloseTo(old.pagesPerSecond * factor, 1);
    });
    expect({ ...there, vms: [], network: {}, untilMs: 0 }).toEqual({
      ...scenario,
      vms: [],
      network: {},
      untilMs: 0,
    });
    expect(there.network).toEqual({ ...scenario.network, migrationMBps: 234 });
    expect(there.vms.slice(1)).toEqual(scenario.vms.slice(1));
  });

  it('[CM2] of a guest that writes nothing has one even writer over what it holds', () => {
    const scenario = cluster({ vms: [{ memoryMiB: 64, touchedMiB: 48 }], commands: [] });
    expect(convergenceGrid(scenario, 0).currentColumn).toBeNull();
    const { vms } = scenarioAt(scenario, 0, { pagesPerSecond: 300, migrationMBps: 10 });
    expect(at(vms, 0).writers).toEqual([
      { kind: 'uniform', pagesPerSecond: 300, startMiB: 0, sizeMiB: 48 },
    ]);
  });

  it.each([
    ['calm', 0, 40],
    ['hot-cache', 0, 20],
    ['tiny-hot-set', 0, 30],
    ['big-calm', 0, 8],
  ])(
    '[CM4] with fewer pages is within 2% of all of them, and stops as they do: %s',
    (id, vm, count) => {
      const cells = sampleCells(questionOf(preset(id), vm), count);
      // Else there is nothing to compare.
      expect(cells.filter(({ divisor }) => divisor > 1).length).toBeGreaterThan(count / 4);
      for (const { off, sameStop, cell } of cells) {
        expect(off.outage, `outage of cell ${cell}`).toBeLessThan(TOLERANCE);
        expect(off.total, `total time of cell ${cell}`).toBeLessThan(TOLERANCE);
        expect(off.data, `data of cell ${cell}`).toBeLessThan(TOLERANCE);
        expect(sameStop, `stop of cell ${cell}`).toBe(true);
      }
    },
  );

  it.each(['clear-on-send', 'sync-when-rest-small'] as const)(
    '[CM4] has all pages where the order of writes and sends counts: %s',
    (tracking) => {
      const { liveMigration, ...rest } = preset('tiny-hot-set');
      const scenario = { ...rest, liveMigration: { ...liveMigration, tracking } };
      for (const { divisor } of sampleCells(questionOf(scenario), 3)) expect(divisor).toBe(1);
    },
  );

  it('[CM3] with fewer pages keeps the number of rounds and their lengths, for writes in order exactly', () => {
    const scenario = cluster({
      vms: [
        {
          memoryMiB: 1024,
          touchedMiB: 1024,
          writers: [{ kind: 'sweep', pagesPerSecond: 8000, startMiB: 256, sizeMiB: 512 }],
        },
      ],
      migrationMBps: 117,
      liveMigration: { stopBelowMs: 30, setupMs: 2000, resumeMs: 100, deviceStateMB: 2 },
    });
    expect(sketchDivisor(scenario, 0)).toBe(64);
    const rounds = (divisor: number) => {
      const run = new CellRun(withFewerPages(scenario, 0, divisor));
      while (!run.isOver) run.advance(1e6);
      return run.rounds();
    };
    const [full, small] = [rounds(1), rounds(16)];
    expect(small).toHaveLength(full.length);
    full.forEach(({ seconds, pagesLeft }, i) => {
      // A whole number of pages: half a page of the small run is 8 of the full one.
      expect(Math.abs(at(small, i).pagesLeft * 16 - pagesLeft)).toBeLessThanOrEqual(16 * (i + 1));
      expect(at(small, i).seconds).toBeCloseTo(seconds, 1);
    });
  });

  it('[CM3] with fewer pages gives a power law the same growth: even writers, one for each band of ranks', () => {
    const region = { pagesPerSecond: 6000, startMiB: 128, sizeMiB: 1024 };
    const scenario = cluster({
      vms: [
        {
          memoryMiB: 2048,
          touchedMiB: 2048,
          writers: [{ kind: 'power-law', ...region, exponent: 1.5 }],
        },
      ],
      migrationMBps: 117,
      liveMigration: { stopBelowMs: 300 },
    });
    const { writers } = at(withFewerPages(scenario, 0, 16).vms, 0);
    const sum = (pick: 'pagesPerSecond' | 'sizeMiB'): number =>
      writers.reduce((all, writer) => all + writer[pick], 0);
    expect(sum('pagesPerSecond')).toBeCloseTo(6000 / 16);
    expect(sum('sizeMiB')).toBeCloseTo(1024 / 16);
    expect(at(writers, 0).startMiB).toBe(8);
    const left = (divisor: number): number => {
      const run = new CellRun(withFewerPages(scenario, 0, divisor));
      while (!run.isOver) run.advance(1e6);
      return at(run.rounds(), 0).pagesLeft * divisor;
    };
    // Both scatter: the root of some 6,000 pages is 1.3% of them, with 1/16 of the pages 5%.
    expect(Math.abs(left(16) / left(1) - 1)).toBeLessThan(0.1);
    expect(left(1)).toBeGreaterThan(3000);
  });

  it('[CM5] asks the TCP clients whose last repeat goes out first: 9.3 s for Windows, 804.6 s for Linux', () => {
    const question = (kinds: readonly ('windows-lan' | 'linux-lan' | 'ping')[]) =>
      questionOf(
        cluster({
          vms: [{ clients: kinds.map((kind) => ({ kind, count: 1, requestEveryMs: 1000 })) }],
        }),
      );
    expect(lossesOf(question(['ping', 'linux-lan', 'windows-lan']))).toEqual({
      kind: 'windows-lan',
      lastRepeatNs: 9.3e9,
      isCounted: true,
    });
    expect(lossesOf(question(['linux-lan'])).lastRepeatNs).toBe(804.6e9);
    expect(lossesOf(question(['ping']))).toMatchObject({ kind: 'windows-lan', isCounted: false });
  });

  it.each([
    ['8.4 s', 62, 0],
    ['12.0 s', 76, 12],
  ])(
    '[CM5] of an outage of %s a sketch says what the report of the whole run counts',
    (outage, column, lost) => {
      const question = questionOf(preset('calm'));
      const { columns, rows } = question;
      const cell = (rows.indexOf(117) + 9) * columns.length + column;
      const scenario = cellScenario(question, cell, 'node2');
      const whole = labRun(scenario, 'web01', 'node2');
      expect(`${(whole.outageNs / 1e9).toFixed(1)} s`).toBe(outage);
      // Windows, Linux, ping.
      expect(whole.lost.slice(0, 2)).toEqual([lost, 0]);
      const sketch = new CellRun(withFewerPages(scenario, 0, sketchDivisor(scenario, 0)));
      while (!sketch.isOver) sketch.advance(1e6);
      expect(sketch.losesConnections()).toBe(lost > 0);
    },
  );

  it('[CM5] between 9.3 and 9.4 s the first connection is lost: its request went out as the VM stopped', () => {
    const question = questionOf(preset('calm'));
    const { columns, rows } = question;
    const cell = (rows.indexOf(117) + 9) * columns.length + 66;
    const run = new CellRun(withFewerPages(cellScenario(question, cell, 'node2'), 0, 64));
    while (!run.isOver) run.advance(1e6);
    expect(run.figures().outageNs / 1e9).toBeCloseTo(9.39, 1);
    expect(run.clients().map(({ lost }) => lost)).toContain(1);
    expect(run.losesConnections()).toBe(true);
  });
});
