/** A text as the modules of a QR code, with the quiet zone that readers need. */
import encodeQr from 'qr';

/** Bytes of the largest code with the least error correction. Source: ISO/IEC 18004, table 7, version 40-L. */
export const MOST_CHARACTERS = 2953;
/** Modules on each side. Source: ISO/IEC 18004, section 9.1. */
const QUIET_ZONE = 4;

export interface QrLayout {
  /** Modules along a side, quiet zone included. */
  readonly size: number;
  /** The dark modules of each row, left to right, as an SVG path: one unit is one module. */
  readonly path: string;
}

/** @returns null for a text that no code holds. */
export function layoutQr(text: string): QrLayout | null {
  if (text.length > MOST_CHARACTERS) return null;
  // On a screen nothing is torn or stained: the least correction gives the largest modules.
  const rows = encodeQr(text, 'raw', { ecc: 'low', border: QUIET_ZONE });
  const path = rows
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return { size: rows.length, path };
}
