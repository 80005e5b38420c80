import { isolated } from '../../base/isolated.ts';
import type { ClientKind, ClientSpec, VmSpec } from '../../engine/scenario.ts';
import type { ClusterEdit } from '../../state/clusterEdits.ts';
import { clientNames, removeClients, setClients } from '../../state/guestEdits.ts';
import { Entry } from './entries.tsx';
import { NumberField, SelectField } from './fields.tsx';

const kinds = (['windows-lan', 'linux-lan', 'ping'] as const).map((value) => {
  return { value, text: clientNames[value] };
});

export interface ClientsEntryProps {
  readonly vm: VmSpec;
  readonly group: ClientSpec;
  readonly place: number;
}

/** A number of like clients. */
export function ClientsEntry({ vm, group, place }: ClientsEntryProps) {
  const change =
    (changed: ClientSpec): ClusterEdit =>
    (draft) =>
      setClients(draft, vm.id, place, changed);
  return (
    <Entry
      kind="clients"
      name={`clients ${place + 1} of ${isolated(vm.name)}`}
      remove={(draft) => removeClients(draft, vm.id, place)}
    >
      <SelectField<ClientKind>
        label="Kind"
        value={group.kind}
        options={kinds}
        edit={(kind) => change({ ...group, kind })}
      />
      <NumberField
        label="How many"
        value={group.count}
        edit={(count) => change({ ...group, count })}
      />
      <NumberField
        label="Each asks every"
        unit="ms"
        value={group.requestEveryMs}
        edit={(requestEveryMs) => change({ ...group, requestEveryMs })}
      />
    </Entry>
  );
}
