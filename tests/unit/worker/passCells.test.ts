/** From a pass to its cells and back, in the frames of the host. */
import { expect, test } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import { plainMigration } from '../../support/plainMigration.ts';
import { MOVE, calmScenario, startHost, type HostHarness } from './hostHarness.ts';

const scenario = calmScenario({ commands: [{ ...MOVE, atMs: 0 }] });
const show = { type: 'show', vm: 0, page: null, content: false, idleSecond: 0 } as const;

function hostAt(ns: number): HostHarness {
  const host = startHost().send({ type: 'load', runId: 1, scenario }).wait(400);
  return host.send({ type: 'seek', ns }).wait(50);
}

/** 64 MB: 2 pages a cell. */
function perCell(pages: Uint8Array): number[] {
  return Array.from(
    { length: pages.length / 2 },
    (_, cell) => pages[2 * cell]! + pages[2 * cell + 1]!,
  );
}

const passes = plainMigration(scenario).passes.map(perCell);
const phases = hostAt(0).run.migrations[0]!.phases;
const rounds = phases.filter(({ name }) => name === 'round');

test('a round that is pointed at lights the cells it sends, wherever the run stands', () => {
  const host = hostAt(rounds[0]!.startNs + 1000);
  for (const [index, { startNs, endNs, pagesSent }] of rounds.entries()) {
    host.send({ ...show, lensCell: null, lit: { fromNs: startNs, toNs: endNs! } }).wait(50);
    const { summary, buffers } = host.frame;
    const expected = at(passes, index);
    expect([...buffers.lit]).toEqual(expected);
    const cells = expected.filter((pages) => pages > 0).length;
    expect(summary.lit).toEqual({ round: index + 1, pages: pagesSent, cells });
  }
});

test('an event lights its round, at a border the one that begins', () => {
  const { startNs } = rounds[1]!;
  const host = hostAt(startNs).send({
    ...show,
    lensCell: null,
    lit: { fromNs: startNs, toNs: startNs },
  });
  expect(host.wait(50).frame.summary.lit?.round).toBe(2);
});

test('the blackout lights what it copies, its other parts nothing', () => {
  const last = phases.find(({ name }) => name === 'stop-and-copy')!;
  const host = hostAt(rounds[0]!.startNs);
  // The blackout as the timeline has it: from the pause to the resume.
  host.send({ ...show, lensCell: null, lit: { fromNs: last.startNs, toNs: last.endNs! + 1e9 } });
  const { summary, buffers } = host.wait(50).frame;
  expect(summary.lit).toMatchObject({ round: 0, pages: last.pagesSent });
  expect([...buffers.lit]).toEqual(passes.at(-1));
  const setup = { fromNs: 0, toNs: 1000 };
  expect(host.send({ ...show, lensCell: null, lit: setup }).wait(50).frame.summary.lit).toBeNull();
  expect(host.frame.buffers.lit.some((pages) => pages > 0)).toBe(false);
});

test('a cell names the passes that send its pages, as far as they have begun', () => {
  const ns = rounds[2]!.startNs;
  const host = hostAt(ns);
  for (const cell of [0, 5, 4000, 8191]) {
    host.send({ ...show, lensCell: cell, lit: null }).wait(50);
    const expected = rounds.slice(0, 3).flatMap(({ startNs, endNs, number }, index) => {
      const pages = passes[index]![cell]!;
      return pages === 0 ? [] : [{ name: 'round', round: number, startNs, endNs, pages }];
    });
    expect(host.frame.summary.cellPasses).toEqual(expected);
  }
  expect(host.frame.summary.cellPasses).toHaveLength(1);
});

test('passes of a quick migration, and of a VM that stays, light nothing', () => {
  const quick = calmScenario({ commands: [{ ...MOVE, do: 'quick-migrate', atMs: 0 }] });
  const host = startHost().send({ type: 'load', runId: 1, scenario: quick }).wait(400);
  const lit = { fromNs: 0, toNs: 1e8 };
  host.send({ type: 'seek', ns: 1e8 }, { ...show, lensCell: 3, lit }).wait(50);
  expect(host.frame.summary.lit).toBeNull();
  expect(host.frame.summary.cellPasses).toMatchObject([{ name: 'saving', pages: 2 }]);
  const rest = startHost().send({ type: 'load', runId: 1, scenario: calmScenario() }).wait(400);
  rest.send({ ...show, lensCell: 3, lit }).wait(50);
  expect(rest.frame.summary).toMatchObject({ lit: null, cellPasses: [] });
});
