import { namesText, vmsOfNode } from '../../state/clusterEdits.ts';
import { addNode, removeNode, renameNode, resizeNode } from '../../state/nodeEdits.ts';
import { useDraft } from './draft.ts';
import { Entry, EntryList } from './entries.tsx';
import { MemoryField, NameField } from './fields.tsx';
import { NodeTotal } from './NodeTotal.tsx';

/** 1 to 16 nodes. Those that are removed give their VMs to the others. */
export function NodesPanel() {
  const { scenario } = useDraft();
  const { nodes } = scenario;
  return (
    <EntryList count={nodes.length} addText="Add a node" add={addNode}>
      {nodes.map((node) => {
        const vms = vmsOfNode(scenario, node.id);
        return (
          <Entry
            key={node.id}
            kind="node"
            name={node.name}
            remove={(draft) => removeNode(draft, node.id)}
          >
            <NameField
              label="Name"
              value={node.name}
              edit={(name) => (draft) => renameNode(draft, node.id, name)}
            />
            <MemoryField
              label="Memory"
              mib={node.memoryMiB}
              edit={(mib) => (draft) => resizeNode(draft, node.id, mib)}
            />
            <div className="entry__facts">
              <NodeTotal node={node} />
              <p>{vms.length === 0 ? 'No VM runs here.' : namesText(vms)}</p>
            </div>
          </Entry>
        );
      })}
    </EntryList>
  );
}
