/**
 * Dragging a VM card with own pointer events: a ghost follows the pointer, the node below it is pointed at.
 * The card itself may leave the page on the way (the dragged VM is selected and drawn elsewhere), so
 * the window listens, not the card.
 */
import type { PointerEvent } from 'react';
import { useLab, type LabParts } from '../shared/lab.tsx';
import { useChoosing, type Choosing } from '../shared/useChoosing.ts';
import { createGhost, type Ghost } from './dragGhost.ts';
import { methodOfDrag } from './placement.ts';

/** A press that moves less is a click. */
const DRAG_AFTER_PX = 6;

export interface DragHandlers {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
}

/** @param unavailable Why the VM cannot be moved now, or null. */
export function useVmDrag(vm: number, unavailable: string | null): DragHandlers {
  const lab = useLab();
  const choosing = useChoosing();
  return {
    onPointerDown(event) {
      if (event.button !== 0 || unavailable !== null) return;
      // On a phone a touch scrolls; there the button and the nodes do the same.
      if (event.pointerType === 'touch' && window.innerWidth < 640) return;
      followPointer(event, vm, choosing, lab);
    },
  };
}

function followPointer(
  press: PointerEvent<HTMLElement>,
  vm: number,
  choosing: Choosing,
  { runStore, viewStore }: LabParts,
): void {
  const card = press.currentTarget;
  const { clientX, clientY, pointerId } = press;
  const listening = new AbortController();
  let ghost: Ghost | null = null;
  card.setPointerCapture(pointerId);

  const end = (): void => {
    listening.abort();
    ghost?.remove();
  };
  const onMove = (event: globalThis.PointerEvent): void => {
    const far = Math.hypot(event.clientX - clientX, event.clientY - clientY);
    if (ghost === null && far < DRAG_AFTER_PX) return;
    if (ghost === null) {
      ghost = createGhost(card, { clientX, clientY });
      choosing.start({ what: methodOfDrag(runStore.getState(), vm), vm });
    }
    ghost.moveTo(event);
    viewStore.actions.pointAtNode(nodeBelow(event));
  };
  const onUp = (event: globalThis.PointerEvent): void => {
    end();
    if (ghost === null) return;
    suppressClick();
    const node = nodeBelow(event);
    if (node !== null) choosing.drop(node);
    // A drop beside the nodes, or on one that cannot take it, leaves everything as it was.
    if (viewStore.getState().choosing !== null) choosing.cancel();
  };
  const giveUp = (): void => {
    end();
    if (ghost !== null) choosing.cancel();
  };
  const { signal } = listening;
  window.addEventListener('pointermove', onMove, { signal });
  window.addEventListener('pointerup', onUp, { signal });
  window.addEventListener('pointercancel', giveUp, { signal });
  window.addEventListener('keydown', ({ key }) => key === 'Escape' && giveUp(), { signal });
}

/** The browser makes a click of every press and release on one card, also after a drag. */
function suppressClick(): void {
  const stop = (event: MouseEvent): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('click', stop, { capture: true, once: true });
  // The click comes before the next task, or not at all.
  setTimeout(() => window.removeEventListener('click', stop, { capture: true }), 0);
}

function nodeBelow({ clientX, clientY }: { clientX: number; clientY: number }): number | null {
  const element = document.elementFromPoint(clientX, clientY)?.closest('[data-node]');
  const node = element?.getAttribute('data-node');
  return node === null || node === undefined ? null : Number(node);
}
