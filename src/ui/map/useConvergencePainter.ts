import { useEffect, useRef, type RefObject } from 'react';
import { useLab } from '../shared/lab.tsx';
import { watchTheme } from '../shared/charts/watchTheme.ts';
import { ConvergencePainter, type PainterChoices } from './convergencePainter.ts';

/** Paints into `stage`, without React, whatever the pool brings. @param choices The same object as long as nothing in it changes. */
export function useConvergencePainter(
  stage: RefObject<HTMLElement | null>,
  className: string,
  choices: PainterChoices,
): void {
  const pool = useLab().convergence;
  const painter = useRef<ConvergencePainter | null>(null);
  const latest = useRef(choices);
  useEffect(() => {
    latest.current = choices;
    painter.current?.choose(choices);
  }, [choices]);
  useEffect(() => {
    if (stage.current === null) return undefined;
    const own = new ConvergencePainter(stage.current, className, pool, latest.current);
    painter.current = own;
    const end = watchTheme(() => own.themeChanged());
    return () => {
      end();
      own.remove();
      painter.current = null;
    };
  }, [stage, className, pool]);
}
