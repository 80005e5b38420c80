/**
 * Recent as it stands in the browser's storage: one list of small entries, and for each of them its run under a key of its
 * own. All functions are pure. What is read is untrusted: an entry that is damaged is passed over, a list of a newer release
 * is left as it is.
 */
import * as v from 'valibot';
import type { Scenario, VolumeKind } from '../engine/scenario.ts';
import { listLimits, LONGEST_FILE, LONGEST_ID, LONGEST_TITLE, ranges } from '../scenario/limits.ts';
import { firstBranches, presentBranch } from './branches.ts';
import type { KeptTexts } from './keptRun.ts';
import type { KeptRun } from './openedRun.ts';

export const LIST_KEY = 'list';

/** Entries that are kept. Chosen so that the list can be looked over. */
export const MOST_ENTRIES = 10;

/** Raised when an older release could not read what this one writes. */
const VERSION = 1;

const LONGEST_NOTE = 200;

const ns = v.pipe(v.number(), v.finite(), v.minValue(0));
const memoryMiB = v.pipe(v.number(), v.minValue(0), v.maxValue(ranges.vmMemoryMiB.max));

const pictureSchema = v.object({
  /** For each node the memory of its VMs at the start. */
  nodes: v.pipe(
    v.array(v.pipe(v.array(memoryMiB), v.maxLength(listLimits.vms))),
    v.maxLength(listLimits.nodes),
  ),
  volumes: v.pipe(v.array(v.picklist(['cluster-disk', 'csv'])), v.maxLength(listLimits.volumes)),
});

const entrySchema = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_ID)),
  /** Another one with each change: a tab goes on only with what it has read or written itself. */
  revision: v.pipe(v.string(), v.maxLength(LONGEST_ID)),
  title: v.pipe(v.string(), v.maxLength(LONGEST_TITLE)),
  /** The change that its branch begins with; '' where nothing was commanded. */
  note: v.pipe(v.string(), v.maxLength(LONGEST_NOTE)),
  /** Wall clock of the last change. */
  changedAtMs: v.pipe(v.number(), v.finite()),
  shownNs: ns,
  seenToNs: ns,
  picture: pictureSchema,
});

const listSchema = v.object({ version: v.number(), entries: v.array(v.unknown()) });

const textsSchema = v.object({
  version: v.literal(VERSION),
  run: v.pipe(v.string(), v.maxLength(LONGEST_FILE)),
  branches: v.nullable(v.pipe(v.string(), v.maxLength(LONGEST_FILE))),
});

export type RecentEntry = v.InferOutput<typeof entrySchema>;
export type ClusterPicture = v.InferOutput<typeof pictureSchema>;

/** What is written in one step; undefined removes. */
export type Writes = ReadonlyMap<string, unknown>;

/** The newest first; null for a list of a newer release. */
export function parseList(value: unknown): readonly RecentEntry[] | null {
  const list = v.safeParse(listSchema, value);
  if (!list.success) return [];
  if (list.output.version > VERSION) return null;
  const entries = list.output.entries.flatMap((each) => {
    const entry = v.safeParse(entrySchema, each);
    return entry.success ? [entry.output] : [];
  });
  return entries.toSorted((a, b) => b.changedAtMs - a.changedAtMs).slice(0, MOST_ENTRIES);
}

/** @returns null for what is not there, or damaged. */
export function parseTexts(value: unknown): KeptTexts | null {
  const texts = v.safeParse(textsSchema, value);
  return texts.success ? texts.output : null;
}

export function textsKey(id: string): string {
  return `run:${id}`;
}

/** With an entry as the newest, and its run; those that are too many go. */
export function withEntry(
  list: readonly RecentEntry[],
  entry: RecentEntry,
  texts: KeptTexts,
): Writes {
  const others = list.filter(({ id }) => id !== entry.id);
  const gone = others.slice(MOST_ENTRIES - 1);
  return new Map<string, unknown>([
    [LIST_KEY, printList([entry, ...others.slice(0, MOST_ENTRIES - 1)])],
    [textsKey(entry.id), { version: VERSION, ...texts }],
    ...gone.map(({ id }) => [textsKey(id), undefined] as const),
  ]);
}

/** With another shown moment; nothing where another tab has gone on with the entry, or has cleared it. */
export function withMoment(list: readonly RecentEntry[], moment: EntryMoment): Writes {
  const { id, revisions, shownNs, seenToNs } = moment;
  const isOurs = list.some((entry) => entry.id === id && revisions.includes(entry.revision));
  if (!isOurs) return new Map();
  const entries = list.map((entry) => (entry.id === id ? { ...entry, shownNs, seenToNs } : entry));
  return new Map([[LIST_KEY, printList(entries)]]);
}

export interface EntryMoment extends Pick<RecentEntry, 'id' | 'shownNs' | 'seenToNs'> {
  /** Those of this tab. */
  readonly revisions: readonly string[];
}

export function cleared(list: readonly RecentEntry[]): Writes {
  return new Map<string, unknown>([
    [LIST_KEY, printList([])],
    ...list.map(({ id }) => [textsKey(id), undefined] as const),
  ]);
}

function printList(entries: readonly RecentEntry[]): unknown {
  return { version: VERSION, entries };
}

/** All of an entry but what the list itself decides. */
export type EntryContent = Omit<RecentEntry, 'id' | 'revision' | 'changedAtMs'>;

export function contentOf({ scenario, branches, shownNs, seenToNs }: KeptRun): EntryContent {
  const { note } = presentBranch(branches ?? firstBranches(scenario));
  const { title } = scenario;
  return { title, note: shortened(note), shownNs, seenToNs, picture: pictureOf(scenario) };
}

function shortened(note: string): string {
  return note.length > LONGEST_NOTE ? `${note.slice(0, LONGEST_NOTE - 1)}…` : note;
}

function pictureOf({ nodes, vms, volumes }: Scenario): ClusterPicture {
  const kinds: VolumeKind[] = volumes.map(({ kind }) => kind);
  return {
    nodes: nodes.map(({ id }) => vms.filter(({ node }) => node === id).map((vm) => vm.memoryMiB)),
    volumes: kinds,
  };
}
