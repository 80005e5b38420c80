/** The lanes that are still to come: which of them is worked out, and how far. Work of under 150 ms is not told of. */
import { passShare, progressText } from '../../state/compareProgress.ts';
import { isOutdated, pendingLanes, presentLane } from '../../state/compareStore.ts';
import { laneTitle } from '../../state/compareWords.ts';
import { useCompare } from './compare.tsx';

export function PendingLanes() {
  const lanes = useCompare((state) => (isOutdated(state) ? [] : pendingLanes(state)));
  const present = useCompare(presentLane);
  return lanes.map((lane) => (
    <section key={lane.key} className="pending-lane" aria-label={laneTitle(lane)}>
      <h2>{laneTitle(lane)}</h2>
      {lane.key === present?.key ? <Progress /> : <p>Comes next.</p>}
    </section>
  ));
}

/** Over the runs of the choice before, which stay in sight until there is one of the new. */
export function PendingNote() {
  const title = useCompare((state) => {
    const present = presentLane(state);
    return present === undefined || !isOutdated(state) ? null : laneTitle(present);
  });
  if (title === null) return null;
  return (
    <div className="pending-note">
      <b>{title}</b>
      <Progress />
    </div>
  );
}

function Progress() {
  const text = useCompare(({ progress }) =>
    progress === null ? 'Being worked out…' : progressText(progress.progress),
  );
  const share = useCompare(({ progress }) =>
    progress === null ? null : passShare(progress.progress),
  );
  return (
    <div className="pending-progress">
      <p>{text}</p>
      <div className="pending-progress__bar" aria-hidden="true">
        {share !== null && <i style={{ transform: `scaleX(${share})` }} />}
      </div>
    </div>
  );
}
