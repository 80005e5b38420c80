/** What the cluster does after a crash: a column for each step, exactly above its segment of the timeline. */
import { useRef } from 'react';
import { secondsText } from '../../base/numberText.ts';
import { NS_PER_S } from '../../base/units.ts';
import { failoverSpans } from '../../charts/failoverSpans.ts';
import { spansScale, type PhaseScaleMode } from '../../charts/phaseScale.ts';
import type { FailoverStep } from '../../state/failoverSteps.ts';
import { phaseGutter } from '../shared/charts/phaseGutter.ts';
import { useWidth } from '../shared/charts/useWidth.ts';
import { Unbroken } from '../shared/Unbroken.tsx';
import { isLow } from './useChartHeight.ts';
import './failover.css';

export interface FailoverStepsProps {
  readonly steps: readonly FailoverStep[];
  readonly nowNs: number;
  readonly mode: PhaseScaleMode;
  /** Of the columns at least, in CSS pixels: they are as high as their words need. */
  readonly height: number;
  readonly textScale: number;
}

/** Where columns would be narrower than this, the steps stand below each other; a single one that is has no words. */
const LEAST_COLUMN_CSS = 84;

export function FailoverSteps({ steps, nowNs, mode, height, textScale }: FailoverStepsProps) {
  const ref = useRef<HTMLDivElement>(null);
  const width = useWidth(ref, 1096);
  const gutter = phaseGutter(width, textScale);
  const scale = spansScale(failoverSpans(steps), nowNs, mode, Math.max(1, width - gutter));
  const leastCss = LEAST_COLUMN_CSS * textScale;
  const asColumns = (width - gutter) / steps.length >= leastCss;
  const columns = scale.segments.map(({ x0, x1 }) => `${x1 - x0}px`).join(' ');
  return (
    <div
      ref={ref}
      className={`failover${asColumns ? '' : ' failover--list'}${isLow(height, textScale) ? ' failover--low' : ''}`}
      data-picture="After the crash"
    >
      {gutter >= 100 && <p className="failover__title">After the crash</p>}
      <ol
        className="failover__steps"
        aria-label="Steps after the crash"
        style={
          asColumns
            ? { gridTemplateColumns: columns, minHeight: height, marginLeft: gutter }
            : undefined
        }
      >
        {scale.segments.map(({ x0, x1, startNs, endNs, state, label }, place) => (
          <li
            key={startNs}
            className={`failover__step failover__step--${state}`}
            aria-current={state === 'current' ? 'step' : undefined}
            data-tight={(asColumns && x1 - x0 < leastCss) || undefined}
            title={steps[place]?.text}
          >
            <b>{secondsText((endNs - startNs) / NS_PER_S)}</b>
            <span className={asColumns ? 'visually-hidden' : 'failover__label'}>{label}: </span>
            <StepText text={steps[place]?.text ?? ''} />
          </li>
        ))}
      </ol>
    </div>
  );
}

/** What happens, and after the colon why. */
function StepText({ text }: { readonly text: string }) {
  const colon = text.indexOf(': ');
  const end = colon < 0 ? text.length : colon;
  return (
    <p>
      <Unbroken text={text.slice(0, end)} />
      <span className="failover__cause">
        <Unbroken text={text.slice(end)} />
      </span>
    </p>
  );
}
