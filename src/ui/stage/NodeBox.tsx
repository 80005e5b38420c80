/** A node: its name, its memory, the VMs on it, and while a VM is being placed whether it can take that one. */
import { useEffect, useRef, type ReactNode } from 'react';
import { at } from '../../base/assert.ts';
import { memoryText } from '../../base/numberText.ts';
import { clientCount } from '../../state/sentence.ts';
import { nodeOfVm, refusalOf, usedMiB } from '../../state/selectors.ts';
import { useRun, useView } from '../shared/lab.tsx';
import type { NodeContents } from './placement.ts';
import { storageText } from './placement.ts';
import { useChoosing } from '../shared/useChoosing.ts';
import { ShellCard, VmCard } from './VmCard.tsx';

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
  /** Without the lines to LAN and storage, in a stack or a strip. */
  readonly detached?: boolean;
  /** As on the first page: only names and places. */
  readonly plain?: boolean;
}

export function NodeBox(props: NodeBoxProps) {
  const { contents, part, opened = null, children, path = 'none', plain = false } = props;
  const { node } = contents;
  const name = useRun((state) => at(state.scenario.nodes, node).name);
  const storage = useRun((state) => storageText(state, node));
  const receive = useReceive(node);
  const vms = contents.vms.filter(({ vm }) => vm !== opened);
  const shells = contents.shells.filter((vm) => vm !== opened);
  return (
    <li
      className={`node ${props.narrow === true ? 'node--narrow' : ''} ${props.isHome === true ? 'node--home' : ''} ${receive?.className ?? ''}`}
      data-node={node}
    >
      {props.detached !== true && <ClientDrop path={path} plain={plain} />}
      <section className="node__box" aria-label={name}>
        <header className="node__head">
          <h2 className="node__name">{name}</h2>
          {part !== undefined && (
            <span className={part === 'source' ? 'tag tag--filled' : 'tag'}>
              {part === 'source' ? 'Source' : 'Target'}
            </span>
          )}
          <MemoryMeter node={node} plain={plain} />
        </header>
        {receive !== null && <ReceiveButton node={node} receive={receive} />}
        {plain && children}
        <ul className="node__vms">
          {vms.map((placed) => (
            <li key={placed.vm}>
              <VmCard {...placed} />
            </li>
          ))}
          {shells.map((vm) => (
            <li key={`shell ${vm}`}>
              <ShellCard vm={vm} />
            </li>
          ))}
        </ul>
        {!plain && children}
      </section>
      {props.detached !== true && (
        <p className={storage === '' ? 'node__io node__io--none' : 'node__io'}>
          {!plain && storage}
        </p>
      )}
    </li>
  );
}

type ClientDropProps = Required<Pick<NodeBoxProps, 'path' | 'plain'>>;

function ClientDrop({ path, plain }: ClientDropProps) {
  const vm = useView((view) => view.selectedVm);
  const name = useRun((state) => state.scenario.vms[vm]?.name ?? '');
  const served = useRun((state) => !plain && clientCount(state.scenario, vm) > 0);
  return (
    <p className={`node__drop node__drop--${path}`}>
      {served && path === 'active' && `clients reach ${name} here`}
      {served && path === 'dotted' && `nobody reaches ${name} now`}
    </p>
  );
}

interface MemoryMeterProps {
  readonly node: number;
  readonly plain: boolean;
}

function MemoryMeter({ node, plain }: MemoryMeterProps) {
  const total = useRun((state) => at(state.scenario.nodes, node).memoryMiB);
  const used = useRun((state) => usedMiB(state, node));
  const share = Math.min(1, used / total);
  return (
    <p className="node__memory">
      <span className="nowrap">
        {memoryOf(used, total)}
        {plain && ' used'}
      </span>
      {!plain && (
        <span className="node__meter" aria-hidden="true">
          <i style={{ width: `${share * 100}%` }} />
        </span>
      )}
    </p>
  );
}

/** "14 of 32 GB": the unit once when it is the same. */
function memoryOf(used: number, total: number): string {
  const [of, all] = [memoryText(used), memoryText(total)];
  const [figure, unit] = of.split('\u00a0');
  const sameUnit = used === 0 || all.endsWith(`\u00a0${unit}`);
  return sameUnit ? `${figure} of ${all}` : `${of} of ${all}`;
}

interface Receive {
  readonly text: string;
  readonly refusal: string | null;
  readonly pointedAt: boolean;
  readonly className: string;
}

/** null while no VM is being placed, and on the node it runs on. */
function useReceive(node: number): Receive | null {
  const choosing = useView((view) => view.choosing);
  const refusal = useRun((state) =>
    choosing === null ? null : refusalOf(state, choosing.vm, node),
  );
  const isHome = useRun((state) => choosing !== null && nodeOfVm(state, choosing.vm) === node);
  const name = useRun((state) => state.scenario.vms[choosing?.vm ?? -1]?.name ?? '');
  if (choosing === null || isHome) return null;
  const pointedAt = choosing.node === node;
  const can = refusal === null ? 'node--can-receive' : 'node--cannot-receive';
  return {
    text: refusal ?? `drop ${name} here`,
    refusal,
    pointedAt,
    className: pointedAt ? `${can} node--pointed-at` : can,
  };
}

function ReceiveButton({ node, receive }: { readonly node: number; readonly receive: Receive }) {
  const choosing = useChoosing();
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (receive.pointedAt) ref.current?.focus({ preventScroll: true });
  }, [receive.pointedAt]);
  return (
    <button
      ref={ref}
      type="button"
      className="node__receive"
      aria-disabled={receive.refusal !== null || undefined}
      onClick={() => choosing.drop(node)}
    >
      {receive.text}
    </button>
  );
}
