import { isolated } from '../../base/isolated.ts';
import { memoryText } from '../../base/numberText.ts';
import type { NodeSpec, Scenario, VmSpec, VolumeSpec } from '../../engine/scenario.ts';
import { entryOf, freeMiB, isClusterDisk } from '../../state/clusterEdits.ts';
import { moveVm } from '../../state/placementEdits.ts';
import { addVm, removeVm, renameVm, resizeVm, setVmVolume } from '../../state/vmEdits.ts';
import { useDraft } from './draft.ts';
import { Entry, EntryList } from './entries.tsx';
import { MemoryField, NameField, SelectField } from './fields.tsx';
import { NodeTotal } from './NodeTotal.tsx';
import { VmDetails } from './VmDetails.tsx';

/** The VMs, and how full they make the nodes. */
export function VmsPanel() {
  const { scenario } = useDraft();
  const { vms, nodes } = scenario;
  return (
    <>
      <ul className="totals" aria-label="Memory of the nodes">
        {nodes.map((node) => (
          <li key={node.id}>
            <NodeTotal named node={node} />
          </li>
        ))}
      </ul>
      <EntryList count={vms.length} addText="Add a VM" add={addVm}>
        {vms.map((vm) => (
          <VmEntry key={vm.id} vm={vm} />
        ))}
      </EntryList>
    </>
  );
}

function VmEntry({ vm }: { readonly vm: VmSpec }) {
  const { scenario } = useDraft();
  const { nodes, volumes } = scenario;
  return (
    <Entry
      kind="vm"
      name={vm.name}
      remove={(draft) => removeVm(draft, vm.id)}
      more={<VmDetails vm={vm} />}
    >
      <NameField
        label="Name"
        value={vm.name}
        edit={(name) => (draft) => renameVm(draft, vm.id, name)}
      />
      <MemoryField
        label="Memory"
        mib={vm.memoryMiB}
        edit={(mib) => (draft) => resizeVm(draft, vm.id, mib)}
      />
      <SelectField
        label="Node"
        value={vm.node}
        options={nodes.map((node) => ({ value: node.id, text: nodeText(scenario, node, vm) }))}
        edit={(node) => (draft) => moveVm(draft, vm.id, node)}
      />
      <SelectField
        label="Volume"
        value={vm.volume}
        options={volumes.map((volume) => ({
          value: volume.id,
          text: volumeText(scenario, volume, vm),
        }))}
        edit={(volume) => (draft) => setVmVolume(draft, vm.id, volume)}
      />
    </Entry>
  );
}

/** Of another node also what it has free. */
function nodeText(scenario: Scenario, node: NodeSpec, vm: VmSpec): string {
  const free = memoryText(freeMiB(scenario, node));
  return node.id === vm.node ? node.name : `${isolated(node.name)}, ${free} free`;
}

/** Of another cluster disk also where it leads. */
function volumeText(scenario: Scenario, volume: VolumeSpec, vm: VmSpec): string {
  if (volume.id === vm.volume || !isClusterDisk(volume)) return volume.name;
  return `${isolated(volume.name)}, of ${isolated(entryOf(scenario.nodes, volume.owner).name)}`;
}
