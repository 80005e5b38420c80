/**
 * The run as the page knows it: the recording, what the worker has worked out of it, and a small summary
 * of the shown time. Frames never come here. Actions send commands; nothing else changes the run.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Nanoseconds } from '../base/units.ts';
import type { Operation } from '../engine/command.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { StepUnit } from '../protocol/messages.ts';
import { openScenario, parseScenario } from '../scenario/parse.ts';
import { printScenario } from '../scenario/print.ts';
import type { RunCommand, Session, SessionEvent, SessionFailure } from '../session/session.ts';
import {
  branchActions,
  toldRun,
  type BranchActions,
  type BranchedRun,
  type LoadRun,
} from './branchActions.ts';
import { firstBranches, leavesFuture, withStep } from './branches.ts';
import { momentOf } from './moment.ts';
import {
  faultsToShow,
  isBuilt,
  type KeptRun,
  type Origin,
  type Rejection,
  type Repair,
} from './openedRun.ts';
import type { Speed } from './speeds.ts';

export interface RunState extends BranchedRun {
  /** As it was loaded; the recording with all commands is `recordingOf`. */
  readonly scenario: Scenario;
  /** Counts what was loaded into a worker: each begins without a view. */
  readonly loads: number;
  readonly origin: Origin;
  /** As chosen; the worker slows down in a blackout. */
  readonly speed: Speed;
  readonly rejection: Rejection | null;
  readonly repair: Repair | null;
  readonly failure: SessionFailure | null;
  /** The worker has not answered for a while. */
  readonly silent: boolean;
}

export interface RunActions extends BranchActions {
  /** Appends a command at the shown time. A run that stands at its start or at its end plays on with it. */
  readonly operate: (operation: Operation) => void;
  readonly play: () => void;
  readonly pause: () => void;
  readonly toggle: () => void;
  readonly step: (unit: StepUnit, direction: 1 | -1) => void;
  readonly seek: (ns: Nanoseconds) => void;
  readonly home: () => void;
  readonly end: () => void;
  /** To the moment in which the VM goes over to the other node, if it is known. */
  readonly jumpToSwitchover: (vm: number) => void;
  readonly setSpeed: (speed: Speed) => void;
  /**
   * Ends all branches.
   *
   * @param branch What the run is called, where it was a branch of somebody else.
   */
  readonly loadScenario: (scenario: Scenario, branch?: string | null) => void;
  /**
   * What was made in the editor. A cluster that nothing was commanded in is the same work as before; else what was done stays
   * as it was, and this is a new one.
   */
  readonly loadBuilt: (scenario: Scenario) => void;
  /** At its moment, paused, with its branches. */
  readonly openKept: (kept: KeptRun) => void;
  /** The shown run is the kept one, as after a reload with a link to it: what was kept beside it. */
  readonly goOnWith: (kept: KeptRun) => void;
  /** Before the start: another scenario with the same nodes and VMs, seen from the same place. */
  readonly editScenario: (scenario: Scenario) => void;
  /** Takes a scenario file, or says what is wrong with it. */
  readonly openText: (name: string, text: string) => boolean;
  /** The recording as a scenario file. */
  readonly recordingText: () => string;
  readonly reject: (what: string, message: string) => void;
  /** Opens another scenario instead, and says why. */
  readonly openInstead: (scenario: Scenario, rejection: Rejection) => void;
  readonly dismissRejection: () => void;
  /** Says how what was just opened differs from what it was. */
  readonly tellRepair: (what: string, sentence: string) => void;
  readonly dismissRepair: () => void;
  readonly show: (command: Omit<Extract<RunCommand, { type: 'show' }>, 'type'>) => void;
  /** After a failure or a silence: a new worker, the same recording, the same moment. */
  readonly restart: () => void;
}

export interface RunStoreDeps {
  readonly session: Session;
  readonly scenario: Scenario;
  /** Wall clock in milliseconds, for the rate of summaries. */
  readonly now: () => number;
}

export type RunStore = StoreApi<RunState> & { readonly actions: RunActions };

/** Ten a second: as many as figures can be read, and few enough for React. */
const SUMMARY_EVERY_MS = 100;

const nobodys: Origin = { built: false, entry: null };

const DEFAULT_SPEED: Speed = 5;

export function createRunStore(deps: RunStoreDeps): RunStore {
  const store = createStore<RunState>(() => ({
    scenario: deps.scenario,
    loads: 0,
    origin: nobodys,
    run: null,
    summary: null,
    seenToNs: 0,
    speed: DEFAULT_SPEED,
    branches: firstBranches(deps.scenario),
    given: null,
    rejection: null,
    repair: null,
    failure: null,
    silent: false,
  }));
  deps.session.subscribe(listener(store, deps.now));
  return Object.assign(store, { actions: runActions(store, deps.session) });
}

/** With the commands given so far: what is saved, and what a restart begins with. */
export function recordingOf({ run, scenario }: Pick<RunState, 'run' | 'scenario'>): Scenario {
  return run?.scenario ?? scenario;
}

/** What comes back when the run is opened again. */
export function keptOf(state: RunState): KeptRun {
  const { branches, seenToNs, summary } = state;
  const shownNs = summary?.timeNs ?? 0;
  const origin = { ...state.origin, built: isBuilt(state) };
  return { scenario: recordingOf(state), shownNs, seenToNs, branches, origin, repair: null };
}

/** At its very beginning, with nothing commanded: the scenario itself may still be changed. */
export function isBeforeStart(state: RunState): boolean {
  return (state.summary?.timeNs ?? 0) === 0 && recordingOf(state).commands.length === 0;
}

function listener({ setState, getState }: StoreApi<RunState>, now: () => number) {
  let takenAtMs = -Infinity;
  return (event: SessionEvent): void => {
    switch (event.type) {
      case 'run':
        return setState((state) => toldRun(state, event.run));
      case 'painted': {
        const { playing } = event.summary;
        const goesOn = playing && getState().summary?.playing === true;
        if (goesOn && now() - takenAtMs < SUMMARY_EVERY_MS) return;
        takenAtMs = now();
        const { seenToNs } = getState();
        const { timeNs } = event.summary;
        return setState({ summary: event.summary, seenToNs: Math.max(seenToNs, timeNs) });
      }
      case 'failed':
        return setState({ failure: event.failure });
      case 'silent':
        return setState({ silent: event.silent });
      case 'idle':
        return;
      default:
        return event satisfies never;
    }
  };
}

function runActions(store: StoreApi<RunState>, session: Session): RunActions {
  const { getState, setState } = store;
  // Whether playing has been asked for, until a frame shows that it plays.
  let willPlay = false;
  store.subscribe(({ summary }) => {
    if (summary?.playing === true) willPlay = false;
  });
  const send = (command: RunCommand): void => {
    willPlay = command.type === 'play';
    session.send(command);
  };
  const isOrWillPlay = (): boolean =>
    getState().summary?.playing === true || (willPlay && !isAtEnd(getState()));
  const operate = (operation: Operation): void => {
    const playsOn = isAction(operation) && nobodyHasPaused(getState());
    // What was recorded after the shown time is set aside, and was never seen in the new run.
    setState((state) => {
      const shownNs = state.summary?.timeNs ?? 0;
      const { seenToNs, given } = state;
      const leaves = leavesFuture(recordingOf(state), shownNs, seenToNs);
      return { seenToNs: shownNs, given: given ?? { leaves, seenToNs } };
    });
    send({ type: 'operate', operation });
    if (playsOn) send({ type: 'play', speed: getState().speed });
  };
  const seek = (ns: Nanoseconds): void => send({ type: 'seek', ns: Math.max(0, Math.round(ns)) });
  const play = (): void => {
    if (isAtEnd(getState())) seek(0);
    send({ type: 'play', speed: getState().speed });
  };
  const load = (scenario: Scenario, next: Partial<RunState>, showNs?: Nanoseconds): void => {
    willPlay = false;
    session.load(scenario, showNs);
    const told = { given: null, rejection: null, repair: null, failure: null };
    const fresh = { scenario, run: null, seenToNs: 0, ...told };
    // After the load is on its way, so that listeners can ask for frames of the new run.
    setState(({ loads }) => ({ ...fresh, ...next, loads: loads + 1 }));
  };
  const tellRepair = (what: string, sentence: string): void =>
    setState({ repair: { what, sentence } });
  const pause = (): void => send({ type: 'pause' });
  const loadAnother = (scenario: Scenario, branch: string | null = null): void =>
    load(scenario, { summary: null, branches: firstBranches(scenario, branch), origin: nobodys });

  return {
    ...branchActions(store, load),
    operate,
    seek,
    play,
    pause,
    toggle: () => (isOrWillPlay() ? pause() : play()),
    step: (unit, direction) => send({ type: 'step', unit, direction }),
    home: () => seek(0),
    // The worker waits until it knows where the run ends.
    end: () => seek(Number.MAX_SAFE_INTEGER),
    jumpToSwitchover(vm) {
      const pausedNs = switchoverOf(getState(), vm);
      if (pausedNs !== null) seek(pausedNs);
    },
    setSpeed(speed) {
      setState({ speed });
      if (getState().summary?.playing === true) send({ type: 'play', speed });
    },
    loadScenario: loadAnother,
    loadBuilt(scenario) {
      const { branches, origin } = getState();
      const isSame = !branches.list.some(({ steps }) =>
        steps.some(({ commands }) => commands.length > 0),
      );
      const entry = isSame ? origin.entry : null;
      load(scenario, {
        summary: null,
        branches: firstBranches(scenario),
        origin: { built: true, entry },
      });
    },
    openKept({ scenario, shownNs, seenToNs, branches, origin, repair }) {
      const next = {
        summary: null,
        seenToNs,
        branches: branches ?? firstBranches(scenario),
        origin,
      };
      load(scenario, next, shownNs === 0 ? undefined : shownNs);
      if (repair !== null) tellRepair('The run that was kept here', repair);
    },
    goOnWith: ({ branches, seenToNs, origin }) =>
      setState((state) => ({ branches: branches ?? state.branches, seenToNs, origin })),
    editScenario: (scenario) => editScenario(store, scenario, load),
    openText(name, text) {
      const result = openScenario(text);
      const problems = result.ok ? faultsToShow(result.scenario) : result.problems;
      if (!result.ok || problems.length > 0) {
        setState({ rejection: { what: name, problems } });
        return false;
      }
      loadAnother(result.scenario);
      if (result.repair !== null) tellRepair(name, result.repair);
      return true;
    },
    recordingText: () => printScenario(recordingOf(getState())),
    reject: (what, message) => setState({ rejection: { what, problems: [{ path: '', message }] } }),
    openInstead(scenario, rejection) {
      loadAnother(scenario);
      setState({ rejection });
    },
    dismissRejection: () => setState({ rejection: null }),
    tellRepair,
    dismissRepair: () => setState({ repair: null }),
    show: (command) => send({ type: 'show', ...command }),
    restart() {
      const state = getState();
      session.load(recordingOf(state), state.summary?.timeNs ?? 0);
      setState({ failure: null, given: null, loads: state.loads + 1 });
    },
  };
}

function editScenario(
  { getState, setState }: StoreApi<RunState>,
  scenario: Scenario,
  load: LoadRun,
): void {
  const state = getState();
  if (!isBeforeStart(state) || state.given !== null) return;
  const result = parseScenario(printScenario(scenario));
  if (result.ok)
    load(result.scenario, { branches: withStep(state.branches, result.scenario, null) });
  else setState({ rejection: { what: 'This change', problems: result.problems } });
}

/** Something is to be seen after it, other than after a change of settings. */
function isAction(operation: Operation): boolean {
  return operation.do !== 'set-writers' && operation.do !== 'set-live-migration';
}

/** It stands at its start, or has stopped at its end by itself. */
function nobodyHasPaused(state: RunState): boolean {
  return (state.summary?.timeNs ?? 0) === 0 || isAtEnd(state);
}

export function isAtEnd({ run, summary }: RunState): boolean {
  return run !== null && summary !== null && run.complete && summary.timeNs >= run.endNs;
}

/**
 * When the VM leaves its node for the other in the migration being shown, or in its next one: it is paused for the last
 * pages, or its saved memory goes over. null while that is not worked out.
 */
export function switchoverOf({ run, summary }: RunState, vm: number): Nanoseconds | null {
  const timeNs = summary?.timeNs ?? 0;
  const shown = momentOf(run, vm, timeNs)?.migration;
  const next = run?.migrations.find((row) => row.vm === vm && row.requestedNs > timeNs);
  const migration = shown ?? next;
  if (migration?.method !== 'quick') return migration?.pausedNs ?? null;
  const over = migration.phases.find(({ name }) => name === 'disk-move' || name === 'restoring');
  return over?.startNs ?? null;
}
