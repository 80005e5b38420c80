/** Room left of chart and timeline for titles and ticks, the same for both so that their scales agree. */
export function phaseGutter(width: number, textScale = 1): number {
  return Math.round((width / textScale >= WIDE ? 138 : 44) * textScale);
}

/** From here title and ticks stand beside the plot, the legend above it. */
export const WIDE = 760;
