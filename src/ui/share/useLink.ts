/** The link of what is shown, made anew whenever something of it changes. */
import { useEffect, useState } from 'react';
import { addressOf, printShown, type OpensAt } from '../../state/sharing.ts';
import { useLab } from '../shared/lab.tsx';
import { openScreen } from '../shared/screenView.ts';

/** @returns The whole address; null until it is made. */
export function useLink(screen: string, opensAt: OpensAt): string | null {
  const { runStore, viewStore } = useLab();
  const [link, setLink] = useState<string | null>(null);
  useEffect(() => {
    let newest = 0;
    const make = async (): Promise<void> => {
      const own = ++newest;
      const view = viewStore.getState();
      const text = await printShown(runStore.getState(), view, opensAt, openScreen()?.read());
      if (own === newest) setLink(addressOf(window.location.href, screen, text));
    };
    void make();
    const again = (): void => void make();
    const ends = [runStore.subscribe(again), viewStore.subscribe(again)];
    return () => {
      newest = -1;
      for (const end of ends) end();
    };
  }, [runStore, viewStore, screen, opensAt]);
  return link;
}
