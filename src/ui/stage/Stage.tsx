/** The cluster: clients above, nodes, storage below. A moving VM stands opened in source and target. */
import { nodeOfVm } from '../../state/selectors.ts';
import { useRun, useView } from '../shared/lab.tsx';
import { useHidden } from '../shared/Panel.tsx';
import { useFocusReturn } from '../shared/useChoosing.ts';
import { media, useMedia } from '../shared/useMedia.ts';
import { ClientsLine } from './ClientsLine.tsx';
import { MovingNodes, OtherNodes } from './MovingNodes.tsx';
import { NodeBox } from './NodeBox.tsx';
import { contentsOfNodes, stageMove, type StageMove } from './placement.ts';
import { MANY_NODES, RestingNodes } from './RestingNodes.tsx';
import { StorageLines } from './StorageLines.tsx';
import { conditionOf, isHatched } from './vmCondition.ts';
import { Volumes } from './Volumes.tsx';
import './node.css';
import './volumes.css';
import './stage.css';
import './vm.css';

/** On tablets the nodes at rest wrap from here. */
const NARROW_NODES = 3;
/** More volumes stand in several rows, where lines would cross: then words alone say who uses them. */
const VOLUMES_WITH_LINES = 6;
const VOLUMES_WITH_LINES_SMALL = 4;

export interface StageProps {
  /** Without the words that only matter during a move: on the first page. */
  readonly plain?: boolean;
  /** Nodes and their VMs without memory maps: on phones, where the maps have a tab of their own. */
  readonly listOnly?: boolean;
}

export function Stage({ plain = false, listOnly = false }: StageProps) {
  useFocusReturn();
  const vm = useView((view) => view.selectedVm);
  const move = useRun((state) => stageMove(state, vm));
  const nodes = useRun(({ scenario }) => scenario.nodes.length);
  const volumes = useRun(({ scenario }) => scenario.volumes.length);
  const asStrip = useMedia(media.small);
  const narrow = useMedia(media.narrow);
  // The first page shows them all.
  const noClients = useHidden('clients') && !plain;
  const noVolumes = useHidden('volumes') && !plain;
  // Nodes in several rows have no way down to the volumes.
  const inRows = listOnly || (move === null && nodes >= (narrow ? NARROW_NODES : MANY_NODES));
  const hasLines =
    !noVolumes && !inRows && volumes <= (asStrip ? VOLUMES_WITH_LINES_SMALL : VOLUMES_WITH_LINES);
  const names = ['stage'];
  if (plain) names.push('stage--plain');
  if (!hasLines) names.push('stage--in-words');
  return (
    <section
      className={names.join(' ')}
      aria-label="Cluster"
      data-cluster=""
      data-picture="Cluster"
    >
      {!noClients && <ClientsLine summed={listOnly || plain} />}
      {listOnly ? (
        <NodeList move={move} />
      ) : move === null ? (
        <RestingNodes plain={plain} />
      ) : (
        <MovingNodes move={move} />
      )}
      {hasLines && (
        <StorageLines
          arrangement={`${move?.from} ${move?.to} ${asStrip} ${nodes} ${volumes} ${plain}`}
        />
      )}
      {!noVolumes && <Volumes plain={plain} inOneRow={hasLines} />}
      {asStrip && move !== null && !listOnly && <OtherNodes move={move} strip />}
    </section>
  );
}

function NodeList({ move }: { readonly move: StageMove | null }) {
  const vm = useView((view) => view.selectedVm);
  const home = useRun((state) => nodeOfVm(state, vm));
  const still = useRun((state) => isHatched(conditionOf(state, vm)));
  const nodes = useRun(contentsOfNodes);
  return (
    <ul className="nodes">
      {nodes.map((contents) => (
        <NodeBox
          key={contents.node}
          contents={contents}
          part={partOf(contents.node, move)}
          path={contents.node === home ? (still ? 'dotted' : 'active') : 'none'}
        />
      ))}
    </ul>
  );
}

function partOf(node: number, move: StageMove | null): 'source' | 'target' | undefined {
  if (move?.from === node) return 'source';
  return move?.to === node ? 'target' : undefined;
}
