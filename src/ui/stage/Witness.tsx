/** The disk witness beside the volumes: a small LUN without virtual hard disks, whose vote counts while a node reaches it. */
import { votesText } from '../../state/quorumWords.ts';
import { quorumOf } from '../../state/selectors.ts';
import { CrossIcon } from '../shared/icons.tsx';
import { useRun } from '../shared/lab.tsx';

export function Witness() {
  const quorum = useRun(quorumOf);
  if (quorum === null || quorum.witness === null) return null;
  const isReached = quorum.witness;
  return (
    <li
      className={isReached ? 'volume volume--witness' : 'volume volume--witness volume--dashed'}
      title={votesText(quorum)}
    >
      <p className="volume__title">
        <b>Witness</b>
        {isReached ? (
          <span>1 vote</span>
        ) : (
          <span className="witness__lost">
            <CrossIcon /> no vote
          </span>
        )}
      </p>
    </li>
  );
}
