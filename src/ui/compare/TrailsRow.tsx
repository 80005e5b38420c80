/** Every client connection of a lane with what it sent again, in rows. */
import { memo } from 'react';
import type { TimeAxis } from '../../charts/compareAxis.ts';
import { trailPaths, type TrailPaths, type TrailRows } from '../../charts/compareTrails.ts';
import type { ClientTrail } from '../../protocol/outline.ts';
import { watchedOf } from '../../state/compareFacts.ts';
import type { CompareRun } from '../../state/compareLanes.ts';
import { groupName, groupPace, groupText } from '../../state/compareFigures.ts';

export interface TrailsRowProps {
  readonly run: CompareRun;
  readonly axis: TimeAxis;
  readonly rows: TrailRows;
}

export function TrailsRow({ run, axis, rows }: TrailsRowProps) {
  const { trails, groups } = watchedOf(run);
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <div className="trail-labels" style={{ height: rows.heightCss }}>
        {rows.groups.map(({ group, top, heightCss }) => (
          <p key={group} className="plot-label" style={{ top, minHeight: heightCss }}>
            <b>{groupName(run, group)}</b>
            {heightCss > 30 && <span>{groupPace(run, group)}</span>}
          </p>
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
          <TrailShapes axis={axis} trails={trails} rows={rows} />
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
  readonly rows: Pick<TrailRows, 'pitchCss' | 'middles'>;
}

/** Drawn anew only when they change: the shown time runs over them. */
export const TrailShapes = memo(function TrailShapes({ axis, trails, rows }: TrailShapesProps) {
  const paths = trailPaths(axis, trails, rows);
  return shapes.map((shape) => (
    <path key={shape} className={`trail trail--${shape}`} d={paths[shape]} />
  ));
});
