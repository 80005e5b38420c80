/** What the parts of the map screen work with: its store, the figures of the grid, and readings of both. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { NS_PER_S } from '../../base/units.ts';
import {
  figureOf,
  isKnown,
  type ConvergenceFigures,
  type LossRule,
} from '../../charts/convergencePaint.ts';
import type { ConvergencePool } from '../../session/convergencePool.ts';
import {
  createConvergenceStore,
  type ConvergenceActions,
  type ConvergenceState,
  type ConvergenceStore,
  type ShownFigure,
} from '../../state/convergenceStore.ts';
import type { CellFigures } from '../../state/convergenceWords.ts';
import { useLab } from '../shared/lab.tsx';
import { storeOf } from '../shared/storeOf.ts';

const MapContext = createContext<ConvergenceStore | null>(null);

export const MapProvider = MapContext.Provider;

export const convergenceStoreOf = storeOf((pool: ConvergencePool) =>
  createConvergenceStore({ pool, now: () => performance.now() }),
);

/** @throws Error outside of a `MapProvider`. */
function useMapStore(): ConvergenceStore {
  const store = useContext(MapContext);
  if (store === null) throw new Error('no MapProvider above this component');
  return store;
}

export function useMap<T>(select: (state: ConvergenceState) => T): T {
  return useStore(useMapStore(), select);
}

export function useMapActions(): ConvergenceActions {
  return useMapStore().actions;
}

/** Until the engine has answered, with the first cells: nothing is lost. */
const notKnown: LossRule = { isCounted: true, lastRepeatNs: Infinity };

export function lossRule({ asked }: Pick<ConvergenceState, 'asked'>): LossRule {
  return asked?.losses ?? notKnown;
}

/** What is known of a cell: from its run with all pages where there is one, else from the grid. */
export function useCell(cell: number | null): CellFigures | null {
  const { cells } = useLab().convergence;
  const full = useMap((state) => (cell === null ? undefined : state.full.get(cell)));
  // Reads the grid again whenever cells have come in.
  useMap((state) => state.sketched + state.final);
  if (full !== undefined) return full;
  return cell === null || !isKnown(cells, cell) ? null : gridFigures(cells, cell);
}

function gridFigures(cells: ConvergencePool['cells'], cell: number): CellFigures {
  return {
    outageNs: cells.outageNs[cell] ?? 0,
    totalNs: cells.totalNs[cell] ?? 0,
    bytesSent: cells.bytesSent[cell] ?? 0,
    rounds: cells.rounds[cell] ?? 0,
    pagesLeft: cells.pagesLeft[cell] ?? 0,
    stopReason: cells.limited[cell] === 1 ? 'round-limit' : 'small-enough',
  };
}

/** The shown figure of a cell in seconds or MiB, from its full run where there is one; null where it was not run. */
export function valueOf(
  state: Pick<ConvergenceState, 'figure' | 'full'>,
  cells: ConvergenceFigures,
  cell: number,
): number | null {
  const full = state.full.get(cell);
  if (full !== undefined) return valueIn(state.figure, full);
  return isKnown(cells, cell) ? figureOf(cells, state.figure, cell) : null;
}

/** Seconds, or MiB. */
export function valueIn(figure: ShownFigure, figures: CellFigures): number {
  switch (figure) {
    case 'outage':
      return figures.outageNs / NS_PER_S;
    case 'total':
      return figures.totalNs / NS_PER_S;
    case 'data':
      return figures.bytesSent / 1_048_576;
  }
}
