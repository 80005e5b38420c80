/**
 * Reads a scenario file. It is untrusted input: limited in size, checked by schema, never evaluated. The first
 * problems are told at once, each with its path, and how many more there are; faults are values here, nothing throws.
 */
import * as v from 'valibot';
import type { Scenario } from '../engine/scenario.ts';
import { complete } from './complete.ts';
import { crossProblems, type Draft } from './crossChecks.ts';
import { listed, pathText, type Problem } from './faultText.ts';
import { LONGEST_FILE } from './limits.ts';
import { repaired } from './repairs.ts';
import { scenarioSchema, type ScenarioFile } from './schema.ts';
import { withReferences } from './references.ts';
import { tidy } from './tidy.ts';

export type ParseResult =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export type OpenResult =
  | {
      readonly ok: true;
      readonly scenario: Scenario;
      /** What was changed so that it could be read, in one sentence; null for most. */
      readonly repair: string | null;
    }
  | Extract<ParseResult, { ok: false }>;

/** Reads the text of a file. */
export function parseScenario(text: string): ParseResult {
  const read = readJson(text);
  return read.ok ? parseScenarioValue(read.value) : read;
}

/** Reads the text of a file that an earlier release may have saved. */
export function openScenario(text: string): OpenResult {
  const read = readJson(text);
  return read.ok ? openScenarioValue(read.value) : read;
}

/** Reads what such a file stands for. */
export function openScenarioValue(value: unknown): OpenResult {
  const { value: sound, repair } = repaired(value);
  const result = parseScenarioValue(sound);
  return result.ok ? { ...result, repair } : result;
}

function readJson(
  text: string,
): { readonly ok: true; readonly value: unknown } | Extract<ParseResult, { ok: false }> {
  if (text.length > LONGEST_FILE) {
    return refused(
      `the file has ${text.length} characters, allowed: at most ${LONGEST_FILE} (1 MiB)`,
    );
  }
  try {
    // Some editors put a byte order mark in front.
    return { ok: true, value: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch (error) {
    return refused(`${syntaxText(text, error)}, allowed: a scenario as JSON`);
  }
}

/** Reads what the text of a file stands for. */
export function parseScenarioValue(value: unknown): ParseResult {
  const problems: Problem[] = [];
  const known = withReferences(tidy(scenarioSchema, value, [], problems));
  const parsed = v.safeParse(scenarioSchema, known);
  for (const issue of parsed.issues ?? []) {
    problems.push({ path: pathText(keysOf(issue)), message: issue.message });
  }
  const draft = parsed.success ? parsed.output : soundParts(parsed.output, parsed.issues);
  problems.push(...crossProblems(draft));
  if (parsed.success && problems.length === 0) {
    // `withReferences` has put an id wherever the schema lets it be absent.
    return { ok: true, scenario: complete(parsed.output as ScenarioFile) };
  }
  return { ok: false, problems: listed(problems) };
}

function refused(message: string): Extract<ParseResult, { ok: false }> {
  return { ok: false, problems: [{ path: '', message }] };
}

function syntaxText(text: string, error: unknown): string {
  if (text.trim() === '') return 'the file is empty';
  const reason = error instanceof Error ? error.message : String(error);
  const position = /at position (\d+)/.exec(reason)?.[1];
  // Engines quote the text around the place, line breaks included.
  const oneLine = reason.replaceAll(/\s+/g, ' ').replace(/ \(line \d+ column \d+\)$/, '');
  if (position === undefined) return `is not JSON: ${oneLine}`;
  const before = text.slice(0, Number(position)).split('\n');
  return `is not JSON: ${oneLine} (line ${before.length}, column ${(before.at(-1) ?? '').length + 1})`;
}

function keysOf(issue: v.BaseIssue<unknown>): unknown[] {
  return (issue.path ?? []).map(({ key }) => key);
}

/** What a file with faults holds apart from them. `output` is changed: the places of the faults become undefined. */
function soundParts(output: unknown, issues: readonly v.BaseIssue<unknown>[]): Draft<ScenarioFile> {
  for (const issue of issues) {
    const keys = keysOf(issue);
    // The entry of a list that is of no known kind is of no use as a whole.
    if (issue.type === 'variant' && typeof keys.at(-1) === 'string') keys.pop();
    const last = keys.pop();
    if (last === undefined) return {};
    const parent = keys.reduce(
      (value: unknown, key) => (value as Record<PropertyKey, unknown>)[key as PropertyKey],
      output,
    );
    (parent as Record<PropertyKey, unknown>)[last as PropertyKey] = undefined;
  }
  return output as Draft<ScenarioFile>;
}
