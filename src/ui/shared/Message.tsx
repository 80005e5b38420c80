/** Information (a bar of ink) or an error (a bar of magenta), beside its cause. */
import type { ReactNode } from 'react';

export interface MessageProps {
  readonly kind: 'info' | 'error';
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

export function Message({ kind, title, children, actions }: MessageProps) {
  return (
    <div className={`message message--${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <p className="message__title">{title}</p>
      {children}
      {actions !== undefined && <div className="message__actions">{actions}</div>}
    </div>
  );
}
