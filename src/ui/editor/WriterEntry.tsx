import { isolated } from '../../base/isolated.ts';
import type { VmSpec } from '../../engine/scenario.ts';
import type { WriterSpec } from '../../engine/settings.ts';
import type { ClusterEdit } from '../../state/clusterEdits.ts';
import { writerNames } from '../../state/edits.ts';
import { removeWriter, setWriter, setWriterKind } from '../../state/guestEdits.ts';
import { Entry } from './entries.tsx';
import { MemoryField, NumberField, SelectField } from './fields.tsx';

const kinds = (['uniform', 'sweep', 'once', 'hot', 'power-law'] as const).map((value) => {
  return { value, text: writerNames[value] };
});

export interface WriterEntryProps {
  readonly vm: VmSpec;
  readonly writer: WriterSpec;
  readonly place: number;
}

/** One habit of a guest: how often it writes, where, and when. */
export function WriterEntry({ vm, writer, place }: WriterEntryProps) {
  const change =
    (changed: WriterSpec): ClusterEdit =>
    (draft) =>
      setWriter(draft, vm.id, place, changed);
  return (
    <Entry
      kind="writer"
      name={`writer ${place + 1} of ${isolated(vm.name)}`}
      remove={(draft) => removeWriter(draft, vm.id, place)}
    >
      <SelectField
        label="It writes"
        value={writer.kind}
        options={kinds}
        edit={(kind) => (draft) => setWriterKind(draft, vm.id, place, kind)}
      />
      <NumberField
        label="Rate"
        unit="pages/s"
        value={writer.pagesPerSecond}
        edit={(pagesPerSecond) => change({ ...writer, pagesPerSecond })}
      />
      <MemoryField
        label="From"
        mib={writer.startMiB}
        edit={(startMiB) => change({ ...writer, startMiB })}
      />
      <MemoryField
        label="Region"
        mib={writer.sizeMiB}
        edit={(sizeMiB) => change({ ...writer, sizeMiB })}
      />
      <HabitFields writer={writer} change={change} />
      <PeriodField name="fromMs" label="Begins at" empty="0" writer={writer} change={change} />
      <PeriodField name="toMs" label="Stops at" empty="never" writer={writer} change={change} />
    </Entry>
  );
}

interface PartProps {
  readonly writer: WriterSpec;
  readonly change: (changed: WriterSpec) => ClusterEdit;
}

/** What only some kinds have. */
function HabitFields({ writer, change }: PartProps) {
  if (writer.kind === 'power-law') {
    return (
      <NumberField
        label="Exponent"
        value={writer.exponent}
        edit={(exponent) => change({ ...writer, exponent })}
      />
    );
  }
  if (writer.kind !== 'hot') return null;
  return (
    <>
      <NumberField
        label="To hot part"
        unit="%"
        per={0.01}
        value={writer.hotShare}
        edit={(hotShare) => change({ ...writer, hotShare })}
      />
      <MemoryField
        label="Hot part"
        mib={writer.hotMiB}
        edit={(hotMiB) => change({ ...writer, hotMiB })}
      />
    </>
  );
}

interface PeriodFieldProps extends PartProps {
  readonly name: 'fromMs' | 'toMs';
  readonly label: string;
  readonly empty: string;
}

/** A time of the guest's clock; empty: from the start, or without an end. */
function PeriodField({ name, label, empty, writer, change }: PeriodFieldProps) {
  const { [name]: ms = null, ...always } = writer;
  return (
    <NumberField
      label={label}
      unit="s"
      per={1000}
      placeholder={empty}
      value={ms}
      edit={(value) => change({ ...writer, [name]: value })}
      onEmpty={change(always)}
    />
  );
}
