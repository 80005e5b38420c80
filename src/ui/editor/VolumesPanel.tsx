import type { Scenario, VolumeKind, VolumeSpec } from '../../engine/scenario.ts';
import { isClusterDisk, namesText, vmsOfVolume } from '../../state/clusterEdits.ts';
import {
  addVolume,
  removeVolume,
  renameVolume,
  setVolumeKind,
  setVolumeOwner,
} from '../../state/volumeEdits.ts';
import { useDraft } from './draft.ts';
import { Entry, EntryList } from './entries.tsx';
import { NameField, SelectField } from './fields.tsx';

const kinds: readonly { readonly value: VolumeKind; readonly text: string }[] = [
  { value: 'cluster-disk', text: 'Cluster disk (LUN)' },
  { value: 'csv', text: 'Cluster Shared Volume' },
];

/** What VMs lie on: cluster disks of one node, and Cluster Shared Volumes of all. */
export function VolumesPanel() {
  const { scenario } = useDraft();
  const { volumes, nodes } = scenario;
  const owners = nodes.map(({ id, name }) => ({ value: id, text: name }));
  return (
    <EntryList count={volumes.length} addText="Add a volume" add={addVolume}>
      {volumes.map((volume) => (
        <Entry
          key={volume.id}
          kind="volume"
          name={volume.name}
          remove={(draft) => removeVolume(draft, volume.id)}
        >
          <NameField
            label="Name"
            value={volume.name}
            edit={(name) => (draft) => renameVolume(draft, volume.id, name)}
          />
          <SelectField
            label="Kind"
            value={volume.kind}
            options={kinds}
            edit={(kind) => (draft) => setVolumeKind(draft, volume.id, kind)}
          />
          <SelectField
            label={isClusterDisk(volume) ? 'Owner' : 'Coordinator'}
            value={volume.owner}
            options={owners}
            edit={(owner) => (draft) => setVolumeOwner(draft, volume.id, owner)}
          />
          <p className="entry__facts">{contentText(scenario, volume)}</p>
        </Entry>
      ))}
    </EntryList>
  );
}

/** What moves with what: the reason to have one volume or the other. */
function contentText(scenario: Scenario, volume: VolumeSpec): string {
  const vms = vmsOfVolume(scenario, volume.id);
  if (vms.length === 0) return 'Empty.';
  const names = namesText(vms);
  if (vms.length === 1) return isClusterDisk(volume) ? `${names}, which moves alone.` : `${names}.`;
  return isClusterDisk(volume)
    ? `${names}, which can only move together.`
    : `${names}, each of which moves alone.`;
}
