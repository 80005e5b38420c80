/** Heights in CSS pixels at the reference size of text; the marks of the map drop through them. */
export const SLICE_GAP = 20;
export const SLICE_HEIGHT = 124;
