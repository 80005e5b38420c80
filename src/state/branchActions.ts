/** What is done with the branches of the run, and how a command that was given becomes a step of one. */
import type { Nanoseconds } from '../base/units.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { FrameSummary } from '../protocol/frameSummary.ts';
import type { RunInfo } from '../protocol/runInfo.ts';
import {
  branchName,
  branchOf,
  chosen,
  dropped,
  isWhole,
  presentBranch,
  presentRecording,
  recordingAt,
  redo,
  redoTarget,
  renamed,
  stepNs,
  told,
  undo,
  undoTarget,
  withKnown,
  withStep,
  type Branches,
} from './branches.ts';
import { sameValue } from './sameValue.ts';

/** What a command on its way leaves behind. */
export interface GivenCommand {
  /** Whether it was given in the past, with a future that is left behind. */
  readonly leaves: boolean;
  /** How far the run as it was has been seen. */
  readonly seenToNs: Nanoseconds;
}

/** The part of the run's state that branches are about. */
export interface BranchedRun {
  readonly run: RunInfo | null;
  /** At most ten a second while playing. */
  readonly summary: FrameSummary | null;
  /** Latest moment seen of this run: what lies beyond it is not told. */
  readonly seenToNs: Nanoseconds;
  readonly branches: Branches;
  /** A command that the worker has not told of yet, or null. */
  readonly given: GivenCommand | null;
}

interface BranchedStore {
  readonly getState: () => BranchedRun;
  readonly setState: (change: (state: BranchedRun) => Partial<BranchedRun>) => void;
}

/** Starts a run anew from its recording, shown from `showNs` on; `next` says what else of the state changes. */
export type LoadRun = (
  scenario: Scenario,
  next: Partial<BranchedRun>,
  showNs?: Nanoseconds,
) => void;

export interface BranchActions {
  /** Back to before the last command, at its moment. */
  readonly undo: () => void;
  readonly redo: () => void;
  /** Shows a branch at the shown time, or at its end where it is shorter. */
  readonly chooseBranch: (id: number) => void;
  readonly renameBranch: (id: number, name: string) => void;
  readonly dropBranch: (id: number) => void;
  /** What was worked out of a branch beside the shown run. */
  readonly tellBranch: (id: number, run: RunInfo) => void;
}

/** The state after the worker told of the run: a recording with one more command is a new step, or a new branch. */
export function toldRun(state: BranchedRun, run: RunInfo): Partial<BranchedRun> {
  const { branches, given } = state;
  if (sameValue(run.scenario.commands, presentRecording(branches).commands)) {
    // A run that is worked out anew is known already: that stays until as much is known again.
    const isKnown = state.run !== null && run.computedToNs < state.run.computedToNs;
    return isKnown && !run.complete ? {} : { run };
  }
  const leaves = given?.leaves === true ? { run: state.run, seenToNs: given.seenToNs } : null;
  return { run, given: null, branches: withStep(branches, run.scenario, leaves) };
}

export function branchActions({ getState, setState }: BranchedStore, load: LoadRun): BranchActions {
  /** Until the worker has told of a command, what would be left behind is not known. */
  const ready = (): Branches | null => {
    const { branches, given, run, seenToNs } = getState();
    return given === null ? withKnown(branches, { run, seenToNs }) : null;
  };
  const show = (branches: Branches, ns: Nanoseconds): void => {
    const known = isWhole(branches) ? presentBranch(branches) : { run: null, seenToNs: 0 };
    // Its rows are shown at once; it is complete, and has a digest, when the worker says so again.
    const run = known.run && { ...known.run, complete: false, reportDigest: null };
    const seenToNs = Math.max(known.seenToNs, ns);
    load(presentRecording(branches), { branches, run, seenToNs }, ns);
  };
  return {
    undo() {
      const branches = ready();
      const to = branches && undoTarget(branches);
      if (branches && to) show(undo(branches, to), stepNs(presentRecording(branches)));
    },
    redo() {
      const branches = ready();
      const to = branches && redoTarget(branches);
      if (branches && to) show(redo(branches, to), stepNs(recordingAt(branches, to)));
    },
    chooseBranch(id) {
      const branches = ready();
      if (branches === null) return;
      const branch = branchOf(branches, id);
      const position = { branch: id, step: branch.steps.length - 1 };
      const news = `${branchName(branch)} is shown.`;
      show(chosen(branches, position, news), shownIn(branch.run, getState()));
    },
    renameBranch: (id, name) =>
      setState(({ branches }) => ({ branches: renamed(branches, id, name) })),
    dropBranch: (id) => setState(({ branches }) => ({ branches: dropped(branches, id) })),
    tellBranch: (id, run) => setState(({ branches }) => ({ branches: told(branches, id, run) })),
  };
}

/** The shown time, or the end of a run that is shorter. */
function shownIn(run: RunInfo | null, { summary }: BranchedRun): Nanoseconds {
  const shownNs = summary?.timeNs ?? 0;
  return run?.complete === true ? Math.min(shownNs, run.endNs) : shownNs;
}

/** Why nothing can be undone now, or null. */
export function whyNoUndo({ branches, given }: BranchedRun): string | null {
  if (given !== null) return STILL_GIVEN;
  return undoTarget(branches) === null ? 'There is nothing to undo.' : null;
}

/** Why nothing can be done again now, or null. */
export function whyNoRedo({ branches, given }: BranchedRun): string | null {
  if (given !== null) return STILL_GIVEN;
  return redoTarget(branches) === null ? 'Nothing was undone.' : null;
}

const STILL_GIVEN = 'The last command is still being worked out.';
