import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

export function useWindowHeight(): number {
  return useSyncExternalStore(subscribeToResize, () => window.innerHeight);
}

function subscribeToResize(changed: () => void): () => void {
  window.addEventListener('resize', changed);
  return () => window.removeEventListener('resize', changed);
}

/** The widths and heights at which the layout changes. */
export const media = {
  phone: '(max-width: 639px)',
  /** The inspector is a drawer. */
  drawer: '(min-width: 640px) and (max-width: 1439px)',
  /** Memory cells of 2 px, other nodes under the stage. */
  small: '(max-width: 1179px)',
  /** No room for axes beside the maps. */
  narrow: '(max-width: 899px)',
  tablet: '(min-width: 640px) and (max-width: 899px)',
  /** All text is larger. */
  wide: '(min-width: 1760px)',
  large: '(min-width: 1760px) and (min-height: 1000px)',
  low: '(max-height: 759px)',
  /** The Lab is as high as the window, and the inspector stands beside it. */
  reference: '(min-width: 1440px)',
} as const;

/** Largest memory cell at this width, in CSS pixels. */
export function useCellSize(): number {
  const small = useMedia(media.small);
  const large = useMedia(media.large);
  return small ? 2 : large ? 4 : 3;
}

/** As `--text` in tokens.css, for what is laid out in numbers. */
export function useTextScale(): number {
  return useMedia(media.wide) ? 1.15 : 1;
}
