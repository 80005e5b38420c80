/** A screen with a clock of its own takes the keys of the clock while it is open; the Lab's clock rests then. */
import { useEffect } from 'react';

export interface ScreenClock {
  /** Space. */
  readonly primary: () => void;
  readonly step: (direction: 1 | -1) => void;
  /** To the next or the previous change of what is told. */
  readonly stepChange: (direction: 1 | -1) => void;
  readonly home: () => void;
  readonly end: () => void;
  readonly setSpeed: (speed: number) => void;
}

let open: ScreenClock | null = null;

/** The clock of the screen that is open, or null where the Lab's is meant. */
export function openClock(): ScreenClock | null {
  return open;
}

/** @param clock The same one as long as the screen is open. */
export function useScreenClock(clock: ScreenClock): void {
  useEffect(() => {
    open = clock;
    return () => {
      open = null;
    };
  }, [clock]);
}
