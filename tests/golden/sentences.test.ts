/**
 * Every event and every round of every preset in one sentence with its cause and this run's own numbers, and one wording for log,
 * heading and screen reader. The rule:
 *
 * 1. An event's sentence is `eventSentence`: at most 200 characters, and a figure where its kind has one.
 * 2. At the start of a phase of a move, rounds included, the heading of its VM begins with the sentence of an event of that very moment.
 * 3. At every moment at which the heading changes it begins with the sentence of an event that has happened by then. Before
 *    the first event it says where the VM runs.
 *
 * The sentences stand in sentences.txt. After a wanted change: GOLDEN=accept npx vitest run tests/golden, then read the difference.
 */
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/assert.ts';
import type { ClusterEventKind } from '../../src/engine/clusterEvent.ts';
import type { Command, Operation } from '../../src/engine/command.ts';
import { RecordedRun } from '../../src/engine/recording/recordedRun.ts';
import { createFrameBuffers } from '../../src/protocol/frameColumns.ts';
import type { EventRow, RunInfo } from '../../src/protocol/runInfo.ts';
import { presets, type Preset } from '../../src/scenario/presets.ts';
import { sentenceMoments } from '../../src/state/moment.ts';
import { sentence, type Sentence } from '../../src/state/sentence.ts';
import { eventSentence } from '../../src/state/told.ts';
import { encodeFrame } from '../../src/worker/encodeFrame.ts';
import { runInfoOf } from '../../src/worker/runInfo.ts';
import { movesAlone } from '../support/clusterStory.ts';
import { goldenText } from '../support/clusterText.ts';

const MOST_CHARACTERS = 200;

/** Kinds whose events count or measure something. The others name what changed and why. */
const counted: ReadonlySet<ClusterEventKind> = new Set([
  'migration-requested',
  'setup-started',
  'shell-created',
  'tracking-started',
  'round-started',
  'pre-copy-stopped',
  'vm-paused',
  'last-pages-sent',
  'device-state-sent',
  'save-started',
  'state-saved',
  'restore-started',
  'volume-move-started',
  'memory-compared',
  'vm-resumed',
  'migration-completed',
  'node-down-noticed',
  'cluster-regrouped',
  'quorum-lost',
  'quorum-regained',
  'memory-lost',
  'vm-started',
  'drain-started',
  'writers-changed',
  'settings-changed',
]);

/** What the page offers first, and for a move in mid-copy a cable that is cut. */
function storiesOf({ id, scenario, first }: Preset): { name: string; commands: Command[] }[] {
  const vm = at(scenario.vms, 0).id;
  const move: Operation = {
    do: movesAlone(scenario) ? 'live-migrate' : 'quick-migrate',
    vm,
    to: 'node2',
  };
  const acts: Operation[] = first === null ? [move] : [first.act, move];
  return acts.map((act) => ({ name: `${id}: ${act.do}`, commands: [{ ...act, atMs: 0 }] }));
}

function worked(preset: Preset, commands: readonly Command[]): RecordedRun {
  const run = new RecordedRun({ ...preset.scenario, commands: [...commands] });
  while (!run.complete) run.workAhead(1e7);
  return run;
}

class Told {
  readonly run: RecordedRun;
  readonly info: RunInfo;
  readonly #buffers = createFrameBuffers();

  constructor(run: RecordedRun) {
    this.run = run;
    this.info = runInfoOf(run);
  }

  sentence(vm: number, ns: number): Sentence {
    this.run.seek(ns);
    const play = { playing: false, speed: 1, catchingUp: false, commandsReceived: 0 };
    const more = { writtenPages: 0, page: null, lit: null, cellPasses: [] };
    const summary = encodeFrame(this.run.shown, vm, null, { ...play, ...more }, this.#buffers);
    return sentence(this.info, summary, this.run.scenario, vm);
  }

  /** Events whose sentence the heading begins with. */
  leaders(heading: string): EventRow[] {
    return this.info.events.filter((event) => heading.startsWith(eventSentence(event)));
  }
}

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

const stories = presets.flatMap((preset) =>
  storiesOf(preset).map(({ name, commands }) => ({
    name,
    told: new Told(worked(preset, commands)),
  })),
);

describe.each(stories)('$name', ({ told }) => {
  const { info } = told;

  it('has one sentence for every event, short and with its figure', () => {
    const faults = info.events.filter((event) => {
      const text = eventSentence(event);
      const isOne = /^[A-Za-z0-9].*[^.]\.$/.test(text) && text.length <= MOST_CHARACTERS;
      return !isOne || (counted.has(event.kind) && !/\d/.test(text));
    });
    expect(info.events.length).toBeGreaterThan(3);
    expect(faults).toEqual([]);
  });

  it('has one sentence for every round and every other phase, which the heading begins with', () => {
    const faults = info.migrations.flatMap(({ vm, phases }) =>
      phases.flatMap(({ startNs, endNs, name, number }) => {
        // What takes no time is never shown.
        if (startNs === endNs) return [];
        const { text } = told.sentence(vm, startNs);
        const isLed = told.leaders(text).some(({ atNs }) => atNs === startNs);
        const isOfRound = new RegExp(`^Round ${number} sends (at most )?[\\d,]+ pages?: `).test(
          text,
        );
        const isGood = isLed && text.length <= MOST_CHARACTERS && (name !== 'round' || isOfRound);
        return isGood ? [] : [`${name} ${number}: ${text}`];
      }),
    );
    expect(faults).toEqual([]);
  });

  it('changes its heading only with an event, and in its words', () => {
    const faults = info.scenario.vms.flatMap((_, vm) =>
      sentenceMoments(info, vm).flatMap((ns) => {
        const { text } = told.sentence(vm, ns);
        const isLed = told.leaders(text).some(({ atNs }) => atNs <= ns);
        const isIdle = /^\S+ runs on Node \d+( and serves|\.)/.test(text);
        const isGood = (isLed || isIdle) && text.length <= MOST_CHARACTERS;
        return isGood ? [] : [`${vm} at ${ns}: ${text}`];
      }),
    );
    expect(faults).toEqual([]);
  });
});

it('are worded as their table says', () => {
  const lines = stories.flatMap(({ name, told: { info } }) => [
    name,
    ...info.events.map(
      (event) => `  ${(event.atNs / 1e9).toFixed(2).padStart(7)}  ${plain(eventSentence(event))}`,
    ),
    '',
  ]);
  const text = `${lines.join('\n')}`;
  expect(text).toBe(goldenText('sentences', text));
});
