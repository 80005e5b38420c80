/** The cluster: clients above, nodes, storage below. A moving VM stands opened in source and target. */
import { isBlackout } from '../../state/moment.ts';
import { nodeOfVm } from '../../state/selectors.ts';
import { useRun, useView } from '../shared/lab.tsx';
import { media, useMedia } from '../shared/useMedia.ts';
import { ClientsLine } from './ClientsLine.tsx';
import { MovingNodes, OtherNodes } from './MovingNodes.tsx';
import { NodeBox } from './NodeBox.tsx';
import { contentsOfNodes, stageMove, type StageMove } from './placement.ts';
import { RestingNodes } from './RestingNodes.tsx';
import { Volumes } from './Volumes.tsx';
import './node.css';
import './volumes.css';
import './stage.css';
import './vm.css';

export interface StageProps {
  /** Without the words that only matter during a move: on the first page. */
  readonly plain?: boolean;
  /** Nodes and their VMs without memory maps: on phones, where the maps have a tab of their own. */
  readonly listOnly?: boolean;
}

export function Stage({ plain = false, listOnly = false }: StageProps) {
  const vm = useView((view) => view.selectedVm);
  const move = useRun((state) => stageMove(state, vm));
  const asStrip = useMedia(media.small);
  return (
    <section className={plain ? 'stage stage--plain' : 'stage'} aria-label="Cluster">
      <ClientsLine summed={listOnly || plain} />
      {listOnly ? (
        <NodeList move={move} />
      ) : move === null ? (
        <RestingNodes plain={plain} />
      ) : (
        <MovingNodes move={move} />
      )}
      <Volumes plain={plain} />
      {asStrip && move !== null && !listOnly && <OtherNodes move={move} strip />}
    </section>
  );
}

function NodeList({ move }: { readonly move: StageMove | null }) {
  const vm = useView((view) => view.selectedVm);
  const home = useRun((state) => nodeOfVm(state, vm));
  const nodes = useRun(contentsOfNodes);
  const path = isBlackout(move?.phase) ? 'dotted' : 'active';
  return (
    <ul className="nodes">
      {nodes.map((contents) => (
        <NodeBox
          key={contents.node}
          contents={contents}
          part={partOf(contents.node, move)}
          path={contents.node === home ? path : 'none'}
        />
      ))}
    </ul>
  );
}

function partOf(node: number, move: StageMove | null): 'source' | 'target' | undefined {
  if (move?.from === node) return 'source';
  return move?.to === node ? 'target' : undefined;
}
