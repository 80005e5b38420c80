/** What the parts of the storage screen work with: its store, and readings of it. */
import { createContext, useContext } from 'react';
import type { Session } from '../../session/session.ts';
import type { LaneId, LaneRun } from '../../state/storageLanes.ts';
import {
  createStorageStore,
  runsOf,
  type StorageActions,
  type StorageState,
  type StorageStore,
} from '../../state/storageStore.ts';
import { storeOf } from '../shared/storeOf.ts';
import { useReading } from '../shared/useReading.ts';

const StorageContext = createContext<StorageStore | null>(null);

export const StorageProvider = StorageContext.Provider;

export const storageStoreOf = storeOf((outline: Session['outline']) =>
  createStorageStore({ outline, requestFrame: (callback) => requestAnimationFrame(callback) }),
);

/** @throws Error outside of a `StorageProvider`. */
function useStorageStore(): StorageStore {
  const store = useContext(StorageContext);
  if (store === null) throw new Error('no StorageProvider above this component');
  return store;
}

export function useStorage<T>(select: (state: StorageState) => T): T {
  return useReading(useStorageStore(), select);
}

export function useStorageActions(): StorageActions {
  return useStorageStore().actions;
}

/** A reading of one lane at the shown time. The lanes are shown only when their runs are there. */
export function useLane<T>(id: LaneId, select: (lane: LaneRun, state: StorageState) => T): T {
  return useStorage((state) => select(laneOf(state, id), state));
}

function laneOf(state: StorageState, id: LaneId): LaneRun {
  const runs = runsOf(state);
  if (runs === null) throw new Error(`the run of ${id} is not worked out yet`);
  return runs[id];
}
