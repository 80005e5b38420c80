/** A cluster as a small picture, drawn from what it is. Its name stands beside it. */
import { layoutClusterPicture, type PictureRect } from '../../charts/clusterPicture.ts';
import type { ClusterPicture as Picture } from '../../state/recentRecord.ts';

/** CSS pixels. */
const WIDTH = 56;
const HEIGHT = 36;

export function ClusterPicture({ picture }: { readonly picture: Picture }) {
  const { nodes, vms, volumes } = layoutClusterPicture(picture, WIDTH, HEIGHT);
  return (
    <svg
      className="cluster-picture"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`-1 -1 ${WIDTH + 2} ${HEIGHT + 2}`}
      aria-hidden="true"
      focusable="false"
    >
      <Rects of={nodes} className="cluster-picture__node" />
      <Rects of={vms} className="cluster-picture__vm" />
      <Rects of={volumes} className="cluster-picture__volume" />
    </svg>
  );
}

function Rects({
  of,
  className,
}: {
  readonly of: readonly PictureRect[];
  readonly className: string;
}) {
  return of.map((each) => <rect key={`${each.x} ${each.y}`} className={className} {...each} />);
}
