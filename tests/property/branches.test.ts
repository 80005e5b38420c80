/** Branches of random runs: whatever is commanded, chosen, undone and dropped, each gives the run it always gave. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../src/engine/command.ts';
import { RecordedRun } from '../../src/engine/recording/recordedRun.ts';
import { simulate } from '../../src/engine/recording/simulate.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import {
  chosen,
  dropped,
  firstBranches,
  isWhole,
  leavesFuture,
  MOST_BRANCHES,
  presentRecording,
  redo,
  redoTarget,
  stepNs,
  undo,
  undoTarget,
  withKnown,
  withStep,
  type Branches,
  type Position,
} from '../../src/state/branches.ts';
import { runInfoOf } from '../../src/worker/runInfo.ts';
import { busyClusterArbitrary } from '../support/clusterArbitrary.ts';
import { writer } from '../support/clusterBuilder.ts';

const SEED = 20_090_722;
const share = fc.double({ min: 0, max: 1, noNaN: true });

const vm = fc.constantFrom('vm1', 'vm2', 'vm3', 'vm4');
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({
    do: fc.constantFrom('live-migrate' as const, 'quick-migrate' as const),
    vm,
    to: fc.constantFrom('node1', 'node2', 'node3'),
  }),
  fc.record({ do: fc.constant('cancel-migration' as const), vm }),
  fc.record({
    do: fc.constant('set-live-migration' as const),
    migrationMBps: fc.integer({ min: 20, max: 2000 }),
  }),
  fc.record({
    do: fc.constant('set-writers' as const),
    vm,
    writers: fc.constant([writer('uniform', 5000, 16)]),
  }),
);

/** What somebody does; shares are of the run's length, or of the list of branches. */
type Act =
  | { readonly do: 'seek' | 'choose' | 'drop'; readonly share: number }
  | { readonly do: 'operate'; readonly operation: Operation }
  | { readonly do: 'undo' | 'redo' };

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('operate' as const), operation }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('seek' as const), share }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('choose' as const), share }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), share }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const) }) },
);

/** Page and worker in one: the run as the engine has it, and the branches as the page keeps them. */
class Walk {
  branches: Branches;
  run: RecordedRun;
  seenToNs = 0;

  constructor(scenario: Scenario) {
    this.branches = firstBranches(scenario);
    this.run = finished(scenario);
  }

  do(step: Act): void {
    switch (step.do) {
      case 'seek':
        this.run.seek(Math.round(step.share * this.run.computedToNs));
        this.seenToNs = Math.max(this.seenToNs, this.run.shownNs);
        return;
      case 'operate':
        return this.operate(step.operation);
      case 'undo': {
        const to = undoTarget(this.branches);
        const ns = stepNs(presentRecording(this.branches));
        return to === null ? undefined : this.show(undo(this.left(), to), ns);
      }
      case 'redo': {
        const to = redoTarget(this.branches);
        return to === null ? undefined : this.show(redo(this.left(), to), this.run.shownNs);
      }
      case 'choose':
        return this.show(chosen(this.left(), this.at(step.share), ''), this.run.shownNs);
      case 'drop':
        this.branches = dropped(this.branches, this.at(step.share).branch);
    }
  }

  operate(given: Operation): void {
    const { run } = this;
    const known = { run: runInfoOf(run), seenToNs: this.seenToNs };
    const leaves = leavesFuture(run.scenario, run.shownNs, this.seenToNs);
    run.operate(given);
    this.seenToNs = run.shownNs;
    complete(run);
    this.branches = withStep(this.branches, run.scenario, leaves ? known : null);
  }

  private left(): Branches {
    return withKnown(this.branches, { run: runInfoOf(this.run), seenToNs: this.seenToNs });
  }

  private at(place: number): Position {
    const { list } = this.branches;
    const branch = list[Math.min(list.length - 1, Math.floor(place * list.length))]!;
    return { branch: branch.id, step: branch.steps.length - 1 };
  }

  private show(branches: Branches, ns: number): void {
    this.branches = branches;
    this.run = finished(presentRecording(branches));
    this.run.seek(ns);
    this.seenToNs = this.run.shownNs;
  }
}

function finished(scenario: Scenario): RecordedRun {
  return complete(new RecordedRun(scenario));
}

function complete(run: RecordedRun): RecordedRun {
  while (!run.complete) run.workAhead(100_000);
  return run;
}

describe('branches of random runs', () => {
  it(`[RE3] [SI1] have the digests they had before (seed ${SEED})`, () => {
    let branched = 0;
    fc.assert(
      fc.property(
        busyClusterArbitrary(3),
        fc.array(act, { minLength: 15, maxLength: 40, size: 'max' }),
        (scenario, acts) => {
          const walk = new Walk(scenario);
          for (const step of acts) {
            walk.do(step);
            expect(walk.run.scenario).toEqual(presentRecording(walk.branches));
            expect(walk.branches.list.length).toBeLessThanOrEqual(MOST_BRANCHES);
          }
          const digest = runInfoOf(walk.run).reportDigest;
          expect(digest).toBe(simulate(presentRecording(walk.branches)).digest);
          for (const branch of walk.branches.list) {
            const isShown = branch.id === walk.branches.present.branch && isWhole(walk.branches);
            if (branch.run === null || isShown) continue;
            branched++;
            const again = simulate(branch.steps.at(-1)!).digest;
            expect(branch.run.reportDigest).toBe(again);
          }
        },
      ),
      { seed: SEED, numRuns: 60 },
    );
    expect(branched).toBeGreaterThan(100);
  });

  it(`are undone step by step to the beginning, and done again to the same run (seed ${SEED})`, () => {
    fc.assert(
      fc.property(
        busyClusterArbitrary(3),
        fc.array(fc.tuple(operation, share), { minLength: 1, maxLength: 4 }),
        (scenario, given) => {
          const walk = new Walk(scenario);
          for (const [one, place] of given) {
            walk.do({ do: 'seek', share: place });
            walk.operate(one);
          }
          const end = presentRecording(walk.branches);
          for (let left = given.length; left > 0; left--) walk.do({ do: 'undo' });
          expect(presentRecording(walk.branches)).toEqual(scenario);
          expect(undoTarget(walk.branches)).toBeNull();
          for (let left = given.length; left > 0; left--) walk.do({ do: 'redo' });
          expect(presentRecording(walk.branches)).toEqual(end);
          expect(redoTarget(walk.branches)).toBeNull();
        },
      ),
      { seed: SEED, numRuns: 30 },
    );
  });
});
