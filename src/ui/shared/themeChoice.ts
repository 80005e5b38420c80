import type { Theme } from '../../state/viewStore.ts';

/** The other one than is shown now. */
export function nextTheme(): Theme {
  return document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark';
}
