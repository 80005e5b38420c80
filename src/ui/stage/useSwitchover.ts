/** When a VM changes its node, its frame slides along the link, and the clients' path turns to the new node. */
import { useLayoutEffect, useRef, type RefObject } from 'react';

/** Tokens `--d-show` and `--ease`. */
const timing = { duration: 480, easing: 'cubic-bezier(0.2, 0, 0, 1)' };

/** @param onTarget Whether the VM runs on the target; the motion shows a change of it, in either direction. */
export function useSwitchover(stage: RefObject<HTMLElement | null>, onTarget: boolean): void {
  const before = useRef(onTarget);
  useLayoutEffect(() => {
    const element = stage.current;
    if (before.current === onTarget || element === null) return undefined;
    before.current = onTarget;
    return playSwitchover(element, onTarget);
  }, [stage, onTarget]);
}

/** @returns Ends it at once. */
function playSwitchover(stage: HTMLElement, toTarget: boolean): () => void {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (still || typeof stage.animate !== 'function') return () => {};
  const ends = ['.open-vm', '.node__drop'].map((part) => slide(stage, part, toTarget));
  return () => {
    for (const end of ends) end();
  };
}

/** An outline as large as the part, from where the part stands in one node to where it stands in the other. */
function slide(stage: HTMLElement, part: string, toTarget: boolean): () => void {
  const places = [...stage.querySelectorAll(`.moving__pair > * ${part}, .moving__pair > ${part}`)];
  const [source, target] = places.map((place) => place.getBoundingClientRect());
  if (source === undefined || target === undefined) return () => {};
  const [from, to] = toTarget ? [source, target] : [target, source];
  const origin = stage.getBoundingClientRect();
  const ghost = document.createElement('div');
  ghost.className = `switchover switchover--${part.slice(1)}`;
  ghost.setAttribute('aria-hidden', 'true');
  ghost.style.width = `${from.width}px`;
  ghost.style.height = `${from.height}px`;
  stage.append(ghost);
  const at = ({ left, top }: DOMRect): string =>
    `translate(${left - origin.left}px, ${top - origin.top}px)`;
  const motion = ghost.animate([{ transform: at(from) }, { transform: at(to) }], timing);
  const end = (): void => {
    motion.cancel();
    ghost.remove();
  };
  motion.addEventListener('finish', end);
  return end;
}
