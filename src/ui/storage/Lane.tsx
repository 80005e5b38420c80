/** One kind of storage: what happens on it, the cluster, the outages, and what it came to. */
import { useId, useRef, type CSSProperties } from 'react';
import { nodeGap } from '../../charts/storagePlaces.ts';
import { refusalOf } from '../../state/outlined.ts';
import { laneEndNs, type LaneId } from '../../state/storageLanes.ts';
import { nodePictures } from '../../state/storagePicture.ts';
import { conclusion, laneProduct, laneSentence, laneTitles } from '../../state/storageWords.ts';
import { useWidth } from '../shared/charts/useWidth.ts';
import { Unbroken } from '../shared/Unbroken.tsx';
import { useTextScale } from '../shared/useMedia.ts';
import { LaneNode } from './LaneNode.tsx';
import { LaneStorage } from './LaneStorage.tsx';
import { OutageBars } from './OutageBars.tsx';
import { useLane, useStorage } from './storage.tsx';

/** Below this width, without enlarged text, the cards have no room for their margins. */
const COMPACT_CSS = 660;

export function Lane({ id }: { readonly id: LaneId }) {
  const headId = useId();
  const ref = useRef<HTMLUListElement>(null);
  const widthCss = useWidth(ref, 640);
  const nodes = useLane(id, (lane, { shownNs }) => nodePictures(lane, shownNs));
  const sentence = useLane(id, (lane, { shownNs }) => laneSentence(lane, shownNs));
  const product = useStorage(({ method }) => laneProduct(id, method));
  const isRefused = useLane(
    id,
    (lane, { shownNs }) => shownNs !== null && refusalOf(lane) !== null,
  );
  const names = ['lane'];
  if (widthCss / useTextScale() < COMPACT_CSS) names.push('lane--compact');
  const gap: Record<`--${string}`, string> = { '--lane-gap': `${nodeGap(widthCss)}px` };
  return (
    <section
      className={names.join(' ')}
      aria-labelledby={headId}
      style={gap as CSSProperties}
      data-picture={laneTitles[id]}
    >
      <header className="lane__head">
        <p>
          {laneTitles[id]}, {product}
        </p>
        <h2 id={headId} className={isRefused ? 'lane__refused' : undefined}>
          <Unbroken text={sentence} />
        </h2>
      </header>
      <ul className="lane__nodes" aria-label="Nodes" ref={ref}>
        {nodes.map((node) => (
          <LaneNode key={node.node} picture={node} />
        ))}
      </ul>
      <LaneStorage id={id} widthCss={widthCss} />
      <OutageBars id={id} />
      <Conclusion id={id} />
    </section>
  );
}

/** Told when the end of the lane's run has been seen, so that it can be guessed before. */
function Conclusion({ id }: { readonly id: LaneId }) {
  const text = useLane(id, (lane, { seenNs, method, runs }) => {
    if (seenNs === null || seenNs < laneEndNs(lane)) return '';
    const other = runs[method === 'quick' ? 'live' : 'quick'];
    return conclusion(id, lane, other?.[id] ?? null);
  });
  return (
    <p className="lane__conclusion">
      <Unbroken text={text} />
    </p>
  );
}
