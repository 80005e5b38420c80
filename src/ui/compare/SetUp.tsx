/** What differs between the runs, and the two values where that is not the method. */
import { useId, useState, type KeyboardEvent } from 'react';
import { Link } from 'wouter';
import {
  choicesOf,
  differences,
  valueKinds,
  type Differs,
  type ValueKind,
} from '../../state/compareDifferences.ts';
import { valuesOf } from '../../state/compareStore.ts';
import { Button } from '../shared/Button.tsx';
import { PlayIcon } from '../shared/icons.tsx';
import { fieldText, notUnderstoodText, parseValue, understoodText } from '../shared/parseValue.ts';
import { useCompare, useCompareActions } from './compare.tsx';
import { notReady } from './CompareTransport.tsx';

export function SetUp() {
  const differs = useCompare((state) => state.view.differs);
  return (
    <div className="compare-setup">
      <DiffersChoice differs={differs} />
      {differs !== 'method' && (
        <>
          <ValueChoice key={`${differs} 0`} kind={differs} place={0} />
          <ValueChoice key={`${differs} 1`} kind={differs} place={1} />
        </>
      )}
    </div>
  );
}

/** To the Lab, where the VM is; and the runs from their start. */
export function TitleActions() {
  return (
    <div className="compare__actions" data-control="">
      <Link className="button" href="/lab">
        Change the VM…
      </Link>
      <AgainButton />
    </div>
  );
}

function AgainButton() {
  const count = useCompare((state) => state.lanes.length);
  const why = useCompare(notReady);
  const { again } = useCompareActions();
  return (
    <Button look="primary" unavailable={why} reasonAt="below-end" onPress={again}>
      <PlayIcon />
      {count === 3 ? 'Run all again' : 'Run both again'}
    </Button>
  );
}

const differsNames: readonly { readonly value: Differs; readonly text: string }[] = [
  { value: 'method', text: 'How the VM moves' },
  ...valueKinds.map((value) => ({ value, text: differences[value].label })),
];

function DiffersChoice({ differs }: { readonly differs: Differs }) {
  const id = useId();
  const { setDiffers } = useCompareActions();
  return (
    <div className="compare-setup__field">
      <label htmlFor={id}>What differs</label>
      <select
        id={id}
        value={differs}
        onChange={(event) => {
          const chosen = differsNames.find(({ value }) => value === event.target.value);
          if (chosen !== undefined) void setDiffers(chosen.value);
        }}
      >
        {differsNames.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

interface ValueProps {
  readonly kind: ValueKind;
  readonly place: 0 | 1;
}

/** Stands for a value that is to be typed. */
const TYPED = 'typed';

const labels = ['First run', 'Second run'] as const;

function ValueChoice({ kind, place }: ValueProps) {
  const [isTyping, setTyping] = useState(false);
  return isTyping ? (
    <TypedValue kind={kind} place={place} onDone={() => setTyping(false)} />
  ) : (
    <ListedValue kind={kind} place={place} onType={() => setTyping(true)} />
  );
}

function ListedValue({ kind, place, onType }: ValueProps & { readonly onType: () => void }) {
  const id = useId();
  const value = useCompare((state) => valuesOf(state)[place]);
  const listed = useCompare(({ compared }) => (compared === null ? [] : choicesOf(kind, compared)));
  const { setValue } = useCompareActions();
  const { text, range } = differences[kind];
  const choices = listed.includes(value) ? listed : [...listed, value];
  return (
    <div className="compare-setup__field">
      <label htmlFor={id}>{labels[place]}</label>
      <select
        id={id}
        value={String(value)}
        onChange={(event) => {
          const chosen = choices.find((choice) => String(choice) === event.target.value);
          if (event.target.value === TYPED) onType();
          else if (chosen !== undefined) void setValue(place, chosen);
        }}
      >
        {choices.map((choice) => (
          <option key={choice} value={String(choice)}>
            {text(choice)}
          </option>
        ))}
        {range !== null && <option value={TYPED}>Other…</option>}
      </select>
    </div>
  );
}

/** A bad entry stays, and says what is allowed. */
function TypedValue({ kind, place, onDone }: ValueProps & { readonly onDone: () => void }) {
  const id = useId();
  const value = useCompare((state) => valuesOf(state)[place]);
  const { setValue } = useCompareActions();
  const { text, range, units } = differences[kind];
  const shown = fieldText(text(value));
  const [typed, setTyped] = useState(shown);
  const [problem, setProblem] = useState<string | null>(null);

  const take = (): void => {
    if (typed === shown || range === null) return onDone();
    const number = parseValue(typed, units, shown);
    const allowed = `Allowed: ${text(range.min)} to ${text(range.max)}.`;
    if (number === null) return setProblem(`${notUnderstoodText(typed)} ${allowed}`);
    if (number < range.min || number > range.max) return setProblem(allowed);
    void setValue(place, number);
    return onDone();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') take();
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onDone();
  };
  const number = typed === shown ? null : parseValue(typed, units, shown);
  const understood = number === null ? '' : understoodText(typed, text(number));
  return (
    <div className="compare-setup__field">
      <label htmlFor={id}>{labels[place]}</label>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        value={typed}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- It takes the place of the list in which it was chosen.
        autoFocus
        aria-invalid={problem !== null || undefined}
        aria-describedby={problem === null ? undefined : `${id}-why`}
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          setTyped(event.target.value);
          setProblem(null);
        }}
        onKeyDown={onKeyDown}
        onBlur={take}
      />
      {understood !== '' && problem === null && (
        <output className="compare-setup__understood">{understood}</output>
      )}
      {problem !== null && (
        <p className="compare-setup__problem" id={`${id}-why`} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
