/** How high the rows of a lane may be, so that all lanes are in sight with the scrubber where the window allows it. */
import { useMemo } from 'react';
import { media, useMedia, useTextScale, useWindowHeight } from '../shared/useMedia.ts';

export interface LaneSizes {
  readonly textScale: number;
  readonly bytesCss: number;
  /** Of all clients that are folded. */
  readonly clientsCss: number;
}

const LEAST_CLIENTS_CSS = 60;
const MOST_CLIENTS_CSS = 150;
/** Where labels stand above their rows the lanes are longer than any window. */
const STACKED: Omit<LaneSizes, 'textScale'> = { bytesCss: 40, clientsCss: 90 };

/** @param lanes  How many there are. @param magnifiers  How many of them most likely have one. */
export function useLaneSizes(lanes: number, magnifiers: number): LaneSizes {
  const textScale = useTextScale();
  const heightCss = useWindowHeight();
  const isLow = useMedia(media.low);
  const isNarrow = useMedia(media.narrow);
  return useMemo(() => {
    if (isNarrow) return { textScale, ...STACKED };
    const { aboveCss, laneCss, bytesCss } = isLow ? low : usual;
    const roomCss = heightCss / textScale - aboveCss - lanes * laneCss - magnifiers * MAGNIFIER_CSS;
    const clientsCss = Math.min(MOST_CLIENTS_CSS, Math.max(LEAST_CLIENTS_CSS, roomCss / lanes));
    return { textScale, bytesCss, clientsCss };
  }, [textScale, heightCss, isLow, isNarrow, lanes, magnifiers]);
}

const MAGNIFIER_CSS = 76;
/** Header, title and axis; and a lane without its clients and magnifier. */
const usual = { aboveCss: 226, laneCss: 110, bytesCss: 32 };
const low = { aboveCss: 200, laneCss: 94, bytesCss: 20 };
