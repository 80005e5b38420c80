/**
 * What survives a reload: the run of a tab as texts in the storage of that tab. The recording is the text of a scenario
 * file; the shown moment, the branches and whose work it is stand beside it. What is read back is untrusted like any file:
 * what does not parse is as if it were not there.
 */
import * as v from 'valibot';
import type { Nanoseconds } from '../base/units.ts';
import type { Scenario } from '../engine/scenario.ts';
import { LONGEST_FILE, LONGEST_ID } from '../scenario/limits.ts';
import { openScenario } from '../scenario/parse.ts';
import { presets } from '../scenario/presets.ts';
import { printScenario } from '../scenario/print.ts';
import { hasSteps } from './branches.ts';
import { parseBranches, printBranches } from './keptBranches.ts';
import { isBuilt, type KeptRun, type Origin } from './openedRun.ts';
import type { RunState } from './runStore.ts';
import { sameValue } from './sameValue.ts';
import type { Keepsake } from './storage.ts';

/** A run without its moment: what changes by a command or an edit. */
export interface KeptTexts {
  readonly run: string;
  /** null where there is nothing to keep beside the run. */
  readonly branches: string | null;
}

/** A run without its moment. */
type KeptContent = Pick<KeptRun, 'scenario' | 'branches' | 'repair'>;

export type KeptMoment = Pick<KeptRun, 'shownNs' | 'seenToNs'>;

const keys = ['run', 'branches', 'origin', 'shownNs', 'seenNs'] as const;

/** @returns null for a run that is too long to be read back. */
export function printKept({
  scenario,
  branches,
}: Pick<KeptRun, 'scenario' | 'branches'>): KeptTexts | null {
  const run = printScenario(scenario);
  if (run.length > LONGEST_FILE) return null;
  return { run, branches: branches && printBranches(branches) };
}

/** @returns null for what cannot be shown. */
export function parseKept(texts: KeptTexts): KeptContent | null {
  const result = openScenario(texts.run);
  if (!result.ok || result.scenario.vms.length === 0) return null;
  const { scenario, repair } = result;
  return { scenario, repair, branches: parseBranches(texts.branches, scenario) };
}

export function writeKeptRun(keepsake: Keepsake, state: RunState, texts: KeptTexts | null): void {
  // Too long to be read back: then at least nothing older comes back.
  if (texts === null) return removeKeptRun(keepsake);
  keepsake.write('run', texts.run);
  if (texts.branches === null) keepsake.remove('branches');
  else keepsake.write('branches', texts.branches);
  const { entry } = state.origin;
  keepsake.write('origin', JSON.stringify({ built: isBuilt(state), entry }));
}

export function writeMoment(keepsake: Keepsake, { shownNs, seenToNs }: KeptMoment): void {
  keepsake.write('shownNs', String(shownNs));
  keepsake.write('seenNs', String(seenToNs));
}

export function removeKeptRun(keepsake: Keepsake): void {
  for (const key of keys) keepsake.remove(key);
}

/** @returns null when nothing is kept, or nothing that can be shown. */
export function readKeptRun(keepsake: Keepsake): KeptRun | null {
  const run = keepsake.read('run');
  const kept = run === null ? null : parseKept({ run, branches: keepsake.read('branches') });
  if (kept === null) return null;
  const shownNs = momentIn(keepsake.read('shownNs'));
  return {
    ...kept,
    shownNs,
    seenToNs: Math.max(shownNs, momentIn(keepsake.read('seenNs'))),
    origin: originIn(keepsake.read('origin')) ?? { built: isSomebodys(kept), entry: null },
  };
}

const originSchema = v.object({
  built: v.boolean(),
  entry: v.nullable(v.pipe(v.string(), v.maxLength(LONGEST_ID))),
});

function originIn(text: string | null): Origin | null {
  try {
    const result = v.safeParse(originSchema, JSON.parse(text ?? 'null'));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}

/** Of a run whose origin nobody has written down: it is no preset as it comes. */
function isSomebodys({ scenario, branches }: Pick<KeptRun, 'scenario' | 'branches'>): boolean {
  const hasBranches = branches !== null && hasSteps(branches);
  return hasBranches || scenario.commands.length > 0 || !isPreset(scenario);
}

/** Whether a cluster, whatever was commanded in it, is as the list of scenarios has it. */
export function isPreset(scenario: Scenario): boolean {
  const { commands } = scenario;
  return presets.some((preset) => sameValue({ ...preset.scenario, commands }, scenario));
}

function momentIn(text: string | null): Nanoseconds {
  const ns = Number(text);
  return Number.isFinite(ns) && ns > 0 ? Math.round(ns) : 0;
}
