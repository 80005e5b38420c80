/** Source left, target right of it, the way between them, the others in a narrow column or a strip below. */
import { useRef } from 'react';
import { at } from '../../base/assert.ts';
import { isBlackout } from '../../state/moment.ts';
import { volumeName, volumeOfVm } from '../../state/names.ts';
import type { RunState } from '../../state/runStore.ts';
import { nodeOfVm } from '../../state/selectors.ts';
import { MigrationLink } from '../shared/charts/MigrationLink.tsx';
import { StorageLink } from '../shared/charts/StorageLink.tsx';
import { useLab, useRun } from '../shared/lab.tsx';
import { media, useMedia } from '../shared/useMedia.ts';
import { MoreBelow } from './MoreBelow.tsx';
import { NodeBox } from './NodeBox.tsx';
import { OpenVm } from './OpenVm.tsx';
import { sourceSide, targetSide } from './openNotes.ts';
import { contentsOfNodes, type NodeContents, type StageMove } from './placement.ts';
import { useSwitchover } from './useSwitchover.ts';
import { blockedText } from './vmCondition.ts';

/** Cards above an opened VM, and the opened one. */
const VMS_IN_A_ROW = 4;

export function MovingNodes({ move }: { readonly move: StageMove }) {
  const { vm, from, to, method } = move;
  const ref = useRef<HTMLDivElement>(null);
  const asStrip = useMedia(media.small);
  const nodes = useRun(contentsOfNodes);
  const onTarget = useRun((state) => nodeOfVm(state, vm) === to);
  const source = useRun((state) => sourceSide(state, move));
  const target = useRun((state) => targetSide(state, move));
  // Through a file nothing slides from node to node.
  useSwitchover(ref, method === 'live' && onTarget);
  const hasOthers = !asStrip && nodes.length > 2;
  // The same height in both nodes, so that the maps stand side by side.
  const crowded = useRun((state) =>
    [from, to].some((node) => placesOn(state, at(nodes, node)) > VMS_IN_A_ROW),
  );
  const path = isBlackout(move.phase) ? 'dotted' : 'active';
  return (
    <div ref={ref} className={hasOthers ? 'moving' : 'moving moving--two'} data-migration-stage="">
      <div className={crowded ? 'nodes nodes--moving nodes--crowded' : 'nodes nodes--moving'}>
        <ul className="moving__pair">
          <NodeBox
            contents={at(nodes, from)}
            part="source"
            opened={vm}
            path={onTarget ? 'none' : path}
          >
            <OpenVm vm={vm} side="source" node={from} method={method} {...source} />
          </NodeBox>
          <NodeBox
            contents={at(nodes, to)}
            part="target"
            opened={vm}
            path={onTarget ? path : 'none'}
          >
            <OpenVm vm={vm} side="target" node={to} method={method} {...target} />
          </NodeBox>
        </ul>
        <div className="moving__link">
          <Way move={move} />
        </div>
      </div>
      {hasOthers && <OtherNodes move={move} strip={false} />}
    </div>
  );
}

/** Places that the cards take: one that says why its VM stays takes two. */
function placesOn(state: RunState, { vms, ghosts }: NodeContents): number {
  const wordy = vms.filter(({ vm }) => blockedText(state, vm) !== null).length;
  return vms.length + ghosts.length + wordy;
}

/** Over the migration network, or through a file on the volume. */
function Way({ move: { vm, method } }: { readonly move: StageMove }) {
  const { frames } = useLab();
  const volume = useRun(({ scenario }) => volumeOfVm(scenario, vm));
  const name = useRun(({ scenario }) => volumeName(scenario, volume));
  if (method === 'live') return <MigrationLink frames={frames} orientation="horizontal" />;
  return <StorageLink frames={frames} volume={volume} volumeName={name} />;
}

interface OtherNodesProps {
  readonly move: StageMove;
  /** Below the storage, instead of a column at the right. */
  readonly strip: boolean;
}

/** More of them do not fit into the column: the last one may be out of sight. */
const STACKED = 2;

/** Nodes that take no part in the move. Of a column the first is joined to the LAN, the last to the storage. */
export function OtherNodes({ move, strip }: OtherNodesProps) {
  const others = useRun((state) => otherNodes(state, move));
  if (others.length === 0) return null;
  return (
    <ul className={strip ? 'others others--strip' : 'others'} aria-label="Other nodes">
      {others.map((contents, index) => (
        <NodeBox
          key={contents.node}
          contents={contents}
          narrow
          noDrop={strip || index > 0}
          noStorage={strip || others.length > STACKED || index < others.length - 1}
        />
      ))}
      <MoreBelow arrangement={others.map(({ node }) => node).join(' ')} />
    </ul>
  );
}

function otherNodes(state: RunState, { from, to }: StageMove): NodeContents[] {
  return contentsOfNodes(state).filter(({ node }) => node !== from && node !== to);
}
