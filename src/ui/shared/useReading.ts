import { useRef } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { sameValue } from '../../state/sameValue.ts';

/** A reading of a store. Renders again only when the reading says something else: clocks move with every frame. */
export function useReading<S, T>(store: StoreApi<S>, select: (state: S) => T): T {
  const last = useRef<{ readonly value: T } | null>(null);
  return useStore(store, (state) => {
    const value = select(state);
    if (last.current !== null && sameValue(last.current.value, value)) return last.current.value;
    last.current = { value };
    return value;
  });
}
