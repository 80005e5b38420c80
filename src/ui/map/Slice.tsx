/** One row of the map as a curve: the shown figure at the bandwidth that the VM has now. */
import { useId, useMemo } from 'react';
import { sliceScale, type SliceScale } from '../../charts/convergenceAxes.ts';
import { cellCentre, type ConvergenceLayout } from '../../charts/convergenceLayout.ts';
import { drawnValues } from '../../charts/convergenceSlice.ts';
import { currentCell } from '../../state/convergenceStore.ts';
import { figureNames, networkText, rateText, shownText } from '../../state/convergenceWords.ts';
import { useLab } from '../shared/lab.tsx';
import { useTextScale } from '../shared/useMedia.ts';
import { useCell, useMap, valueIn, valueOf } from './map.tsx';
import { sliceSize } from './sliceSize.ts';
import { SliceNumbers } from './SliceNumbers.tsx';

export function Slice({ layout }: { readonly layout: ConvergenceLayout }) {
  const id = useId();
  const figure = useMap((state) => state.figure);
  const mbps = useMap(({ grid }) => (grid === null ? 0 : (grid.rows[grid.currentRow] ?? 0)));
  const { gap, height } = sliceSize(layout.width, useTextScale());
  const values = useSliceValues();
  const drawn = useDrawnValues(values);
  const scale = useMemo(
    () =>
      sliceScale(
        figure,
        drawn.filter((value) => value !== null),
      ),
    [figure, drawn],
  );
  const title = `${figureNames[figure]} along the dotted line, at ${networkText(mbps)}`;
  return (
    <div className="slice" style={{ paddingTop: gap }}>
      <div className="slice__head">
        <p id={id} className="slice__title">
          {title}
        </p>
        <SliceNumbers title={title} values={values} />
      </div>
      <div className="axis-y axis-y--slice" style={{ height }} aria-hidden="true">
        {scale.ticks.map(({ share, text }) => (
          <span key={text} style={{ bottom: `${share * 100}%` }}>
            {text}
          </span>
        ))}
      </div>
      <svg
        className="slice__plot"
        width={layout.width}
        height={height}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img cannot hold the curve
        role="img"
        aria-labelledby={`${id} ${id}text`}
      >
        <title id={`${id}text`}>{useSliceText(values)}</title>
        {scale.ticks.map(({ share, text }) => (
          <line
            key={text}
            className="slice__grid"
            x1={0}
            x2={layout.width}
            y1={(1 - share) * height}
            y2={(1 - share) * height}
          />
        ))}
        <path className="slice__halo" d={curve(layout, drawn, scale, height)} />
        <path className="slice__curve" d={curve(layout, drawn, scale, height)} />
        <line className="slice__base" x1={0} x2={layout.width} y1={height} y2={height} />
        <DropNote layout={layout} values={drawn} scale={scale} height={height} />
        <Dots layout={layout} scale={scale} height={height} />
      </svg>
    </div>
  );
}

/** The shown figure of each column in the VM's row; null where a cell was not run. */
function useSliceValues(): readonly (number | null)[] {
  const { cells } = useLab().convergence;
  const grid = useMap((state) => state.grid);
  const figure = useMap((state) => state.figure);
  const full = useMap((state) => state.full);
  const known = useMap((state) => state.sketched + state.final);
  return useMemo(() => {
    if (grid === null) return [];
    const first = grid.currentRow * grid.columns.length;
    return grid.columns.map((_, column) => valueOf({ figure, full }, cells, first + column));
    // oxlint-disable-next-line react/exhaustive-deps -- `known` says that the cells are not what they were
  }, [cells, grid, figure, full, known]);
}

/** What of them is drawn. */
function useDrawnValues(values: readonly (number | null)[]): readonly (number | null)[] {
  const { cells } = useLab().convergence;
  const first = useMap(({ grid }) => (grid?.currentRow ?? 0) * values.length);
  const full = useMap((state) => state.full);
  return useMemo(
    () =>
      drawnValues(values, (column) => {
        const cell = first + column;
        return full.has(cell) || cells.divisors[cell] === cells.wanted[cell];
      }),
    [cells, first, full, values],
  );
}

/** A line through what is known. */
function curve(
  layout: ConvergenceLayout,
  values: readonly (number | null)[],
  { shareOf }: SliceScale,
  height: number,
): string {
  let isOpen = false;
  return values
    .map((value, column) => {
      if (value === null || value <= 0) return '';
      const { x } = cellCentre(layout, column);
      const step = `${isOpen ? 'L' : 'M'}${x.toFixed(1)} ${((1 - shareOf(value)) * height).toFixed(1)}`;
      isOpen = true;
      return step;
    })
    .join('');
}

interface DotsProps {
  readonly layout: ConvergenceLayout;
  readonly scale: SliceScale;
  readonly height: number;
}

/** Where the marks of the map stand here: the VM on the curve, the cell that is pointed at with its own figure. */
function Dots({ layout, scale, height }: DotsProps) {
  const figure = useMap((state) => state.figure);
  const current = useMap(currentCell);
  const pointed = useMap((state) => state.pointed);
  const now = useCell(current);
  const there = useCell(pointed);
  const dot = (cell: number, value: number, className: string) => {
    const share = Math.min(1, Math.max(0, scale.shareOf(value)));
    const { x } = cellCentre(layout, cell);
    return <circle className={className} cx={x} cy={(1 - share) * height} r={6} />;
  };
  return (
    <>
      {pointed !== null && there !== null && dot(pointed, valueIn(figure, there), 'slice__there')}
      {current !== null && now !== null && dot(current, valueIn(figure, now), 'slice__now')}
    </>
  );
}

interface DropNoteProps extends DotsProps {
  readonly values: readonly (number | null)[];
}

/** Room for the note, in CSS pixels. */
const NOTE_WIDTH = 330;
/** Of the title with its button, at the top left of the curve, and of the note above its drop: CSS pixels at the reference size. */
const TITLE = { width: 420, height: 26 };
const NOTE_ABOVE = 26;

/** Why the outage of a busier guest can be shorter: said at the first such place. */
function DropNote({ layout, values, scale, height }: DropNoteProps) {
  const text = useTextScale();
  const isOutage = useMap((state) => state.figure === 'outage');
  const column = useFirstDrop(values);
  const value = column === null ? null : (values[column] ?? null);
  if (!isOutage || column === null || value === null) return null;
  const { x } = cellCentre(layout, column);
  if (x + NOTE_WIDTH > layout.width) return null;
  const y = (1 - scale.shareOf(value)) * height;
  const isUnderTitle = y - NOTE_ABOVE * text < TITLE.height * text && x < TITLE.width * text;
  if (isUnderTitle) {
    // Beside the drop, where the curve has left room.
    return (
      <g transform={`translate(${x + 14} ${y + 24 * text})`} className="slice__note">
        <path d="M0 0H14" />
        <text x={20} y={4}>
          each drop: one more round fits in
        </text>
      </g>
    );
  }
  return (
    <g transform={`translate(${x + 6} ${y - 4})`} className="slice__note">
      <path d="M0 0V-12H22" />
      <text x={28} y={-8}>
        each drop: one more round fits in
      </text>
    </g>
  );
}

/** A quarter less. Chosen so that the drop is seen before it is explained. */
const DROP = 0.75;

/** The column before the first drop with one round more; null while there is none. */
function useFirstDrop(values: readonly (number | null)[]): number | null {
  const { cells } = useLab().convergence;
  const row = useMap(({ grid }) => grid?.currentRow ?? 0);
  const first = row * values.length;
  const found = values.findIndex((value, column) => {
    const next = values[column + 1] ?? null;
    if (value === null || next === null || next > DROP * value) return false;
    const cell = first + column;
    return (cells.rounds[cell + 1] ?? 0) === (cells.rounds[cell] ?? 0) + 1;
  });
  return found === -1 ? null : found;
}

/** In words: where it begins and ends, and the VM. */
function useSliceText(values: readonly (number | null)[]): string {
  const figure = useMap((state) => state.figure);
  const columns = useMap((state) => state.question?.columns ?? null);
  const now = useCell(useMap(currentCell));
  if (columns === null) return '';
  const known = columns.flatMap((rate, i) => ((values[i] ?? null) === null ? [] : [rate]));
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return 'Not run yet.';
  const vm = now === null ? '' : ` The VM as it is now: ${shownText(figure, now)}.`;
  return `Known from ${rateText(first)} to ${rateText(last)}.${vm}`;
}
