import type { CSSProperties } from 'react';

/** For the style sheets of the charts: all their text sizes are multiplied by it. */
export function textSize(scale: number): CSSProperties {
  const properties: Record<`--${string}`, number> = { '--chart-text': scale };
  return properties as CSSProperties;
}
