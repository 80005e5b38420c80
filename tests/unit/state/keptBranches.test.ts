import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { Command } from '../../../src/engine/command.ts';
import type { Scenario } from '../../../src/engine/scenario.ts';
import type { Outline } from '../../../src/protocol/outline.ts';
import { presets } from '../../../src/scenario/presets.ts';
import {
  firstBranches,
  presentRecording,
  redo,
  redoTarget,
  renamed,
  undo,
  undoTarget,
  withStep,
  type Branches,
} from '../../../src/state/branches.ts';
import { parseBranches, printBranches, workOutBranches } from '../../../src/state/keptBranches.ts';
import { createRunStore } from '../../../src/state/runStore.ts';
import { createFakeSession, runOf, SECOND, summaryOf } from '../../support/fakeSession.ts';

const { scenario } = at(presets, 0);

const move: Command = { do: 'live-migrate', vm: 'web01', to: 'node2', atMs: 0 };
const faster: Command = { do: 'set-live-migration', migrationMBps: 1170, atMs: 12_000 };
const recording = (...commands: readonly Command[]): Scenario => ({ ...scenario, commands });

/** Two branches, the first with a name; the move is a step of both. */
function twoBranches(): Branches {
  const begun = withStep(firstBranches(scenario), recording(move), null);
  const seen = { run: runOf(recording(move)), seenToNs: 49 * SECOND };
  return renamed(withStep(begun, recording(move, faster), seen), 1, 'Slow');
}

const reread = (branches: Branches): Branches | null =>
  parseBranches(printBranches(branches), presentRecording(branches));

describe('kept branches', () => {
  it('come back as they were, without what follows from their recordings', () => {
    const branches = twoBranches();
    const list = branches.list.map((branch) => ({ ...branch, run: null }));
    expect(reread(branches)).toEqual({ ...branches, list, news: '' });
  });

  it('come back at an undone step, which can be done again', () => {
    const branches = twoBranches();
    const one = undo(branches, undoTarget(branches)!);
    const none = undo(one, undoTarget(one)!);
    const back = reread(none)!;
    expect(back.present).toEqual({ branch: 1, step: 0 });
    const again = redo(back, redoTarget(back)!);
    expect(presentRecording(again).commands).toEqual([move]);
    const all = redo(again, redoTarget(again)!);
    expect(presentRecording(all).commands).toEqual([move, faster]);
    expect(redoTarget(all)).toBeNull();
  });

  it('forget what was undone where it is not there any more', () => {
    const branches = twoBranches();
    const gone = [
      { branch: 9, step: 0 },
      { branch: 2, step: 9 },
    ];
    expect(reread({ ...branches, undone: gone })?.undone).toEqual([]);
  });

  it('are nothing where nothing was done', () => {
    expect(printBranches(firstBranches(scenario))).toBeNull();
  });

  it('are not written when they are longer than what is read back', () => {
    let branches = firstBranches(scenario);
    for (let i = 1; i <= 300; i++) {
      branches = withStep(branches, recording({ ...move, atMs: i }), null);
    }
    expect(printBranches(branches)).toBeNull();
    expect(parseBranches('x'.repeat(1_048_577), scenario)).toBeNull();
  });

  it('do not come back to another run', () => {
    const text = printBranches(twoBranches());
    expect(parseBranches(text, recording(move))).toBeNull();
    expect(parseBranches(null, scenario)).toBeNull();
  });

  it('are not believed when they are damaged', () => {
    const branches = twoBranches();
    const text = printBranches(branches)!;
    const shown = presentRecording(branches);
    const whole = JSON.parse(text) as Record<string, unknown> & {
      list: Record<string, unknown>[];
    };
    const [first, second] = whole.list;
    const damaged: unknown[] = [
      [],
      { ...whole, list: [second], nextId: 'x' },
      { ...whole, list: [second, second] },
      { ...whole, list: [{ ...first, steps: [] }, second] },
      { ...whole, list: [{ ...first, steps: ['{}', '{"migrascope":1'] }, second] },
      { ...whole, list: [{ ...first, name: 'x'.repeat(41) }, second] },
      { ...whole, list: [{ ...first, id: 9 }, second] },
      { ...whole, list: Array.from({ length: 13 }, () => first) },
      { ...whole, present: { branch: 2, step: 7 } },
      { ...whole, present: { branch: 5, step: 0 } },
      { ...whole, undone: [{ branch: 1, step: -1 }] },
    ];
    for (const each of damaged) expect(parseBranches(JSON.stringify(each), shown)).toBeNull();
    expect(parseBranches('{', shown)).toBeNull();
    const alone = parseBranches(JSON.stringify({ ...whole, list: [second], left: 1 }), shown);
    expect(alone?.left).toBeNull();
  });
});

describe('a page that opens again', () => {
  function opened(branches: Branches) {
    const session = createFakeSession();
    const shown = presentRecording(branches);
    const store = createRunStore({ session, scenario: shown, now: () => 0 });
    store.actions.loadScenario(shown);
    const origin = { built: true, entry: null };
    store.actions.goOnWith({
      scenario: shown,
      shownNs: 0,
      seenToNs: 49 * SECOND,
      branches,
      origin,
      repair: null,
    });
    return { session, store, shown };
  }

  it('works the other branches out, once the shown run is complete', async () => {
    const { session, store, shown } = opened(reread(twoBranches())!);
    const asked: Scenario[] = [];
    const outline = (of: Scenario): Promise<Outline> => {
      asked.push(of);
      return Promise.resolve({
        run: runOf(of, { reportDigest: 'again' }),
        moments: [],
        watched: null,
      });
    };
    const working = workOutBranches(store, outline);
    session.emit({ type: 'run', run: runOf(shown, { complete: false }) });
    session.paint(summaryOf(scenario));
    await Promise.resolve();
    expect(asked).toEqual([]);
    session.emit({ type: 'run', run: runOf(shown) });
    await working;
    expect(asked).toEqual([recording(move)]);
    expect(store.getState().branches.list[0]?.run?.reportDigest).toBe('again');
    expect(store.getState().seenToNs).toBe(49 * SECOND);
  });
});
