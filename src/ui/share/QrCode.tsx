/** The link as a QR code, drawn here: always dark on light. */
import { useMemo } from 'react';
import { withThousands } from '../../base/numberText.ts';
import { Button } from '../shared/Button.tsx';
import { layoutQr, MOST_CHARACTERS } from './qrLayout.ts';

export interface QrCodeProps {
  readonly link: string | null;
  /** As large as the window. */
  readonly large: boolean;
  readonly onSize: () => void;
}

export function QrCode({ link, large, onSize }: QrCodeProps) {
  const code = useMemo(() => (link === null ? null : layoutQr(link)), [link]);
  if (link !== null && code === null) {
    return (
      <p className="share__trouble">
        The link has {withThousands(link.length)} characters, a QR code holds{' '}
        {withThousands(MOST_CHARACTERS)}. Copy the link instead.
      </p>
    );
  }
  return (
    <>
      <svg
        className="share__qr"
        viewBox={`0 0 ${code?.size ?? 1} ${code?.size ?? 1}`}
        shapeRendering="crispEdges"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img cannot hold the drawing
        role="img"
        aria-label="QR code of the link"
      >
        <rect className="share__light" width="100%" height="100%" />
        <path className="share__dark" d={code?.path} />
      </svg>
      <Button onPress={onSize}>{large ? 'Smaller code' : 'Code as large as the window'}</Button>
    </>
  );
}
