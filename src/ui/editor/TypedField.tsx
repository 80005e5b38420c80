/**
 * A text or a number of the draft. While it is typed its consequences are shown and what is not allowed is said; it
 * counts when the field is left or with Enter, so that a "1" on the way to "16" cuts nothing off.
 */
import { useId, useState, type KeyboardEvent } from 'react';
import type { ClusterEdit } from '../../state/clusterEdits.ts';
import { understoodText } from '../shared/parseValue.ts';
import { useDraft } from './draft.ts';
import { Refusal } from './Refusal.tsx';

export interface TypedFieldProps {
  readonly label: string;
  /** As the field shows it. */
  readonly value: string;
  readonly kind: 'text' | 'number';
  readonly unit?: string;
  /** Said beside the field. */
  readonly note?: string;
  readonly placeholder?: string;
  /** What is understood of a typed number, as the page shows it; null where it cannot be understood. */
  readonly understood?: (text: string) => string | null;
  readonly edit: (text: string) => ClusterEdit;
}

export function TypedField(props: TypedFieldProps) {
  const { label, value, kind, unit = '', note, edit } = props;
  const id = useId();
  const draft = useDraft();
  const [text, setText] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  const type = (typed: string): void => {
    setText(typed);
    setRefusal(draft.trial(typed === value ? null : edit(typed)));
  };
  const take = (): void => {
    if (text === null) return;
    // What cannot be understood stays to be mended, with the refusal that it has.
    if (text.trim() !== '' && props.understood?.(text) === null) return;
    setText(null);
    // Shown rounded: what was not touched must not become the value.
    if (text !== value) setRefusal(draft.apply(edit(text)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') take();
    if (event.key !== 'Escape' || text === null) return;
    // The first Esc gives up what was typed, the next one the dialog.
    event.preventDefault();
    setText(null);
    setRefusal(draft.trial(null));
  };

  const why = `${id}-why`;
  const understood = text === null || text === value ? null : (props.understood?.(text) ?? null);
  const hint = text === null || understood === null ? '' : understoodText(text, understood);
  return (
    <div className={`field field--${kind}`}>
      <label htmlFor={id}>
        {label}
        {unit !== '' && <span className="field__unit"> {unit}</span>}
      </label>
      <input
        id={id}
        type="text"
        dir={kind === 'text' ? 'auto' : undefined}
        inputMode={kind === 'number' ? 'decimal' : undefined}
        placeholder={props.placeholder}
        autoComplete="off"
        spellCheck={false}
        value={text ?? value}
        aria-invalid={(text !== null && refusal !== null) || undefined}
        aria-describedby={refusal === null ? undefined : why}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={take}
      />
      {hint !== '' && <output className="field__note">{hint}</output>}
      {note !== undefined && <span className="field__note">{note}</span>}
      {refusal !== null && <Refusal id={why} text={refusal} />}
    </div>
  );
}
