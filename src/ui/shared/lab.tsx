/** What every part of the page works with: the two stores, the frames and the presets. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { FrameSource } from '../../charts/frameSource.ts';
import type { Scenario } from '../../engine/scenario.ts';
import type { ConvergencePool } from '../../session/convergencePool.ts';
import type { Session } from '../../session/session.ts';
import type { RecentState, RecentActions, RecentStore } from '../../state/recentStore.ts';
import type { RunActions, RunState, RunStore } from '../../state/runStore.ts';
import type { ViewActions, ViewState, ViewStore } from '../../state/viewStore.ts';
import { useReading } from './useReading.ts';

export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly goal: string;
  readonly scenario: Scenario;
}

export interface LabParts {
  readonly runStore: RunStore;
  readonly viewStore: ViewStore;
  readonly recent: RecentStore;
  readonly frames: FrameSource;
  readonly presets: readonly Preset[];
  /** Runs another scenario to its end, beside the run of the Lab. */
  readonly outline: Session['outline'];
  /** Runs the cells of the convergence map. */
  readonly convergence: ConvergencePool;
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
  return useReading(useLab().runStore, select);
}

/** @param select Gives the same value as long as nothing it reads has changed. */
export function useView<T>(select: (state: ViewState) => T): T {
  return useStore(useLab().viewStore, select);
}

/** @param select Gives the same value as long as nothing it reads has changed. */
export function useRecent<T>(select: (state: RecentState) => T): T {
  return useStore(useLab().recent, select);
}

export function useRecentActions(): RecentActions {
  return useLab().recent.actions;
}

export function useRunActions(): RunActions {
  return useLab().runStore.actions;
}

export function useViewActions(): ViewActions {
  return useLab().viewStore.actions;
}
