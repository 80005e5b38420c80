/** The pool of the convergence map over the real host, run in this process: order, cancelling, single cells, failures. */
import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { ConvergenceQuestion } from '../../../src/protocol/convergenceMessages.ts';
import {
  fillOrder,
  workersFor,
  type ConvergenceEvent,
} from '../../../src/session/convergencePool.ts';
import { LOOKS_UNTIL_SILENT } from '../../../src/session/watchdog.ts';
import { cluster } from '../../support/clusterBuilder.ts';
import { inlinePool } from '../../support/convergencePools.ts';

const columns = [500, 1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 200_000];
const rows = [400, 200, 100, 60, 40, 25];
/** The row that is drawn as a curve. */
const FIRST_ROW = 3;

/** 64 MiB on a map of 10 x 6 cells. */
function question(pagesPerSecond = 4000): ConvergenceQuestion {
  const vm = {
    memoryMiB: 64,
    touchedMiB: 64,
    writers: [{ kind: 'uniform', pagesPerSecond, startMiB: 0, sizeMiB: 48 }],
    clients: [{ kind: 'windows-lan', count: 2, requestEveryMs: 1000 }],
  } as const;
  const scenario = cluster({ vms: [vm], liveMigration: { stopBelowMs: 20 }, commands: [] });
  return { scenario, vm: 0, columns, rows };
}

function setup(cores = 2) {
  const inline = inlinePool(cores);
  const events: ConvergenceEvent[] = [];
  inline.pool.subscribe((event) => events.push(event));
  const changed = () =>
    events.flatMap((event) => (event.type === 'cells' ? [...event.changed] : []));
  return { ...inline, events, changed };
}

describe('the order of the cells', () => {
  it('goes from coarse to fine, and takes each cell once', () => {
    const order = fillOrder(112, 60);
    expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 6720 }, (_, i) => i));
    const step = (cell: number): number => {
      const [row, column] = [Math.floor(cell / 112), cell % 112];
      return [8, 4, 2, 1].find((each) => row % each === 0 && column % each === 0) ?? 1;
    };
    const steps = order.map(step);
    expect(steps).toEqual(steps.toSorted((a, b) => b - a));
    expect(steps.filter((each) => each === 8)).toHaveLength(14 * 8);
  });
});

describe('the number of workers', () => {
  it('leaves a core to the page, is never none, and has a bound', () => {
    expect([Number.NaN, 1, 2, 4, 8, 64].map(workersFor)).toEqual([1, 1, 1, 3, 7, 8]);
  });
});

describe('the pool', () => {
  it('runs every cell: a sketch of each, then again those that could be off', () => {
    const { pool, run, events, changed } = setup();
    pool.ask(question(), FIRST_ROW);
    expect(pool.cells.sketched).toBe(0);
    run(() => pool.cells.sketched > 0);
    expect(pool.cells.sketched).toBeLessThanOrEqual(columns.length * rows.length);
    run();
    expect(at(events, 0)).toMatchObject({ type: 'asked', answer: { refusal: null } });
    expect(pool.cells.sketched).toBe(60);
    expect(pool.cells.final).toBe(60);
    expect(new Set(changed()).size).toBe(60);
    // A sketch has a quarter of the 16,384 pages; where that could be off it was run again.
    expect(changed().length).toBeGreaterThan(60);
    expect([...pool.cells.divisors].every((divisor, i) => divisor === pool.cells.wanted[i])).toBe(
      true,
    );
    // Faster network, fewer rounds; a busier guest leaves more.
    expect(pool.cells.outageNs[9] ?? 0).toBeGreaterThan(pool.cells.outageNs[0] ?? 0);
    expect(pool.cells.limited[59]).toBe(1);
    expect(pool.cells.limited[0]).toBe(0);
  });

  it('runs the row that is drawn as a curve again before the others', () => {
    const { pool, run, changed } = setup();
    pool.ask(question(), FIRST_ROW);
    run();
    const again = changed().filter((cell, i, all) => all.indexOf(cell) < i);
    const isFirst = again.map((cell) => Math.floor(cell / columns.length) === FIRST_ROW);
    expect(isFirst.filter(Boolean).length).toBeGreaterThan(2);
    // What was on its way to the worker before all were sketched stays before them.
    const row = isFirst.lastIndexOf(true);
    expect(row).toBeLessThan(again.length / 2);
  });

  it('gives the same figures with one worker and with several', () => {
    const [one, several] = [setup(2), setup(4)];
    // More cells than one worker is given at a time.
    const many = Array.from({ length: 24 }, (_, i) => 400 - 16 * i);
    for (const { pool, run } of [one, several]) {
      pool.ask({ ...question(), rows: many }, FIRST_ROW);
      run();
    }
    expect(one.workers).toHaveLength(1);
    expect(several.workers).toHaveLength(3);
    const given = several.workers.map(
      ({ received }) => received.filter(({ type }) => type === 'run').length,
    );
    expect(Math.min(...given)).toBeGreaterThan(0);
    expect(several.pool.cells.outageNs).toEqual(one.pool.cells.outageNs);
    expect(several.pool.cells.bytesSent).toEqual(one.pool.cells.bytesSent);
  });

  it('forgets a question when another one is asked', () => {
    const { pool, run, workers } = setup();
    pool.ask(question(), FIRST_ROW);
    run(() => pool.cells.sketched > 0);
    const stale = at(workers, 0);
    pool.ask(question(9000), FIRST_ROW);
    expect(pool.cells.sketched).toBe(0);
    expect(stale.received.map(({ type }) => type)).toContain('stop');
    run();
    const fresh = setup();
    fresh.pool.ask(question(9000), FIRST_ROW);
    fresh.run();
    expect(pool.cells.outageNs).toEqual(fresh.pool.cells.outageNs);
  });

  it('rests while it is paused, and goes on where it stood', () => {
    const { pool, run } = setup();
    pool.ask(question(), FIRST_ROW);
    run(() => pool.cells.sketched > 0);
    pool.pause();
    const { sketched, final } = pool.cells;
    run();
    expect(pool.cells).toMatchObject({ sketched, final });
    pool.resume();
    run();
    expect(pool.cells).toMatchObject({ sketched: 60, final: 60 });
  });

  it('runs a cell that is pointed at with all pages before the others, with its clients', () => {
    const { pool, run, events } = setup();
    pool.ask(question(), FIRST_ROW);
    pool.runFull([33]);
    run(() => events.some(({ type }) => type === 'full'));
    // The four cells that the rest of the slice is enough for.
    expect(pool.cells.sketched).toBeLessThan(5);
    expect(events.find(({ type }) => type === 'full')).toMatchObject({
      cell: 33,
      result: { clients: [{ kind: 'windows-lan', count: 2, lost: 0 }] },
    });
  });

  it('drops a cell that is not pointed at any more', () => {
    const { pool, run, events, workers } = setup();
    pool.ask(question(), FIRST_ROW);
    pool.runFull([59]);
    pool.runFull([3]);
    run(() => events.some(({ type }) => type === 'full'));
    run();
    expect(at(workers, 0).received).toContainEqual({ type: 'drop-full', cell: 59 });
    const full = events.filter(({ type }) => type === 'full');
    expect(full).toMatchObject([{ cell: 3 }]);
  });

  it('says why no node can take the VM, and runs nothing', () => {
    const { pool, run, events, workers } = setup(4);
    const asked = question();
    const scenario = { ...asked.scenario, nodes: asked.scenario.nodes.slice(0, 1) };
    pool.ask({ ...asked, scenario }, FIRST_ROW);
    run();
    expect(events).toMatchObject([
      { type: 'asked', answer: { refusal: 'There is no other node' } },
    ]);
    expect(pool.cells.sketched).toBe(0);
    expect(workers.slice(1).flatMap(({ received }) => received)).toEqual([]);
  });

  it('tells of a failure once, and begins anew when it is asked again', () => {
    const { pool, run, events, workers } = setup();
    pool.ask(question(), FIRST_ROW);
    at(workers, 0).onmessage?.({ data: { type: 'cells', questionId: 'one' } });
    expect(events.at(-1)).toMatchObject({ type: 'failed' });
    expect(at(workers, 0).terminated).toBe(true);
    pool.ask(question(), FIRST_ROW);
    run();
    expect(workers).toHaveLength(2);
    expect(pool.cells.final).toBe(60);
  });

  it('tells of an error inside a worker', () => {
    const { pool, run, events } = setup();
    const asked = question();
    // Pages come in words of 32; this is no memory.
    const vms = asked.scenario.vms.map((vm) => ({ ...vm, memoryMiB: 0.1, touchedMiB: 0.1 }));
    pool.ask({ ...asked, scenario: { ...asked.scenario, vms } }, FIRST_ROW);
    run();
    expect(events.at(-1)).toMatchObject({ type: 'failed' });
  });
});

describe('a pool with fewer workers than it asked for', () => {
  it('gives all cells to the first where no other can be made', () => {
    const { pool, workers, run } = inlinePool(8, false);
    pool.ask(question(), FIRST_ROW);
    run();
    expect(workers).toHaveLength(1);
    expect(pool.cells.final).toBe(60);
  });

  it('does the work of one whose file does not come', () => {
    const { pool, workers, run, events } = setup(4);
    pool.ask(question(), FIRST_ROW);
    run(() => pool.cells.sketched > 0);
    at(workers, 1).onerror?.({ preventDefault: () => undefined } as never);
    expect(at(workers, 1).terminated).toBe(true);
    run();
    expect(pool.cells.final).toBe(60);
    expect(events.filter(({ type }) => type === 'failed')).toEqual([]);
  });

  it('fails when one falls silent, and begins anew on demand', () => {
    const { pool, workers, run, events, pass } = setup(2);
    const [first] = (pool.ask(question(), FIRST_ROW), workers);
    const deaf = (): void => undefined;
    at(workers, 0).postMessage = deaf;
    pass(LOOKS_UNTIL_SILENT + 2);
    expect(events.at(-1)).toEqual({
      type: 'failed',
      message: 'WorkerError: It has not answered for 8 seconds',
    });
    expect(first?.terminated).toBe(true);
    pool.resume();
    run();
    expect(workers).toHaveLength(2);
    expect(pool.cells.final).toBe(60);
  });

  it('takes nobody for silent who answers', () => {
    const { pool, events, pass } = setup(3);
    pool.ask(question(), FIRST_ROW);
    pass(5 * LOOKS_UNTIL_SILENT);
    expect(events.filter(({ type }) => type === 'failed')).toEqual([]);
  });
});
