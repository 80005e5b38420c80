/** The list of keys; single letters can be turned off here. */
import { useEffect, useRef } from 'react';
import { KeyCap } from '../shared/KeyCap.tsx';
import { useView, useViewActions } from '../shared/lab.tsx';
import { listedKeys } from './shortcuts.ts';
import './keysDialog.css';

export function KeysDialog() {
  const ref = useRef<HTMLDialogElement>(null);
  const singleKeys = useView((view) => view.singleKeys);
  const { setSingleKeys, setKeysOpen } = useViewActions();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog !== null && !dialog.open) dialog.showModal();
  }, []);
  return (
    <dialog
      ref={ref}
      className="keys-dialog"
      aria-labelledby="keys-title"
      onClose={() => setKeysOpen(false)}
    >
      <h2 id="keys-title">Keys</h2>
      <dl className="keys-dialog__list">
        {listedKeys.map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((name) => (
                <KeyCap key={name} name={name} />
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label className="keys-dialog__switch">
        <input
          type="checkbox"
          checked={singleKeys}
          onChange={(event) => setSingleKeys(event.target.checked)}
        />
        Single letters and digits work as keys
      </label>
      <form method="dialog">
        <button type="submit" className="button button--primary">
          Close
        </button>
      </form>
    </dialog>
  );
}
