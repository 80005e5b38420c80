/** The lanes of the Compare screen: what each runs, and what it came to. */
import { describe, expect, test } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import { RecordedRun } from '../../../src/engine/recording/recordedRun.ts';
import { simulate } from '../../../src/engine/recording/simulate.ts';
import type { Scenario } from '../../../src/engine/scenario.ts';
import { createFrameBuffers } from '../../../src/protocol/frameColumns.ts';
import { parseScenario } from '../../../src/scenario/parse.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { printScenario } from '../../../src/scenario/print.ts';
import { comparisonText } from '../../../src/state/compareComparison.ts';
import {
  choicesOf,
  differences,
  firstPair,
  isValueOf,
  valueKinds,
  type Compared,
  type Differs,
  type ValuePair,
} from '../../../src/state/compareDifferences.ts';
import { bytesAt, factsOf, watchedOf } from '../../../src/state/compareFacts.ts';
import {
  bytesPartsText,
  clientFigures,
  figureRows,
  groupText,
  lostTexts,
  magnifiedText,
  numbersRow,
} from '../../../src/state/compareFigures.ts';
import { clientMarks, stretchRows } from '../../../src/state/compareTables.ts';
import { compareLanes, targetNode, type CompareRun } from '../../../src/state/compareLanes.ts';
import { stateSpans } from '../../../src/state/compareSpans.ts';
import {
  laneLines,
  laneSentence,
  laneTold,
  laneTitle,
  othersText,
  questionText,
  sameText,
} from '../../../src/state/compareWords.ts';
import { sentenceMoments } from '../../../src/state/moment.ts';
import { sentence } from '../../../src/state/sentence.ts';
import { encodeFrame, type PlayState } from '../../../src/worker/encodeFrame.ts';
import { compareRuns } from '../../support/outlines.ts';

const SECOND = 1_000_000_000;
const unplayed: PlayState = {
  commandsReceived: 0,
  playing: false,
  speed: 1,
  catchingUp: false,
  writtenPages: 0,
  page: null,
  lit: null,
  cellPasses: [],
};
const none: ValuePair = ['', ''];

function preset(id: string): Compared {
  const found = presets.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no preset ${id}`);
  return { scenario: found.scenario, vm: 0 };
}

const calm = preset('calm');
const oneLun = preset('one-lun');

function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

function runsOf(compared: Compared, differs: Differs = 'method', values: ValuePair = none) {
  const runs = compareRuns(compared, differs, values);
  const [first, second, third] = runs;
  if (first === undefined || second === undefined) throw new Error('too few lanes');
  return { runs, first, second, crash: third ?? first };
}

describe('the scenario of a lane', () => {
  test('is that of the Lab without its commands, and one command at 0', () => {
    const commanded: Scenario = {
      ...calm.scenario,
      commands: [{ do: 'crash-node', node: 'node3', atMs: 5 }],
    };
    const lanes = compareLanes({ ...calm, scenario: commanded }, 'method', none);
    expect(lanes.map(({ scenario }) => scenario.commands)).toEqual([
      [{ do: 'quick-migrate', vm: 'web01', to: 'node2', atMs: 0 }],
      [{ do: 'live-migrate', vm: 'web01', to: 'node2', atMs: 0 }],
      [{ do: 'crash-node', node: 'node1', atMs: 0 }],
    ]);
    for (const { scenario } of lanes) {
      expect({ ...scenario, commands: [] }).toEqual({ ...calm.scenario, commands: [] });
    }
  });

  test.each(valueKinds)('differs in nothing but the value of %s', (kind) => {
    const values = firstPair(kind, calm);
    const lanes = compareLanes(calm, kind, values);
    expect(lanes.map(({ value }) => value)).toEqual([...values]);
    const [first, second] = lanes.map(({ scenario }) => scenario);
    expect(first).not.toEqual(second);
    const { of } = differences[kind];
    expect(of({ scenario: first!, vm: 0 })).toBe(values[0]);
    expect(of({ scenario: second!, vm: 0 })).toBe(values[1]);
    // Every one of them is a file that can be read.
    for (const choice of choicesOf(kind, calm)) {
      const { scenario } = at(compareLanes(calm, kind, [choice, choice]), 0);
      expect(parseScenario(printScenario(scenario)).ok).toBe(true);
    }
  });

  test.each(valueKinds.filter((kind) => kind !== 'storage'))(
    'is the same again when %s is put back',
    (kind) => {
      const [first, second] = compareLanes(calm, kind, firstPair(kind, calm));
      const { apply, of } = differences[kind];
      const value = of({ scenario: first!.scenario, vm: 0 });
      expect(apply({ scenario: second!.scenario, vm: 0 }, value)).toEqual(first!.scenario);
    },
  );

  test('gives the VM a LUN of its own and leaves the others on their volume', () => {
    const { scenario } = at(compareLanes(oneLun, 'storage', ['own-lun', 'csv']), 0);
    const volumes = scenario.vms.map(({ volume }) => volume);
    expect(new Set(volumes).size).toBe(
      new Set(oneLun.scenario.vms.map((vm) => vm.volume)).size + 1,
    );
    expect(volumes.filter((volume) => volume === volumes[0])).toHaveLength(1);
    expect(volumes.slice(1)).toEqual(oneLun.scenario.vms.slice(1).map((vm) => vm.volume));
  });

  test('keeps the LUN as it is shared in the Lab among the choices', () => {
    const values = choicesOf('storage', oneLun).map((value) => differences.storage.text(value));
    expect(values).toEqual(['CSV', 'a LUN of its own', 'the LUN it shares']);
    const { scenario } = at(compareLanes(oneLun, 'storage', ['lun', 'csv']), 0);
    expect(scenario.volumes).toEqual(oneLun.scenario.volumes);
  });

  test('sends the VM to the first node with room for it', () => {
    const full: Scenario = {
      ...calm.scenario,
      nodes: calm.scenario.nodes.map((node) =>
        node.id === 'node2' ? { ...node, memoryMiB: 8192 + 4095 } : node,
      ),
    };
    expect(targetNode(calm)).toBe(1);
    expect(targetNode({ scenario: full, vm: 0 })).toBe(2);
    const owned = { ...calm.scenario.vms[0]!, possibleOwners: ['node1', 'node3'] };
    const vms = calm.scenario.vms.with(0, owned);
    expect(targetNode({ scenario: { ...calm.scenario, vms }, vm: 0 })).toBe(2);
  });
});

describe('values', () => {
  test('from outside are taken when they can be used', () => {
    expect(isValueOf('network', 2, calm)).toBe(true);
    expect(isValueOf('network', 1e9, calm)).toBe(false);
    expect(isValueOf('network', '10', calm)).toBe(false);
    expect(isValueOf('network', NaN, calm)).toBe(false);
    expect(isValueOf('tracking', 'skip-redirtied', calm)).toBe(true);
    expect(isValueOf('tracking', 'none', calm)).toBe(false);
    expect(isValueOf('storage', 'lun', calm)).toBe(false);
    expect(isValueOf('storage', 'lun', oneLun)).toBe(true);
  });

  test('that are compared first are two, also where the Lab has the second', () => {
    const fast = differences.rate.apply(calm, 32_000);
    expect(firstPair('rate', { scenario: fast, vm: 0 })).toEqual([32_000, 64_000]);
    const idle: Scenario = {
      ...calm.scenario,
      vms: calm.scenario.vms.map((vm) => ({ ...vm, writers: [] })),
    };
    expect(firstPair('rate', { scenario: idle, vm: 0 })).toEqual([1000, 32_000]);
  });

  test('of the Lab are among the choices', () => {
    expect(choicesOf('rounds', { scenario: differences.rounds.apply(calm, 7), vm: 0 })).toContain(
      7,
    );
    expect(choicesOf('rate', calm)).toContain(16_000);
  });
});

describe('the default VM', () => {
  const { runs, first: quick, second: live, crash } = runsOf(calm);

  test('is out for 32 s by quick migration, and all 12 Windows connections are lost', () => {
    expect(factsOf(quick).outageNs).toBe(32 * SECOND);
    expect(lostTexts(factsOf(quick))).toEqual([
      { text: '12 of 12 Windows connections lost', lost: true },
      { text: '0 of 12 Linux connections lost', lost: false },
    ]);
  });

  test('is out for under 0.5 s by live migration, and no connection is lost', () => {
    expect(factsOf(live).outageNs).toBeLessThan(0.5 * SECOND);
    expect(factsOf(live).outageNs).toBeGreaterThan(0);
    expect(lostTexts(factsOf(live)).map(({ text }) => text)).toEqual([
      '0 of 12 Windows connections lost',
      '0 of 12 Linux connections lost',
    ]);
  });

  test('is out for 68 s after a crash, and its memory is lost', () => {
    // 5 s until it is missed, 2 s to regroup, 1 s for the configuration, 60 s to boot.
    expect(factsOf(crash)).toMatchObject({ outageNs: 68 * SECOND, lostMiB: 4096, bytes: 0 });
  });

  test('has the figures of the reports', () => {
    for (const run of runs) {
      const report = simulate(run.lane.scenario);
      const facts = factsOf(run);
      expect(facts.outageNs / 1e6).toBe(report.vms[0]?.outageMs);
      expect(facts.connections.map(({ lost }) => lost)).toEqual(
        report.clients.flatMap(({ kind, lost }) => (kind === 'ping' ? [] : [lost])),
      );
    }
  });

  test.each(['network', 'storage', 'rounds'] as const)(
    'has the figures of the reports also where the %s differs',
    (kind) => {
      for (const run of compareRuns(calm, kind, firstPair(kind, calm))) {
        const report = simulate(run.lane.scenario);
        const facts = factsOf(run);
        const [move] = report.migrations;
        expect(facts.outageNs / 1e6).toBe(report.vms[0]?.outageMs);
        expect(facts.bytes).toBe(move?.bytesSent);
        expect(facts.longestSilenceNs / 1e6).toBe(
          Math.max(...report.clients.map(({ longestSilenceMs }) => longestSilenceMs)),
        );
        expect(move?.outcome).toBe(facts.outcome);
      }
    },
  );

  test('has all that its lanes draw in tables', () => {
    const rows = stretchRows(live).map((row) => plain(row.join(' | ')));
    // 1,380,574 pages in six rounds, 1,229,322 in the first two; each takes 4,104 bytes.
    expect(rows[0]).toBe('Live Migration | running on Node 1 | 0 | 50.43 | 5.28');
    expect(rows[2]).toBe('Live Migration | round 2 | 38.78 | 45.12 | 4.70');
    expect(rows.at(-1)).toMatch(/^Live Migration \| running on Node 2 \| 50\.75 \| the end/);
    // Facts E1: five repeats, each after twice the time of the one before, from 0.3 s on; then two attempts to connect.
    expect(clientMarks(quick)[0]).toBe(
      'no answer 0, 0.30, 0.90, 2.10, 4.50, 9.30, 21.90, 27.90; gave up 18.90; connected again 39.90',
    );
    expect(clientMarks(live).filter((text) => text !== '')).toHaveLength(9);
    expect(clientMarks(crash).at(-1)).toMatch(/^no answer \d+ times from \d/);
  });

  test('is told in sentences', () => {
    expect(plain(comparisonText(runs))).toBe(
      'Live takes 19.2 s longer in total, but the outage is 0.32 s instead of 32.0 s, and no connection is lost. ' +
        'After a crash web-01 is away for 68.0 s, and 4 GB of its memory are lost.',
    );
    expect(plain(questionText(calm, 'method', none))).toBe(
      'Quick, live or a crash: what do 27 clients notice?',
    );
    expect(plain(sameText(calm, 'method'))).toBe(
      'Same VM in every run: web-01, 4 GB, 16,000 dirty pages/s, migration network 1 Gbit/s. Every run starts at 0 s.',
    );
    expect(othersText(crash)).toBe('db-01 and file-01 stop with it.');
    expect(othersText(live)).toBe('');
  });

  test('says what happens at a moment', () => {
    expect(plain(laneSentence(quick, 8 * SECOND))).toBe(
      'web-01 is stopped, and Node 1 writes its 4 GB to Cluster Shared Volume 1. Clients get no answer. 2 GB moved. 27 of 27 clients wait.',
    );
    expect(plain(laneSentence(quick, 20 * SECOND))).toContain('12 have no connection.');
    expect(plain(laneSentence(live, 40 * SECOND))).toMatch(
      /^Round 2 sends 180,746 pages: web-01 changed them during the 36\.8 s of round 1\. web-01 keeps running\. 4\.1 GB moved\. Every client is answered\.$/,
    );
    expect(plain(laneSentence(crash, 3 * SECOND))).toMatch(
      /^web-01 stops without warning: Node 1 is down\./,
    );
    expect(bytesAt(quick, -1)).toBe(0);
  });

  test('says at the end who lost a connection, as the report counts it: never that every client is answered', () => {
    for (const run of runs) {
      const report = simulate(run.lane.scenario);
      const own = report.clients.filter(({ vm, kind }) => vm === 'web01' && kind !== 'ping');
      const losers = own.filter(({ lost }) => lost > 0);
      const text = plain(laneSentence(run, run.outline.run.endNs));
      expect(text.includes('Every client is answered.')).toBe(losers.length === 0);
      for (const { lost, count } of losers) {
        expect(lost).toBe(count);
        expect(text).toContain(
          `12 ${losers[0]?.kind === 'windows-lan' ? 'Windows' : 'Linux'} clients`,
        );
      }
    }
    const end = (run: CompareRun): string => plain(laneSentence(run, run.outline.run.endNs));
    expect(end(quick)).toMatch(
      / The 12 Windows clients lost their connection and connected again\.$/,
    );
    expect(end(crash)).toMatch(
      / The 12 Windows clients and the 12 Linux clients lost their connection and connected again\.$/,
    );
    expect(end(live)).toMatch(/ Every client is answered\.$/);
  });

  test('counts who lost a connection where not all did, and knows one from several', () => {
    const vms = calm.scenario.vms.map((vm, place) =>
      place === 0
        ? { ...vm, clients: [{ kind: 'windows-lan' as const, count: 1, requestEveryMs: 1000 }] }
        : vm,
    );
    const one = runsOf({ scenario: { ...calm.scenario, vms }, vm: 0 }).first;
    expect(plain(laneSentence(one, one.outline.run.endNs))).toMatch(
      / The Windows client lost its connection and connected again\.$/,
    );
    // 9.8 s: of some clients the last repeat, 9.3 s after the first try, meets the VM again.
    const scenario = { ...calm.scenario, quickMigration: { secondsPerGiB: 2.45 } };
    const { first: some } = runsOf({ scenario, vm: 0 });
    const { lost, count } = at(simulate(some.lane.scenario).clients, 0);
    expect(lost).toBeGreaterThan(1);
    expect(lost).toBeLessThan(count);
    expect(plain(laneSentence(some, some.outline.run.endNs))).toContain(
      ` ${lost} of 12 Windows clients lost their connection and connected again.`,
    );
  });

  test('says the same as the Lab at every moment at which its sentence changes', () => {
    for (const { lane, vm, outline } of runs) {
      const recorded = new RecordedRun(lane.scenario);
      while (!recorded.complete) recorded.workAhead(1e7);
      const buffers = createFrameBuffers();
      for (const ns of sentenceMoments(outline.run, vm)) {
        recorded.seek(ns);
        const summary = encodeFrame(recorded.shown, vm, null, unplayed, buffers);
        const lab = sentence(outline.run, summary, lane.scenario, vm);
        expect(laneTold({ lane, vm, outline }, ns)).toEqual(lab);
      }
    }
  });

  test('has a shorter line for where the sentence has no room', () => {
    expect(laneLines(live, 40 * SECOND).map(plain)).toEqual([
      'Round 2 sends 180,746 pages: web-01 changed them during the 36.8 s of round 1. web-01 keeps running. Every client is answered.',
      'Round 2 sends 180,746 pages. Every client is answered.',
      'Round 2 sends 180,746 pages.',
    ]);
  });

  test('has its bytes in parts', () => {
    expect(plain(bytesPartsText(quick))).toBe('8 GB: 4 GB written, 4 GB read back');
    expect(plain(bytesPartsText(live))).toBe('5.3 GB: 4 GB once, 1.3 GB again');
    expect(bytesPartsText(crash)).toBe('');
  });

  test('has its figures as rows', () => {
    expect(
      plain(
        figureRows(crash)
          .map(({ name, value }) => `${name} ${value}`)
          .join(', '),
      ),
    ).toBe('Longest silence 102.2 s, Late answers 0, Memory lost 4 GB, Windows gives up 18.9 s');
    expect(numbersRow(quick).map(plain)).toEqual([
      '32.0',
      '32.0',
      '8.00',
      '12',
      '24',
      '51.0',
      '12',
      '0',
    ]);
    expect(clientFigures(quick, 2)).toEqual({
      name: 'Windows 3',
      value: expect.stringMatching(/^lost, back after /),
    });
    expect(plain(groupText(quick, 0))).toBe(
      '12 Windows connections: 12 lost, longest silence 39.9 s',
    );
  });

  test('has a word on who asked in the blackout', () => {
    const { trails } = watchedOf(live);
    const waiting = trails.filter(({ troubles }) => troubles.length > 0);
    expect(magnifiedText(live, waiting)).toBe(
      '9 clients get no answer at first, then Node 2 answers.',
    );
    expect(magnifiedText(live, waiting.slice(0, 1))).toBe(
      '1 client gets no answer at first, then Node 2 answers.',
    );
    expect(magnifiedText(live, [])).toBe('No client asks meanwhile.');
    expect(magnifiedText(quick, watchedOf(quick).trails)).toBe(
      '27 clients get no answer, and 12 lose their connections.',
    );
  });

  test('speaks of rows where each stands for several clients', () => {
    const [vm, ...others] = calm.scenario.vms;
    const clients = [{ kind: 'windows-lan', count: 300, requestEveryMs: 1000 }] as const;
    const vms = [{ ...vm!, clients }, ...others];
    const { first } = runsOf({ scenario: { ...calm.scenario, vms }, vm: 0 });
    const { trails } = watchedOf(first);
    expect(trails.length).toBeLessThanOrEqual(60);
    expect(laneSentence(first, 8 * SECOND)).toContain(`of ${trails.length} rows wait.`);
    expect(magnifiedText(first, trails)).toMatch(/ rows get no answer, and /);
    // What is counted, not drawn, is told of all.
    expect(laneTold(first, 40 * SECOND).text).toContain('300 of 300 connections are lost.');
  });

  test('has clients that give up after their timers ran out, and others that do not', () => {
    const gaveUp = (run: CompareRun): string[] =>
      figureRows(run).flatMap(({ name, value }) =>
        name.includes('gives up') ? [`${name} ${plain(value)}`] : [],
      );
    // Facts E1. Linux repeats for minutes; after the crash the new guest refuses its old connections.
    expect([quick, live, crash].map(gaveUp)).toEqual([
      ['Windows gives up 18.9 s'],
      [],
      ['Windows gives up 18.9 s'],
    ]);
  });

  test('runs, stands and runs again without gaps', () => {
    const text = (run: CompareRun): string =>
      stateSpans(run)
        .map(({ label, toNs }) => `${label} to ${Math.round(toNs / SECOND)}`)
        .join(', ');
    expect(text(quick)).toBe(
      'running on Node 1 to 0, save memory to 16, read memory to 32, running on Node 2 to Infinity',
    );
    expect(text(live)).toBe(
      'running on Node 1 to 50, blackout to 51, running on Node 2 to Infinity',
    );
    expect(text(crash)).toBe(
      'running on Node 1 to 0, not noticed to 5, regroup to 7, configuration to 8, boot to 68, running on Node 3 to Infinity',
    );
    for (const run of runs) {
      const spans = stateSpans(run);
      spans.slice(1).forEach(({ fromNs }, place) => expect(fromNs).toBe(spans[place]?.toNs));
    }
  });
});

describe('a VM that shares its LUN', () => {
  const { runs, first: quick, second: live } = runsOf(oneLun);

  test('takes the others along by quick migration, and that is said', () => {
    expect(othersText(quick)).toBe('db-01 shares its LUN and has to move too.');
    expect(stateSpans(quick).map(({ label }) => label)).toContain('LUN 1 moves');
  });

  test('is refused a live migration, with the reason', () => {
    expect(laneTold(live, 0).text).toMatch(/^Not possible: LUN 1 holds db-01 too/);
    expect(numbersRow(live)[0]).toBe('not possible');
    // Nothing is said of a move that was not.
    expect(comparisonText(runs)).toMatch(/^After a crash/);
  });
});

describe('two values', () => {
  test('of the network: the faster one takes less', () => {
    const { runs, second } = runsOf(calm, 'network', [1, 10]);
    expect(laneTitle(second.lane)).toBe('10\u00a0Gbit/s');
    expect(plain(comparisonText(runs))).toBe(
      'With 10 Gbit/s the outage is 0.05 s shorter, the move takes 44.8 s less and 1.1 GB less is moved.',
    );
  });

  test('of the storage: a LUN of its own moves in the blackout', () => {
    const { runs } = runsOf(calm, 'storage', ['csv', 'own-lun']);
    expect(plain(comparisonText(runs))).toBe(
      'With a LUN of its own the outage is 3.0 s longer and the move takes 3.0 s longer.',
    );
    expect(questionText(calm, 'storage', ['csv', 'own-lun'])).toMatch(/^CSV or a LUN of its own: /);
  });

  test('are named so that the sentence can be read', () => {
    const text = (differs: Differs, values: ValuePair): string =>
      plain(comparisonText(runsOf(calm, differs, values).runs));
    expect(text('stop', [30, 1000])).toMatch(/^With a stop threshold of 1\.0 s the outage is /);
    expect(text('tracking', ['sync-per-round', 'skip-redirtied'])).toMatch(
      /^With “Skip pages dirty again” the /,
    );
  });

  test('that are the same come to the same', () => {
    const { runs } = runsOf(calm, 'rounds', [10, 10]);
    expect(comparisonText(runs)).toBe('Both runs come to the same.');
  });
});

describe('a run whose time is up too early', () => {
  const short: Compared = { scenario: { ...calm.scenario, untilMs: 20_000 }, vm: 0 };

  test('is not taken for a whole one', () => {
    const { runs, first: quick, second: live } = runsOf(short);
    expect(plain(bytesPartsText(live))).toMatch(/^2 GB: all that the time of the run was/);
    expect(bytesPartsText(quick)).toMatch(/all that the time of the run was enough for$/);
    expect(comparisonText(runs)).toContain('up before the live migration is done.');
    const network = runsOf(short, 'network', [1, 10]);
    expect(plain(comparisonText(network.runs))).toBe(
      'With 1 Gbit/s the time of the run is up before the move is done.',
    );
  });
});

describe('a VM that does not come back', () => {
  test('has an outage without end', () => {
    const two: Scenario = {
      ...calm.scenario,
      nodes: calm.scenario.nodes.slice(0, 1),
      vms: calm.scenario.vms.slice(0, 1),
      untilMs: 60_000,
    };
    const { runs, first: quick, crash } = runsOf({ scenario: two, vm: 0 });
    expect(factsOf(crash).outageNs).toBe(Infinity);
    expect(numbersRow(crash)[0]).toBe('no end');
    expect(comparisonText(runs)).toContain('web-01 does not come back');
    expect(laneTold(quick, 0).text).toBe('Not possible: web-01 runs on Node 1 already.');
  });
});
