import { describe, expect, it } from 'vitest';
import { at } from '../../../../src/base/assert.ts';
import type { Command } from '../../../../src/engine/command.ts';
import type { Scenario } from '../../../../src/engine/scenario.ts';
import type { SharedView } from '../../../../src/scenario/link/linkView.ts';
import {
  LONGEST_LINK,
  nearestPreset,
  parseLink,
  printLink,
  type Shared,
} from '../../../../src/scenario/link/shareLink.ts';
import { squeeze } from '../../../../src/scenario/link/squeeze.ts';
import { withoutDefaults } from '../../../../src/scenario/link/withoutDefaults.ts';
import { parseScenarioValue } from '../../../../src/scenario/parse.ts';
import { presets } from '../../../../src/scenario/presets.ts';
import { scenarioSchema } from '../../../../src/scenario/schema.ts';
import { smallScenario } from '../../../support/scenarios.ts';

const view: SharedView = {
  vm: 0,
  mapMode: 'content',
  timeScale: 'to-scale',
  pageScale: 'linear',
  hidden: ['inspector', 'log', 'rounds'],
  screen: {},
};

/** Room for the address of the page itself, within the 2,000 characters that every program passes on. */
const ADDRESS_CHARACTERS = 100;

/** What a lesson may do to a preset: names, sizes, writers and settings changed, and twenty commands at odd moments. */
function edited({ scenario }: { readonly scenario: Scenario }): Scenario {
  const { nodes, vms } = scenario;
  return {
    ...scenario,
    title: `${scenario.title}, as in the lesson of Tuesday`,
    seed: 987_654_321,
    nodes: nodes.map((node, place) => ({ ...node, name: `Host ${'ABCDEFGH'[place] ?? place}` })),
    vms: vms.map((vm, place) =>
      place === 0 ? { ...vm, name: 'exam-01', touchedMiB: vm.touchedMiB - 3 } : vm,
    ),
    network: { ...scenario.network, migrationMBps: 87.5, storageMBps: 145 },
    liveMigration: {
      ...scenario.liveMigration,
      maxRounds: 7,
      stopBelowMs: 450,
      tracking: 'clear-on-send',
    },
    failover: { ...scenario.failover, bootMs: 45_000, missedHeartbeats: 7 },
    commands: Array.from({ length: 20 }, (_, place) => commandAt(scenario, place)),
  };
}

function commandAt({ nodes, vms }: Scenario, place: number): Command {
  const atMs = Math.round(place * 5123.456_789 * 1e6 + 17) / 1e6;
  const { id: vm, writers } = at(vms, place % vms.length);
  const { id: node } = at(nodes, place % nodes.length);
  switch (place % 5) {
    case 0:
      return { atMs, do: 'live-migrate', vm, to: node };
    case 1: {
      const faster = writers.map((writer) => ({
        ...writer,
        pagesPerSecond: writer.pagesPerSecond + place * 137,
      }));
      return { atMs, do: 'set-writers', vm, writers: faster };
    }
    case 2:
      return {
        atMs,
        do: 'set-live-migration',
        stopBelowMs: 300 + place,
        migrationMBps: 117.25 + place,
      };
    case 3:
      return { atMs, do: 'crash-node', node };
    default:
      return { atMs, do: 'quick-migrate', vm, to: node };
  }
}

describe('printLink', () => {
  it.each(presets)(
    'stays under 2,000 characters for $id, edited and with 20 commands',
    async (preset) => {
      const shared: Shared = {
        scenario: edited(preset),
        shownNs: 48_123_456_789,
        branch: 'Slow',
        view,
      };
      const link = await printLink(shared);
      expect(link.length).toBeLessThanOrEqual(2000 - ADDRESS_CHARACTERS);
      expect(await parseLink(link)).toStrictEqual({ ok: true, shared, repair: null });
    },
  );

  it('begins with its version and the nearest preset, in clear', async () => {
    const link = await printLink({
      scenario: edited(at(presets, 3)),
      shownNs: 0,
      branch: null,
      view,
    });
    expect(link).toMatch(/^1\.tiny-hot-set\.[\w-]+$/);
  });
});

describe('nearestPreset', () => {
  it.each(presets)('is $id for the preset itself, also when it was edited', (preset) => {
    expect(nearestPreset(preset.scenario)).toBe(preset);
    expect(nearestPreset({ ...preset.scenario, seed: 77, title: 'Mine' })).toBe(preset);
  });
});

describe('withoutDefaults', () => {
  it('leaves out what the file format fills in, however deep', () => {
    const scenario = smallScenario({ untilMs: 600_000, network: { storageMBps: 99 } });
    expect(withoutDefaults(scenarioSchema, { migrascope: 1, ...scenario })).toEqual({
      migrascope: 1,
      title: 'Small',
      nodes: [
        { id: 'node1', name: 'node1' },
        { id: 'node2', name: 'node2' },
      ],
      volumes: [{ id: 'csv1', name: 'csv1', kind: 'csv', owner: 'node1' }],
      vms: [
        {
          id: 'vm1',
          name: 'vm1',
          node: 'node1',
          volume: 'csv1',
          memoryMiB: 64,
          touchedMiB: 64,
          writers: [{ kind: 'sweep', pagesPerSecond: 2000, sizeMiB: 16 }],
          clients: [{ kind: 'ping', count: 1, requestEveryMs: 300 }],
        },
      ],
      network: { storageMBps: 99 },
      commands: [{ do: 'live-migrate', vm: 'vm1', to: 'node2' }],
    });
  });

  it.each(presets)('is undone by parsing, for $id', ({ scenario }) => {
    const short = withoutDefaults(scenarioSchema, { migrascope: 1, ...scenario });
    expect(parseScenarioValue(short)).toStrictEqual({ ok: true, scenario });
    expect(JSON.stringify(short).length).toBeLessThan(JSON.stringify(scenario).length * 0.7);
  });
});

describe('parseLink says what is wrong, and what is nearest', () => {
  const shared: Shared = { scenario: at(presets, 2).scenario, shownNs: 5, branch: null, view };

  const wordsOf = async (text: string): Promise<readonly [string, string]> => {
    const result = await parseLink(text);
    if (result.ok) throw new Error('it was taken');
    const words = result.problems.map(({ path, message }) => `${path}: ${message}`).join('\n');
    return [words, result.nearest.id];
  };
  const withContent = async (content: unknown): Promise<string> =>
    `1.hot-cache.${await squeeze(JSON.stringify(content))}`;

  it('of a newer version, whose rest may have any form', async () => {
    for (const rest of ['hot-cache.abc', 'hot-cache.a.b.c', 'hot-cache!']) {
      const [words] = await wordsOf(`2.${rest}`);
      expect(words).toMatch(
        /^: It is of version 2, and this page reads version 1\. Load the page anew/,
      );
    }
    expect((await wordsOf('7.hot-cache.abc'))[1]).toBe('hot-cache');
  });

  it('when it is too long', async () => {
    const [words, nearest] = await wordsOf(`1.drain.${'a'.repeat(LONGEST_LINK)}`);
    expect(words).toBe(
      ': It has 16,392 characters, and at most 16,384 are read. Ask for the run as a file.',
    );
    expect(nearest).toBe('drain');
  });

  it('when it stands for more than it may, without unpacking it all', async () => {
    const bomb = `1.drain.${await squeeze(' '.repeat(8_000_000))}`;
    expect(bomb.length).toBeLessThan(LONGEST_LINK);
    expect(await wordsOf(bomb)).toEqual([
      ': It is damaged: characters are missing or changed. Copy the whole link again.',
      'drain',
    ]);
  });

  it('when any one of its characters is lost', async () => {
    const link = await printLink(shared);
    for (let place = '1.hot-cache.'.length; place < link.length; place += 7) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is quick enough
      const [words] = await wordsOf(link.slice(0, place) + link.slice(place + 1));
      expect(words).toContain('It is damaged');
    }
  });

  it('when it is empty, or no link at all', async () => {
    for (const text of ['', '.', '1', '1..', 'lab', '0.calm.abc', '1.calm.ab%20c', '01.calm.abc']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is quick enough
      expect(await wordsOf(text)).toEqual([expect.stringContaining('It is damaged'), 'calm']);
    }
  });

  it('when what it stands for is not right, with each path', async () => {
    const run = withoutDefaults(scenarioSchema, { migrascope: 1, ...smallScenario() });
    const [words] = await wordsOf(
      await withContent({ run, moment: 3, shownNs: -1, view: { hidden: ['sky'], color: 'red' } }),
    );
    expect(words.split('\n')).toEqual([
      expect.stringMatching(/^moment: unknown key "moment"/),
      expect.stringMatching(/^view\.color: unknown key "color"/),
      expect.stringMatching(/^shownNs: -1 is too small/),
      expect.stringMatching(/^view\.hidden\[0\]: "sky" is not known/),
    ]);
  });

  it('when its scenario is not right, or has nothing to show', async () => {
    expect(await wordsOf(await withContent({}))).toEqual([expect.any(String), 'hot-cache']);
    const [words] = await wordsOf(await withContent({ run: { migrascope: 1, seed: -4 } }));
    expect(words).toMatch(/^seed: -4 is too small/);
    const [none] = await wordsOf(await withContent({ run: { migrascope: 1 } }));
    expect(none).toBe('view.vm: there is no VM 1');
  });

  it('and never runs what is in it', async () => {
    const key = '__proto__';
    const hostile = `{"run":{"migrascope":1,"${key}":{"hidden":true}},"${key}":{"x":1}}`;
    const [words] = await wordsOf(`1.calm.${await squeeze(hostile)}`);
    expect(words).toContain('unknown key "__proto__"');
    expect('x' in {}).toBe(false);
  });
});
