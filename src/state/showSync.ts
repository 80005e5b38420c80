/** Tells the worker what the maps are to show: on every change of the view, and after every load. */
import { litOnMaps } from './lit.ts';
import type { RunStore } from './runStore.ts';
import type { ViewState, ViewStore } from './viewStore.ts';

export function syncShow(runStore: RunStore, viewStore: ViewStore): () => void {
  const showView = (): void => {
    const { selectedVm: vm, lensCell, lensPage, mapMode, idleSecond, lit } = viewStore.getState();
    const content = mapMode === 'content';
    const show = { vm, lensCell, page: lensPage, content, idleSecond, lit: litOnMaps(lit) };
    runStore.actions.show(show);
  };
  const stopView = viewStore.subscribe((view, before) => {
    if (shownKeys.some((key) => view[key] !== before[key])) showView();
  });
  const stopRun = runStore.subscribe((state, before) => {
    if (state.loads === before.loads) return;
    if (viewStore.getState().selectedVm < state.scenario.vms.length) showView();
    else viewStore.actions.selectVm(0);
  });
  return () => {
    stopView();
    stopRun();
  };
}

const shownKeys = [
  'selectedVm',
  'lensCell',
  'lensPage',
  'mapMode',
  'idleSecond',
  'lit',
] as const satisfies readonly (keyof ViewState)[];
