import { useEffect, useRef, useState } from 'react';

/** Shortest time between two announcements while the clock runs. Chosen so that one can be spoken to its end. */
const STAND_MS = 3000;

/** `latest`, but while the clock runs each text stands for a while. */
export function useCalmText(latest: string, isPlaying: boolean): string {
  const [shown, setShown] = useState(latest);
  const shownAtMs = useRef(-Infinity);
  useEffect(() => {
    if (shown === latest) return undefined;
    const show = (): void => {
      shownAtMs.current = performance.now();
      setShown(latest);
    };
    const waitMs = isPlaying ? shownAtMs.current + STAND_MS - performance.now() : 0;
    const timer = setTimeout(show, Math.max(0, waitMs));
    return () => clearTimeout(timer);
  }, [latest, shown, isPlaying]);
  return shown;
}
