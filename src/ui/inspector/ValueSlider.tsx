/** A number with a slider; a click on the number types it in. What is not allowed changes nothing and is said. */
import { useEffect, useId, useRef, useState, type CSSProperties } from 'react';
import { sliderKeys } from '../shared/sliderKeys.ts';
import { TypedValue, type TypedValueProps } from './TypedValue.tsx';
import { nextValue, PLACES, placeOf, valueAt, type ValueScale } from './valueScale.ts';

export interface ValueSliderProps extends Omit<TypedValueProps, 'range'> {
  readonly scale: ValueScale;
}

export function ValueSlider(props: ValueSliderProps) {
  const { label, value, scale, format, onChange, fixed = null } = props;
  const id = useId();
  const [draft, setDraft] = useState<number | null>(null);
  const { known, send } = useSent(value, onChange);
  const shown = draft ?? known;
  const commit = (): void => {
    if (draft !== null && draft !== known) send(draft);
    setDraft(null);
  };
  const move = (count: number): void => {
    if (fixed !== null) return;
    const direction = count > 0 ? 1 : -1;
    const end = direction === 1 ? scale.max : scale.min;
    let next = shown;
    for (let step = Math.abs(count); step > 0 && next !== end; step--) {
      next = nextValue(next, direction, scale, props);
    }
    setDraft(next);
  };
  const place = placeOf(shown, scale);
  return (
    <div className="value-row">
      <TypedValue {...props} value={shown} range={scale} />
      <input
        ref={useCommit(commit)}
        className="slider"
        type="range"
        min={0}
        max={PLACES}
        value={place}
        aria-label={label}
        aria-valuetext={format(shown)}
        aria-disabled={fixed !== null || undefined}
        aria-describedby={fixed === null ? undefined : id}
        style={{ '--filled': `${(place / PLACES) * 100}%` } as CSSProperties}
        onKeyDown={sliderKeys(move)}
        onChange={(event) => {
          if (fixed === null) setDraft(props.round(valueAt(Number(event.target.value), scale)));
        }}
      />
      {fixed !== null && (
        <p className="value-row__fixed" id={id}>
          {fixed}
        </p>
      )}
    </div>
  );
}

/** Longer than the worker needs to tell of a change; then what it tells counts, should a change be refused. */
const PATIENCE_MS = 1000;

/** The value that was sent stands until the run tells of it: the next press goes on from there. */
function useSent(value: number, onChange: (value: number) => void) {
  const [sent, setSent] = useState<{ readonly value: number } | null>(null);
  useEffect(() => {
    if (sent === null) return undefined;
    const timer = setTimeout(() => setSent(null), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [sent]);
  const send = (next: number): void => {
    setSent({ value: next });
    onChange(next);
  };
  return { known: sent?.value ?? value, send };
}

/** A change counts when the hand lets go: React calls `onChange` at every move, the browser's `change` comes at the end. */
function useCommit(commit: () => void) {
  const ref = useRef<HTMLInputElement>(null);
  const latest = useRef(commit);
  useEffect(() => {
    latest.current = commit;
  });
  useEffect(() => {
    const input = ref.current;
    if (input === null) return undefined;
    let keyIsDown = false;
    const onKeyDown = (): void => {
      keyIsDown = true;
    };
    const done = (): void => {
      keyIsDown = false;
      latest.current();
    };
    const onNativeChange = (): void => {
      // A key held down is one change, not one for each repeat. The draft is set before this runs.
      if (!keyIsDown) queueMicrotask(() => latest.current());
    };
    input.addEventListener('keydown', onKeyDown);
    input.addEventListener('keyup', done);
    input.addEventListener('blur', done);
    input.addEventListener('change', onNativeChange);
    return () => {
      input.removeEventListener('keydown', onKeyDown);
      input.removeEventListener('keyup', done);
      input.removeEventListener('blur', done);
      input.removeEventListener('change', onNativeChange);
    };
  }, []);
  return ref;
}
