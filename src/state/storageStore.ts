/**
 * The storage screen: what is chosen, the runs of its lanes, and the one clock that all of them show. The runs are
 * worked out by the session, once each; here they are only looked at.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { at } from '../base/assert.ts';
import type { Nanoseconds } from '../base/units.ts';
import type { Session } from '../session/session.ts';
import {
  createShownClock,
  nextChange,
  nextSecond,
  type ClockActions,
  type RequestFrame,
  type ShownMoment,
} from './shownClock.ts';
import { slowedSpeed } from './storagePace.ts';
import { changesOf } from './outlined.ts';
import {
  laneEndNs,
  laneIds,
  laneScenario,
  restScenario,
  type LaneId,
  type LaneRun,
  type MoveMethod,
  type ShownNs,
} from './storageLanes.ts';

export type LaneChoice = LaneId | 'side';
export type LaneRuns = Readonly<Record<LaneId, LaneRun>>;

export interface StorageState {
  readonly choice: LaneChoice;
  readonly method: MoveMethod;
  /** null until they are worked out. */
  readonly runs: Readonly<Record<MoveMethod, LaneRuns | null>>;
  /** null: before the move. */
  readonly shownNs: ShownNs;
  /** Latest moment shown since Move was pressed: what lies beyond it is not told. */
  readonly seenNs: ShownNs;
  readonly playing: boolean;
  /** Simulated seconds per second, as chosen. */
  readonly speed: number;
  /** Why there are no runs, or null. */
  readonly failure: string | null;
}

/** Home leads before the move; Space moves first, and afterwards plays or pauses. */
export interface StorageActions extends ClockActions {
  readonly choose: (choice: LaneChoice) => void;
  /** Stands before the move again. */
  readonly setMethod: (method: MoveMethod) => void;
  /** Asks for the runs that are not there yet. */
  readonly load: () => Promise<void>;
  /** From the move on, as if it were the first time. */
  readonly move: () => void;
  /** As a link has it, also before the runs are there; then a moment after the end becomes the end. */
  readonly restore: (shown: Partial<Pick<StorageState, 'choice' | 'method' | 'shownNs'>>) => void;
}

export interface StorageDeps {
  readonly outline: Session['outline'];
  readonly requestFrame: RequestFrame;
}

export type StorageStore = StoreApi<StorageState> & { readonly actions: StorageActions };

/** The whole run of one LUN for both, 96 s, in 10 s. Chosen for teaching. */
const DEFAULT_SPEED = 10;

export function createStorageStore(deps: StorageDeps): StorageStore {
  const store = createStore<StorageState>(() => ({
    choice: 'side',
    method: 'quick',
    runs: { quick: null, live: null },
    shownNs: null,
    seenNs: null,
    playing: false,
    speed: DEFAULT_SPEED,
    failure: null,
  }));
  return Object.assign(store, { actions: storageActions(store, deps) });
}

export function runsOf({ runs, method }: StorageState): LaneRuns | null {
  return runs[method];
}

/** When nothing more happens in any lane. */
export function storageEndNs(state: StorageState): Nanoseconds {
  const runs = runsOf(state);
  if (runs === null) return 0;
  return Math.max(...laneIds.map((id) => laneEndNs(runs[id])));
}

export function isAtStorageEnd(state: StorageState): boolean {
  return state.shownNs !== null && state.shownNs >= storageEndNs(state);
}

function storageActions(store: StoreApi<StorageState>, deps: StorageDeps): StorageActions {
  const { getState, setState } = store;
  const show = (shownNs: Nanoseconds, more: Partial<StorageState> = {}): void => {
    const state = getState();
    if (runsOf(state) === null) return;
    const inside = Math.min(Math.max(0, shownNs), storageEndNs(state));
    setState({ seenNs: Math.max(state.seenNs ?? 0, inside), ...more, shownNs: inside });
  };
  const stopAt = (shownNs: Nanoseconds): void => show(shownNs, { playing: false });
  const run = createShownClock({
    requestFrame: deps.requestFrame,
    moment: () => playedMoment(getState()),
    show: (ns, playing) => show(ns, { playing }),
  });
  const play = (): void => {
    if (runsOf(getState()) === null) return;
    setState({ playing: true });
    run();
  };
  const pause = (): void => setState({ playing: false });
  const move = (): void => {
    show(0, { seenNs: 0 });
    play();
  };
  const toggle = (): void => {
    const state = getState();
    if (state.playing) return pause();
    if (state.shownNs === null || isAtStorageEnd(state)) show(0);
    return play();
  };
  return {
    choose: (choice) => setState({ choice }),
    setMethod: (method) => setState({ method, shownNs: null, seenNs: null, playing: false }),
    async load() {
      await load(store, deps);
      const { shownNs } = getState();
      // It came with a link, before anyone knew where the runs end.
      if (shownNs !== null) show(shownNs);
    },
    move,
    toggle,
    primary: () => (getState().shownNs === null ? move() : toggle()),
    pause,
    step: (direction) => {
      const { shownNs } = getState();
      if (shownNs !== null) stopAt(nextSecond(shownNs, direction));
      else if (direction === 1) stopAt(0);
    },
    stepChange: (direction) => {
      const state = getState();
      const next = nextChange(changesOfAll(state), state.shownNs ?? -1, direction);
      if (next !== undefined) stopAt(next);
    },
    home: () => setState({ shownNs: null, playing: false }),
    end: () => stopAt(storageEndNs(getState())),
    seek: stopAt,
    restore: (shown) => {
      setState({ ...shown, playing: false });
      const { shownNs } = getState();
      setState({ seenNs: shownNs });
      if (shownNs !== null) show(shownNs);
    },
    setSpeed: (speed) => setState({ speed }),
  };
}

function playedMoment(state: StorageState): ShownMoment | null {
  const { playing, shownNs } = state;
  if (!playing || shownNs === null) return null;
  return { shownNs, speed: speedNow(state), endNs: storageEndNs(state) };
}

/** Simulated seconds per second at the shown time: a blackout that is over in a blink is slowed down. */
export function speedNow(state: StorageState): number {
  const runs = runsOf(state);
  if (runs === null || state.shownNs === null) return state.speed;
  const { shownNs, speed } = state;
  return Math.min(...laneIds.map((id) => slowedSpeed(runs[id], shownNs, speed)));
}

async function load({ getState, setState }: StoreApi<StorageState>, deps: StorageDeps) {
  setState({ failure: null });
  const { method, runs } = getState();
  try {
    // The chosen method first: it can be played while the other, which a sentence compares it to, is worked out.
    for (const each of method === 'quick'
      ? (['quick', 'live'] as const)
      : (['live', 'quick'] as const)) {
      if (runs[each] !== null) continue;
      // oxlint-disable-next-line no-await-in-loop -- the method that is shown comes first, and the other may not slow it down
      const lanes = await lanesOf(each, deps.outline);
      setState({ runs: { ...getState().runs, [each]: lanes } });
    }
  } catch (error) {
    setState({ failure: error instanceof Error ? error.message : String(error) });
  }
}

async function lanesOf(method: MoveMethod, outline: Session['outline']): Promise<LaneRuns> {
  const laneOf = async (id: LaneId): Promise<LaneRun> => {
    const [rest, moved] = await Promise.all([
      outline(restScenario(id)),
      outline(laneScenario(id, method)),
    ]);
    return { rest: at(rest.moments, rest.moments.length - 1), outline: moved };
  };
  const [own, both, csv] = await Promise.all([laneOf('own'), laneOf('both'), laneOf('csv')]);
  return { own, both, csv };
}

function changesOfAll(state: StorageState): Nanoseconds[] {
  const runs = runsOf(state);
  return runs === null ? [] : laneIds.flatMap((id) => changesOf(runs[id]));
}
