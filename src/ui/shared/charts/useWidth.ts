import { useLayoutEffect, useState, type RefObject } from 'react';
import { watchSize } from './watchSize.ts';

/** Width of the element in CSS pixels; `whileUnknown` where nothing is laid out. */
export function useWidth(ref: RefObject<Element | null>, whileUnknown: number): number {
  const [width, setWidth] = useState(whileUnknown);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const measure = (): void => {
      const measured = element.getBoundingClientRect().width;
      if (measured > 0) setWidth(measured);
    };
    measure();
    return watchSize([element], measure);
  }, [ref]);
  return width;
}
