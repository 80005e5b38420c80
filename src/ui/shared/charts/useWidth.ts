import { useLayoutEffect, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { watchSize } from './watchSize.ts';

/** Width of the element in CSS pixels; `whileUnknown` where nothing is laid out. */
export function useWidth(ref: RefObject<Element | null>, whileUnknown: number): number {
  const [width, setWidth] = useState(whileUnknown);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const measure = (): void => {
      const measured = element.getBoundingClientRect().width;
      // Before this frame is painted, else the first one shows the width that was guessed.
      if (measured > 0) flushSync(() => setWidth(measured));
    };
    return watchSize([element], measure);
  }, [ref]);
  return width;
}
