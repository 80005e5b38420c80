/** A button that keeps the focus when it cannot be used, and then says why. */
import { useId, type ReactNode } from 'react';

export interface ButtonProps {
  readonly children: ReactNode;
  /** @param byKey Whether it was pressed by keyboard: the focus may go on from there. */
  readonly onPress: (byKey: boolean) => void;
  readonly look?: 'default' | 'primary' | 'plain' | 'link';
  /** For buttons that show only a picture. */
  readonly label?: string;
  /** Keys that do the same, for screen readers. */
  readonly keys?: string;
  /** Why it cannot be used now, or null. */
  readonly unavailable?: string | null;
  /** Where the reason opens. */
  readonly reasonAt?: 'below' | 'above' | 'above-end' | 'below-end';
  readonly className?: string;
}

export function Button(props: ButtonProps) {
  const { children, onPress, look = 'default', label, keys, unavailable = null } = props;
  const id = useId();
  const blocked = unavailable !== null;
  const button = (
    <button
      type="button"
      className={`button button--${look} ${props.className ?? ''}`}
      aria-label={label}
      title={label}
      aria-keyshortcuts={keys}
      aria-disabled={blocked || undefined}
      aria-describedby={blocked ? id : undefined}
      // A click that no pointer made has no count.
      onClick={blocked ? undefined : ({ detail }) => onPress(detail === 0)}
    >
      {children}
    </button>
  );
  const at = props.reasonAt ?? 'below';
  const where = `${at.startsWith('above') ? 'reasoned--up' : ''} ${at.endsWith('end') ? 'reasoned--end' : ''}`;
  // The same tree with and without a reason, so that the focus stays.
  return (
    <span className={`reasoned ${where}`}>
      {button}
      {blocked && (
        <span className="reasoned__why" id={id} role="note">
          {unavailable}
        </span>
      )}
    </span>
  );
}
