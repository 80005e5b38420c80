/** The drawing of the rounds chart, from finished numbers. A column lights up under the pointer, or by the arrow keys. */
import { useState, type KeyboardEvent } from 'react';
import { isLit, litSegment, type LitSpan } from '../../../charts/lit.ts';
import type { Segment } from '../../../charts/phases.ts';
import type { GhostBar, RoundBar, RoundsLayout } from '../../../charts/roundsChart.ts';
import styles from './RoundsChart.module.css';

export interface RoundsPlotProps {
  readonly layout: RoundsLayout;
  readonly width: number;
  readonly height: number;
  readonly gutter: number;
  readonly summary: string;
  /** Segments that have a bar. */
  readonly columns: readonly Segment[];
  /** What a column says, in a sentence. */
  readonly textOf: (column: Segment) => string;
  readonly lit: readonly LitSpan[];
  readonly onLit: (lit: LitSpan | null) => void;
}

export function RoundsPlot(props: RoundsPlotProps) {
  const { columns, textOf, lit, onLit } = props;
  const [spoken, setSpoken] = useState('');
  const light = (column: Segment | undefined): void => {
    onLit(column === undefined ? null : litSegment(column));
    setSpoken(column === undefined ? '' : textOf(column));
  };
  const press = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined && event.key !== 'Escape') return;
    // Else the timeline would step as well.
    event.preventDefault();
    event.stopPropagation();
    // Several are lit by a cell of the maps: then the keys begin at the end.
    const [only, another] = columns.filter((column) => isLit(column, lit));
    const place = only === undefined || another !== undefined ? -1 : columns.indexOf(only);
    const last = columns.length - 1;
    const next =
      place < 0 ? (step === 1 ? 0 : last) : Math.min(last, Math.max(0, place + (step ?? 0)));
    light(step === undefined ? undefined : columns[next]);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the chart takes the arrow keys
    <div
      className={styles['host']}
      role="application"
      aria-roledescription="chart"
      aria-label="Columns of the chart. Arrow keys light one, Escape none."
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the arrow keys light a column
      tabIndex={0}
      onKeyDown={press}
      onBlur={() => light(undefined)}
      onPointerLeave={() => onLit(null)}
    >
      <Drawing {...props} />
      <SharedNote {...props} />
      <span className={styles['spoken']} aria-live="polite">
        {spoken}
      </span>
    </div>
  );
}

function Drawing(props: RoundsPlotProps) {
  const { layout, width, height, gutter, summary, columns, lit, onLit } = props;
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
        {columns.map((column) => (
          <Column
            key={`${column.kind}${column.number}`}
            column={column}
            bottom={height}
            baseline={baseline}
            isLit={isLit(column, lit)}
            onPoint={() => onLit(litSegment(column))}
          />
        ))}
      </g>
    </svg>
  );
}

/** Of a column that several rounds share, and that is pointed at: which they are, and their averages. */
function SharedNote({ columns, lit, textOf, gutter, width }: RoundsPlotProps) {
  const [only, another] = columns.filter((column) => isLit(column, lit));
  if (only?.lastNumber === undefined || another !== undefined) return null;
  const middle = (only.x0 + only.x1) / 2;
  const isLeft = middle < (width - gutter) / 2;
  const side = isLeft ? { left: gutter + only.x0 } : { right: width - gutter - only.x1 };
  return (
    <p className={styles['note']} style={side} aria-hidden="true" data-control="">
      {textOf(only)}
    </p>
  );
}

interface ColumnProps {
  readonly column: Segment;
  readonly bottom: number;
  readonly baseline: number;
  readonly isLit: boolean;
  readonly onPoint: () => void;
}

/** The place of a column, which takes the pointer; lit it stands on a thick line. */
function Column({ column: { x0, x1 }, bottom, baseline, isLit: lit, onPoint }: ColumnProps) {
  return (
    <>
      {lit && <path className={styles['lit']} d={`M${x0} ${baseline}H${x1}`} data-lit />}
      <rect
        className={styles['place']}
        x={x0}
        y={0}
        width={Math.max(0, x1 - x0)}
        height={bottom}
        onPointerEnter={onPoint}
      />
    </>
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
