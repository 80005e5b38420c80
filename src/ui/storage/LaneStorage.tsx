/** Below the nodes of a lane: the ways to the volumes, in lines and in words, and the volumes with their files. */
import type { CSSProperties } from 'react';
import { storagePlaces, type BoxCss, type CaptionPlace } from '../../charts/storagePlaces.ts';
import type { LaneId } from '../../state/storageLanes.ts';
import {
  diskMoves,
  volumePictures,
  waysOf,
  type VolumePicture,
  type Way,
} from '../../state/storagePicture.ts';
import { DiskFileIcon } from '../shared/icons.tsx';
import { media, useMedia, useTextScale } from '../shared/useMedia.ts';
import { useLane } from './storage.tsx';

export interface LaneStorageProps {
  readonly id: LaneId;
  readonly widthCss: number;
}

export function LaneStorage({ id, widthCss }: LaneStorageProps) {
  const ways = useLane(id, (lane, { shownNs }) => waysOf(lane, shownNs));
  const moves = useLane(id, (lane, { shownNs }) => diskMoves(lane, shownNs));
  const volumes = useLane(id, (lane, { shownNs }) => volumePictures(lane, shownNs));
  const nodes = useLane(id, (lane) => lane.outline.run.scenario.nodes.length);
  const textScale = useTextScale();
  const isLow = useMedia(media.low);
  const places = storagePlaces({ widthCss, nodes, volumes, ways, moves, textScale, isLow });
  const { heightCss, wires, captions, isNarrow } = places;
  return (
    <div
      className={`lane-storage ${isNarrow ? 'lane-storage--narrow' : ''}`}
      style={{ height: heightCss }}
    >
      <svg width={widthCss} height={heightCss} aria-hidden="true">
        {wires.map(({ key, kind, path, head }) => (
          <g key={key} className={`wire wire--${kind}`} data-wire={kind}>
            <path d={path} />
            {head !== '' && <path className="wire__head" d={head} />}
          </g>
        ))}
      </svg>
      {ways.map((way, index) => (
        <Caption key={`${way.node} ${way.volume}`} way={way} place={captions[index]} />
      ))}
      <ul aria-label="Storage">
        {volumes.map((volume, index) => (
          <Volume key={volume.volume} picture={volume} box={places.volumes[index]} />
        ))}
      </ul>
    </div>
  );
}

function Caption({ way, place }: { readonly way: Way; readonly place: CaptionPlace | undefined }) {
  if (place === undefined || way.caption === '') return null;
  const { side, x, widthCss, y, fromFoot } = place;
  const style: CSSProperties = {
    left: side === 'right' ? x : x - widthCss,
    width: widthCss,
    top: y,
    textAlign: side === 'right' ? 'left' : 'right',
    transform: fromFoot ? 'translateY(-100%)' : undefined,
  };
  return (
    <p className={`way-words way-words--${way.kind}`} style={style}>
      <b>{way.caption}</b>
      {way.because !== '' && <span>{way.because}</span>}
    </p>
  );
}

/** Below this width the files of a volume stand under its name. */
const STACKED_CSS = 195;
/** Below this one less room is left around them. */
const SMALL_CSS = 260;

function Volume({
  picture,
  box,
}: {
  readonly picture: VolumePicture;
  readonly box: BoxCss | undefined;
}) {
  const { name, path, files, isMoving } = picture;
  const names = ['lane-volume'];
  if (isMoving) names.push('lane-volume--moving');
  if (box !== undefined && box.width < SMALL_CSS) names.push('lane-volume--small');
  if (box !== undefined && box.width < STACKED_CSS) names.push('lane-volume--stacked');
  return (
    <li className={names.join(' ')} style={box}>
      <p className="lane-volume__title">
        <b title={name}>{isMoving ? `${name} moving` : name}</b>
        {path !== '' && <code>{path}</code>}
      </p>
      <ul className="lane-volume__files" aria-label={`Files on ${name}`}>
        {files.map((file) => (
          <li key={file.vm} className={file.isAsked ? 'lane-file lane-file--asked' : 'lane-file'}>
            <DiskFileIcon filled={file.isAsked} />
            <span className="lane-file__name" title={file.name}>
              {file.name}
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}
