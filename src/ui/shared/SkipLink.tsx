/** The first stop of the Tab key: past the header, to what the screen shows. Seen while it has the focus. */
import { focusHeading } from './keptFocus.ts';

export function SkipLink() {
  return (
    <button type="button" className="skip-link button button--primary" onClick={focusHeading}>
      Skip to the content
    </button>
  );
}
