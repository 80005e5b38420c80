/**
 * Pages per round: what each round sent, and what changed meanwhile and is therefore sent again. Stands above the
 * timeline on the same horizontal scale.
 */
import { useId, useRef } from 'react';
import { phaseScale } from '../../../charts/phaseScale.ts';
import { layoutRounds, type PagesScale } from '../../../charts/roundsChart.ts';
import { roundsSummary } from '../../../charts/roundsText.ts';
import type { MigrationRow } from '../../../protocol/messages.ts';
import { phaseGutter, WIDE } from './phaseGutter.ts';
import styles from './RoundsChart.module.css';
import { RoundsLegend } from './RoundsLegend.tsx';
import { RoundsNumbers } from './RoundsNumbers.tsx';
import { RoundsPlot } from './RoundsPlot.tsx';
import { textSize } from './textSize.ts';
import { useWidth } from './useWidth.ts';

export interface RoundsChartProps {
  readonly migration: MigrationRow;
  readonly nowNs: number;
  readonly mode: 'equal' | 'to-scale';
  readonly yScale: PagesScale;
  /** The most pages that may be left when pre-copy stops; null draws no line. */
  readonly thresholdPages: number | null;
  /** With title and legend; 144 in the Lab, 72 when folded. */
  readonly height?: number;
  /** While a prediction is open: nothing of the future. */
  readonly hideComing?: boolean;
  /** Left of the plot, for title and ticks; the timeline below has to have the same. */
  readonly gutter?: number;
  /** Size of the texts, 1 at the reference width; the timeline's has to be the same. */
  readonly textScale?: number;
}

/** Above the tallest bar: its label. */
const HEAD_CSS = 20;
/** Above that the line of the legend, where it stands over the plot. */
const LEGEND_CSS = 18;
/** Below the baseline, so that the timeline does not touch it. */
const FOOT_CSS = 6;

export function RoundsChart(props: RoundsChartProps) {
  const { migration, nowNs, mode, yScale, thresholdPages } = props;
  const { height = 144, hideComing = false, textScale = 1 } = props;
  const ref = useRef<HTMLElement>(null);
  const titleId = useId();
  const width = useWidth(ref, 1096);
  const gutter = props.gutter ?? phaseGutter(width, textScale);
  const plotWidth = Math.max(1, width - gutter);
  const scale = phaseScale(migration, nowNs, mode, plotWidth, hideComing, textScale);
  const isWide = width >= WIDE;
  const isFolded = height < 100;
  const layout = layoutRounds({
    scale,
    nowNs,
    pagesScale: yScale,
    thresholdPages,
    top: (HEAD_CSS + (isWide && !isFolded ? LEGEND_CSS : 0)) * textScale,
    baseline: height - FOOT_CSS,
    shortTicks: gutter < 100,
    textScale,
  });
  return (
    <figure
      ref={ref}
      className={styles['chart']}
      data-wide={isWide || undefined}
      data-folded={isFolded || undefined}
      style={textSize(textScale)}
      aria-labelledby={titleId}
    >
      <figcaption className={styles['title']}>
        <span id={titleId}>Pages per round</span>
        <span className={styles['scaleName']}>{yScale === 'log' ? 'log scale' : 'linear'}</span>
      </figcaption>
      {!isFolded && <RoundsLegend thresholdPages={thresholdPages} />}
      <RoundsPlot
        layout={layout}
        width={width}
        height={height}
        gutter={gutter}
        summary={roundsSummary(scale, nowNs, thresholdPages)}
      />
      <RoundsNumbers scale={scale} nowNs={nowNs} />
    </figure>
  );
}
