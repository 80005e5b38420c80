/** Choosing a node for a VM: by button, by key, by dragging. What can receive is shown before the drop. */
import { useMemo } from 'react';
import { at } from '../../base/assert.ts';
import { activeMoment } from '../../state/moment.ts';
import { firstTarget, nodeOfVm, refusalOf, timeNsOf } from '../../state/selectors.ts';
import type { RunStore } from '../../state/runStore.ts';
import type { ViewStore } from '../../state/viewStore.ts';
import { useLab } from './lab.tsx';

export interface Choosing {
  readonly start: (vm: number) => void;
  /** By key: begins at the first node that can take the selected VM, so that Enter is enough. */
  readonly startAtFirst: () => void;
  /** Moves the VM that is being placed, if the node can take it. */
  readonly drop: (node: number) => void;
  readonly cancel: () => void;
  /** To the next or previous node, the VM's own left out. */
  readonly pointAtNext: (direction: 1 | -1) => void;
}

export function useChoosing(): Choosing {
  const { runStore, viewStore } = useLab();
  return useMemo(() => createChoosing(runStore, viewStore), [runStore, viewStore]);
}

export function createChoosing(runStore: RunStore, viewStore: ViewStore): Choosing {
  const view = viewStore.actions;
  const start = (vm: number): void => {
    if (viewStore.getState().selectedVm !== vm) view.selectVm(vm);
    view.startChoosing(vm);
  };
  return {
    start,
    startAtFirst() {
      const state = runStore.getState();
      const vm = viewStore.getState().selectedVm;
      const isMoving = activeMoment(state.run, vm, timeNsOf(state)) !== null;
      const target = isMoving ? null : firstTarget(state, vm);
      if (target === null) return;
      start(vm);
      view.pointAtNode(target);
    },
    drop(node) {
      const state = runStore.getState();
      const { choosing } = viewStore.getState();
      if (choosing === null || refusalOf(state, choosing.vm, node) !== null) return;
      view.stopChoosing();
      const { vms, nodes } = state.scenario;
      runStore.actions.liveMigrate(at(vms, choosing.vm).id, at(nodes, node).id);
    },
    cancel: view.stopChoosing,
    pointAtNext(direction) {
      const state = runStore.getState();
      const { choosing } = viewStore.getState();
      if (choosing === null) return;
      const home = nodeOfVm(state, choosing.vm);
      const others = state.scenario.nodes.map((_, node) => node).filter((node) => node !== home);
      const before = direction === 1 ? -1 : 0;
      const place = choosing.node === null ? before : others.indexOf(choosing.node);
      view.pointAtNode(others[(place + direction + others.length) % others.length] ?? null);
    },
  };
}
