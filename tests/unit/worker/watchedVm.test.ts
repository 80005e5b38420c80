/** What an outline tells of the clients of one VM, against the report of the same run. */
import { describe, expect, test } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import { momentsOf } from '../../../src/engine/clients/moments.ts';
import { scheduleOf } from '../../../src/engine/clients/requests.ts';
import { simulate } from '../../../src/engine/recording/simulate.ts';
import type { Command } from '../../../src/engine/command.ts';
import type { ClientSpec, Scenario } from '../../../src/engine/scenario.ts';
import type { ClientTrail, WatchedVm } from '../../../src/protocol/outline.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { outlineOf } from '../../../src/worker/outline.ts';
import { MOST_TRAILS } from '../../../src/worker/watchedVm.ts';

const SECOND = 1_000_000_000;
const GIB = 1024 ** 3;
const calm: Scenario = { ...at(presets, 0).scenario, commands: [] };

const quick: Command = { do: 'quick-migrate', vm: 'web01', to: 'node2', atMs: 0 };
const live: Command = { do: 'live-migrate', vm: 'web01', to: 'node2', atMs: 0 };
const crash: Command = { do: 'crash-node', node: 'node1', atMs: 0 };

function withCommand(command: Command, clients?: readonly ClientSpec[]): Scenario {
  const vms = calm.vms.map((vm, place) =>
    place === 0 && clients !== undefined ? { ...vm, clients } : vm,
  );
  return { ...calm, vms, commands: [command] };
}

function watched(scenario: Scenario): WatchedVm {
  const { watched: told } = outlineOf(scenario, 0);
  if (told === null) throw new Error('nothing is told of the VM');
  return told;
}

/** "0.00 unanswered, 0.30 unanswered" */
function marksText({ marks }: ClientTrail): string {
  return marks.map(({ ns, kind }) => `${(ns / SECOND).toFixed(2)} ${kind}`).join(', ');
}

test('is told of nobody unless it is asked for', () => {
  expect(outlineOf(withCommand(quick)).watched).toBeNull();
});

describe('its groups of clients', () => {
  test.each([quick, live, crash])('are those of the report after $do', (command) => {
    const scenario = withCommand(command);
    const report = simulate(scenario);
    const groups = watched(scenario).groups.map(({ kind, count, kept, longestSilenceNs }) => {
      return { kind, count, kept, longestSilenceMs: longestSilenceNs / 1e6 };
    });
    expect(groups).toEqual(
      report.clients.map(({ kind, count, kept, longestSilenceMs }) => {
        return { kind, count, kept, longestSilenceMs };
      }),
    );
    expect(watched(scenario).lostMiB).toBe(report.vms[0]?.memoryLostMiB);
  });
});

describe('its bytes', () => {
  test('are written and read back by a quick migration', () => {
    const { bytes } = watched(withCommand(quick));
    const atNs = (ns: number) => bytes.find((point) => point.ns === ns)?.bytes;
    expect([0, 16 * SECOND, 32 * SECOND].map(atNs)).toEqual([0, 4 * GIB, 8 * GIB]);
  });

  test('are all that a live migration sent', () => {
    const scenario = withCommand(live);
    const { bytes } = watched(scenario);
    expect(bytes.at(-1)?.bytes).toBe(simulate(scenario).migrations[0]?.bytesSent);
    const steps = bytes.map((point) => point.bytes);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  });

  test('are none after a crash', () => {
    expect(new Set(watched(withCommand(crash)).bytes.map(({ bytes }) => bytes))).toEqual(
      new Set([0]),
    );
  });
});

describe('a trail', () => {
  const trailOf = (command: Command, group: number): ClientTrail => {
    const found = watched(withCommand(command)).trails.find((trail) => trail.group === group);
    if (found === undefined) throw new Error(`group ${group} has no trail`);
    return found;
  };

  test('[CN4] shows every repeat until Windows gives up, and the new connection', () => {
    // Facts E1: 0.3 s, doubled five times; it gives up at 18.9 s. connect() sends after 3 s and 9 s, and anew after 21 s.
    expect(marksText(trailOf(quick, 0))).toBe(
      '0.00 unanswered, 0.30 unanswered, 0.90 unanswered, 2.10 unanswered, 4.50 unanswered, ' +
        '9.30 unanswered, 18.90 lost, 21.90 unanswered, 27.90 unanswered, 39.90 reconnected',
    );
  });

  test('[CN3] shows every ping that was lost', () => {
    const { marks, troubles } = trailOf(quick, 2);
    // Each 0.3 s from 0 s on; the first after 32 s is answered.
    expect(marks).toHaveLength(107);
    expect(troubles).toEqual([{ fromNs: 0, toNs: 32.1 * SECOND }]);
  });

  test.each([quick, live, crash])(
    'says what the moments of the client say, after $do',
    (command) => {
      const scenario = withCommand(command);
      const { trails } = watched(scenario);
      const toNs = 120 * SECOND;
      const outages = outagesOf(scenario);
      for (const { group, client, firstNs, everyNs, troubles, marks } of trails) {
        const spec = at(at(scenario.vms, 0).clients, group);
        if (spec.kind === 'ping') continue;
        const schedule = scheduleOf(spec, client);
        const watch = { kind: spec.kind, schedule, seed: 1, client, every: 1, apartNs: 0 };
        const moments = momentsOf(
          { ...watch, fromNs: 0, toNs },
          { outages, stalls: [], redirected: [] },
        );
        const answered: number[] = [];
        for (let ns = firstNs; ns <= toNs; ns += everyNs) {
          if (!troubles.some((trouble) => ns >= trouble.fromNs && ns < trouble.toNs))
            answered.push(ns);
        }
        expect(answered).toEqual(
          moments.filter(({ kind }) => kind === 'answered').map(({ ns }) => ns),
        );
        expect(marks.filter(({ ns }) => ns <= toNs)).toEqual(
          moments.filter(({ kind }) => kind !== 'answered'),
        );
      }
    },
  );

  function outagesOf(scenario: Scenario) {
    const { moments } = outlineOf(scenario);
    const down = moments.flatMap(({ fromNs, vms }, place) =>
      vms[0]?.status === 'running'
        ? []
        : [{ fromNs, toNs: moments[place + 1]?.fromNs ?? null, lostNs: null }],
    );
    const [first, last] = [down[0], down.at(-1)];
    if (first === undefined || last === undefined) return [];
    const isLost = scenario.commands.some(({ do: name }) => name === 'crash-node');
    return [{ fromNs: first.fromNs, toNs: last.toNs, lostNs: isLost ? first.fromNs : null }];
  }
});

describe('many clients', () => {
  const clients: ClientSpec[] = [
    { kind: 'windows-lan', count: 1000, requestEveryMs: 20_000 },
    { kind: 'linux-lan', count: 7, requestEveryMs: 1000 },
  ];

  test('have no more trails than can be drawn, and all of them count', () => {
    const { trails, groups } = watched(withCommand(live, clients));
    expect(trails.length).toBeLessThanOrEqual(MOST_TRAILS);
    expect(groups.map(({ count }) => count)).toEqual([1000, 7]);
    // 1,000 clients ask every 20 s, so 50 a second: those of the blackout of 0.32 s ask again.
    expect(groups[0]?.late).toBe(16);
  });

  test('are stood for by those of them that met the worst', () => {
    const { trails } = watched(withCommand(live, clients));
    // The 16 neighbours in the blackout are in one bundle or two.
    const late = trails.filter(({ marks }) => marks.length > 0 && marks.at(-1)?.kind === 'late');
    expect(late.length).toBeGreaterThan(0);
  });
});
