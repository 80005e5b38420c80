/** Source left, target right of it, the link between them, the others in a narrow column or a strip below. */
import { useRef } from 'react';
import { at } from '../../base/assert.ts';
import { memoryText } from '../../base/numberText.ts';
import { isBlackout } from '../../state/moment.ts';
import type { RunState } from '../../state/runStore.ts';
import { nodeOfVm } from '../../state/selectors.ts';
import { MigrationLink } from '../shared/charts/MigrationLink.tsx';
import { useLab, useRun } from '../shared/lab.tsx';
import { media, useMedia } from '../shared/useMedia.ts';
import { NodeBox } from './NodeBox.tsx';
import { OpenVm } from './OpenVm.tsx';
import { contentsOfNodes, holdsShell, type NodeContents, type StageMove } from './placement.ts';
import { useSwitchover } from './useSwitchover.ts';

/** Cards above an opened VM, and the opened one. */
const VMS_IN_A_ROW = 4;

export function MovingNodes({ move }: { readonly move: StageMove }) {
  const { frames } = useLab();
  const { vm, from, to, phase } = move;
  const ref = useRef<HTMLDivElement>(null);
  const asStrip = useMedia(media.small);
  const nodes = useRun(contentsOfNodes);
  const onTarget = useRun((state) => nodeOfVm(state, vm) === to);
  const memory = useRun((state) => memoryText(at(state.scenario.vms, vm).memoryMiB));
  useSwitchover(ref, onTarget);
  const hasOthers = !asStrip && nodes.length > 2;
  // The same height in both nodes, so that the maps stand side by side.
  const crowded = [from, to].some((node) => at(nodes, node).vms.length > VMS_IN_A_ROW);
  const paused = isBlackout(phase);
  const path = paused ? 'dotted' : 'active';
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
            <OpenVm
              vm={vm}
              side="source"
              node={from}
              condition={onTarget ? 'shell' : paused ? 'paused' : 'running'}
              note={sourceNote(onTarget, paused, memory)}
            />
          </NodeBox>
          <NodeBox
            contents={at(nodes, to)}
            part="target"
            opened={vm}
            path={onTarget ? 'active' : 'none'}
          >
            <OpenVm
              vm={vm}
              side="target"
              node={to}
              condition={onTarget ? 'running' : 'shell'}
              note={targetNote(onTarget, holdsShell(phase), memory)}
            />
          </NodeBox>
        </ul>
        <div className="moving__link">
          <MigrationLink frames={frames} orientation="horizontal" />
        </div>
      </div>
      {hasOthers && <OtherNodes move={move} strip={false} />}
    </div>
  );
}

interface OtherNodesProps {
  readonly move: StageMove;
  /** Below the storage, instead of a column at the right. */
  readonly strip: boolean;
}

/** Nodes that take no part in the move. */
export function OtherNodes({ move, strip }: OtherNodesProps) {
  const others = useRun((state) => otherNodes(state, move));
  if (others.length === 0) return null;
  return (
    <ul className={strip ? 'others others--strip' : 'others'} aria-label="Other nodes">
      {others.map((node, index) => (
        <NodeBox key={node.node} contents={node} narrow detached={strip || index > 0} />
      ))}
    </ul>
  );
}

function otherNodes(state: RunState, { from, to }: StageMove): NodeContents[] {
  return contentsOfNodes(state).filter(({ node }) => node !== from && node !== to);
}

function sourceNote(onTarget: boolean, paused: boolean, memory: string): string {
  if (onTarget) return 'old copy, being deleted';
  return paused ? 'blackout, paused' : `${memory}, running here`;
}

function targetNote(running: boolean, reserved: boolean, memory: string): string {
  if (running) return `${memory}, running here`;
  return reserved ? `${memory} reserved, not running yet` : 'not there yet';
}
