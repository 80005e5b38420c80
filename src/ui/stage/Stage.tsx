/** The cluster: clients above, nodes, storage below. A moving VM stands opened in source and target. */
import { at } from '../../base/assert.ts';
import { memoryText } from '../../base/numberText.ts';
import { isBlackout, type Moment } from '../../state/moment.ts';
import type { RunState } from '../../state/runStore.ts';
import { firstTarget, nodeOfVm } from '../../state/selectors.ts';
import { MigrationLink } from '../shared/charts/MigrationLink.tsx';
import { useLab, useRunState, useView } from '../shared/lab.tsx';
import { media, useMedia } from '../shared/useMedia.ts';
import { ClientsLine } from './ClientsLine.tsx';
import { NodeBox } from './NodeBox.tsx';
import { OpenVm, RestingVm, RoomBox } from './OpenVm.tsx';
import {
  contentsOfNodes,
  freeMiB,
  holdsShell,
  stageMoment,
  type NodeContents,
} from './placement.ts';
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
  const moment = stageMoment(useRunState(), vm);
  const asStrip = useMedia(media.small);
  return (
    <section className="stage" aria-label="Cluster">
      <ClientsLine summed={listOnly} />
      {listOnly ? (
        <NodeList moment={moment} />
      ) : moment === null ? (
        <RestingNodes plain={plain} />
      ) : (
        <MovingNodes moment={moment} />
      )}
      <Volumes plain={plain} />
      {asStrip && moment !== null && !listOnly && <OtherNodes moment={moment} strip />}
    </section>
  );
}

function NodeList({ moment }: { readonly moment: Moment | null }) {
  const state = useRunState();
  const vm = useView((view) => view.selectedVm);
  const home = nodeOfVm(state, vm);
  const paused = isBlackout(moment?.phase?.name);
  return (
    <ul className="nodes">
      {contentsOfNodes(state).map((contents) => (
        <NodeBox
          key={contents.node}
          contents={contents}
          part={partOf(contents.node, moment)}
          path={contents.node === home ? (paused ? 'dotted' : 'active') : 'none'}
        />
      ))}
    </ul>
  );
}

function partOf(node: number, moment: Moment | null): 'source' | 'target' | undefined {
  if (moment?.migration.from === node) return 'source';
  return moment?.migration.to === node ? 'target' : undefined;
}

/** Nodes in their order, the selected VM opened where it runs. */
function RestingNodes({ plain }: { readonly plain: boolean }) {
  const state = useRunState();
  const vm = useView((view) => view.selectedVm);
  const choosing = useView((view) => view.choosing !== null);
  const home = nodeOfVm(state, vm);
  const target = choosing ? null : firstTarget(state, vm);
  const contents = contentsOfNodes(state);
  const condition = contents[home]?.vms.find((placed) => placed.vm === vm)?.condition ?? 'running';
  const many = contents.length > 4;
  const kind = many ? 'many' : plain ? 'equal' : 'resting';
  return (
    <ul className={`nodes nodes--${kind}`}>
      {contents.map((node) => (
        <NodeBox
          key={node.node}
          contents={node}
          opened={node.node === home ? vm : null}
          isHome={node.node === home}
          path={node.node === home ? (condition === 'paused' ? 'dotted' : 'active') : 'none'}
          ioLabel={!plain}
        >
          {node.node === home && (
            <RestingVm vm={vm} node={home} condition={condition} beside={plain || many} />
          )}
          {node.node === target && !many && (
            <RoomBox
              name={at(state.scenario.vms, vm).name}
              freeMiB={freeMiB(state, node.node)}
              arrow={plain && target === home + 1}
            />
          )}
        </NodeBox>
      ))}
    </ul>
  );
}

/** Cards above an opened VM, and the opened one. */
const VMS_IN_A_ROW = 4;

/** Source left, target right of it, the others in a narrow column or a strip below. */
function MovingNodes({ moment }: { readonly moment: Moment }) {
  const { frames } = useLab();
  const state = useRunState();
  const asStrip = useMedia(media.small);
  const { vm, from, to } = moment.migration;
  const contents = contentsOfNodes(state);
  const others = asStrip ? [] : otherNodes(state, moment);
  // The same height in both nodes, so that the maps stand side by side.
  const crowded = [from, to].some((node) => at(contents, node).vms.length > VMS_IN_A_ROW);
  const onTarget = nodeOfVm(state, vm) === to;
  const paused = isBlackout(moment.phase?.name);
  const memory = memoryText(at(state.scenario.vms, vm).memoryMiB);
  const path = paused ? 'dotted' : 'active';
  return (
    <div className={others.length === 0 ? 'moving moving--two' : 'moving'} data-migration-stage="">
      <ul className={crowded ? 'nodes nodes--moving nodes--crowded' : 'nodes nodes--moving'}>
        <NodeBox
          contents={at(contents, from)}
          part="source"
          opened={vm}
          path={onTarget ? 'none' : path}
        >
          <OpenVm
            vm={vm}
            side="source"
            node={from}
            condition={onTarget ? 'shell' : paused ? 'paused' : 'running'}
            note={
              onTarget
                ? 'old copy, being deleted'
                : paused
                  ? 'blackout, paused'
                  : `${memory}, running here`
            }
          />
        </NodeBox>
        <li className="moving__link" role="presentation">
          <MigrationLink frames={frames} orientation="horizontal" />
        </li>
        <NodeBox
          contents={at(contents, to)}
          part="target"
          opened={vm}
          path={onTarget ? 'active' : 'none'}
        >
          <OpenVm
            vm={vm}
            side="target"
            node={to}
            condition={onTarget ? 'running' : 'shell'}
            note={targetNote(onTarget, holdsShell(moment), memory)}
          />
        </NodeBox>
      </ul>
      {!asStrip && <OtherNodes moment={moment} strip={false} />}
    </div>
  );
}

interface OtherNodesProps {
  readonly moment: Moment;
  /** Below the storage, instead of a column at the right. */
  readonly strip: boolean;
}

/** Nodes that take no part in the move. */
function OtherNodes({ moment, strip }: OtherNodesProps) {
  const others = otherNodes(useRunState(), moment);
  if (others.length === 0) return null;
  return (
    <ul className={strip ? 'others others--strip' : 'others'} aria-label="Other nodes">
      {others.map((node, index) => (
        <NodeBox key={node.node} contents={node} narrow detached={strip || index > 0} />
      ))}
    </ul>
  );
}

function otherNodes(state: RunState, { migration }: Moment): NodeContents[] {
  const { from, to } = migration;
  return contentsOfNodes(state).filter(({ node }) => node !== from && node !== to);
}

function targetNote(running: boolean, reserved: boolean, memory: string): string {
  if (running) return `${memory}, running here`;
  return reserved ? `${memory} reserved, not running yet` : 'not there yet';
}
