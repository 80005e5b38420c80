/** What the parts of the Compare screen work with: its store, and readings of it. */
import { createContext, useContext } from 'react';
import type { Session } from '../../session/session.ts';
import {
  createCompareStore,
  type CompareActions,
  type CompareState,
  type CompareStore,
} from '../../state/compareStore.ts';
import { storeOf } from '../shared/storeOf.ts';
import { useReading } from '../shared/useReading.ts';

const CompareContext = createContext<CompareStore | null>(null);

export const CompareProvider = CompareContext.Provider;

export const compareStoreOf = storeOf((outline: Session['outline']) =>
  createCompareStore({ outline, requestFrame: (callback) => requestAnimationFrame(callback) }),
);

/** @throws Error outside of a `CompareProvider`. */
function useCompareStore(): CompareStore {
  const store = useContext(CompareContext);
  if (store === null) throw new Error('no CompareProvider above this component');
  return store;
}

export function useCompare<T>(select: (state: CompareState) => T): T {
  return useReading(useCompareStore(), select);
}

export function useCompareActions(): CompareActions {
  return useCompareStore().actions;
}
