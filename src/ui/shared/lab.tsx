/** What every part of the page works with: the two stores, the frames and the presets. */
import { createContext, useContext, useRef } from 'react';
import { useStore } from 'zustand';
import type { FrameSource } from '../../charts/frameSource.ts';
import type { Scenario } from '../../engine/scenario.ts';
import type { Session } from '../../session/session.ts';
import type { RunActions, RunState, RunStore } from '../../state/runStore.ts';
import { sameValue } from '../../state/sameValue.ts';
import type { ViewActions, ViewState, ViewStore } from '../../state/viewStore.ts';

export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly goal: string;
  readonly scenario: Scenario;
}

export interface LabParts {
  readonly runStore: RunStore;
  readonly viewStore: ViewStore;
  readonly frames: FrameSource;
  readonly presets: readonly Preset[];
  /** Runs another scenario to its end, beside the run of the Lab. */
  readonly outline: Session['outline'];
}

const LabContext = createContext<LabParts | null>(null);

export const LabProvider = LabContext.Provider;

/** @throws Error outside of a `LabProvider`. */
export function useLab(): LabParts {
  const parts = useContext(LabContext);
  if (parts === null) throw new Error('no LabProvider above this component');
  return parts;
}

/**
 * A reading of the run. Renders again only when the reading says something else: summaries come ten times a
 * second, and few of them change what a part of the page shows.
 */
export function useRun<T>(select: (state: RunState) => T): T {
  const last = useRef<{ readonly value: T } | null>(null);
  return useStore(useLab().runStore, (state) => {
    const value = select(state);
    if (last.current !== null && sameValue(last.current.value, value)) return last.current.value;
    last.current = { value };
    return value;
  });
}

/** @param select Gives the same value as long as nothing it reads has changed. */
export function useView<T>(select: (state: ViewState) => T): T {
  return useStore(useLab().viewStore, select);
}

export function useRunActions(): RunActions {
  return useLab().runStore.actions;
}

export function useViewActions(): ViewActions {
  return useLab().viewStore.actions;
}
