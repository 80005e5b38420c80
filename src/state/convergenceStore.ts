/**
 * The convergence map: which figure it shows, the question it asks of the engine, and what is known of single cells. The figures
 * of the grid never come here: painters take them from the pool.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Scenario } from '../engine/scenario.ts';
import type { ConvergenceQuestion, FullCell } from '../protocol/convergenceMessages.ts';
import type { AskedAnswer, ConvergenceEvent, ConvergencePool } from '../session/convergencePool.ts';
import { convergenceGrid, type ConvergenceGrid } from './convergenceGrid.ts';
import { createPace, workLeft, type Pace } from './convergencePace.ts';
import { withSettings, withWriters } from './edits.ts';
import type { RunState } from './runStore.ts';
import { sameValue } from './sameValue.ts';
import { settingsOf, writersOf } from './selectors.ts';

export type ShownFigure = 'outage' | 'total' | 'data';

export interface ConvergenceState {
  readonly figure: ShownFigure;
  /** null before the screen was opened. */
  readonly question: ConvergenceQuestion | null;
  readonly grid: ConvergenceGrid | null;
  /** What the engine says of the question before the first cell. */
  readonly asked: AskedAnswer | null;
  /** Cells with figures, and those whose figures are final; a few updates a second. */
  readonly sketched: number;
  readonly final: number;
  /** Until all cells are final, as far as that can be said. */
  readonly secondsLeft: number | null;
  /** Cell that was pointed at last, on whatever map: all have the same number of cells. */
  readonly pointed: number | null;
  /** Cells that were run with all pages. */
  readonly full: ReadonlyMap<number, FullCell>;
  readonly failure: string | null;
  /** The scenario of the cell that was opened in the Lab: as long as the Lab has it, the map stays what it was. */
  readonly opened: Scenario | null;
}

export interface ConvergenceActions {
  /** Asks about the VM as it is in the Lab; what is known of the same question stays. */
  readonly open: (run: RunState, vm: number) => void;
  /** The Lab is given a cell of this map. */
  readonly leaveTo: (cell: Scenario) => void;
  /** The workers rest until it is opened again. */
  readonly close: () => void;
  readonly show: (figure: ShownFigure) => void;
  readonly point: (cell: number) => void;
  readonly retry: () => void;
}

export interface ConvergenceDeps {
  readonly pool: ConvergencePool;
  /** Wall clock in milliseconds, for the rate of updates. */
  readonly now: () => number;
}

export type ConvergenceStore = StoreApi<ConvergenceState> & {
  readonly actions: ConvergenceActions;
};

/** Four a second: a count that runs faster cannot be read. */
const COUNT_EVERY_MS = 250;

export function createConvergenceStore(deps: ConvergenceDeps): ConvergenceStore {
  const store = createStore<ConvergenceState>(() => ({
    figure: 'outage',
    question: null,
    grid: null,
    asked: null,
    sketched: 0,
    final: 0,
    secondsLeft: null,
    pointed: null,
    full: new Map(),
    failure: null,
    opened: null,
  }));
  const pace = createPace(deps.now);
  deps.pool.subscribe(listener(store, deps, pace));
  return Object.assign(store, { actions: convergenceActions(store, deps.pool, pace) });
}

/** The Lab's scenario with what was changed on the way: writers and settings as they are at the shown time. */
export function labScenario(run: RunState, vm: number): Scenario {
  const scenario = { ...run.scenario, commands: [] };
  return withSettings(withWriters(scenario, vm, writersOf(run, vm)), settingsOf(run));
}

/**
 * What the map takes from the Lab, as one text that changes with it; null until the shown moment is worked out: a command
 * before it may have changed the guest's writing. Where the run has failed there is no such moment, and the start stands for it.
 */
export function labPoint(run: RunState, vm: number): string | null {
  if (run.summary === null && run.failure === null) return null;
  return JSON.stringify([run.loads, vm, writersOf(run, vm), settingsOf(run)]);
}

/** The cell of the VM as it is, or null when it writes nothing. */
export function currentCell({ grid }: Pick<ConvergenceState, 'grid'>): number | null {
  if (grid === null || grid.currentColumn === null) return null;
  return grid.currentRow * grid.columns.length + grid.currentColumn;
}

export function cellCount({ grid }: Pick<ConvergenceState, 'grid'>): number {
  return grid === null ? 0 : grid.columns.length * grid.rows.length;
}

function listener(
  { getState, setState }: StoreApi<ConvergenceState>,
  deps: ConvergenceDeps,
  pace: Pace,
) {
  let countedAtMs = -Infinity;
  return (event: ConvergenceEvent): void => {
    switch (event.type) {
      case 'asked':
        return setState({ asked: event.answer });
      case 'cells': {
        const { sketched, final } = deps.pool.cells;
        const { question } = getState();
        const all = cellCount(getState());
        const isDone = final === all;
        if (!isDone && deps.now() - countedAtMs < COUNT_EVERY_MS) return undefined;
        countedAtMs = deps.now();
        const isSketched = sketched === all && question !== null;
        const secondsLeft = isSketched
          ? pace.secondsLeft(workLeft(question, deps.pool.cells))
          : null;
        return setState({ sketched, final, secondsLeft });
      }
      case 'full': {
        const full = new Map(getState().full).set(event.cell, event.result);
        return setState({ full });
      }
      case 'failed':
        return setState({ failure: event.message });
      default:
        return event satisfies never;
    }
  };
}

function convergenceActions(
  store: StoreApi<ConvergenceState>,
  pool: ConvergencePool,
  pace: Pace,
): ConvergenceActions {
  const { getState, setState } = store;
  /** The VM as it is, and the cell that is pointed at, as far as they were not run with all pages. */
  const runFull = (): void => {
    const { pointed, full } = getState();
    const cells = [currentCell(getState()), pointed];
    pool.runFull(cells.filter((cell) => cell !== null).filter((cell) => !full.has(cell)));
  };
  const ask = (question: ConvergenceQuestion, grid: ConvergenceGrid): void => {
    // The cell that is pointed at stays: a link may have named it before its question was known.
    const fresh = { asked: null, sketched: 0, final: 0, secondsLeft: null, full: new Map() };
    setState({ ...fresh, question, grid, failure: null, opened: null });
    pool.ask(question, grid.currentRow);
    runFull();
  };
  return {
    open(run, vm) {
      const scenario = labScenario(run, vm);
      const grid = convergenceGrid(scenario, vm);
      const question = { scenario, vm, columns: grid.columns, rows: grid.rows };
      const { failure, question: known, opened } = getState();
      pace.restart();
      const isKnown = isSame(known, question) || isOpened(known, opened, question);
      if (failure === null && isKnown) pool.resume();
      else ask(question, grid);
    },
    leaveTo: (cell) => setState({ opened: cell }),
    close: () => pool.pause(),
    show: (figure) => setState({ figure }),
    point(cell) {
      if (cell === getState().pointed) return;
      setState({ pointed: cell });
      runFull();
    },
    retry() {
      const { question, grid } = getState();
      pace.restart();
      if (question !== null && grid !== null) ask(question, grid);
    },
  };
}

/** Whether the Lab still has the cell that was opened from the map of `known`: it asks nothing new. */
function isOpened(
  known: ConvergenceQuestion | null,
  opened: Scenario | null,
  { scenario, vm }: ConvergenceQuestion,
): boolean {
  return known?.vm === vm && opened !== null && sameValue(opened, scenario);
}

/** Questions are plain data; the axes follow from the rest. */
function isSame(a: ConvergenceQuestion | null, b: ConvergenceQuestion): boolean {
  return a !== null && a.vm === b.vm && sameValue(a.scenario, b.scenario);
}
