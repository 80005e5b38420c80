import { readChartTheme, type ChartTheme } from '../../../charts/theme.ts';

/** Tells painters that colours may have changed: the page's `data-theme`, or the system's preference. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme', 'class'],
  });
  const preference = window.matchMedia('(prefers-color-scheme: dark)');
  preference.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    preference.removeEventListener('change', changed);
  };
}

let known: { readonly name: string; readonly theme: ChartTheme } | null = null;

/** The colours of the page's theme; reading them from the styles costs more than a frame has time for. */
export function currentTheme(): ChartTheme {
  const root = document.documentElement;
  const name = root.dataset['theme'] ?? '';
  if (known?.name !== name) known = { name, theme: readChartTheme(root) };
  return known.theme;
}
