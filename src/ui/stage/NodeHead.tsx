/** What stands above the VMs of a node: its name, its part in a move, what is wrong with it, its memory. */
import { nodeName } from '../../state/names.ts';
import { at } from '../../base/assert.ts';
import { memoryText, secondsText } from '../../base/numberText.ts';
import { NS_PER_S } from '../../base/units.ts';
import type { RunState } from '../../state/runStore.ts';
import { nodeStateOf, quorumOf, usedMiB } from '../../state/selectors.ts';
import { CrossIcon } from '../shared/icons.tsx';
import { useRun } from '../shared/lab.tsx';
import { pathFault } from './storageRelations.ts';

export interface NodeHeadProps {
  readonly node: number;
  readonly part?: 'source' | 'target' | undefined;
  readonly plain: boolean;
}

export function NodeHead({ node, part, plain }: NodeHeadProps) {
  const name = useRun((state) => nodeName(state.scenario, node));
  const down = useRun((state) => downText(state, node));
  const paused = useRun((state) => nodeStateOf(state, node).paused);
  const faults = useRun((state) => faultsOf(state, node));
  return (
    <header className="node__head">
      <h2 className="node__name">
        <bdi title={name}>{name}</bdi>
        {down !== null && <CrossIcon />}
      </h2>
      {part !== undefined && (
        <span className={part === 'source' ? 'tag tag--filled' : 'tag'}>
          {part === 'source' ? 'Source' : 'Target'}
        </span>
      )}
      {paused && <span className="tag">Paused</span>}
      {faults.map((fault) => (
        <span key={fault} className="tag tag--lost">
          {fault}
        </span>
      ))}
      {down === null ? (
        <MemoryMeter node={node} plain={plain} />
      ) : (
        <p className="node__down">{down}</p>
      )}
    </header>
  );
}

/** "down since 12.0 s, not noticed yet", or null. */
function downText(state: RunState, node: number): string | null {
  const { up, downSinceNs, unnoticed } = nodeStateOf(state, node);
  if (up) return null;
  const since = downSinceNs === null ? '' : ` since ${secondsText(downSinceNs / NS_PER_S)}`;
  return unnoticed ? `down${since}, not noticed yet` : `down${since}`;
}

/** What is cut off from a node that is up. */
function faultsOf(state: RunState, node: number): string[] {
  const { up, migrationNetwork } = nodeStateOf(state, node);
  if (!up) return [];
  const path = pathFault(state, node);
  return [
    ...(quorumOf(state)?.has === false ? ['No quorum'] : []),
    ...(migrationNetwork ? [] : ['Migration network cut']),
    ...(path === null ? [] : [path]),
  ];
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
