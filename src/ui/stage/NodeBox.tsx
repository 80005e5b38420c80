/** A node: its name and state, the VMs on it, its lines to the LAN and to the storage. */
import type { ReactNode } from 'react';
import { clientCount, nodeName, vmName } from '../../state/names.ts';
import { nodeStateOf } from '../../state/selectors.ts';
import { useRun, useView } from '../shared/lab.tsx';
import { NodeChoice, useNodeOffer } from './NodeChoice.tsx';
import { NodeHead } from './NodeHead.tsx';
import { StorageWords } from './StorageLines.tsx';
import type { NodeContents } from './placement.ts';
import { GhostCard, VmCard } from './VmCard.tsx';

export interface NodeBoxProps {
  readonly contents: NodeContents;
  readonly part?: 'source' | 'target' | undefined;
  /** The VM whose card is not listed, because it stands opened in `children`. */
  readonly opened?: number | null;
  readonly children?: ReactNode;
  /** Holds the opened VM, and gets the room for its map. */
  readonly isHome?: boolean;
  /** How clients reach the selected VM here. */
  readonly path?: 'none' | 'active' | 'dotted';
  readonly narrow?: boolean;
  /** Without the line to the LAN, or to the storage: inside a stack or a strip. */
  readonly noDrop?: boolean;
  readonly noStorage?: boolean;
  /** As on the first page: only names and places. */
  readonly plain?: boolean;
}

export function NodeBox(props: NodeBoxProps) {
  const { contents, part, opened = null, children, path = 'none', plain = false } = props;
  const { narrow = false, isHome = false, noDrop = false, noStorage = false } = props;
  const { node } = contents;
  const name = useRun((state) => nodeName(state.scenario, node));
  const isDown = useRun((state) => !nodeStateOf(state, node).up);
  const offer = useNodeOffer(node);
  const names = ['node', offer?.className ?? ''];
  if (narrow) names.push('node--narrow');
  if (isHome) names.push('node--home');
  if (isDown) names.push('node--down');
  return (
    <li className={names.join(' ')} data-node={node} data-wired={noStorage ? undefined : true}>
      {!noDrop && <ClientDrop path={path} plain={plain} />}
      <section className="node__box" aria-label={name}>
        <NodeHead node={node} part={part} plain={plain} />
        {offer !== null && <NodeChoice node={node} offer={offer} />}
        {plain && children}
        <NodeVms contents={contents} opened={opened} />
        {!plain && children}
      </section>
      <StorageWords node={node} detached={noStorage} plain={plain} />
    </li>
  );
}

type NodeVmsProps = Required<Pick<NodeBoxProps, 'contents' | 'opened'>>;

function NodeVms({ contents, opened }: NodeVmsProps) {
  return (
    <ul className="node__vms">
      {contents.vms
        .filter(({ vm }) => vm !== opened)
        .map((placed) => (
          <li key={placed.vm}>
            <VmCard {...placed} />
          </li>
        ))}
      {contents.ghosts
        .filter(({ vm }) => vm !== opened)
        .map((ghost) => (
          <li key={`ghost ${ghost.vm}`}>
            <GhostCard {...ghost} />
          </li>
        ))}
    </ul>
  );
}

const dropWords = {
  none: () => '',
  active: (vm: string) => `clients reach ${vm} here`,
  dotted: (vm: string) => `nobody reaches ${vm} now`,
};

type ClientDropProps = Required<Pick<NodeBoxProps, 'path' | 'plain'>>;

function ClientDrop({ path, plain }: ClientDropProps) {
  const vm = useView((view) => view.selectedVm);
  const name = useRun((state) => vmName(state.scenario, vm));
  const served = useRun((state) => !plain && clientCount(state.scenario, vm) > 0);
  const words = served ? dropWords[path](name) : '';
  return (
    <p className={`node__drop node__drop--${path}`} title={words}>
      {words}
    </p>
  );
}
