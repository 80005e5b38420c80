/** The keys of a slider, the same for all: arrows by one step, Page keys by ten, Home and End to the ends. */
import type { KeyboardEvent } from 'react';
import { focusCameByPointer } from './pointerFocus.ts';

const steps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
  Home: -Infinity,
  End: Infinity,
};

/** @param move  Gets how many steps to go; infinitely many lead to the end. */
export function sliderKeys(move: (count: number) => void): (event: KeyboardEvent) => void {
  return (event) => {
    const count = steps[event.key];
    if (count === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    // After a click they turn the pages of the run: clickers have no other keys.
    if (event.key.startsWith('Page') && focusCameByPointer()) return;
    event.preventDefault();
    move(count);
  };
}

/** The place after so many steps, from 0 to `last`. */
export function placeAfter(place: number, count: number, last: number): number {
  return Math.min(last, Math.max(0, place + count));
}
