/** Lists of the draft: one group of fields for each entry, a button to remove it, one to add another. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { ClusterEdit } from '../../state/clusterEdits.ts';
import { useDraft } from './draft.ts';
import { Refusal } from './Refusal.tsx';

export interface EntryListProps {
  /** How many there are: the focus goes to a new one, and to the button when one is gone. */
  readonly count: number;
  readonly addText: string;
  readonly add: ClusterEdit;
  readonly children: ReactNode;
  /** Inside an entry of another list. */
  readonly inner?: boolean;
}

export function EntryList({ count, addText, add, children, inner = false }: EntryListProps) {
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const before = useRef(count);
  const { apply } = useDraft();
  const [refusal, setRefusal] = useState<string | null>(null);
  useEffect(() => {
    const entries = list.current?.querySelectorAll(':scope > fieldset');
    const added = entries?.item(entries.length - 1)?.querySelector<HTMLElement>('input, select');
    if (count > before.current) added?.focus();
    // What is typed next takes the place of the given name.
    if (count > before.current && added instanceof HTMLInputElement) added.select();
    if (count < before.current) button.current?.focus();
    before.current = count;
  }, [count]);
  return (
    <div className={inner ? 'entries entries--inner' : 'entries'}>
      <div ref={list}>{children}</div>
      <button
        ref={button}
        type="button"
        className={inner ? 'button button--small' : 'button'}
        onClick={() => setRefusal(apply(add))}
      >
        {addText}
      </button>
      {refusal !== null && <Refusal text={refusal} />}
    </div>
  );
}

export interface EntryProps {
  /** Which one, for those who cannot see where it stands. */
  readonly name: string;
  readonly kind: 'node' | 'volume' | 'vm' | 'writer' | 'clients';
  readonly remove: ClusterEdit;
  readonly children: ReactNode;
  /** What opens under the fields. */
  readonly more?: ReactNode;
}

export function Entry({ name, kind, remove, children, more }: EntryProps) {
  const { scenario, apply } = useDraft();
  const [told, setTold] = useState(false);
  const result = remove(scenario);
  const why = result.ok ? null : result.reason;
  return (
    <fieldset className="entry">
      <legend className="visually-hidden">{name}</legend>
      <div className={`entry__fields entry__fields--${kind}`}>
        {children}
        <button
          type="button"
          className="button button--small entry__remove"
          aria-label={`Remove ${name}`}
          // Known before the press, said beside it after the press.
          aria-disabled={why !== null || undefined}
          title={why ?? undefined}
          onClick={() => (why === null ? apply(remove) : setTold(true))}
        >
          Remove
        </button>
      </div>
      {told && why !== null && <Refusal text={why} />}
      {more}
    </fieldset>
  );
}
