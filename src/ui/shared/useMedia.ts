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

/** The widths and heights at which the layout changes, in the text size of the browser: larger text needs more room. */
export const media = {
  phone: '(width < 40em)',
  /** The inspector is a drawer. */
  drawer: '(width >= 40em) and (width < 90em)',
  /** Memory cells of 2 px, other nodes under the stage. */
  small: '(width < 73.75em)',
  /** No room for axes beside the maps. */
  narrow: '(width < 56.25em)',
  tablet: '(width >= 40em) and (width < 56.25em)',
  /** All text is larger. */
  wide: '(width >= 110em)',
  large: '(width >= 110em) and (height >= 62.5em)',
  low: '(height < 47.5em)',
  /** The Lab is as high as the window, and the inspector stands beside it. */
  reference: '(width >= 90em)',
} as const;

/** Largest memory cell at this width, in CSS pixels. */
export function useCellSize(): number {
  const small = useMedia(media.small);
  const large = useMedia(media.large);
  return small ? 2 : large ? 4 : 3;
}

/** As `--text` in tokens.css times the text size of the browser, for what is laid out in numbers. */
export function useTextScale(): number {
  return (useMedia(media.wide) ? 1.15 : 1) * useBrowserTextScale();
}

/** 1 where the text size of the browser is 16 px, as browsers come. */
function useBrowserTextScale(): number {
  return useSyncExternalStore(subscribeToTextSize, browserTextScale);
}

const USUAL_TEXT_PX = 16;

let known: number | null = null;

/** Kept until it changes, since asking lays out the page. */
function browserTextScale(): number {
  known ??= Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_TEXT_PX;
  return known || 1;
}

const readers = new Set<() => void>();
let observer: ResizeObserver | null = null;

function subscribeToTextSize(changed: () => void): () => void {
  readers.add(changed);
  observer ??= observeTextSize();
  return () => readers.delete(changed);
}

/** No event tells of it: an element as wide as the text size does. */
function observeTextSize(): ResizeObserver {
  const probe = document.createElement('div');
  probe.style.cssText = 'position:absolute;visibility:hidden;width:1rem';
  document.body.append(probe);
  const observed = new ResizeObserver(() => {
    known = null;
    for (const changed of readers) changed();
  });
  observed.observe(probe);
  return observed;
}
