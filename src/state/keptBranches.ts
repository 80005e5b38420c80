/**
 * Branches over a reload: their recordings as scenario files, their names, which is shown, and what was undone. What was
 * worked out of them is not kept, it follows from the recordings. What is read back is untrusted.
 */
import * as v from 'valibot';
import type { Scenario } from '../engine/scenario.ts';
import type { Outline } from '../protocol/outline.ts';
import { LONGEST_BRANCH_NAME, LONGEST_FILE } from '../scenario/limits.ts';
import { openScenario } from '../scenario/parse.ts';
import { printScenario } from '../scenario/print.ts';
import { branchOf, isWhole, MOST_BRANCHES, type Branches, type Position } from './branches.ts';
import type { RunStore } from './runStore.ts';
import { sameValue } from './sameValue.ts';

const index = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A note names what the scenario calls things, each at most 100 characters long: two of them in each of two commands. */
const LONGEST_NOTE = 800;

const keptBranch = v.object({
  id: index,
  name: v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_BRANCH_NAME))),
  note: v.pipe(v.string(), v.maxLength(LONGEST_NOTE)),
  steps: v.pipe(v.array(v.string()), v.minLength(1)),
  from: v.nullable(index),
  ownStep: index,
  seenToNs: v.pipe(v.number(), v.finite(), v.minValue(0)),
});

const position = v.object({ branch: index, step: index });

const keptBranches = v.object({
  list: v.pipe(v.array(keptBranch), v.maxLength(MOST_BRANCHES)),
  present: position,
  left: v.nullable(index),
  undone: v.array(position),
  nextId: index,
});

/** @returns null where there is nothing to keep beside the run, or more than is read back. */
export function printBranches({ list, present, left, undone, nextId }: Branches): string | null {
  const [only] = list;
  if (list.length === 1 && only?.steps.length === 1) return null;
  const kept = list.map(({ id, name, note, steps, from, ownStep, seenToNs }) => {
    return { id, name, note, steps: steps.map(printScenario), from, ownStep, seenToNs };
  });
  const text = JSON.stringify({ list: kept, present, left, undone, nextId });
  return text.length > LONGEST_FILE ? null : text;
}

/** @returns null for what does not belong to the run that was kept, or is not whole. */
export function parseBranches(text: string | null, shown: Scenario): Branches | null {
  if (text === null || text.length > LONGEST_FILE) return null;
  const result = v.safeParse(keptBranches, jsonOf(text));
  if (!result.success) return null;
  const { list: kept, present, left, undone, nextId } = result.output;
  const ids = new Set(kept.map(({ id }) => id));
  const list = kept.flatMap(({ steps, ...branch }) => {
    const recordings = steps.flatMap(recordingOf);
    const isAll = recordings.length === steps.length && branch.id < nextId;
    return isAll ? [{ ...branch, steps: recordings, run: null }] : [];
  });
  const shownBranch = list.find(({ id }) => id === present.branch);
  const isSame = sameValue(shownBranch?.steps[present.step], shown);
  if (list.length < kept.length || ids.size < kept.length || !isSame) return null;
  const ghost = left !== null && ids.has(left) ? left : null;
  const isThere = ({ branch, step }: Position): boolean =>
    list.some(({ id, steps }) => id === branch && step < steps.length);
  return { list, present, left: ghost, nextId, undone: undone.filter(isThere), news: '' };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function recordingOf(text: string): Scenario[] {
  const result = openScenario(text);
  return result.ok && result.scenario.vms.length > 0 ? [result.scenario] : [];
}

/**
 * Works out what is not known of the branches, one after the other, once the shown run is complete.
 *
 * @param outline  Runs a recording to its end, beside the shown run.
 */
export async function workOutBranches(
  runStore: RunStore,
  outline: (recording: Scenario) => Promise<Outline>,
): Promise<void> {
  const { getState, actions } = runStore;
  const unknown = getState().branches.list.filter(({ run }) => run === null);
  await completed(runStore);
  for (const { id, steps } of unknown) {
    const { branches } = getState();
    const isThere = branches.list.some((branch) => branch.id === id);
    const isShown = isWhole(branches) && branches.present.branch === id;
    if (!isThere || isShown || branchOf(branches, id).run !== null) continue;
    // oxlint-disable-next-line no-await-in-loop -- one after the other: the worker is needed meanwhile
    const { run } = await outline(steps.at(-1)!);
    actions.tellBranch(id, run);
  }
}

function completed({ getState, subscribe }: RunStore): Promise<void> {
  return new Promise((resolve) => {
    const check = (): boolean => getState().run?.complete === true;
    if (check()) return resolve();
    const stop = subscribe(() => {
      if (!check()) return;
      stop();
      resolve();
    });
    return undefined;
  });
}
