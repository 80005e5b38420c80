/** Nodes in their order, the selected VM opened where it is. */
import { vmName } from '../../state/names.ts';
import { firstTarget, nodeOfVm } from '../../state/selectors.ts';
import { useRun, useView } from '../shared/lab.tsx';
import { MoreBelow } from './MoreBelow.tsx';
import { NodeBox } from './NodeBox.tsx';
import { contentsOfNodes, freeMiB, methodOfDrag } from './placement.ts';
import { RestingVm, RoomBox } from './RestingVm.tsx';
import { isHatched } from './vmCondition.ts';

/** From here the nodes stand in several rows. */
export const MANY_NODES = 5;

export function RestingNodes({ plain }: { readonly plain: boolean }) {
  const vm = useView((view) => view.selectedVm);
  const choosing = useView((view) => view.choosing !== null);
  const home = useRun((state) => nodeOfVm(state, vm));
  const target = useRun((state) => firstTarget(state, vm, methodOfDrag(state, vm)));
  const name = useRun((state) => vmName(state.scenario, vm));
  const free = useRun((state) => (target === null ? 0 : freeMiB(state, target)));
  const nodes = useRun(contentsOfNodes);
  const condition = nodes[home]?.vms.find((placed) => placed.vm === vm)?.condition ?? 'running';
  const many = nodes.length >= MANY_NODES;
  const kind = many ? 'many' : plain ? 'equal' : 'resting';
  const path = isHatched(condition) ? 'dotted' : 'active';
  return (
    <ul className={`nodes nodes--${kind}`}>
      {nodes.map((contents) => (
        <NodeBox
          key={contents.node}
          contents={contents}
          opened={contents.node === home ? vm : null}
          isHome={contents.node === home}
          path={contents.node === home ? path : 'none'}
          plain={plain}
        >
          {contents.node === home && (
            <RestingVm vm={vm} node={home} condition={condition} beside={plain || many} />
          )}
          {contents.node === target && !choosing && !many && (
            <RoomBox name={name} freeMiB={free} arrow={plain && target === home + 1} />
          )}
        </NodeBox>
      ))}
      {many && <MoreBelow arrangement={String(nodes.length)} />}
    </ul>
  );
}
