/** What every part of the page works with: the two stores, the frames and the presets. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { FrameSource } from '../../charts/frameSource.ts';
import type { Scenario } from '../../engine/scenario.ts';
import type { RunActions, RunState, RunStore } from '../../state/runStore.ts';
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
}

const LabContext = createContext<LabParts | null>(null);

export const LabProvider = LabContext.Provider;

/** @throws Error outside of a `LabProvider`. */
export function useLab(): LabParts {
  const parts = useContext(LabContext);
  if (parts === null) throw new Error('no LabProvider above this component');
  return parts;
}

/** @param select Gives the same value as long as nothing it reads has changed. */
export function useRun<T>(select: (state: RunState) => T): T {
  return useStore(useLab().runStore, select);
}

export function useView<T>(select: (state: ViewState) => T): T {
  return useStore(useLab().viewStore, select);
}

export function useRunActions(): RunActions {
  return useLab().runStore.actions;
}

export function useViewActions(): ViewActions {
  return useLab().viewStore.actions;
}

/** The whole run state, for readings that take many parts of it. */
export function useRunState(): RunState {
  return useStore(useLab().runStore);
}
