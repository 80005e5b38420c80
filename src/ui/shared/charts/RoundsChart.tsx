/**
 * Pages per round: what each round sent, and what changed meanwhile and is therefore sent again. Of a quick migration:
 * pages saved, and pages read back. Stands above the timeline on the same horizontal scale.
 */
import { useId, useRef } from 'react';
import { ghostLane, ghostText, type Ghost } from '../../../charts/ghostLane.ts';
import { phaseScale } from '../../../charts/phaseScale.ts';
import type { LitSpan } from '../../../charts/lit.ts';
import { copyPhaseOf, layoutRounds, type PagesScale } from '../../../charts/roundsChart.ts';
import { columnText, nothingSentText, roundsSummary } from '../../../charts/roundsText.ts';
import type { MigrationRow } from '../../../protocol/runInfo.ts';
import { phaseGutter, WIDE } from './phaseGutter.ts';
import styles from './RoundsChart.module.css';
import { QuickLegend, RoundsLegend } from './RoundsLegend.tsx';
import { RoundsNumbers } from './RoundsNumbers.tsx';
import { RoundsPlot } from './RoundsPlot.tsx';
import { useWidth } from './useWidth.ts';

export interface RoundsChartProps {
  readonly migration: MigrationRow;
  readonly nowNs: number;
  readonly mode: 'equal' | 'to-scale';
  readonly yScale: PagesScale;
  /** End of what is shown after the migration, or null; the timeline's has to be the same. */
  readonly untilNs?: number | null;
  /** The most pages that may be left when pre-copy stops; null draws no line. */
  readonly thresholdPages: number | null;
  /** With title and legend; 144 in the Lab, 72 when folded. */
  readonly height?: number;
  /** While a prediction is open: nothing of the future. */
  readonly hideComing?: boolean;
  /** Another branch: what a migration of the same kind sent in it, as outlines. */
  readonly ghost?: Ghost | null;
  /** Left of the plot, for title and ticks; the timeline below has to have the same. */
  readonly gutter?: number;
  /** Size of the texts, 1 at the reference width; the timeline's has to be the same. */
  readonly textScale?: number;
  /** What is pointed at here or elsewhere. */
  readonly lit?: readonly LitSpan[];
  readonly onLit?: (lit: LitSpan | null) => void;
}

/** Above the tallest bar: its label. */
const HEAD_CSS = 20;
/** Above that the line of the legend, where it stands over the plot. */
const LEGEND_CSS = 18;
/** From here title and legend stand beside each other, also with the entry of a ghost. */
const LEGEND_BESIDE_CSS = 900;
/** Height from which the legend has room at all. */
const LEGEND_FROM_CSS = 100;
/** Below the baseline, so that the timeline does not touch it. */
const FOOT_CSS = 6;

export function RoundsChart(props: RoundsChartProps) {
  const { migration, nowNs, mode } = props;
  const { height = 144, hideComing = false, textScale = 1, untilNs = null, ghost = null } = props;
  const isQuick = migration.method === 'quick';
  // Nothing of a quick migration is sent again: its bars are compared by height, so they stand on zero.
  const yScale = isQuick ? 'linear' : props.yScale;
  const thresholdPages = isQuick ? null : props.thresholdPages;
  const ref = useRef<HTMLElement>(null);
  const titleId = useId();
  const width = useWidth(ref, 1096);
  const gutter = props.gutter ?? phaseGutter(width, textScale);
  const plotWidth = Math.max(1, width - gutter);
  const scale = phaseScale(migration, nowNs, mode, plotWidth, {
    hideComing,
    textScale,
    untilNs,
    ghost,
  });
  // Pages of another kind of migration are nothing to compare with.
  const comparable = ghost?.migration?.method === migration.method ? ghost : null;
  const lane = comparable && ghostLane(comparable, { scale, present: migration, mode, textScale });
  const isFolded = height < LEGEND_FROM_CSS * textScale;
  const isWide = width / textScale >= (isFolded ? WIDE : LEGEND_BESIDE_CSS);
  const layout = layoutRounds({
    scale,
    nowNs,
    pagesScale: yScale,
    thresholdPages,
    ghost: lane ?? [],
    top: (HEAD_CSS + (isWide && !isFolded ? LEGEND_CSS : 0)) * textScale,
    baseline: height - FOOT_CSS,
    // Beside a title of two lines.
    shortTicks: gutter < 100 || isQuick,
    textScale,
  });
  const isEmpty = layout.bars.length === 0;
  const shownGhost = layout.ghostBars.length > 0 ? (ghost?.name ?? null) : null;
  return (
    <figure
      ref={ref}
      className={styles['chart']}
      data-wide={isWide || undefined}
      data-folded={isFolded || undefined}
      aria-labelledby={titleId}
      data-picture={isQuick ? 'Pages saved and read back' : 'Pages per round'}
    >
      <Title id={titleId} isQuick={isQuick} yScale={isEmpty ? null : yScale} />
      {isEmpty ? (
        <p className={styles['nothing']} style={{ height, paddingLeft: gutter }}>
          {nothingSentText(migration)}
        </p>
      ) : (
        <>
          {!isFolded &&
            (isQuick ? (
              <QuickLegend ghost={shownGhost} />
            ) : (
              <RoundsLegend
                thresholdPages={thresholdPages}
                ghost={shownGhost}
                isShared={scale.segments.some(({ lastNumber }) => lastNumber !== undefined)}
              />
            ))}
          <RoundsPlot
            layout={layout}
            width={width}
            height={height}
            gutter={gutter}
            columns={scale.segments.filter((segment) => copyPhaseOf(segment) !== undefined)}
            textOf={(column) => columnText(column, nowNs)}
            lit={props.lit ?? noSpans}
            onLit={props.onLit ?? nothing}
            summary={[roundsSummary(scale, nowNs, thresholdPages), ghost && ghostText(ghost)]
              .filter(Boolean)
              .join(' ')}
          />
          <RoundsNumbers scale={scale} nowNs={nowNs} isQuick={isQuick} />
        </>
      )}
    </figure>
  );
}

function nothing(): void {}

const noSpans: readonly LitSpan[] = [];

interface TitleProps {
  readonly id: string;
  readonly isQuick: boolean;
  /** null where nothing is drawn. */
  readonly yScale: PagesScale | null;
}

function Title({ id, isQuick, yScale }: TitleProps) {
  return (
    <figcaption className={styles['title']}>
      {isQuick ? (
        <span id={id}>
          Pages saved <span className={styles['scaleName']}>and read back</span>
        </span>
      ) : (
        <>
          <span id={id}>Pages per round</span>
          {yScale !== null && (
            <span className={styles['scaleName']}>{yScale === 'log' ? 'log scale' : 'linear'}</span>
          )}
        </>
      )}
    </figcaption>
  );
}
