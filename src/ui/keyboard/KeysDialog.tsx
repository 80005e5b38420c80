/** The list of keys; single letters can be turned off here. */
import { KeyCap } from '../shared/KeyCap.tsx';
import { useView, useViewActions } from '../shared/lab.tsx';
import { useShownModal } from '../shared/useShownModal.ts';
import { listedKeys } from './shortcuts.ts';
import './keysDialog.css';

export function KeysDialog() {
  const ref = useShownModal();
  const singleKeys = useView((view) => view.singleKeys);
  const { setSingleKeys, setKeysOpen } = useViewActions();
  return (
    <dialog
      ref={ref}
      className="modal keys-dialog"
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
      <p className="keys-dialog__units">
        Of memory 1&nbsp;GB is 2<sup>30</sup> bytes and 1&nbsp;MB is 2<sup>20</sup>. Of rates and of
        the device state 1&nbsp;MB is 10<sup>6</sup> bytes.
      </p>
      <form method="dialog" className="keys-dialog__foot">
        <button type="submit" className="button button--primary">
          Close
        </button>
        {/* The build writes it; a window of its own leaves the run alone. */}
        <a className="keys-dialog__licences" href="./licences.txt" target="_blank" rel="noopener">
          Licences
        </a>
      </form>
    </dialog>
  );
}
