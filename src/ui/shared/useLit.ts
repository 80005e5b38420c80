/** What is lit, as time: for charts, timeline and log. */
import { litSpans, type Lit } from '../../state/lit.ts';
import { useRun, useView } from './lab.tsx';

export function useLit(): readonly Lit[] {
  const lit = useView((view) => view.lit);
  const cell = useView((view) => view.lensCell);
  return useRun(({ summary }) => litSpans(lit, cell === null ? [] : (summary?.cellPasses ?? [])));
}
