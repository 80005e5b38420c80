/**
 * The text of a link: `1.calm.eJxtj0…`: the version, the preset that is nearest (in clear, so that it can be opened when
 * the rest cannot be read), and the recording, the shown moment and the look of the page, compressed.
 *
 * A link is untrusted input like any file: limited in size before and after it is inflated, checked by schema, never
 * evaluated. Faults are values here, nothing throws.
 */
import * as v from 'valibot';
import { at } from '../../base/assert.ts';
import { withThousands } from '../../base/numberText.ts';
import type { Nanoseconds } from '../../base/units.ts';
import type { Scenario } from '../../engine/scenario.ts';
import { listed, pathText, type Problem } from '../faultText.ts';
import { LONGEST_BRANCH_NAME } from '../limits.ts';
import { openScenarioValue } from '../parse.ts';
import { presets, type Preset } from '../presets.ts';
import { isBlankText } from '../repairs.ts';
import { scenarioSchema } from '../schema.ts';
import { name, object, whole } from '../schemaParts.ts';
import { tidy } from '../tidy.ts';
import { viewSchema, type SharedView } from './linkView.ts';
import { squeeze, SQUEEZED, unsqueeze } from './squeeze.ts';
import { withoutDefaults } from './withoutDefaults.ts';

const LINK_VERSION = 1;

/** Characters of a link that is read. Browsers take more; what a person builds by hand stays far below. */
export const LONGEST_LINK = 16_384;
/** Bytes of what it stands for: the largest recording in such a link takes less. */
const MOST_BYTES = 262_144;

/** All that a link carries. */
export interface Shared {
  /** With its commands: the branch that is on screen. */
  readonly scenario: Scenario;
  readonly shownNs: Nanoseconds;
  /** What the branch is called, or null where there is only one. */
  readonly branch: string | null;
  readonly view: SharedView;
}

export type LinkResult =
  | {
      readonly ok: true;
      readonly shared: Shared;
      /** What was changed so that it could be read, in one sentence; null for most. */
      readonly repair: string | null;
    }
  | {
      readonly ok: false;
      readonly problems: readonly Problem[];
      /** What to open instead. */
      readonly nearest: Preset;
    };

const contentSchema = object({
  /** Checked as any scenario, by `parseScenarioValue`. */
  run: v.unknown(),
  shownNs: v.optional(
    whole({ min: 0, max: Number.MAX_SAFE_INTEGER }, 'The shown moment, in nanoseconds.'),
    0,
  ),
  branch: v.optional(v.nullable(name(LONGEST_BRANCH_NAME, 'What the branch is called.')), null),
  view: v.optional(viewSchema, {}),
});

export async function printLink({ scenario, shownNs, branch, view }: Shared): Promise<string> {
  const file = withoutDefaults(scenarioSchema, { migrascope: 1, ...scenario });
  const content = withoutDefaults(contentSchema, { run: file, shownNs, branch, view });
  const { id } = nearestPreset(scenario);
  return `${LINK_VERSION}.${id}.${await squeeze(JSON.stringify(content))}`;
}

export async function parseLink(text: string): Promise<LinkResult> {
  const [version = '', id = '', squeezed = '', ...more] = text.slice(0, LONGEST_LINK).split('.');
  const nearest = presets.find((preset) => preset.id === id) ?? at(presets, 0);
  const refused = (message: string): LinkResult => {
    return { ok: false, problems: [{ path: '', message }], nearest };
  };
  if (text.length > LONGEST_LINK) {
    return refused(
      `It has ${withThousands(text.length)} characters, and at most ${withThousands(LONGEST_LINK)} are read. Ask for the run as a file.`,
    );
  }
  if (/^[1-9]\d{0,5}$/.test(version) && Number(version) > LINK_VERSION) {
    return refused(
      `It is of version ${version}, and this page reads version ${LINK_VERSION}. Load the page anew to get a newer one.`,
    );
  }
  if (version !== String(LINK_VERSION) || !SQUEEZED.test(squeezed) || more.length > 0) {
    return refused(DAMAGED);
  }
  const content = await contentOf(squeezed);
  if (content === undefined) return refused(DAMAGED);
  const result = readContent(content);
  return result.ok ? result : { ...result, nearest };
}

const DAMAGED = 'It is damaged: characters are missing or changed. Copy the whole link again.';

/** @returns undefined when the characters do not stand for anything. */
async function contentOf(squeezed: string): Promise<unknown> {
  try {
    return JSON.parse(await unsqueeze(squeezed, MOST_BYTES));
  } catch {
    return undefined;
  }
}

type ContentResult =
  | Extract<LinkResult, { ok: true }>
  | { readonly ok: false; readonly problems: readonly Problem[] };

function readContent(content: unknown): ContentResult {
  const problems: Problem[] = [];
  const tidied = tidy(contentSchema, content, [], problems);
  const blankBranch = hasBlankBranch(tidied);
  // It is called by its number then.
  const parsed = v.safeParse(contentSchema, blankBranch ? { ...tidied, branch: null } : tidied);
  for (const { path, message } of parsed.issues ?? []) {
    problems.push({ path: pathText((path ?? []).map(({ key }) => key)), message });
  }
  if (!parsed.success || problems.length > 0) return { ok: false, problems: listed(problems) };
  const { run, shownNs, branch, view } = parsed.output;
  const result = openScenarioValue(run);
  if (!result.ok) return result;
  if (view.vm >= result.scenario.vms.length) {
    return { ok: false, problems: [{ path: 'view.vm', message: `there is no VM ${view.vm + 1}` }] };
  }
  const { scenario, repair } = result;
  const ofBranch = blankBranch ? 'The blank name of the branch was replaced.' : null;
  return { ok: true, shared: { scenario, shownNs, branch, view }, repair: repair ?? ofBranch };
}

function hasBlankBranch(content: unknown): content is { readonly branch: string } {
  if (typeof content !== 'object' || content === null || !('branch' in content)) return false;
  return isBlankText(content.branch);
}

/** The preset of which most is still there: what the scenario began as. */
export function nearestPreset(scenario: Scenario): Preset {
  const there = new Set(valuesOf(scenario, ''));
  const shareOf = ({ scenario: preset }: Preset): number => {
    const values = valuesOf(preset, '');
    return values.filter((value) => there.has(value)).length / values.length;
  };
  return presets.reduce((best, preset) => (shareOf(preset) > shareOf(best) ? preset : best));
}

/** Every number, text and flag with its place: `/vms/0/memoryMiB 4096`. */
function valuesOf(value: unknown, place: string): string[] {
  if (typeof value !== 'object' || value === null) return [`${place} ${String(value)}`];
  return Object.entries(value).flatMap(([key, entry]) => valuesOf(entry, `${place}/${key}`));
}
