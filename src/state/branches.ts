/**
 * The branches of a run, as plain values. A branch is a recording with a name. A command given in the past, after the
 * future has been seen, makes a new one; the run as it was stays. Undo and redo are the same mechanism: they choose an
 * earlier or a later step of a branch, or the branch it came from.
 */
import { isolated } from '../base/isolated.ts';
import { at, invariant } from '../base/assert.ts';
import { msToNs, type Nanoseconds } from '../base/units.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { RunInfo } from '../protocol/runInfo.ts';
import { LONGEST_BRANCH_NAME } from '../scenario/limits.ts';
import { isBlank, plainName } from '../scenario/names.ts';
import { commandWords, editWords } from './commandWords.ts';
import { sameValue } from './sameValue.ts';

export { LONGEST_BRANCH_NAME };

export interface Branch {
  /** From 1, never given again: "Branch 2". */
  readonly id: number;
  /** As somebody has called it, or null. */
  readonly name: string | null;
  /** The change it begins with, in words; '' while nothing has happened. */
  readonly note: string;
  /** The recordings it grew through, one for each command or edit; the last is the whole branch. At least one. */
  readonly steps: readonly Scenario[];
  /** The branch it came from, or null. */
  readonly from: number | null;
  /** Place of its first own step; those before are of the branch it came from. */
  readonly ownStep: number;
  /** The whole branch as the worker told of it last; null while that is not known. */
  readonly run: RunInfo | null;
  /** Latest moment seen of it. */
  readonly seenToNs: Nanoseconds;
}

/** What is shown: a branch up to one of its steps. */
export interface Position {
  readonly branch: number;
  readonly step: number;
}

export interface Branches {
  /** In the order they were made; the shown one among them. */
  readonly list: readonly Branch[];
  readonly present: Position;
  /** The branch that was shown before the present one: the ghost. */
  readonly left: number | null;
  /** What redo chooses, the last first to come. */
  readonly undone: readonly Position[];
  /** Made by the next branch. */
  readonly nextId: number;
  /** The last thing done with branches, in one sentence for screen readers. */
  readonly news: string;
}

/** A run as it is left or told: with what is known of it. */
export interface Known {
  readonly run: RunInfo | null;
  readonly seenToNs: Nanoseconds;
}

/** Kept at most. Chosen so that the list can be looked over, and all of them fit into the browser's storage. */
export const MOST_BRANCHES = 12;

/** A run that was just loaded: one branch. */
export function firstBranches(scenario: Scenario, name: string | null = null): Branches {
  const note = firstNote(scenario);
  return {
    list: [newBranch({ id: 1, name: nameIn(name ?? ''), note, steps: [scenario] })],
    present: { branch: 1, step: 0 },
    left: null,
    undone: [],
    nextId: 2,
    news: '',
  };
}

function newBranch(own: Pick<Branch, 'id' | 'note' | 'steps'> & Partial<Branch>): Branch {
  return { name: null, from: null, ownStep: 0, run: null, seenToNs: 0, ...own };
}

/** What was commanded; of more than two commands the first and the last. */
function firstNote(scenario: Scenario): string {
  const { commands } = scenario;
  const words = commands.map((command) => commandWords(scenario, command));
  if (words.length < 3) return words.join('; ');
  const between = words.length - 2;
  return `${at(words, 0)}; ${between} more; ${at(words, words.length - 1)}`;
}

/** Cut where it is too long; null for a blank one. */
function nameIn(text: string): string | null {
  const name = plainName(text).trim().slice(0, LONGEST_BRANCH_NAME);
  return isBlank(name) ? null : name;
}

export function branchName({ name, id }: Pick<Branch, 'name' | 'id'>): string {
  return isolated(name ?? `Branch ${id}`);
}

/** @throws Error when there is no such branch. */
export function branchOf({ list }: Branches, id: number): Branch {
  const branch = list.find((each) => each.id === id);
  invariant(branch !== undefined, `there is a branch ${id}`);
  return branch;
}

export function presentBranch(branches: Branches): Branch {
  return branchOf(branches, branches.present.branch);
}

/** The recording that is shown: the present branch, without what was undone. */
export function presentRecording(branches: Branches): Scenario {
  return at(presentBranch(branches).steps, branches.present.step);
}

/** Whether nothing of the present branch is undone. */
export function isWhole(branches: Branches): boolean {
  return branches.present.step === presentBranch(branches).steps.length - 1;
}

/** Whether anything was done since the run was loaded. */
export function hasSteps({ list }: Branches): boolean {
  return list.length > 1 || list.some(({ steps }) => steps.length > 1);
}

/** The other branch that is drawn behind the present one; after an undo the present branch as it was. */
export function ghostOf(branches: Branches, pointedAt: number | null): Branch | null {
  const { list, present, left } = branches;
  const behind = isWhole(branches) ? left : present.branch;
  const others = isWhole(branches) ? list.filter(({ id }) => id !== present.branch) : list;
  const of = (id: number | null): Branch | undefined => others.find((branch) => branch.id === id);
  return of(pointedAt) ?? of(behind) ?? null;
}

/**
 * Whether a command at the shown time leaves a future behind: later commands are recorded, or the run was seen beyond it. At the
 * end of what was seen, however far the worker is ahead, it simply goes on.
 */
export function leavesFuture(
  recording: Scenario,
  shownNs: Nanoseconds,
  seenToNs: Nanoseconds,
): boolean {
  return seenToNs > shownNs || recording.commands.some(({ atMs }) => msToNs(atMs) > shownNs);
}

/** With what is known of the present branch, unless a part of it is undone. */
export function withKnown(branches: Branches, known: Known): Branches {
  if (!isWhole(branches)) return branches;
  const here = presentBranch(branches);
  return replaced(branches, { ...here, run: known.run ?? here.run, seenToNs: known.seenToNs });
}

/** With what was worked out of a branch, if it is still there and not known. */
export function told(branches: Branches, id: number, run: RunInfo): Branches {
  const branch = branches.list.find((each) => each.id === id);
  const isSame = sameValue(branch?.steps.at(-1)?.commands, run.scenario.commands);
  if (branch === undefined || branch.run !== null || !isSame) return branches;
  return replaced(branches, { ...branch, run });
}

function replaced(branches: Branches, branch: Branch): Branches {
  const list = branches.list.map((each) => (each.id === branch.id ? branch : each));
  return { ...branches, list };
}

/**
 * The present run with one more command, or with an edit before its start.
 *
 * @param leaves  The run as it was, if its future is left behind: then that stays as a branch. Where something was undone, the
 *   branch stays in any case.
 */
export function withStep(branches: Branches, recording: Scenario, leaves: Known | null): Branches {
  const known = leaves === null ? branches : withKnown(keepingUndone(branches, leaves), leaves);
  const here = presentBranch(known);
  const note = stepWords(presentRecording(known), recording);
  if (leaves === null && isWhole(known)) {
    const grown = { ...here, note: here.note || note, steps: [...here.steps, recording] };
    const present = { branch: here.id, step: here.steps.length };
    return { ...replaced(known, grown), present, undone: [] };
  }
  const { nextId } = known;
  const ownStep = known.present.step + 1;
  const steps = [...here.steps.slice(0, ownStep), recording];
  const made = newBranch({ id: nextId, note, steps, from: here.id, ownStep });
  return trimmed({
    list: [...known.list, made],
    present: { branch: nextId, step: ownStep },
    left: here.id,
    undone: [],
    nextId: nextId + 1,
    news: `A branch was made: the run as it was stays as ${branchName(here)}.`,
  });
}

/** A run without what was undone, seen further than to the undone command, has a future of its own: it becomes a branch. */
function keepingUndone(branches: Branches, { seenToNs }: Known): Branches {
  if (isWhole(branches)) return branches;
  const here = presentBranch(branches);
  const { step } = branches.present;
  const next = at(here.steps, step + 1);
  if (seenToNs <= stepNs(next)) return branches;
  const { nextId } = branches;
  const steps = here.steps.slice(0, step + 1);
  const note = `Without: ${stepWords(at(steps, step), next)}`;
  const made = newBranch({ id: nextId, note, steps, from: here.id, ownStep: step + 1 });
  return {
    ...branches,
    list: [...branches.list, made],
    present: { branch: nextId, step },
    nextId: nextId + 1,
  };
}

/** The first thing in which a recording differs from the one it came from. */
function stepWords(before: Scenario, after: Scenario): string {
  const command = after.commands.find((each, place) => !sameValue(each, before.commands[place]));
  return command === undefined ? editWords(before, after) : commandWords(after, command);
}

/** When the last command of a step was given; an edit is made at the start. */
export function stepNs({ commands }: Scenario): Nanoseconds {
  return msToNs(commands.at(-1)?.atMs ?? 0);
}

/** Where undo leads: a step back, or to the branch that the present one came from. null when nothing is left to undo. */
export function undoTarget(branches: Branches): Position | null {
  const { list, present } = branches;
  const here = presentBranch(branches);
  if (present.step === 0) return null;
  const step = present.step - 1;
  const parent = present.step === here.ownStep && list.find(({ id }) => id === here.from);
  return { branch: parent ? parent.id : here.id, step };
}

export function redoTarget({ undone }: Branches): Position | null {
  return undone.at(-1) ?? null;
}

/** Shows another position; what redo would choose is forgotten. */
export function chosen(branches: Branches, present: Position, news: string): Branches {
  const left = present.branch === branches.present.branch ? branches.left : branches.present.branch;
  return { ...branches, present, left, undone: [], news };
}

export function undo(branches: Branches, to: Position): Branches {
  const words = stepWords(recordingAt(branches, to), presentRecording(branches));
  const undone = [...branches.undone, branches.present];
  return { ...chosen(branches, to, `Undone: ${words}.`), undone };
}

export function redo(branches: Branches, to: Position): Branches {
  const words = stepWords(presentRecording(branches), recordingAt(branches, to));
  return { ...chosen(branches, to, `Done again: ${words}.`), undone: branches.undone.slice(0, -1) };
}

export function recordingAt(branches: Branches, { branch, step }: Position): Scenario {
  return at(branchOf(branches, branch).steps, step);
}

/** @param name  Cut where it is too long; an empty one gives the number back. */
export function renamed(branches: Branches, id: number, name: string): Branches {
  const branch = { ...branchOf(branches, id), name: nameIn(name) };
  return { ...replaced(branches, branch), news: `The branch is called ${branchName(branch)}.` };
}

/** Without a branch; the shown one stays. */
export function dropped(branches: Branches, id: number): Branches {
  const { list, present, left, undone } = branches;
  if (id === present.branch) return branches;
  const news = `${branchName(branchOf(branches, id))} was dropped.`;
  return {
    ...branches,
    list: list.filter((branch) => branch.id !== id),
    left: left === id ? null : left,
    undone: undone.some(({ branch }) => branch === id) ? [] : undone,
    news,
  };
}

/** The oldest without a name of its own goes first; the shown one and its ghost stay. */
function trimmed(branches: Branches): Branches {
  const { list, present, left, news } = branches;
  if (list.length <= MOST_BRANCHES) return branches;
  const others = list.filter(({ id }) => id !== present.branch && id !== left);
  const oldest = others.find(({ name }) => name === null) ?? at(others, 0);
  return trimmed({ ...dropped(branches, oldest.id), news });
}
