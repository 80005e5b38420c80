/** Choosing a node, by button, by key, by dragging: where a VM or a volume goes, which node crashes. */
import { useEffect, useMemo } from 'react';
import { at } from '../../base/assert.ts';
import type { Operation } from '../../engine/command.ts';
import type { Scenario } from '../../engine/scenario.ts';
import { choiceRefusal, firstChoice, firstOffered, isOffered } from '../../state/choosing.ts';
import { nodeOfVm } from '../../state/selectors.ts';
import type { RunStore } from '../../state/runStore.ts';
import type { NodeChoice, ViewStore } from '../../state/viewStore.ts';
import { useLab } from './lab.tsx';

export interface Choosing {
  readonly start: (choice: NodeChoice) => void;
  /** By key: begins at the first node that can be chosen, so that Enter is enough; where none can, at one that says why. */
  readonly startAtFirst: (choice: NodeChoice) => void;
  /** By a button, which gives up the choice that it began. */
  readonly toggle: (choice: NodeChoice, isChoosing: boolean, byKey: boolean) => void;
  /** Does what the choice is for, if the node can be chosen. */
  readonly drop: (node: number) => void;
  readonly cancel: () => void;
  /** To the next or previous node on which something is to be said. */
  readonly pointAtNext: (direction: 1 | -1) => void;
}

export function useChoosing(): Choosing {
  const { runStore, viewStore } = useLab();
  return useMemo(() => createChoosing(runStore, viewStore), [runStore, viewStore]);
}

export function createChoosing(runStore: RunStore, viewStore: ViewStore): Choosing {
  const view = viewStore.actions;
  const start = (choice: NodeChoice, node: number | null = null): void => {
    if ('vm' in choice && viewStore.getState().selectedVm !== choice.vm) view.selectVm(choice.vm);
    view.startChoosing(choice, node);
  };
  const startAtFirst = (choice: NodeChoice): void => {
    const state = runStore.getState();
    const vm = viewStore.getState().selectedVm;
    const node = firstChoice(state, choice, nodeOfVm(state, vm)) ?? firstOffered(state, choice);
    if (node !== null) start(choice, node);
  };
  return {
    start: (choice) => start(choice),
    startAtFirst,
    toggle(choice, isChoosing, byKey) {
      if (isChoosing) view.stopChoosing();
      else if (byKey) startAtFirst(choice);
      else start(choice);
    },
    drop(node) {
      const state = runStore.getState();
      const { choosing } = viewStore.getState();
      if (choosing === null || choiceRefusal(state, choosing, node) !== null) return;
      view.stopChoosing();
      runStore.actions.operate(operationOf(state.scenario, choosing, node));
    },
    cancel: view.stopChoosing,
    pointAtNext(direction) {
      const state = runStore.getState();
      const { choosing } = viewStore.getState();
      if (choosing === null) return;
      const offered = state.scenario.nodes
        .map((_, node) => node)
        .filter((node) => isOffered(state, choosing, node));
      const before = direction === 1 ? -1 : 0;
      const place = choosing.node === null ? before : offered.indexOf(choosing.node);
      view.pointAtNode(offered[(place + direction + offered.length) % offered.length] ?? null);
    },
  };
}

/** When the choice is over, what had the focus before it has it again. */
export function useFocusReturn(): void {
  const { viewStore } = useLab();
  useEffect(() => {
    let opener: HTMLElement | null = null;
    return viewStore.subscribe((now, before) => {
      const focused = document.activeElement;
      if (before.choosing === null && now.choosing !== null) {
        opener = focused instanceof HTMLElement ? focused : null;
      } else if (before.choosing !== null && now.choosing === null) {
        const isOnNode = focused !== null && focused.closest('.node') !== null;
        if (isOnNode) opener?.focus({ preventScroll: true });
        opener = null;
      }
    });
  }, [viewStore]);
}

function operationOf(
  { vms, volumes, nodes }: Scenario,
  choice: NodeChoice,
  node: number,
): Operation {
  const { id } = at(nodes, node);
  switch (choice.what) {
    case 'crash':
      return { do: 'crash-node', node: id };
    case 'volume':
      return { do: 'move-volume', volume: at(volumes, choice.volume).id, to: id };
    default:
      return { do: `${choice.what}-migrate`, vm: at(vms, choice.vm).id, to: id };
  }
}
