/**
 * Keeps what was built and commanded over a reload: the recording as the text of a scenario file, whenever it changes,
 * the shown moment, and the branches. What is read back is untrusted like any file: what does not parse is as if it were not there.
 */
import type { Nanoseconds } from '../base/units.ts';
import type { Scenario } from '../engine/scenario.ts';
import { LONGEST_FILE } from '../scenario/limits.ts';
import { openScenario } from '../scenario/parse.ts';
import { printScenario } from '../scenario/print.ts';
import type { Branches } from './branches.ts';
import { parseBranches, printBranches } from './keptBranches.ts';
import { recordingOf, type RunState, type RunStore } from './runStore.ts';
import { sameValue } from './sameValue.ts';
import { timeNsOf } from './selectors.ts';
import type { Keepsake } from './storage.ts';

const RUN = 'run';
const SHOWN_NS = 'shownNs';
const SEEN_NS = 'seenNs';
const BRANCHES = 'branches';

export interface KeptRun {
  readonly scenario: Scenario;
  readonly shownNs: Nanoseconds;
  /** Latest moment seen. */
  readonly seenToNs: Nanoseconds;
  /** What was changed so that it could be read; null for most. */
  readonly repair: string | null;
  /** null: only the run itself is known. */
  readonly branches: Branches | null;
}

/** @returns null when nothing is kept, or nothing that can be shown. */
export function readKeptRun(keepsake: Keepsake): KeptRun | null {
  const text = keepsake.read(RUN);
  if (text === null) return null;
  const result = openScenario(text);
  if (!result.ok || result.scenario.vms.length === 0) return null;
  const shownNs = momentIn(keepsake.read(SHOWN_NS));
  return {
    scenario: result.scenario,
    repair: result.repair,
    shownNs,
    seenToNs: Math.max(shownNs, momentIn(keepsake.read(SEEN_NS))),
    branches: parseBranches(keepsake.read(BRANCHES), result.scenario),
  };
}

function momentIn(text: string | null): Nanoseconds {
  const ns = Number(text);
  return Number.isFinite(ns) && ns > 0 ? Math.round(ns) : 0;
}

export interface RunKeeper {
  /** The shown moment changes with every frame, so it is kept when the page is left. */
  readonly keepMoment: () => void;
  readonly stop: () => void;
}

/**
 * Keeps the recording and its branches from the recording's next change on: what the page opened with by itself, or from a
 * link, is nobody's work.
 *
 * @param isKept Whether the page opened with what is kept.
 */
export function keepRun(runStore: RunStore, keepsake: Keepsake, isKept: boolean): RunKeeper {
  let keptIsShown = isKept;
  const keepBranches = ({ branches }: RunState): void => {
    const text = printBranches(branches);
    if (text === null) keepsake.remove(BRANCHES);
    else keepsake.write(BRANCHES, text);
  };
  const keepMoment = (state: RunState): void => {
    keepsake.write(SHOWN_NS, String(timeNsOf(state)));
    keepsake.write(SEEN_NS, String(state.seenToNs));
  };
  const keepRecording = (state: RunState): void => {
    const text = printScenario(recordingOf(state));
    // Too long to be read back: then at least nothing older comes back.
    if (text.length > LONGEST_FILE) return keepsake.remove(RUN);
    keepsake.write(RUN, text);
    keepMoment(state);
  };
  const stop = runStore.subscribe((state, before) => {
    const changes = !sameRecording(state, before);
    keptIsShown ||= changes;
    if (changes) keepRecording(state);
    if (keptIsShown && state.branches !== before.branches) keepBranches(state);
  });
  return {
    stop,
    keepMoment() {
      const state = runStore.getState();
      // Before the first frame nothing is shown yet.
      if (keptIsShown && state.summary !== null) keepMoment(state);
    },
  };
}

/** Every message of the worker brings a copy of the recording; only its commands can differ from what was loaded. */
function sameRecording(state: RunState, before: RunState): boolean {
  if (state.scenario !== before.scenario) return false;
  if (state.run === before.run) return true;
  return sameValue(recordingOf(state).commands, recordingOf(before).commands);
}
