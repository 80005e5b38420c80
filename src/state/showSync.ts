/** Tells the worker what the maps are to show: on every change of the view, and after every load. */
import type { RunStore } from './runStore.ts';
import type { ViewState, ViewStore } from './viewStore.ts';

export function syncShow(runStore: RunStore, viewStore: ViewStore): () => void {
  const show = (): void => {
    const { selectedVm: vm, lensCell, lensPage, mapMode, idleSecond } = viewStore.getState();
    const content = mapMode === 'content';
    runStore.actions.show({ vm, lensCell, page: lensPage, content, idleSecond });
  };
  const stopView = viewStore.subscribe((view, before) => {
    if (shownKeys.some((key) => view[key] !== before[key])) show();
  });
  const stopRun = runStore.subscribe((state, before) => {
    if (state.loads === before.loads) return;
    if (viewStore.getState().selectedVm < state.scenario.vms.length) show();
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
] as const satisfies readonly (keyof ViewState)[];
