/** Heights of the slice in CSS pixels; the marks of the map drop through them. */

interface SliceSize {
  /** Between the map and the plot of the slice. */
  readonly gap: number;
  readonly height: number;
}

/** Narrower than this the title of the slice stands above its plot, and not in it. */
const NARROW = 480;

/** @param width  Of the plot. @param text  Size of the texts, 1 at the reference width. */
export function sliceSize(width: number, text: number): SliceSize {
  return { gap: (width / text < NARROW ? 72 : 20) * text, height: 124 * text };
}
