/** A screen with a clock of its own takes the keys of the clock while it is open; the Lab's clock rests then. */
import { useEffect } from 'react';
import type { ClockActions } from '../../state/shownClock.ts';
import { useRunActions } from './lab.tsx';

/** What the keys do. */
export type ScreenClock = Pick<
  ClockActions,
  'primary' | 'step' | 'stepChange' | 'home' | 'end' | 'setSpeed'
>;

let open: ScreenClock | null = null;

/** The clock of the screen that is open, or null where the Lab's is meant. */
export function openClock(): ScreenClock | null {
  return open;
}

/** @param clock The same one as long as the screen is open. */
export function useScreenClock(clock: ScreenClock): void {
  const { pause } = useRunActions();
  useEffect(pause, [pause]);
  useEffect(() => {
    open = clock;
    return () => {
      open = null;
    };
  }, [clock]);
}
