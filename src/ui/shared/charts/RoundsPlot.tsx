/** The drawing of the rounds chart, from finished numbers. */
import type { GhostBar, RoundBar, RoundsLayout } from '../../../charts/roundsChart.ts';
import styles from './RoundsChart.module.css';

export interface RoundsPlotProps {
  readonly layout: RoundsLayout;
  readonly width: number;
  readonly height: number;
  readonly gutter: number;
  readonly summary: string;
}

export function RoundsPlot({ layout, width, height, gutter, summary }: RoundsPlotProps) {
  const { bars, ghostBars, ticks, thresholdY, baseline, playheadX } = layout;
  const right = width - gutter;
  return (
    <svg
      className={styles['plot']}
      width={width}
      height={height}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img cannot hold the drawing
      role="img"
      aria-label={summary}
    >
      <g transform={`translate(${gutter} 0)`}>
        {ticks.map(({ y, pages, text }) => (
          <g key={pages}>
            <path className={styles['grid']} d={`M0 ${crisp(y)}H${right}`} />
            <text className={styles['tick']} x={-8} y={y + 4}>
              {text}
            </text>
          </g>
        ))}
        {bars.map((bar) => (
          <Bar key={bar.key} bar={bar} baseline={baseline} />
        ))}
        {ghostBars.map((bar) => (
          <GhostOutline key={bar.key} bar={bar} baseline={baseline} />
        ))}
        {thresholdY !== null && (
          <path className={styles['threshold']} d={`M0 ${thresholdY}H${right}`} data-threshold />
        )}
        {bars.map((bar) => (
          <Curve key={bar.key} bar={bar} />
        ))}
        <path className={styles['baseline']} d={`M0 ${baseline}H${right}`} />
        <path className={styles['playhead']} d={`M${playheadX} ${PLAYHEAD_TOP_CSS}V${height}`} />
        {bars.map(({ key, x0, top, label }) => (
          <text key={key} className={styles['label']} x={x0 + 8} y={top - 6}>
            {label}
          </text>
        ))}
      </g>
    </svg>
  );
}

/** Under the legend. */
const PLAYHEAD_TOP_CSS = 20;

/** Room between neighbours. */
const GAP_CSS = 1;

function Bar({ bar, baseline }: { readonly bar: RoundBar; readonly baseline: number }) {
  const { x0, x1, filledTo, top, state } = bar;
  const left = x0 + GAP_CSS;
  const right = Math.max(left, x1 - GAP_CSS);
  const filled = Math.max(0, Math.min(filledTo, right) - left);
  if (state === 'coming') {
    const path = `M${left + 0.5} ${baseline}V${crisp(top)}H${right - 0.5}V${baseline}`;
    return <path className={styles['coming']} d={path} data-state={state} />;
  }
  return (
    <g data-state={state}>
      <rect
        className={styles['bar']}
        x={left}
        y={top}
        width={filled}
        height={Math.max(0, baseline - top)}
      />
      {(state === 'current' || filledTo < x1) && (
        <path
          className={styles['outline']}
          d={`M${left + 0.75} ${baseline}V${top + 0.75}H${right - 0.75}V${baseline}`}
        />
      )}
    </g>
  );
}

/** A little inside the column, so that its sides are not those of the present bar. */
const GHOST_INSET_CSS = 4;

function GhostOutline({ bar, baseline }: { readonly bar: GhostBar; readonly baseline: number }) {
  const { x0, x1, top } = bar;
  const inset = Math.min(GHOST_INSET_CSS, (x1 - x0) / 4);
  const path = `M${x0 + inset} ${baseline}V${crisp(top)}H${x1 - inset}V${baseline}`;
  return (
    <g data-ghost>
      <path className={styles['ghostHalo']} d={path} />
      <path className={styles['ghost']} d={path} />
    </g>
  );
}

function Curve({ bar: { curve, diamond, x0, x1 } }: { readonly bar: RoundBar }) {
  if (curve === '') return null;
  const half = Math.max(3, Math.min(7, (x1 - x0) / 4));
  return (
    <g>
      <path className={styles['curveHalo']} d={curve} />
      <path className={styles['curve']} d={curve} />
      {diamond !== null && (
        <path
          className={styles['diamond']}
          d={`M${diamond.x} ${diamond.y - half}l${half} ${half}l${-half} ${half}l${-half} ${-half}z`}
        />
      )}
    </g>
  );
}

/** The middle of a device pixel row, so that a hairline stays one. */
function crisp(y: number): number {
  return Math.round(y - 0.5) + 0.5;
}
