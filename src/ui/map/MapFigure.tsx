/** The map, its axes and legend, and the slice below it: one row of cells as a curve. */
import { useMemo, useRef } from 'react';
import { at } from '../../base/assert.ts';
import { NS_PER_S } from '../../base/units.ts';
import { bandsOf, type Bands } from '../../charts/convergenceBands.ts';
import { gbitTicks, rateTicks, type AxisTick } from '../../charts/convergenceAxes.ts';
import { cellCentre, type ConvergenceLayout } from '../../charts/convergenceLayout.ts';
import type { ConvergenceGrid } from '../../state/convergenceGrid.ts';
import type { ConvergenceQuestion } from '../../protocol/convergenceMessages.ts';
import { contourText, figureNames, progressText } from '../../state/convergenceWords.ts';
import { MBPS_PER_GBIT } from '../../state/edits.ts';
import { useTextScale } from '../shared/useMedia.ts';
import { CellField } from './CellField.tsx';
import { Labels } from './Labels.tsx';
import { lossRule, useMap } from './map.tsx';
import { Drops, Markers } from './Markers.tsx';
import { Slice } from './Slice.tsx';
import { useConvergencePainter } from './useConvergencePainter.ts';
import { useSize } from './useSize.ts';

export interface MapFigureProps {
  readonly onOpen: (cell: number) => void;
}

export function MapFigure({ onOpen }: MapFigureProps) {
  const question = useMap((state) => state.question);
  const grid = useMap((state) => state.grid);
  if (question === null || grid === null) return null;
  return <Figure question={question} grid={grid} onOpen={onOpen} />;
}

interface FigureProps extends MapFigureProps {
  readonly question: ConvergenceQuestion;
  readonly grid: ConvergenceGrid;
}

function Figure({ question, grid, onOpen }: FigureProps) {
  const figure = useMap((state) => state.figure);
  const losses = useMap(lossRule);
  const stage = useRef<HTMLDivElement>(null);
  const size = useSize(stage);
  const text = useTextScale();
  const { memoryMiB } = at(question.scenario.vms, question.vm);
  const layout = useMemo(
    (): ConvergenceLayout => ({ columns: grid.columns.length, rows: grid.rows.length, ...size }),
    [grid, size],
  );
  const bands = useMemo(
    () => bandsOf(figure, memoryMiB, losses.lastRepeatNs / NS_PER_S),
    [figure, memoryMiB, losses],
  );
  const choices = useMemo(
    () => ({ layout, figure, bands, losses }),
    [layout, figure, bands, losses],
  );
  useConvergencePainter(stage, 'cmap__canvas', choices);
  const ticks = size.width < 480 * text ? 4 : 8;
  return (
    <figure
      className="cmap-figure"
      aria-label={`${figureNames[figure]} by dirty rate and bandwidth`}
      data-picture="Convergence map"
    >
      <div className="cmap-figure__head">
        <p className="cmap-figure__axis">
          Migration network, Gbit/s <span>log scale</span>
        </p>
        <Legend title={figureNames[figure]} bands={bands} />
      </div>
      <div className="cmap-figure__plots">
        <AxisY ticks={gbitTicks(grid.mbpsDomain, 8, MBPS_PER_GBIT)} />
        <CellField layout={layout} onOpen={onOpen}>
          <div ref={stage} className="cmap-figure__cells" />
          <SliceLine layout={layout} row={grid.currentRow} />
          <Drops layout={layout} />
          <Labels layout={layout} question={question} losses={losses} />
          <Markers layout={layout} />
        </CellField>
        <Slice layout={layout} />
        <AxisX ticks={rateTicks(grid.rateDomain, ticks)} />
      </div>
      <Progress />
    </figure>
  );
}

/** Part of the figure: a picture of it says too how exact it is. */
function Progress() {
  const text = useMap(progressText);
  const contour = useMap(contourText);
  return (
    <div className="cmap-figure__words">
      <p className="cmap-figure__progress">{text}</p>
      <p className="cmap-figure__contour">{contour}</p>
    </div>
  );
}

/** Which row the slice below shows. */
function SliceLine({ layout, row }: { readonly layout: ConvergenceLayout; readonly row: number }) {
  const { y } = cellCentre(layout, row * layout.columns);
  return <div className="cmap-figure__slice" style={{ top: y }} />;
}

/** Every band with its upper edge; the first and the last are open. */
function Legend({ title, bands }: { readonly title: string; readonly bands: Bands }) {
  const known = bands.edges.every((edge) => Number.isFinite(edge));
  return (
    <div
      className="band-legend"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img cannot hold the bands
      role="img"
      aria-label={known ? legendText(title, bands) : title}
    >
      <span className="band-legend__title">{title}</span>
      <ol className="band-legend__bands">
        {bands.colours.map((colour, i) => (
          <li key={colour} style={{ background: `var(--${colour})` }}>
            {known && i < bands.texts.length && <span>{bands.texts[i]}</span>}
          </li>
        ))}
      </ol>
    </div>
  );
}

function legendText(title: string, { texts }: Bands): string {
  return `${title}: bands end at ${texts.join(', ')}, and the last is above.`;
}

function AxisY({ ticks }: { readonly ticks: readonly AxisTick[] }) {
  return (
    <div className="axis-y" aria-hidden="true">
      {ticks.map(({ share, text }) => (
        <span key={text} style={{ bottom: `${share * 100}%` }}>
          {text}
        </span>
      ))}
    </div>
  );
}

function AxisX({ ticks }: { readonly ticks: readonly AxisTick[] }) {
  return (
    <div className="axis-x" aria-hidden="true">
      {ticks.map(({ share, text }) => (
        <span key={text} style={{ left: `${share * 100}%` }}>
          {text}
        </span>
      ))}
      <p>
        Dirty rate, pages/s <span>log scale</span>
      </p>
    </div>
  );
}
