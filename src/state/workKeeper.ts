/**
 * Keeps what is shown: the run of this tab in the storage of the tab, so that a reload shows it again, and what somebody
 * built in Recent. The recording is written when it changes; the shown moment at most once a second, and when the page is
 * left. A preset, a link or a file that is only opened is nobody's work and does not come into Recent.
 */
import type { Nanoseconds } from '../base/units.ts';
import {
  printKept,
  writeKeptRun,
  writeMoment,
  type KeptMoment,
  type KeptTexts,
} from './keptRun.ts';
import { contentOf } from './recentRecord.ts';
import type { RecentShelf, ShelfTrouble } from './recentShelf.ts';
import { isBuilt } from './openedRun.ts';
import { keptOf, recordingOf, type RunState, type RunStore } from './runStore.ts';
import { sameValue } from './sameValue.ts';
import type { Keepsake } from './storage.ts';

/** Why the shown work is not in Recent; `large` when its recording is too long to be read back. */
export type KeepTrouble = ShelfTrouble | 'large';

export interface WorkKeeperDeps {
  readonly runStore: RunStore;
  /** The storage of this tab. */
  readonly tab: Keepsake;
  readonly shelf: RecentShelf;
  readonly newId: () => string;
  /** After each try to keep the shown work. */
  readonly tried: (trouble: KeepTrouble | null) => void;
}

export interface WorkKeeper {
  /**
   * The page is left, or may end without a word.
   *
   * @param drawnNs What is drawn now: while it plays the store is told ten times a second.
   */
  readonly leave: (drawnNs?: Nanoseconds | null) => void;
  /** Once all that was begun is written. */
  readonly written: () => Promise<void>;
  readonly stop: () => void;
}

/** What a killed tab may lose of the shown moment. */
const MOMENT_EVERY_MS = 1000;

/** A run and what goes on from it: one entry of Recent. */
interface Work {
  id: string | null;
  /** As written last, so that nothing is written that is there already. */
  texts: KeptTexts | null;
}

export function keepWork(deps: WorkKeeperDeps): WorkKeeper {
  const { runStore, tab } = deps;
  const keepInTurn = shelfQueue(deps);
  let work = workOf(runStore.getState());
  let timer: ReturnType<typeof setTimeout> | null = null;

  const keep = (state: RunState): void => {
    const texts = printKept(keptOf(state));
    const isNew = !sameValue(texts, work.texts);
    work.texts = texts;
    if (!isNew) return;
    writeKeptRun(tab, state, texts);
    writeMoment(tab, keptOf(state));
    if (!isBuilt(state)) return;
    if (texts === null) return deps.tried('large');
    work.id ??= deps.newId();
    if (state.origin.entry !== work.id) tellEntry(work.id);
    const own = work;
    keepInTurn.content(own, state, texts, (id) => {
      const hasParted = own.id !== id;
      own.id = id;
      if (own === work && hasParted) tellEntry(id);
    });
  };
  const tellEntry = (entry: string): void => {
    runStore.setState({ origin: { built: true, entry } });
    writeKeptRun(tab, runStore.getState(), work.texts);
  };
  const keepMoment = (drawnNs: Nanoseconds | null = null): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const state = runStore.getState();
    // Before the first frame nothing is shown yet.
    if (state.summary === null || work.texts === null) return;
    const kept = keptOf(state);
    const shownNs = drawnNs ?? kept.shownNs;
    const moment = { shownNs, seenToNs: Math.max(shownNs, kept.seenToNs) };
    writeMoment(tab, moment);
    if (work.id !== null) keepInTurn.moment(work, moment);
  };

  writeKeptRun(tab, runStore.getState(), work.texts);
  const stop = runStore.subscribe((state, before) => {
    if (isOther(state, before, work)) {
      work = workOf(state);
      writeKeptRun(tab, state, work.texts);
      writeMoment(tab, keptOf(state));
      // What the editor made is somebody's work at once.
      if (state.origin.built && work.id === null) work.texts = null;
    }
    if (hasOtherContent(state, before)) keep(state);
    if (state.summary?.timeNs !== before.summary?.timeNs)
      timer ??= setTimeout(() => keepMoment(), MOMENT_EVERY_MS);
  });
  return {
    leave: keepMoment,
    written: keepInTurn.written,
    stop() {
      stop();
      if (timer !== null) clearTimeout(timer);
    },
  };
}

function workOf(state: RunState): Work {
  return { id: state.origin.entry, texts: printKept(keptOf(state)) };
}

/** Whether something else was opened: another entry, or what is nobody's yet. */
function isOther(state: RunState, before: RunState, { id }: Work): boolean {
  return state.origin !== before.origin && state.origin.entry !== id;
}

/** Every message of the worker brings a copy of the recording; only its commands can differ from what was loaded. */
function hasOtherContent(state: RunState, before: RunState): boolean {
  if (state.scenario !== before.scenario || state.branches !== before.branches) return true;
  if (state.run === before.run) return false;
  return !sameValue(recordingOf(state).commands, recordingOf(before).commands);
}

interface ShelfQueue {
  /** @param kept Told the id: a new one where another tab has gone on with the entry. */
  readonly content: (
    work: Work,
    state: RunState,
    texts: KeptTexts,
    kept: (id: string) => void,
  ) => void;
  readonly moment: (work: Work, moment: KeptMoment) => void;
  readonly written: () => Promise<void>;
}

interface Step {
  readonly what: 'content' | 'moment';
  readonly work: Work;
  readonly write: (id: string) => Promise<void>;
}

/** One write after the other. Of several that wait for the same, the newest is enough. */
function shelfQueue({ shelf, tried }: WorkKeeperDeps): ShelfQueue {
  const waiting: Step[] = [];
  let writing: Promise<void> | null = null;
  const writeAll = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      // oxlint-disable-next-line no-await-in-loop -- in turn
      if (step.work.id !== null) await step.write(step.work.id);
    }
    writing = null;
  };
  const add = (step: Step): void => {
    const same = waiting.findIndex(({ what, work }) => what === step.what && work === step.work);
    if (same === -1) waiting.push(step);
    else waiting[same] = step;
    writing ??= writeAll();
  };
  return {
    content(work, state, texts, kept) {
      const write = async (id: string): Promise<void> => {
        const result = await shelf.keep(id, contentOf(keptOf(state)), texts);
        const isKept = typeof result === 'object';
        if (isKept) kept(result.id);
        tried(isKept ? null : result);
      };
      add({ what: 'content', work, write });
    },
    moment(work, moment) {
      const write = async (id: string): Promise<void> => {
        await shelf.keepMoment(id, moment);
      };
      add({ what: 'moment', work, write });
    },
    written: () => writing ?? Promise.resolve(),
  };
}
