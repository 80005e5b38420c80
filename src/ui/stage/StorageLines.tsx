/** Between nodes and volumes: a line for each way of I/O, and at the foot of each node the same in words. */
import { useRef, type CSSProperties } from 'react';
import {
  layoutStorageLines,
  wordsPlace,
  type Extent,
  type StorageLine,
  type StorageRoute,
} from '../../charts/storageLines.ts';
import { useRun, useView } from '../shared/lab.tsx';
import { media, useMedia } from '../shared/useMedia.ts';
import { stageMove, type StageMove } from './placement.ts';
import { storageRoutes, storageText, volumeMoves } from './storageRelations.ts';
import { useStoragePlaces } from './useStoragePlaces.ts';

/** Height of the words below a node: `.node__io` in node.css. */
const WORDS_CSS = 20;
const WORDS_LOW_CSS = 16;

/**
 * @param arrangement Changes whenever the nodes are put up anew: their places are measured then.
 */
export function StorageLines({ arrangement }: { readonly arrangement: string }) {
  const ref = useRef<HTMLDivElement>(null);
  const vm = useView((view) => view.selectedVm);
  const routes = useRun((state) => storageRoutes(state, stageMove(state, vm)));
  const moves = useRun(volumeMoves);
  const { nodes, volumes, width } = useStoragePlaces(ref, arrangement);
  const wordsCss = useMedia(media.low) ? WORDS_LOW_CSS : WORDS_CSS;
  const { lines, heightCss } = layoutStorageLines({ routes, moves, nodes, volumes, wordsCss });
  return (
    <div ref={ref} className="storage-lines" style={{ height: heightCss - wordsCss }}>
      <svg width={width} height={heightCss} style={{ top: -wordsCss }} aria-hidden="true">
        {lines.map((line) => (
          <Line key={line.key} line={line} />
        ))}
      </svg>
    </div>
  );
}

/** Half of the cross on a cut cable. */
const CROSS_CSS = 6;

function Line({ line: { kind, path, head, cross } }: { readonly line: StorageLine }) {
  return (
    <g className={`storage-line storage-line--${kind}`} data-line={kind}>
      <path d={path} />
      {head !== '' && <path className="storage-line__head" d={head} />}
      {cross !== null && (
        <path
          className="storage-line__cross"
          d={`M${cross.x - CROSS_CSS} ${cross.y - CROSS_CSS}l${2 * CROSS_CSS} ${2 * CROSS_CSS}m0 ${-2 * CROSS_CSS}l${-2 * CROSS_CSS} ${2 * CROSS_CSS}`}
        />
      )}
    </g>
  );
}

export interface StorageWordsProps {
  readonly node: number;
  /** Inside a stack or a strip, where no line goes: only what is unusual. */
  readonly detached: boolean;
  readonly plain: boolean;
}

export function StorageWords({ node, detached, plain }: StorageWordsProps) {
  const vm = useView((view) => view.selectedVm);
  const text = useRun((state) => storageText(state, node, stageMove(state, vm)));
  const { side, shiftCss } = useRun((state) => {
    const move = stageMove(state, vm);
    return wordsPlace(storageRoutes(state, move), inOrder(state.scenario.nodes.length, move), node);
  });
  const wraps = useRun((state) => hasRoomBelow(storageRoutes(state, null), node));
  if (detached) return text.includes('direct I/O') ? null : <p className="node__words">{text}</p>;
  const names = ['node__io', `node__io--${side}`];
  if (wraps) names.push('node__io--wraps');
  const properties: Record<`--${string}`, string> = { '--io-shift': `${shiftCss}px` };
  return (
    <p
      className={names.join(' ')}
      style={properties as CSSProperties}
      title={plain ? undefined : text}
    >
      {!plain && text}
    </p>
  );
}

/** With one volume no line runs below the words of a node that is redirected: they may take two lines. */
function hasRoomBelow(routes: readonly StorageRoute[], node: number): boolean {
  const own = routes.filter((route) => route.node === node);
  return own.length === 1 && own[0]?.kind === 'redirected';
}

/** Nodes from left to right: source and target first. */
function inOrder(count: number, move: StageMove | null): Extent[] {
  const first = move === null ? [] : [move.from, move.to];
  const others = Array.from({ length: count }, (_, node) => node).filter(
    (node) => !first.includes(node),
  );
  return [...first, ...others].map((index, place) => ({ index, left: place, right: place }));
}
