/** Before the start the maps show a new second of the guest's writes every second; not in reduced motion or in a hidden tab. */
import type { RunStore } from '../state/runStore.ts';
import { isBeforeStart } from '../state/runStore.ts';
import type { ViewStore } from '../state/viewStore.ts';

export function startIdleSparks(runStore: RunStore, viewStore: ViewStore): () => void {
  const reducedMotion = window.matchMedia('(prefers-reduced-motion: reduce)');
  const timer = setInterval(() => {
    if (reducedMotion.matches || document.hidden) return;
    if (isBeforeStart(runStore.getState())) viewStore.actions.nextIdleSecond();
  }, 1000);
  return () => clearInterval(timer);
}
