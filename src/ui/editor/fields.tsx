/** Labelled controls that change the draft: names, numbers in the unit people use, choices, switches. */
import { useId, useState } from 'react';
import type { ClusterEdit } from '../../state/clusterEdits.ts';
import { marksOf, parseFigure } from '../shared/numberMarks.ts';
import { fieldText, notUnderstoodText } from '../shared/parseValue.ts';
import { useDraft } from './draft.ts';
import { Refusal } from './Refusal.tsx';
import { TypedField } from './TypedField.tsx';

export interface NameFieldProps {
  readonly label: string;
  readonly value: string;
  readonly edit: (name: string) => ClusterEdit;
}

export function NameField({ label, value, edit }: NameFieldProps) {
  return <TypedField kind="text" label={label} value={value} edit={(text) => edit(text.trim())} />;
}

export interface NumberFieldProps {
  readonly label: string;
  /** null: empty. */
  readonly value: number | null;
  readonly unit?: string;
  /** How much of `value` one of the unit is. */
  readonly per?: number;
  /** What is written must not have fractions. */
  readonly whole?: boolean;
  readonly note?: string;
  readonly placeholder?: string;
  readonly edit: (value: number) => ClusterEdit;
  /** What an empty field means, where it means something. */
  readonly onEmpty?: ClusterEdit;
}

export function NumberField(props: NumberFieldProps) {
  const { value, per = 1, whole = false, edit, onEmpty, ...rest } = props;
  return (
    <TypedField
      kind="number"
      {...rest}
      value={value === null ? '' : fieldText(shownText(value / per))}
      understood={(text) => {
        const number = parseFigure(text, marksOf());
        return number === null ? null : shownText(number);
      }}
      edit={(text) => {
        if (text.trim() === '') return onEmpty ?? edit(Number.NaN);
        const number = parseFigure(text, marksOf());
        if (number === null) return naming(text, edit(Number.NaN));
        // The sum makes 0 of -0.
        const own = number * per + 0;
        return edit(whole ? Math.round(own) : own);
      }}
    />
  );
}

/** NaN is allowed by no edit: its refusal, which says what is, after the name of what was typed. */
function naming(text: string, edit: ClusterEdit): ClusterEdit {
  return (scenario) => {
    const result = edit(scenario);
    if (result.ok) return result;
    return { ok: false, reason: `${notUnderstoodText(text)} ${result.reason}` };
  };
}

/** With three decimals at most. */
function shownText(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

const MIB_PER_GB = 1024;

export type MemoryFieldProps = Pick<NumberFieldProps, 'label' | 'note' | 'edit'> & {
  readonly mib: number;
};

/** In GB, or in MB for less than one. */
export function MemoryField({ mib, ...rest }: MemoryFieldProps) {
  const inGb = mib >= MIB_PER_GB;
  return (
    <NumberField
      {...rest}
      whole
      value={mib}
      unit={inGb ? 'GB' : 'MB'}
      per={inGb ? MIB_PER_GB : 1}
    />
  );
}

export interface SelectFieldProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly edit: (value: T) => ClusterEdit;
}

export function SelectField<T extends string>({
  label,
  value,
  options,
  edit,
}: SelectFieldProps<T>) {
  const id = useId();
  const { apply } = useDraft();
  const [refusal, setRefusal] = useState<string | null>(null);
  return (
    <div className="field field--select">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-describedby={refusal === null ? undefined : `${id}-why`}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) setRefusal(apply(edit(chosen.value)));
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
      {refusal !== null && <Refusal id={`${id}-why`} text={refusal} />}
    </div>
  );
}

export interface SwitchFieldProps {
  readonly label: string;
  readonly checked: boolean;
  readonly edit: (checked: boolean) => ClusterEdit;
}

export function SwitchField({ label, checked, edit }: SwitchFieldProps) {
  const { apply } = useDraft();
  const [refusal, setRefusal] = useState<string | null>(null);
  return (
    <div className="field field--switch">
      <label>
        <input
          type="checkbox"
          checked={checked}
          onChange={(event) => setRefusal(apply(edit(event.target.checked)))}
        />
        {label}
      </label>
      {refusal !== null && <Refusal text={refusal} />}
    </div>
  );
}
