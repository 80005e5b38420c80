/** What the parts of the storage screen work with: its store, and readings of it. */
import { createContext, useContext, useRef } from 'react';
import { useStore } from 'zustand';
import { sameValue } from '../../state/sameValue.ts';
import type { LaneId, LaneRun } from '../../state/storageLanes.ts';
import {
  createStorageStore,
  runsOf,
  type StorageActions,
  type StorageDeps,
  type StorageState,
  type StorageStore,
} from '../../state/storageStore.ts';

const StorageContext = createContext<StorageStore | null>(null);

export const StorageProvider = StorageContext.Provider;

const stores = new WeakMap<StorageDeps['outline'], StorageStore>();

/** The one store for runs that are worked out in this way: they are worked out once, however often the screen opens. */
export function storageStoreOf(outline: StorageDeps['outline']): StorageStore {
  const known = stores.get(outline);
  if (known !== undefined) return known;
  const requestFrame = (callback: (ms: number) => void) => requestAnimationFrame(callback);
  const store = createStorageStore({ outline, requestFrame });
  stores.set(outline, store);
  return store;
}

/** @throws Error outside of a `StorageProvider`. */
function useStorageStore(): StorageStore {
  const store = useContext(StorageContext);
  if (store === null) throw new Error('no StorageProvider above this component');
  return store;
}

/** Renders again only when the reading says something else: the clock moves with every frame. */
export function useStorage<T>(select: (state: StorageState) => T): T {
  const last = useRef<{ readonly value: T } | null>(null);
  return useStore(useStorageStore(), (state) => {
    const value = select(state);
    if (last.current !== null && sameValue(last.current.value, value)) return last.current.value;
    last.current = { value };
    return value;
  });
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
