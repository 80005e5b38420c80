/** The link as a QR code, drawn here: always dark on light, with the quiet zone of four modules that readers need. */
import encodeQr from 'qr';
import { useMemo } from 'react';
import { withThousands } from '../../base/numberText.ts';
import { Button } from '../shared/Button.tsx';

/** Bytes of the largest code with the least error correction. Source: ISO/IEC 18004, table 7, version 40-L. */
const MOST_CHARACTERS = 2953;

export interface QrCodeProps {
  readonly link: string | null;
  /** As large as the window. */
  readonly large: boolean;
  readonly onSize: () => void;
}

export function QrCode({ link, large, onSize }: QrCodeProps) {
  const code = useMemo(() => (link === null ? null : layoutCode(link)), [link]);
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

interface Code {
  /** Modules along a side, quiet zone included. */
  readonly size: number;
  /** The dark modules, row by row. */
  readonly path: string;
}

function layoutCode(text: string): Code | null {
  if (text.length > MOST_CHARACTERS) return null;
  // On a screen nothing is torn or stained: least correction gives the largest modules.
  const rows = encodeQr(text, 'raw', { ecc: 'low', border: 4 });
  const path = rows
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return { size: rows.length, path };
}
