/** Two to four options, one of them chosen: radio buttons that look like one control. */
import { useId } from 'react';

export interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly value: T;
  readonly onChoose: (value: T) => void;
  readonly small?: boolean;
}

export function Choice<T extends string>({
  label,
  options,
  value,
  onChoose,
  small,
}: ChoiceProps<T>) {
  const name = useId();
  return (
    <div
      className={small === true ? 'choice choice--small' : 'choice'}
      role="radiogroup"
      aria-label={label}
    >
      {options.map((option) => (
        <label key={option.value} className="choice__option">
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChoose(option.value)}
          />
          {option.text}
        </label>
      ))}
    </div>
  );
}
