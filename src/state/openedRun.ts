/**
 * What somebody opens: whose work it is, how it comes back, what was repaired in it, and why it was not taken.
 */
import type { Nanoseconds } from '../base/units.ts';
import type { Scenario } from '../engine/scenario.ts';
import { hasSteps, type Branches } from './branches.ts';

export interface ScenarioProblem {
  readonly path: string;
  readonly message: string;
}

/** A file or a change that was not taken; the run before it goes on. */
export interface Rejection {
  /** "calm.json", or what was tried. */
  readonly what: string;
  readonly problems: readonly ScenarioProblem[];
  /** What was opened instead, where the run before it does not go on. */
  readonly instead?: string;
}

/** What was opened was made by an earlier release, and is not quite what it was. */
export interface Repair {
  /** "calm.json". */
  readonly what: string;
  readonly sentence: string;
}

/** Whose work the shown run is. */
export interface Origin {
  /** Somebody built it here: a preset, a link or a file that was only opened is nobody's work. */
  readonly built: boolean;
  /** The entry of Recent that it goes on with, or null. */
  readonly entry: string | null;
}

/** A run as it is kept, and comes back. */
export interface KeptRun {
  readonly scenario: Scenario;
  readonly shownNs: Nanoseconds;
  /** Latest moment seen. */
  readonly seenToNs: Nanoseconds;
  /** What was changed so that it could be read; null for most. */
  readonly repair: string | null;
  /** null: only the run itself is known. */
  readonly branches: Branches | null;
  readonly origin: Origin;
}

interface Shown {
  readonly origin: Origin;
  readonly branches: Branches;
}

/** Whether somebody did anything here: gave a command, or edited the cluster. */
export function isBuilt({ origin, branches }: Shown): boolean {
  return origin.built || hasSteps(branches);
}

/** What is valid for a run and yet nothing to look at. */
export function faultsToShow({ vms }: Scenario): ScenarioProblem[] {
  return vms.length > 0
    ? []
    : [{ path: 'vms', message: 'is empty, allowed: 1 VM or more to show' }];
}
