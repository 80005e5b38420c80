/** The link as text, the way to the clipboard, and whether it is short enough. */
import { useId, useRef, useState } from 'react';
import { withThousands } from '../../base/numberText.ts';
import { linkTrouble } from '../../state/sharing.ts';
import { Button } from '../shared/Button.tsx';

export function LinkField({ link }: { readonly link: string | null }) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [copied, setCopied] = useState<{ readonly link: string; readonly note: string } | null>(
    null,
  );
  const copy = async (): Promise<void> => {
    if (link === null) return;
    try {
      await navigator.clipboard.writeText(link);
      setCopied({ link, note: 'Copied.' });
    } catch {
      // Not every page may write there: then the person does it.
      field.current?.focus();
      field.current?.select();
      setCopied({ link, note: 'The link is selected: press Ctrl+C or ⌘C to copy it.' });
    }
  };
  const trouble = link === null ? null : linkTrouble(link);
  return (
    <section className="share__part" aria-label="Link">
      <label htmlFor={id}>
        Link, {link === null ? '…' : withThousands(link.length)} characters
      </label>
      <textarea
        ref={field}
        id={id}
        className="share__link"
        readOnly
        rows={3}
        spellCheck={false}
        value={link ?? ''}
        onFocus={(event) => event.target.select()}
      />
      <div className="share__row">
        <Button look="primary" onPress={() => void copy()}>
          Copy the link
        </Button>
        <output className="share__note">{copied?.link === link ? copied?.note : ''}</output>
      </div>
      {trouble !== null && <p className="share__trouble">{trouble}</p>}
    </section>
  );
}
