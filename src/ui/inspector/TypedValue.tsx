/** A named number that can be typed in after a click. A bad entry keeps the old value and says what is allowed. */
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { Range } from '../../state/edits.ts';
import { parseValue } from '../shared/parseValue.ts';

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

  const asText = (shown: number): string => format(shown).replaceAll('\u00a0', ' ');
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
    const typed = parseValue(text, units, asText(value));
    if (typed === null || round(typed) < range.min || round(typed) > range.max) {
      setText(null);
      setProblem(`Allowed: ${format(range.min)} to ${format(range.max)}.`);
      return;
    }
    close();
    if (round(typed) !== value) onChange(round(typed));
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
          aria-labelledby={id}
          value={text}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- It takes the place of the button that was pressed.
          autoFocus
          onFocus={(event) => event.target.select()}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={take}
        />
      )}
      {problem !== null && fixed === null && (
        <p className="typed__problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
