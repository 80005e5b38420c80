/**
 * Links and files of every release, which open for ever and show what they showed. A folder is a release; nothing in it is
 * changed or deleted.
 *
 * A run may change only by a numbered rule. Then `expected.json` keeps the old figures, and gets the new ones beside them:
 * `"since": [{ "rule": "OP3", "why": "…", "state": { … } }]`; the last of them holds. What a release refuses that
 * an older one took opens repaired.
 *
 * New entries are worked out by `CORPUS=record npx vitest run tests/corpus`, which writes only what is not there yet: a
 * missing `state`, or the missing `state` of the last entry of `since`. Read it before you commit it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nsToMs } from '../../src/base/units.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import { parseLink } from '../../src/scenario/link/shareLink.ts';
import { openScenario } from '../../src/scenario/parse.ts';
import { corpusState, type CorpusState } from './corpusState.ts';

interface Entry {
  /** `links/round-3.txt` or `files/drain.json`. */
  readonly source: string;
  /** Moments besides the one of the link, in milliseconds. */
  readonly momentsMs: readonly number[];
  /** false: it only opens; its run is too large to be worked out here. */
  readonly runs?: boolean;
  /** The title, and of a link what it shows besides the run. */
  shown?: unknown;
  /** What is said of it now, where a later release opens it repaired. */
  repair?: string;
  state?: CorpusState;
  readonly since?: {
    /** Number of the rule, or `repair` where what is shown is not quite what it was. */
    readonly rule: string;
    readonly why: string;
    readonly shown?: unknown;
    state?: CorpusState;
  }[];
}

const record = process.env['CORPUS'] === 'record';
const root = new URL('./', import.meta.url);
const releases = readdirSync(root, { withFileTypes: true }).filter((each) => each.isDirectory());

interface Opened {
  readonly scenario: Scenario;
  /** Of a link: where it stands, and what else it shows. */
  readonly linked: { readonly shownNs: number; readonly shown: object } | null;
  readonly repair: string | null;
}

async function open(folder: URL, { source }: Entry): Promise<Opened> {
  const text = readFileSync(new URL(source, folder), 'utf8');
  const result = source.endsWith('.txt') ? await parseLink(text.trim()) : openScenario(text);
  if (!result.ok) {
    throw new Error(result.problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  }
  const { repair } = result;
  if (!('shared' in result)) return { scenario: result.scenario, linked: null, repair };
  const { scenario, shownNs, branch, view } = result.shared;
  return { scenario, linked: { shownNs, shown: { shownNs, branch, view } }, repair };
}

/** What must be there now, the changes by later rules included. */
function latest(entry: Entry): { state?: CorpusState } {
  return entry.since?.at(-1) ?? entry;
}

describe.each(releases.map(({ name }) => name))('the corpus of the release "%s"', (release) => {
  const folder = new URL(`${release}/`, root);
  const file = new URL('expected.json', folder);
  const entries = JSON.parse(readFileSync(file, 'utf8')) as Entry[];

  it.each(entries.map((entry) => [entry.source, entry] as const))('%s', async (_, entry) => {
    const { scenario, linked, repair } = await open(folder, entry);
    const shownMs = linked === null ? [] : [nsToMs(linked.shownNs)];
    const moments = [...shownMs, ...entry.momentsMs].toSorted((one, other) => one - other);
    const state = entry.runs === false ? undefined : corpusState(scenario, moments);
    const shown = { title: scenario.title, ...linked?.shown };
    if (record) {
      entry.shown ??= shown;
      if (repair !== null) entry.repair ??= repair;
      if (state !== undefined) latest(entry).state ??= state;
      writeFileSync(file, `${JSON.stringify(entries, null, 1)}\n`);
    }
    expect(shown).toEqual(
      entry.since?.findLast((each) => each.shown !== undefined)?.shown ?? entry.shown,
    );
    expect(state).toEqual(latest(entry).state);
    expect(repair).toBe(entry.repair ?? null);
  });

  it('has figures for each of its links and files', () => {
    const there = ['links', 'files'].flatMap((kind) =>
      readdirSync(new URL(kind, folder)).map((name) => `${kind}/${name}`),
    );
    expect(entries.map(({ source }) => source).toSorted()).toEqual(there.toSorted());
  });
});

it('the first release left ten links and ten files', () => {
  for (const kind of ['links', 'files']) {
    expect(readdirSync(new URL(`first/${kind}`, root)).length).toBeGreaterThanOrEqual(10);
  }
});
