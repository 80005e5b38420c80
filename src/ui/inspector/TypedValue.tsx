/**
 * A named number that can be typed in after a click. A number that is not allowed leaves the old value and says what is; what
 * cannot be understood stays as it was typed, and is named.
 */
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { Range } from '../../state/edits.ts';
import { fieldText, notUnderstoodText, parseValue, understoodText } from '../shared/parseValue.ts';

export interface TypedValueProps {
  readonly label: string;
  readonly value: number;
  readonly range: Range;
  readonly format: (value: number) => string;
  /** Factors of the units that may be typed; a bare number is in the unit that is shown. */
  readonly units: Readonly<Record<string, number>>;
  /** To what the model can take: whole pages, whole MB. */
  readonly round: (value: number) => number;
  readonly onChange: (value: number) => void;
  /** Why it cannot be changed now, or null. */
  readonly fixed?: string | null;
}

export function TypedValue(props: TypedValueProps) {
  const { label, value, range, format, units, round, onChange, fixed = null } = props;
  const id = useId();
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const byKey = useRef(false);
  useEffect(() => {
    // The field is gone: what was pressed to open it has the focus again.
    if (text === null && byKey.current) button.current?.focus();
    byKey.current = false;
  }, [text]);

  const asText = (shown: number): string => fieldText(format(shown));
  const allowed = `Allowed: ${format(range.min)} to ${format(range.max)}.`;
  const read = (typed: string): number | null => {
    const number = parseValue(typed, units, asText(value));
    return number === null ? null : round(number);
  };
  const open = (): void => {
    if (fixed === null) setText(asText(value));
  };
  const close = (): void => {
    setText(null);
    setProblem(null);
  };
  const take = (): void => {
    if (text === null) return;
    // Shown rounded: what was not touched must not become the value.
    if (text === asText(value)) return close();
    const typed = read(text);
    if (typed === null && text.trim() !== '') {
      setProblem(`${notUnderstoodText(text)} ${allowed}`);
      return;
    }
    close();
    if (typed === null || typed < range.min || typed > range.max) setProblem(allowed);
    else if (typed !== value) onChange(typed);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    byKey.current = event.key === 'Enter' || event.key === 'Escape';
    if (!byKey.current) return;
    // Else the same press would open the field again through the button that gets the focus.
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Enter') take();
    else close();
  };

  const reading = text === null || text === asText(value) ? null : read(text);
  const understood = text === null || reading === null ? '' : understoodText(text, format(reading));
  return (
    <div className="typed">
      <span className="typed__label" id={id}>
        {label}
      </span>
      {text === null ? (
        <button
          ref={button}
          type="button"
          className="typed__value"
          aria-label={`${label}: ${format(value)}`}
          aria-disabled={fixed !== null || undefined}
          title={fixed ?? 'Type a value'}
          onClick={open}
          onBlur={() => setProblem(null)}
        >
          {format(value)}
        </button>
      ) : (
        <input
          className="typed__input"
          type="text"
          inputMode="decimal"
          autoComplete="off"
          aria-labelledby={id}
          aria-invalid={problem !== null || undefined}
          value={text}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- It takes the place of the button that was pressed.
          autoFocus
          onFocus={(event) => event.target.select()}
          onChange={(event) => {
            setText(event.target.value);
            setProblem(null);
          }}
          onKeyDown={onKeyDown}
          onBlur={take}
        />
      )}
      {understood !== '' && <output className="typed__understood">{understood}</output>}
      {problem !== null && fixed === null && (
        <p className="typed__problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
