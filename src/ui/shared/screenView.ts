/** A screen with settings of its own gives them to a link, and takes them from one. */
import { useEffect } from 'react';
import type { ScreenView } from '../../scenario/link/linkView.ts';
import { useLab, useView } from './lab.tsx';

export interface SharedScreen {
  readonly read: () => ScreenView;
  /** @param view From anybody: what does not fit is ignored. */
  readonly show: (view: ScreenView) => void;
}

let open: SharedScreen | null = null;

/** What the open screen is set to; the Lab has nothing of its own. */
export function openScreenView(): ScreenView {
  return open?.read() ?? {};
}

/** @param screen The same one as long as the screen is open. */
export function useSharedScreen(screen: SharedScreen): void {
  const { viewStore } = useLab();
  const linked = useView(({ screenView }) => screenView);
  useEffect(() => {
    open = screen;
    return () => {
      open = null;
    };
  }, [screen]);
  useEffect(() => {
    if (linked === null) return;
    viewStore.actions.dropScreenView();
    screen.show(linked);
  }, [linked, screen, viewStore]);
}
