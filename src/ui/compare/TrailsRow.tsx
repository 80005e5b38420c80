/** Every client connection of a lane with what it sent again: a band for each group, or a row for each client. */
import { memo, useMemo } from 'react';
import type { TimeAxis } from '../../charts/compareAxis.ts';
import {
  canUnfold,
  trailPaths,
  trailRows,
  type RowPlaces,
  type TrailGroup,
  type TrailPaths,
} from '../../charts/compareTrails.ts';
import type { ClientTrail } from '../../protocol/outline.ts';
import { watchedOf } from '../../state/compareFacts.ts';
import {
  connectionsText,
  groupPace,
  groupShortName,
  groupText,
} from '../../state/compareFigures.ts';
import type { CompareRun } from '../../state/compareLanes.ts';
import { UnfoldIcon } from '../shared/icons.tsx';

export interface TrailsRowProps {
  readonly run: CompareRun;
  readonly axis: TimeAxis;
  /** Of all folded groups together. */
  readonly roomCss: number;
  readonly folds: Folds;
}

/** Which groups have a row for each client: the same in all lanes, so that they can be compared. */
export interface Folds {
  readonly unfolded: ReadonlySet<number>;
  readonly toggle: (group: number) => void;
}

export function TrailsRow({ run, axis, roomCss, folds }: TrailsRowProps) {
  const { unfolded, toggle } = folds;
  const { trails, groups } = watchedOf(run);
  const rows = useMemo(
    () => trailRows(watchedOf(run).trails, roomCss, unfolded),
    [run, roomCss, unfolded],
  );
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <div className="trail-labels" style={{ height: rows.heightCss }}>
        {rows.groups.map((row) => (
          <GroupLabel key={row.group} run={run} row={row} onToggle={toggle} />
        ))}
      </div>
      <div className="trails">
        <svg
          width={axis.widthCss}
          height={rows.heightCss}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img cannot hold the drawing
          role="img"
          aria-label={groups.map((_, group) => groupText(run, group)).join(', ')}
        >
          {rows.groups.map((row) => (
            <GroupRows key={row.group} axis={axis} trails={trails} row={row} />
          ))}
        </svg>
        {total > trails.length && (
          <p className="trails__some">
            {`${trails.length} rows for ${total} clients: each shows the one of its neighbours that met the worst. The figures count all.`}
          </p>
        )}
      </div>
    </>
  );
}

interface GroupLabelProps {
  readonly run: CompareRun;
  readonly row: TrailGroup;
  readonly onToggle: (group: number) => void;
}

/** Lines of a label: its name, and below it how often each client asks. */
const TWO_LINES_CSS = 34;

function GroupLabel({ run, row, onToggle }: GroupLabelProps) {
  const { group, isFolded, top, heightCss } = row;
  const name = (
    <span>
      {groupShortName(run, group)}
      <span className="trail-labels__more">{connectionsText(run, group)}</span>
    </span>
  );
  return (
    <div className="plot-label" style={{ top }}>
      {canUnfold(row) ? (
        <button
          type="button"
          className="trail-labels__fold"
          aria-expanded={!isFolded}
          title={isFolded ? 'Show a row for each client' : 'Fold the rows'}
          onClick={() => onToggle(group)}
        >
          <UnfoldIcon />
          {name}
        </button>
      ) : (
        <b>{name}</b>
      )}
      {heightCss >= TWO_LINES_CSS && <span>{groupPace(run, group)}</span>}
    </div>
  );
}

interface GroupRowsProps {
  readonly axis: TimeAxis;
  readonly trails: readonly ClientTrail[];
  readonly row: TrailGroup;
}

function GroupRows({ axis, trails, row }: GroupRowsProps) {
  const own = useMemo(() => trails.slice(row.first, row.first + row.middles.length), [trails, row]);
  return (
    <g className={row.isFolded ? 'trail-band' : undefined}>
      <TrailShapes axis={axis} trails={own} rows={row} />
    </g>
  );
}

const shapes: readonly (keyof TrailPaths)[] = [
  'waits',
  'waitsInVain',
  'answered',
  'late',
  'asked',
  'askedInVain',
  'lost',
  'reconnected',
];

export interface TrailShapesProps {
  readonly axis: TimeAxis;
  readonly trails: readonly ClientTrail[];
  readonly rows: RowPlaces;
}

/** Drawn anew only when they change: the shown time runs over them. */
export const TrailShapes = memo(function TrailShapes({ axis, trails, rows }: TrailShapesProps) {
  const paths = trailPaths(axis, trails, rows);
  return shapes.map((shape) => (
    <path key={shape} className={`trail trail--${shape}`} d={paths[shape]} />
  ));
});
