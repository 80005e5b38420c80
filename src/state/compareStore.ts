/**
 * The Compare screen: what differs, the runs of its lanes, and the one clock that all of them show. What a person chose
 * is one plain value, the view, that a link can hold. The runs are worked out elsewhere (`compareLoader.ts`), one lane after
 * the other; here they are only looked at.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Nanoseconds } from '../base/units.ts';
import type { Session } from '../session/session.ts';
import {
  firstPair,
  isValueOf,
  type CompareValue,
  type Compared,
  type Differs,
  type ValuePair,
  valueKinds,
} from './compareDifferences.ts';
import { createLaneLoader, type LaneProgress } from './compareLoader.ts';
import { compareLanes, type CompareLane, type CompareRun } from './compareLanes.ts';
import { changesOf } from './outlined.ts';
import { sameValue } from './sameValue.ts';
import {
  createShownClock,
  nextChange,
  nextSecond,
  type ClockActions,
  type RequestFrame,
  type ShownMoment,
} from './shownClock.ts';
import { slowedSpeed } from './storagePace.ts';

/** All that a person chose on this screen, as a plain value. */
export interface CompareView {
  readonly differs: Differs;
  /** Of what differs; null: what is compared first. Not looked at where the method differs. */
  readonly values: ValuePair | null;
  /** null: the end. */
  readonly shownNs: Nanoseconds | null;
}

export interface CompareState {
  readonly view: CompareView;
  /** null until the screen is opened for a VM. */
  readonly compared: Compared | null;
  /** Of the present view. */
  readonly lanes: readonly CompareLane[];
  /** Of these lanes, those that are worked out; until there is one, those of the view before. null: none for this VM. */
  readonly runs: readonly CompareRun[] | null;
  /** Whether some of the lanes are still to come. */
  readonly isWorking: boolean;
  /** How far the one that is worked out now is, or null. */
  readonly progress: LaneProgress | null;
  readonly playing: boolean;
  /** Simulated seconds per second, as chosen. */
  readonly speed: number;
  /** Why there are no runs, or null. */
  readonly failure: string | null;
}

export interface CompareActions extends ClockActions {
  /** Works out the lanes for this VM, unless they are there already. */
  readonly open: (compared: Compared) => Promise<void>;
  /** Shows what was chosen elsewhere, for example in a link. */
  readonly setView: (view: CompareView) => Promise<void>;
  readonly setDiffers: (differs: Differs) => Promise<void>;
  readonly setValue: (place: 0 | 1, value: CompareValue) => Promise<void>;
  /** Again, after a failure. */
  readonly load: () => Promise<void>;
  /** From the start, as if it were the first time. */
  readonly again: () => void;
}

export interface CompareDeps {
  readonly outline: Session['outline'];
  readonly requestFrame: RequestFrame;
}

export type CompareStore = StoreApi<CompareState> & { readonly actions: CompareActions };

export const firstView: CompareView = { differs: 'method', values: null, shownNs: null };

/** All three runs of the default VM in about 10 s. Chosen for teaching. */
const DEFAULT_SPEED = 10;

const noRuns = {
  lanes: [],
  runs: null,
  isWorking: true,
  progress: null,
  playing: false,
} as const;

export function createCompareStore(deps: CompareDeps): CompareStore {
  const store = createStore<CompareState>(() => ({
    view: firstView,
    compared: null,
    ...noRuns,
    speed: DEFAULT_SPEED,
    failure: null,
  }));
  return Object.assign(store, { actions: compareActions(store, deps) });
}

/** The values that are compared, chosen or not. Not looked at where the method differs. */
export function valuesOf({ view, compared }: CompareState): ValuePair {
  const { differs, values } = view;
  if (differs === 'method' || compared === null) return ['', ''];
  return values ?? firstPair(differs, compared);
}

/** Lanes of the present view that are still to come, the next first. */
export function pendingLanes({ lanes, runs }: CompareState): readonly CompareLane[] {
  return lanes.filter((lane) => runs?.some((run) => run.lane === lane) !== true);
}

/** The one of them that is worked out now; undefined where none is to come. */
export function presentLane(state: CompareState): CompareLane | undefined {
  return state.progress?.lane ?? pendingLanes(state)[0];
}

/** Whether what is shown is of another choice than the present one. */
export function isOutdated({ lanes, runs, isWorking }: CompareState): boolean {
  return isWorking && runs !== null && !runs.some((run) => lanes.includes(run.lane));
}

/** When the last client of any lane has come to rest. */
export function compareEndNs({ runs }: CompareState): Nanoseconds {
  return Math.max(0, ...(runs ?? []).map(({ outline }) => outline.run.endNs));
}

export function shownNsOf(state: CompareState): Nanoseconds {
  const endNs = compareEndNs(state);
  return Math.min(state.view.shownNs ?? endNs, endNs);
}

export function isAtCompareEnd(state: CompareState): boolean {
  return shownNsOf(state) >= compareEndNs(state);
}

/** Simulated seconds per second at the shown time: a blackout that is over in a blink is slowed down. */
export function compareSpeedNow(state: CompareState): number {
  const shownNs = shownNsOf(state);
  const all = (state.runs ?? []).map((run) => slowedSpeed(run, shownNs, state.speed));
  return Math.min(state.speed, ...all);
}

function compareActions(store: StoreApi<CompareState>, deps: CompareDeps): CompareActions {
  const { getState, setState } = store;
  const load = createLoading(store, deps.outline);
  const show = (shownNs: Nanoseconds, playing: boolean): void => {
    const state = getState();
    const endNs = compareEndNs(state);
    const inside = Math.max(0, shownNs) >= endNs ? null : Math.max(0, shownNs);
    if (state.runs !== null && !isOutdated(state))
      setState({ playing, view: { ...state.view, shownNs: inside } });
  };
  const stopAt = (shownNs: Nanoseconds): void => show(shownNs, false);
  const run = createShownClock({
    requestFrame: deps.requestFrame,
    moment: () => playedMoment(getState()),
    show,
  });
  const play = (fromNs: Nanoseconds): void => {
    if (getState().isWorking) return;
    show(fromNs, true);
    run();
  };
  const pause = (): void => setState({ playing: false });
  const toggle = (): void => {
    const state = getState();
    if (state.playing) return pause();
    return play(isAtCompareEnd(state) ? 0 : shownNsOf(state));
  };
  /** What is shown changes; the runs of before stay in sight until the new ones are there. */
  const choose = (view: CompareView): Promise<void> => {
    setState({ view, lanes: [], isWorking: true, playing: false });
    return load();
  };
  return {
    open(compared) {
      const state = getState();
      if (sameValue(compared, state.compared)) return load();
      const view = state.compared === null ? state.view : { ...state.view, shownNs: null };
      setState({ compared, view: fitting(view, compared), ...noRuns });
      return load();
    },
    setView(view) {
      const { compared } = getState();
      return choose(compared === null ? view : fitting(view, compared));
    },
    setDiffers: (differs) => choose({ differs, values: null, shownNs: null }),
    setValue(place, value) {
      const state = getState();
      const values = valuesOf(state).with(place, value);
      return choose({ ...state.view, values: [values[0] ?? value, values[1] ?? value] });
    },
    load,
    toggle,
    primary: toggle,
    again: () => play(0),
    pause,
    step: (direction) => stopAt(nextSecond(shownNsOf(getState()), direction)),
    stepChange(direction) {
      const state = getState();
      const changes = (state.runs ?? []).flatMap((each) => changesOf(each));
      const next = nextChange([...changes, compareEndNs(state)], shownNsOf(state), direction);
      if (next !== undefined) stopAt(next);
    },
    home: () => stopAt(0),
    end: () => stopAt(Infinity),
    seek: stopAt,
    setSpeed: (speed) => setState({ speed }),
  };
}

function playedMoment(state: CompareState): ShownMoment | null {
  if (!state.playing) return null;
  return {
    shownNs: shownNsOf(state),
    speed: compareSpeedNow(state),
    endNs: compareEndNs(state),
  };
}

/** A view from elsewhere, without what this VM and cluster cannot have. */
function fitting(view: CompareView, compared: Compared): CompareView {
  const { differs, values } = view;
  if (differs === 'method') return { ...view, values: null };
  if (!valueKinds.includes(differs)) return firstView;
  const fits = values?.every((value) => isValueOf(differs, value, compared)) === true;
  return fits ? view : { ...view, values: null };
}

/** @returns Works out the lanes of the present view; what was asked for meanwhile goes before it. */
function createLoading(
  { getState, setState }: StoreApi<CompareState>,
  outline: Session['outline'],
): () => Promise<void> {
  const loadLanes = createLaneLoader(outline);
  return async () => {
    const state = getState();
    const { compared, view } = state;
    if (compared === null || !state.isWorking) return;
    const lanes = compareLanes(compared, view.differs, valuesOf(state));
    setState({ failure: null, lanes, progress: null });
    try {
      await loadLanes(lanes, compared.vm, {
        runs: (runs) => setState({ runs, progress: null, isWorking: runs.length < lanes.length }),
        progress: (progress) => setState({ progress }),
      });
    } catch (error) {
      setState({ runs: null, failure: error instanceof Error ? error.message : String(error) });
    }
  };
}
