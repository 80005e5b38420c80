/** Which figures of a row of the convergence map are drawn as a curve. */

/** Final figures that show the course of a curve: every eighth of 112 columns. */
const ENOUGH = 14;

/**
 * As soon as enough of the figures are final, these alone: a sketch between two of them would look like a drop.
 *
 * @param values  One of each column; null where nothing is known.
 */
export function drawnValues(
  values: readonly (number | null)[],
  isFinal: (column: number) => boolean,
): readonly (number | null)[] {
  const final = values.map((value, column) => (isFinal(column) ? value : null));
  return final.filter((value) => value !== null).length < ENOUGH ? values : final;
}
