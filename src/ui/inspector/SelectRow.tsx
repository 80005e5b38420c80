import { useId } from 'react';

export interface SelectRowProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly names: Readonly<Partial<Record<T, string>>>;
  readonly onChoose: (value: T) => void;
}

/** One of several named kinds. */
export function SelectRow<T extends string>({ label, value, names, onChoose }: SelectRowProps<T>) {
  const id = useId();
  const options = Object.keys(names) as T[];
  return (
    <div className="select-row">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option === event.target.value);
          if (chosen !== undefined) onChoose(chosen);
        }}
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {names[option]}
          </option>
        ))}
      </select>
    </div>
  );
}
