/** What the heading and the figures beside it say at the end of a whole run, beside the report of the same run. */
import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { Command } from '../../../src/engine/command.ts';
import { RecordedRun } from '../../../src/engine/recording/recordedRun.ts';
import { simulate } from '../../../src/engine/recording/simulate.ts';
import type { Scenario } from '../../../src/engine/scenario.ts';
import { createFrameBuffers } from '../../../src/protocol/frameColumns.ts';
import { presets } from '../../../src/scenario/presets.ts';
import type { RunState } from '../../../src/state/runStore.ts';
import { sentenceAt } from '../../../src/state/sentence.ts';
import { elapsedFigure } from '../../../src/ui/headline/readouts.ts';
import { encodeFrame } from '../../../src/worker/encodeFrame.ts';
import { runInfoOf } from '../../../src/worker/runInfo.ts';

function preset(id: string, commands: readonly Command[]): Scenario {
  const found = presets.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no preset ${id}`);
  return { ...found.scenario, commands };
}

/** What the Lab has of the first VM at the end of the run. */
function atEnd(scenario: Scenario): Pick<RunState, 'run' | 'summary' | 'scenario'> {
  const recorded = new RecordedRun(scenario);
  while (!recorded.complete) recorded.workAhead(1e7);
  const run = runInfoOf(recorded);
  recorded.seek(run.endNs);
  const play = { playing: false, speed: 1, catchingUp: false, commandsReceived: 0 };
  const more = { writtenPages: 0, page: null, lit: null, cellPasses: [] };
  const summary = encodeFrame(recorded.shown, 0, null, { ...play, ...more }, createFrameBuffers());
  return { run, summary, scenario };
}

function heading({ run, summary, scenario }: ReturnType<typeof atEnd>): string {
  return sentenceAt(run, summary, scenario, 0).text.replaceAll('\u00a0', ' ');
}

describe('the last words of a run', () => {
  it('give the cause of a long blackout: the limit of rounds, and the pages that were left', () => {
    const scenario = preset('round-limit', [
      { atMs: 0, do: 'live-migrate', vm: 'db01', to: 'node2' },
    ]);
    const move = at(simulate(scenario).migrations, 0);
    const last = at(move.rounds, move.rounds.length - 1);
    expect([last.number, last.pagesLeft, (move.blackoutMs / 1000).toFixed(1)]).toEqual([
      10,
      576_956,
      '20.4',
    ]);
    expect(heading(atEnd(scenario))).toMatch(
      /^10 rounds were not enough\. db-01 stopped for 20\.4 s while its last 576,956 pages were copied\. /,
    );
  });

  it('after a crash of the target are that nothing was lost, not how the votes stand', () => {
    const scenario = preset('calm', [
      { atMs: 0, do: 'live-migrate', vm: 'web01', to: 'node2' },
      { atMs: 46_000, do: 'crash-node', node: 'node2' },
    ]);
    const report = simulate(scenario);
    expect(report.vms[0]).toMatchObject({ node: 'node1', outageMs: 0, memoryLostMiB: 0 });
    expect(heading(atEnd(scenario))).toBe(
      'Node 2 crashed, so the move of web-01 failed. web-01 lost nothing; it never left Node 1.',
    );
  });

  it('of a drain stand beside how long the drain took, not the move of the selected VM', () => {
    const scenario = preset('drain', [{ atMs: 10_000, do: 'drain-node', node: 'node1' }]);
    const { events, migrations } = simulate(scenario);
    const closing = events.findLast(
      ({ kind }) => kind === 'drain-blocked' || kind === 'drain-completed',
    );
    const ended = events.findLast(({ kind }) => kind === 'migration-completed');
    const state = atEnd(scenario);
    const { name, figure } = elapsedFigure(state as RunState, 0);
    const tookMs = Math.max(closing?.atMs ?? 0, ended?.atMs ?? 0) - 10_000;
    expect([name, figure]).toEqual(['The drain took', (tookMs / 1000).toFixed(1)]);
    expect(figure).not.toBe(((at(migrations, 0).totalMs + 500) / 1000).toFixed(1));
    expect(sentenceAt(state.run, state.summary, scenario, 0).over).toBe('Drain of Node 1');
  });
});
