import { useLayoutEffect, useState, type RefObject } from 'react';
import { watchSize } from '../shared/charts/watchSize.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
  readonly devicePixelRatio: number;
}

/** Inner size of the element in CSS pixels; that in a window of 1440 x 900 where nothing is laid out. */
export function useSize(ref: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 864, height: 440, devicePixelRatio: 1 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = element;
      const { devicePixelRatio } = window;
      if (width === 0 || height === 0) return;
      setSize((old) =>
        old.width === width && old.height === height && old.devicePixelRatio === devicePixelRatio
          ? old
          : { width, height, devicePixelRatio },
      );
    };
    measure();
    return watchSize([element], measure);
  }, [ref]);
  return size;
}
