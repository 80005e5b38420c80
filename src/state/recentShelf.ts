/**
 * What somebody built, in the storage that all tabs share. Each step reads the list and writes it in one transaction, so
 * that two tabs never undo each other: a tab goes on with an entry only while nobody else has changed it. Where somebody
 * has, the tab parts: it makes an entry of its own. Faults are values here, nothing throws.
 */
import * as v from 'valibot';
import { LONGEST_ID } from '../scenario/limits.ts';
import type { KeptTexts } from './keptRun.ts';
import {
  cleared,
  LIST_KEY,
  parseList,
  parseTexts,
  textsKey,
  withEntry,
  withMoment,
  type EntryContent,
  type RecentEntry,
  type Writes,
} from './recentRecord.ts';
import type { Keepsake } from './storage.ts';

export interface KeyValues {
  readonly read: (key: string) => Promise<unknown>;
  /** One step that no other tab gets into. Rejects where the browser refuses, and has changed nothing then. */
  readonly change: (key: string, change: (value: unknown) => Writes) => Promise<void>;
}

/** Why nothing is kept: storage is blocked, full, or written by a newer release. */
export type ShelfTrouble = 'blocked' | 'full' | 'newer';

export interface ShelfDeps {
  readonly values: KeyValues;
  /** The storage of this tab. */
  readonly tab: Keepsake;
  /** Wall clock in milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
}

export interface RecentShelf {
  readonly list: () => Promise<readonly RecentEntry[] | ShelfTrouble>;
  /** @returns null when it is not there, or damaged. */
  readonly read: (entry: RecentEntry) => Promise<KeptTexts | null>;
  /** This tab goes on with the entry as it was read here. */
  readonly goOnWith: (entry: RecentEntry) => void;
  /**
   * @param id The entry that goes on; it need not be there yet.
   * @returns The id it is kept under, which is another one where another tab has gone on with the entry.
   */
  readonly keep: (
    id: string,
    content: EntryContent,
    texts: KeptTexts,
  ) => Promise<{ readonly id: string } | ShelfTrouble>;
  readonly keepMoment: (
    id: string,
    moment: Pick<RecentEntry, 'shownNs' | 'seenToNs'>,
  ) => Promise<ShelfTrouble | null>;
  readonly clear: () => Promise<ShelfTrouble | null>;
}

export function createShelf({ values, tab, now, newId }: ShelfDeps): RecentShelf {
  const own = ownRevisions(tab);

  /** @returns Why nothing was changed, or null. */
  const change = async (
    write: (list: readonly RecentEntry[]) => Writes,
  ): Promise<ShelfTrouble | null> => {
    let isNewer = false;
    try {
      await values.change(LIST_KEY, (value) => {
        const list = parseList(value);
        isNewer = list === null;
        return list === null ? new Map() : write(list);
      });
    } catch (error) {
      return troubleOf(error);
    }
    return isNewer ? 'newer' : null;
  };

  return {
    async list() {
      try {
        return parseList(await values.read(LIST_KEY)) ?? 'newer';
      } catch (error) {
        return troubleOf(error);
      }
    },
    async read({ id }) {
      try {
        return parseTexts(await values.read(textsKey(id)));
      } catch {
        return null;
      }
    },
    goOnWith: ({ id, revision }) => own.set(id, [revision]),
    async keep(known, content, texts) {
      const revision = newId();
      let id = known;
      // Before it is written: a page that is left meanwhile knows what it has written when it comes back.
      own.set(known, [...own.of(known), revision]);
      const trouble = await change((list) => {
        const there = list.find((entry) => entry.id === known);
        const isOurs = there === undefined || own.of(known).includes(there.revision);
        id = isOurs ? known : newId();
        return withEntry(list, { ...content, id, revision, changedAtMs: now() }, texts);
      });
      if (trouble !== null) return trouble;
      own.set(id, [revision]);
      return { id };
    },
    keepMoment: (id, moment) =>
      change((list) => withMoment(list, { ...moment, id, revisions: own.of(id) })),
    clear: () => change(cleared),
  };
}

interface OwnRevisions {
  /** The states of an entry that this tab has read or written, the last ones. */
  readonly of: (id: string) => readonly string[];
  readonly set: (id: string, revisions: readonly string[]) => void;
}

const REVISIONS = 'revisions';

/** More than a tab goes on with at a time, and more than are on their way. */
const MOST_REVISIONS = 4;

const shortText = v.pipe(v.string(), v.maxLength(LONGEST_ID));
const revisionsSchema = v.array(v.tuple([shortText, v.array(shortText)]));

/** In the storage of the tab: a reload goes on with its entry, and a copy of the tab parts from it. */
function ownRevisions(tab: Keepsake): OwnRevisions {
  const known = new Map<string, readonly string[]>(readRevisions(tab));
  return {
    of: (id) => known.get(id) ?? [],
    set(id, revisions) {
      known.delete(id);
      known.set(id, revisions.slice(-MOST_REVISIONS));
      tab.write(REVISIONS, JSON.stringify([...known].slice(-MOST_REVISIONS)));
    },
  };
}

function readRevisions(tab: Keepsake): [string, string[]][] {
  try {
    const result = v.safeParse(revisionsSchema, JSON.parse(tab.read(REVISIONS) ?? '[]'));
    return result.success ? result.output : [];
  } catch {
    return [];
  }
}

function troubleOf(error: unknown): ShelfTrouble {
  return error instanceof Error && error.name === 'QuotaExceededError' ? 'full' : 'blocked';
}
