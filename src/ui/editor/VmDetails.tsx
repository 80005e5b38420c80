/** What opens under a VM: what its guest writes, who asks it, how much of it is in use, and where it may run. */
import { isolated } from '../../base/isolated.ts';
import { useState } from 'react';
import { pagesText } from '../../base/numberText.ts';
import type { VmSpec } from '../../engine/scenario.ts';
import { totalRate } from '../../state/edits.ts';
import { addClients, addWriter } from '../../state/guestEdits.ts';
import { ownersOf } from '../../state/nodeEdits.ts';
import { setPossibleOwner, setTouched } from '../../state/vmEdits.ts';
import { ClientsEntry } from './ClientsEntry.tsx';
import { useDraft } from './draft.ts';
import { EntryList } from './entries.tsx';
import { MemoryField, SwitchField } from './fields.tsx';
import { WriterEntry } from './WriterEntry.tsx';

export function VmDetails({ vm }: { readonly vm: VmSpec }) {
  const { scenario } = useDraft();
  const [open, setOpen] = useState(false);
  const owners = ownersOf(scenario, vm).length;
  const hosts =
    vm.possibleOwners === null ? 'any node' : `${owners} of ${scenario.nodes.length} nodes`;
  return (
    <details className="vm-details" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {writesText(vm)}, {clientsText(vm)}, may run on {hosts}
      </summary>
      {open && (
        <div className="vm-details__parts">
          <WritersOf vm={vm} />
          <ClientsOf vm={vm} />
          <PlaceOf vm={vm} />
        </div>
      )}
    </details>
  );
}

function WritersOf({ vm }: { readonly vm: VmSpec }) {
  return (
    <section aria-label={`Writers of ${isolated(vm.name)}`}>
      <h3>Writers</h3>
      <EntryList
        inner
        count={vm.writers.length}
        addText="Add a writer"
        add={(draft) => addWriter(draft, vm.id)}
      >
        {vm.writers.map((writer, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- a writer has no name, its place is its identity
          <WriterEntry key={place} vm={vm} writer={writer} place={place} />
        ))}
      </EntryList>
    </section>
  );
}

function ClientsOf({ vm }: { readonly vm: VmSpec }) {
  return (
    <section aria-label={`Clients of ${isolated(vm.name)}`}>
      <h3>Clients</h3>
      <EntryList
        inner
        count={vm.clients.length}
        addText="Add clients"
        add={(draft) => addClients(draft, vm.id)}
      >
        {vm.clients.map((group, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- clients have no name, their place is their identity
          <ClientsEntry key={place} vm={vm} group={group} place={place} />
        ))}
      </EntryList>
    </section>
  );
}

function PlaceOf({ vm }: { readonly vm: VmSpec }) {
  const { scenario } = useDraft();
  const owners = new Set(ownersOf(scenario, vm).map(({ id }) => id));
  return (
    <section aria-label={`Memory in use and possible owners of ${isolated(vm.name)}`}>
      <h3>Memory in use and possible owners</h3>
      <div className="vm-details__place">
        <MemoryField
          label="Touched at the start"
          mib={vm.touchedMiB}
          edit={(mib) => (draft) => setTouched(draft, vm.id, mib)}
        />
        <fieldset className="vm-details__owners">
          <legend>May run on</legend>
          {scenario.nodes.map(({ id, name }) => (
            <SwitchField
              key={id}
              label={name}
              checked={owners.has(id)}
              edit={(allowed) => (draft) => setPossibleOwner(draft, vm.id, id, allowed)}
            />
          ))}
        </fieldset>
      </div>
    </section>
  );
}

function writesText({ writers }: VmSpec): string {
  return writers.length === 0 ? 'Idle guest' : `Writes ${pagesText(totalRate(writers))} per second`;
}

function clientsText({ clients }: VmSpec): string {
  const count = clients.reduce((sum, group) => sum + group.count, 0);
  if (count === 0) return 'no clients';
  return count === 1 ? '1 client' : `${count} clients`;
}
