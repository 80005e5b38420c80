/** A screen with settings of its own gives them to a link, and takes them from one. */
import { useEffect } from 'react';
import type { ScreenView } from '../../scenario/link/linkView.ts';
import { useLab, useView } from './lab.tsx';

export interface SharedScreen {
  readonly read: () => ScreenView;
  /** @param view From anybody: what does not fit is ignored. */
  readonly show: (view: ScreenView) => void;
  /** A link is of one moment. */
  readonly pause: () => void;
}

let open: SharedScreen | null = null;

/** The screen that is open; null for the Lab, which has nothing of its own. */
export function openScreen(): SharedScreen | null {
  return open;
}

/**
 * @param name   As in the address: `/map`.
 * @param screen The same one as long as the screen is open.
 */
export function useSharedScreen(name: string, screen: SharedScreen): void {
  const { viewStore } = useLab();
  const linked = useView((view) => view.linked);
  useEffect(() => {
    open = screen;
    return () => {
      open = null;
    };
  }, [screen]);
  useEffect(() => {
    // A screen that is being left is still there for a moment.
    if (linked === null || linked.screen !== name) return;
    viewStore.actions.dropLinked();
    screen.show(linked.view);
  }, [linked, name, screen, viewStore]);
}
