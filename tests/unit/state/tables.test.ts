import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { Scenario } from '../../../src/engine/scenario.ts';
import { simulate } from '../../../src/engine/recording/simulate.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { clientsTable, csv, fileName, roundsTable } from '../../../src/state/tables.ts';
import { outlineOf } from '../../../src/worker/outline.ts';

const { scenario } = at(presets, 6);
const moved: Scenario = {
  ...scenario,
  commands: [
    { atMs: 0, do: 'live-migrate', vm: at(scenario.vms, 0).id, to: at(scenario.nodes, 1).id },
  ],
};

/** Lines of a table, each as its fields by the names in the first line. */
function read(text: string): Record<string, string>[] {
  expect(text.endsWith('\r\n')).toBe(true);
  const [header = [], ...rows] = text
    .slice(0, -2)
    .split('\r\n')
    .map((line) => line.split(','));
  return rows.map((row) => Object.fromEntries(header.map((key, i) => [key, row[i] ?? ''])));
}

describe('csv', () => {
  it('follows RFC 4180: CR LF after each line, quotes around what could be mistaken', () => {
    expect(
      csv([
        ['a', 'b,c', 'say "so"'],
        [1, null, 'two\nlines'],
      ]),
    ).toBe('a,"b,c","say ""so"""\r\n1,,"two\nlines"\r\n');
  });
});

describe('the table of rounds', () => {
  it('has the numbers of the report, round by round', () => {
    const { run } = outlineOf(moved);
    const report = at(simulate(moved).migrations, 0);
    const rounds = read(roundsTable(run)).filter(({ phase }) => phase === 'round');
    expect(report.rounds.length).toBeGreaterThan(1);
    expect(rounds).toEqual(
      report.rounds.map((round) => ({
        vm: report.vm,
        method: 'live',
        from: report.from,
        to: report.to,
        requestedAtMs: String(report.requestedAtMs),
        phase: 'round',
        round: String(round.number),
        startedAtMs: String(round.startedAtMs),
        durationMs: String(round.durationMs),
        pagesSent: String(round.pagesSent),
        pagesDirtied: String(round.pagesDirtied),
        pagesLeft: String(round.pagesLeft),
      })),
    );
  });

  it('adds up to all pages sent, over all phases', () => {
    const { run } = outlineOf(moved);
    const sum = read(roundsTable(run)).reduce((total, row) => total + Number(row['pagesSent']), 0);
    expect(sum).toBe(at(simulate(moved).migrations, 0).pagesSent);
  });

  it('is its first line alone before anything was moved', () => {
    const { run } = outlineOf({ ...scenario, commands: [] });
    expect(roundsTable(run)).toMatch(/^vm,method,[^\r\n]*,pagesLeft\r\n$/);
  });
});

describe('the table of clients', () => {
  it('has the numbers of the report', () => {
    const { run } = outlineOf(moved);
    const { clients } = simulate(moved);
    expect(read(clientsTable(run.clientResults ?? []))).toEqual(
      clients.map((group) =>
        Object.fromEntries(Object.entries(group).map(([key, value]) => [key, String(value)])),
      ),
    );
    expect(clients.length).toBeGreaterThan(0);
  });
});

describe('fileName', () => {
  it('says which run, when and what', () => {
    expect(fileName('Calm web server', 27.84, 'rounds')).toBe('calm-web-server-27.8s-rounds');
    expect(fileName('migrascope', null, 'LUN for both')).toBe('migrascope-lun-for-both');
  });

  it('takes what every file system takes, whatever the title', () => {
    expect(fileName('../../C:\\Größe? "x"', 0, 'clients')).toBe('c-gro-e-x-0.0s-clients');
    expect(fileName('集群', 1, 'moment')).toBe('1.0s-moment');
    expect(fileName('x'.repeat(300), 1, 'moment')).toBe(`${'x'.repeat(60)}-1.0s-moment`);
  });
});
