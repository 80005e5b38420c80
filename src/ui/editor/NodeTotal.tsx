/** How much of a node's memory its VMs have, in words and as a bar. */
import { isolated } from '../../base/isolated.ts';
import { memoryText } from '../../base/numberText.ts';
import type { NodeSpec } from '../../engine/scenario.ts';
import { memoryOf, vmsOfNode } from '../../state/clusterEdits.ts';
import { useDraft } from './draft.ts';

export interface NodeTotalProps {
  readonly node: NodeSpec;
  readonly named?: boolean;
}

export function NodeTotal({ node: { id }, named = false }: NodeTotalProps) {
  const { typed } = useDraft();
  const node = typed.nodes.find((other) => other.id === id);
  if (node === undefined) return null;
  const used = memoryOf(vmsOfNode(typed, id));
  return (
    <p className="node-total">
      {named && <b title={isolated(node.name)}>{isolated(node.name)}</b>}
      <span className="node-total__bar" aria-hidden="true">
        <i style={{ width: `${(used / node.memoryMiB) * 100}%` }} />
      </span>
      <span className="nowrap">{shareText(used, node.memoryMiB)} used</span>
    </p>
  );
}

/** "14 of 32 GB": the unit once when it is the same. */
function shareText(usedMiB: number, totalMiB: number): string {
  const [used, total] = [memoryText(usedMiB), memoryText(totalMiB)];
  const [figure, unit] = used.split('\u00a0');
  const sameUnit = usedMiB === 0 || total.endsWith(`\u00a0${unit}`);
  return sameUnit ? `${figure} of ${total}` : `${used} of ${total}`;
}
