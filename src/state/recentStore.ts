/**
 * Recent as the page shows it: what somebody built, and the ways to it. A run that is replaced by a preset, a link or a file
 * is told of once, with the way back; that way needs no storage.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Session } from '../session/session.ts';
import { newCluster } from './newCluster.ts';
import { workOutBranches } from './keptBranches.ts';
import { isPreset, parseKept, printKept, removeKeptRun } from './keptRun.ts';
import { contentOf, type RecentEntry } from './recentRecord.ts';
import type { RecentShelf } from './recentShelf.ts';
import { isBuilt, type KeptRun } from './openedRun.ts';
import { keptOf, type RunState, type RunStore } from './runStore.ts';
import type { Keepsake } from './storage.ts';
import { keepWork, type KeepTrouble, type WorkKeeper } from './workKeeper.ts';

/** A run that is not shown any more, although nobody has asked for that. */
export interface Closed {
  readonly why: 'replaced' | 'did-not-open';
  readonly kept: KeptRun;
}

export interface RecentState {
  /** The newest first; null while the storage has not answered. */
  readonly entries: readonly RecentEntry[] | null;
  /** Wall clock of that answer. */
  readonly askedAtMs: number;
  readonly trouble: KeepTrouble | null;
  /** Entries last changed before that moment are folded away in this tab: they may be somebody else's. null: none. */
  readonly foldedBeforeMs: number | null;
  readonly closed: Closed | null;
  /** The title of an entry that could not be read, or null. */
  readonly unreadable: string | null;
}

export interface RecentActions {
  readonly refresh: () => Promise<void>;
  /** @returns Whether it is shown now. */
  readonly open: (entry: RecentEntry) => Promise<boolean>;
  readonly clear: () => Promise<void>;
  /** An almost empty cluster, in a tab that shows nothing of what was built before. */
  readonly startAnew: () => void;
  readonly unfold: () => void;
  /** Shows what was closed. */
  readonly goBack: () => void;
  readonly dismiss: () => void;
}

export interface RecentStoreDeps {
  readonly runStore: RunStore;
  /** The storage of this tab, which a reload leaves as it is. */
  readonly tab: Keepsake;
  readonly shelf: RecentShelf;
  readonly outline: Session['outline'];
  readonly now: () => number;
  readonly newId: () => string;
}

export interface RecentStore extends StoreApi<RecentState> {
  readonly actions: RecentActions;
  readonly keeper: WorkKeeper;
}

/** Whether somebody has built something in this browser. */
export function hasEntries({ entries }: RecentState): boolean {
  return entries !== null && entries.length > 0;
}

/**
 * Keeps what is shown from now on.
 *
 * @param closed What this tab showed before the page was loaded, where that is not shown any more.
 */
export function createRecentStore(
  deps: RecentStoreDeps,
  closed: Closed | null = null,
): RecentStore {
  const { runStore, tab } = deps;
  const store = createStore<RecentState>(() => ({
    entries: null,
    askedAtMs: deps.now(),
    trouble: null,
    foldedBeforeMs: foldedIn(tab),
    closed: closed?.why === 'replaced' && !mayTell(tab, closed.kept) ? null : closed,
    unreadable: null,
  }));
  const actions = recentActions(store, deps);
  const keeper = keepWork({
    ...deps,
    tried(trouble) {
      store.setState({ trouble });
      void actions.refresh();
    },
  });
  runStore.subscribe((state, before) => tellOfClosed(store, tab, state, before));
  void actions.refresh();
  return Object.assign(store, { actions, keeper });
}

function recentActions(
  { getState, setState }: StoreApi<RecentState>,
  { runStore, tab, shelf, outline, now }: RecentStoreDeps,
): RecentActions {
  const show = (kept: KeptRun): void => {
    runStore.actions.openKept(kept);
    setState({ closed: null, unreadable: null });
    // A worker that fails is told of by the run itself; then the branches stay without a ghost.
    void workOutBranches(runStore, outline).catch(() => undefined);
  };
  const refresh = async (): Promise<void> => {
    const list = await shelf.list();
    const askedAtMs = now();
    if (typeof list === 'string') setState({ entries: [], askedAtMs, trouble: list });
    else setState(({ trouble }) => ({ entries: list, askedAtMs, trouble: stillTrue(trouble) }));
  };
  return {
    refresh,
    async open(entry) {
      const texts = await shelf.read(entry);
      const run = texts && parseKept(texts);
      if (run === null) {
        setState({ unreadable: entry.title });
        await refresh();
        return false;
      }
      const { id, shownNs, seenToNs } = entry;
      shelf.goOnWith(entry);
      show({ ...run, shownNs, seenToNs, origin: { built: true, entry: id } });
      return true;
    },
    async clear() {
      const trouble = await shelf.clear();
      setState({ trouble, unreadable: null });
      await refresh();
    },
    startAnew() {
      const foldedBeforeMs = now();
      tab.write(FOLDED, String(foldedBeforeMs));
      runStore.actions.loadScenario(newCluster());
      setState({ foldedBeforeMs, closed: null, unreadable: null });
    },
    unfold() {
      tab.remove(FOLDED);
      setState({ foldedBeforeMs: null });
    },
    goBack() {
      const { closed } = getState();
      if (closed !== null) show(closed.kept);
    },
    dismiss: () => setState({ closed: null, unreadable: null }),
  };
}

/** The entry of what the last release kept. */
export const LAST_RELEASE = 'last-release';

const FOLDED = 'foldedBeforeMs';

function foldedIn(tab: Keepsake): number | null {
  const ms = Number(tab.read(FOLDED) ?? 'none');
  return Number.isFinite(ms) ? ms : null;
}

/** The storage answers: it is neither blocked nor newer. What did not fit in does not fit yet. */
function stillTrue(trouble: KeepTrouble | null): KeepTrouble | null {
  return trouble === 'full' || trouble === 'large' ? trouble : null;
}

const TOLD = 'toldOfRecent';

function tellOfClosed(
  { setState }: StoreApi<RecentState>,
  tab: Keepsake,
  state: RunState,
  before: RunState,
): void {
  if (isBuilt(before) && !isBuilt(state)) {
    // Somebody's work has given place to what is nobody's.
    const kept = keptOf(before);
    if (mayTell(tab, kept)) setState({ closed: { why: 'replaced', kept } });
  } else if (isBuilt(state) && !isBuilt(before)) {
    // Somebody goes on with the new run.
    setState({ closed: null });
  }
}

/** Each run of a preset is told of once in a tab: there may be many. A cluster that somebody made is told of each time. */
function mayTell(tab: Keepsake, { scenario }: KeptRun): boolean {
  const isTold = tab.read(TOLD) !== null && isPreset(scenario);
  tab.write(TOLD, 'yes');
  return !isTold;
}

/** What the last release kept in the storage that all tabs share, for one run. It is taken over once. */
export async function takeOver(
  old: KeptRun,
  { shelf, keepsake }: { readonly shelf: RecentShelf; readonly keepsake: Keepsake },
): Promise<void> {
  const texts = printKept(old);
  const isWork = old.origin.built && texts !== null;
  const result = isWork ? await shelf.keep(LAST_RELEASE, contentOf(old), texts) : null;
  if (typeof result !== 'string') removeKeptRun(keepsake);
}
