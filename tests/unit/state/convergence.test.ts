/** The axes of the convergence map, its store over the real host, and what it says. */
import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { parseScenario } from '../../../src/scenario/parse.ts';
import { printScenario } from '../../../src/scenario/print.ts';
import { COLUMNS, ROWS, convergenceGrid } from '../../../src/state/convergenceGrid.ts';
import {
  createConvergenceStore,
  currentCell,
  labScenario,
} from '../../../src/state/convergenceStore.ts';
import {
  cellSentence,
  contourText,
  lossPlate,
  lostText,
  networkText,
  openedScenario,
  progressText,
  regionTexts,
  spokenProgress,
  roundsText,
  type CellFigures,
} from '../../../src/state/convergenceWords.ts';
import { createRunStore } from '../../../src/state/runStore.ts';
import { cluster } from '../../support/clusterBuilder.ts';
import { inlinePool } from '../../support/convergencePools.ts';
import { createFakeSession, summaryOf } from '../../support/fakeSession.ts';

const calm = at(presets, 0).scenario;
/** 16 MiB, so that a whole map takes a moment. */
const tiny = cluster({
  vms: [{ writers: [{ kind: 'uniform', pagesPerSecond: 3000, startMiB: 0, sizeMiB: 8 }] }],
  migrationMBps: 117,
  commands: [],
});

function setup(scenario = tiny) {
  const { pool, run } = inlinePool();
  let nowMs = 0;
  const store = createConvergenceStore({ pool, now: () => (nowMs += 1000) });
  const session = createFakeSession();
  const lab = createRunStore({ session, scenario, now: () => 0 });
  return { pool, run, store, lab, open: () => store.actions.open(lab.getState(), 0) };
}

describe('the axes', () => {
  it('have 112 x 60 cells, and the VM as it is in the middle of one', () => {
    const grid = convergenceGrid(calm, 0);
    expect([grid.columns.length, grid.rows.length]).toEqual([COLUMNS, ROWS]);
    expect(grid.columns[grid.currentColumn ?? -1]).toBe(16_000);
    expect(grid.rows[grid.currentRow]).toBe(117);
    const step = Math.log(grid.rateDomain[1] / grid.rateDomain[0]) / COLUMNS;
    const middle = grid.rateDomain[0] * Math.exp(((grid.currentColumn ?? 0) + 0.5) * step);
    expect(middle).toBeCloseTo(16_000);
    expect(grid.columns).toEqual([...grid.columns].toSorted((a, b) => a - b));
    expect(grid.rows).toEqual([...grid.rows].toSorted((a, b) => b - a));
  });

  it('reach from 1,000 to 200,000 pages/s and from 0.1 to 10 Gbit/s', () => {
    for (const pagesPerSecond of [1400, 3000, 16_000, 150_000]) {
      const vm = { writers: [{ kind: 'sweep', pagesPerSecond, startMiB: 0, sizeMiB: 8 }] } as const;
      const grid = convergenceGrid(cluster({ vms: [vm], migrationMBps: 117 }), 0);
      expect(grid.rateDomain[0]).toBeLessThanOrEqual(1000);
      expect(grid.rateDomain[1]).toBeGreaterThanOrEqual(200_000);
      expect(grid.mbpsDomain[0]).toBeLessThanOrEqual(11.7);
      expect(grid.mbpsDomain[1]).toBeGreaterThanOrEqual(1170);
    }
  });

  it.each([20, 990, 900_000])('move to a VM that lies outside: %s pages/s', (pagesPerSecond) => {
    const vm = { writers: [{ kind: 'sweep', pagesPerSecond, startMiB: 0, sizeMiB: 8 }] } as const;
    const grid = convergenceGrid(cluster({ vms: [vm] }), 0);
    expect(grid.columns[grid.currentColumn ?? -1]).toBe(pagesPerSecond);
    expect(grid.currentColumn).toBe(COLUMNS / 2);
  });
});

describe('the store', () => {
  it('asks about the VM as it is in the Lab at the shown time', () => {
    const { lab } = setup(calm);
    const writers = [{ kind: 'sweep', pagesPerSecond: 700, startMiB: 0, sizeMiB: 64 }] as const;
    const plain = summaryOf(calm, {});
    const settings = { ...plain.settings, migrationMBps: 500, maxRounds: 5 };
    const vms = plain.vms.map((vm, i) => (i === 0 ? { ...vm, writers } : vm));
    lab.setState({ summary: { ...plain, vms, settings } });
    const scenario = labScenario(lab.getState(), 0);
    expect(at(scenario.vms, 0).writers).toEqual(writers);
    expect(scenario.network.migrationMBps).toBe(500);
    expect(scenario.liveMigration).toEqual({ ...calm.liveMigration, maxRounds: 5 });
    expect(scenario.commands).toEqual([]);
  });

  it('counts the cells, and has the VM and the cell that is pointed at run with all pages', () => {
    const { store, run, open, pool } = setup();
    open();
    const current = currentCell(store.getState()) ?? -1;
    run(() => store.getState().full.size > 0);
    expect([...store.getState().full.keys()]).toEqual([current]);
    store.actions.point(7);
    run(() => store.getState().full.size > 1);
    expect(store.getState().full.has(7)).toBe(true);
    run(() => store.getState().sketched > 200);
    expect(store.getState().sketched).toBe(pool.cells.sketched);
  });

  it('keeps what it knows while the question is the same, and begins anew when it is another', () => {
    const { store, run, open, lab, pool } = setup();
    open();
    run(() => pool.cells.sketched > 0);
    store.actions.point(7);
    store.actions.close();
    const { sketched } = pool.cells;
    open();
    expect(pool.cells.sketched).toBe(sketched);
    expect(store.getState().pointed).toBe(7);
    lab.actions.loadScenario({ ...tiny, network: { ...tiny.network, migrationMBps: 200 } });
    open();
    expect(pool.cells.sketched).toBe(0);
    // The place that is pointed at is the same one on another map, and is run anew.
    expect(store.getState()).toMatchObject({ pointed: 7, sketched: 0 });
    expect(store.getState().full.size).toBe(0);
  });
});

describe('a cell that is opened in the Lab', () => {
  it('leaves the map as it was: the VM stays where it stands, and no cell is run again', () => {
    const { store, run, open, lab, pool } = setup();
    open();
    run(() => pool.cells.sketched > 0);
    const { question, grid } = store.getState();
    if (question === null) throw new Error('no question');
    const current = currentCell(store.getState());
    const cell = openedScenario(question, 3000, 5e9);
    store.actions.leaveTo(cell);
    lab.actions.loadScenario(cell);
    store.actions.close();
    const { sketched } = pool.cells;
    open();
    expect(store.getState()).toMatchObject({ question, grid });
    expect(currentCell(store.getState())).toBe(current);
    expect(pool.cells.sketched).toBe(sketched);
    // Another guest than the one that was opened is asked about.
    lab.actions.loadScenario({ ...cell, network: { ...cell.network, migrationMBps: 200 } });
    open();
    expect(pool.cells.sketched).toBe(0);
    expect(store.getState().question?.scenario.network.migrationMBps).toBe(200);
  });
});

describe('the words', () => {
  const figures: CellFigures = {
    outageNs: 3.9e9,
    totalNs: 75.2e9,
    bytesSent: 5.5 * 2 ** 30,
    rounds: 10,
    pagesLeft: 110_008,
    stopReason: 'round-limit',
  };
  const { columns, rows } = convergenceGrid(calm, 0);
  const question = { scenario: calm, vm: 0, columns, rows };

  it('[CM5] say what the dashed line is: where the runs lose connections, after the last repeat', () => {
    const asked = (isCounted: boolean) => ({
      type: 'asked' as const,
      questionId: 1,
      refusal: null,
      losses: { kind: 'windows-lan' as const, lastRepeatNs: 9.3e9, isCounted },
    });
    expect(contourText({ asked: asked(true) })).toBe(
      'Dashed line: beyond it the runs lose connections. A Windows client sends its last repeat after 9.3\u00a0s.',
    );
    expect(contourText({ asked: asked(false) })).toBe(
      'Dashed line: outages over 9.3\u00a0s. The VM has no TCP clients; a Windows client would lose its connection there.',
    );
    expect(contourText({ asked: null })).toBe('');
    expect(lossPlate({ asked: asked(true) })).toBe('Windows connections are lost');
  });

  it('name each part of the map by why pre-copy stopped there', () => {
    expect(regionTexts(question)).toEqual({
      converges: 'what is left takes at most 0.30\u00a0s',
      limited: 'after 10\u00a0rounds the VM stops',
    });
    // 22,000 pages/s are fewer than the link carries, and all the same the limit is reached: nothing is said of their rates.
    const one = { ...calm, liveMigration: { ...calm.liveMigration, maxRounds: 1 } };
    expect(regionTexts({ ...question, scenario: one }).limited).toContain('1\u00a0round ');
  });

  it('say a cell in one sentence', () => {
    const cell = rows.indexOf(117) * columns.length + columns.indexOf(16_000);
    expect(cellSentence(question, cell, figures)).toBe(
      '16,000\u00a0pages/s at 1\u00a0Gbit/s: outage 3.9\u00a0s, after 10 rounds, the limit, with 110,008 pages dirty; total time 75.2\u00a0s.',
    );
    expect(cellSentence(question, cell, null)).toContain('not run yet');
    expect(roundsText(question, figures)).toBe('10, the limit');
    expect(roundsText(question, { ...figures, rounds: 6, stopReason: 'small-enough' })).toBe(
      '6 of at most 10',
    );
    expect(networkText(11.7)).toBe('0.1\u00a0Gbit/s');
  });

  it('count the lost connections of TCP clients alone', () => {
    const clients = [
      { kind: 'windows-lan', count: 12, lost: 12 },
      { kind: 'linux-lan', count: 12, lost: 0 },
      { kind: 'ping', count: 12, lost: 0 },
    ] as const;
    expect(lostText({ ...figures, clients: [...clients] })).toBe('12 of 24');
    expect(lostText({ ...figures, clients: [{ kind: 'ping', count: 1, lost: 0 }] })).toBeNull();
  });

  it('say how far the map is and with how many pages its cells were run', () => {
    const { store, run, open, pool } = setup();
    open();
    run(() => pool.cells.sketched > 0);
    expect(progressText(store.getState())).toMatch(/^[\d,]+ of 6,720 cells are sketched/);
    store.setState({ sketched: 6720, final: 1234 });
    expect(progressText(store.getState())).toContain('1,234 of 6,720 cells are within 2%');
    expect(progressText(store.getState())).toMatch(/run again with more\.$/);
    store.setState({ secondsLeft: 610 });
    expect(progressText(store.getState())).toMatch(/with more: about 10\u00a0min left\.$/);
    store.setState({ secondsLeft: 20 });
    expect(progressText(store.getState())).toMatch(/with more: less than a minute left\.$/);
    store.setState({ final: 6720 });
    expect(progressText(store.getState())).toBe(
      'All 6,720 cells are run: with all 4,096 pages, or with fewer where that stays within 2%.',
    );
  });

  it('are said aloud when something begins, not at each count', () => {
    const { store, run, open, pool } = setup();
    open();
    run(() => pool.cells.sketched > 0);
    const said = new Set<string>();
    for (const [sketched, final] of [
      [1, 0],
      [5000, 0],
      [6720, 1],
      [6720, 5000],
      [6720, 6720],
    ] as const) {
      store.setState({ sketched, final });
      said.add(spokenProgress(store.getState()));
    }
    expect([...said]).toEqual([
      '6,720 cells are being sketched with few pages.',
      'All cells are sketched. They are being run again with more pages.',
      progressText(store.getState()),
    ]);
  });

  it('open a cell as a valid scenario that is long enough for it', () => {
    const cell = 59 * columns.length + 111;
    const opened = openedScenario(question, cell, 3_500e9);
    expect(opened.untilMs).toBeGreaterThan(3_500_000);
    expect(opened.commands).toEqual([]);
    expect(opened.title).toMatch(/^web-01 at [\d,]+\u00a0pages\/s and 0\.1\u00a0Gbit\/s$/);
    expect(opened.network.migrationMBps).toBe(rows[59]);
    const again = parseScenario(printScenario(opened));
    expect(again).toMatchObject({ ok: true, scenario: opened });
    expect(openedScenario(question, cell, 50e9).untilMs).toBe(calm.untilMs);
  });
});
