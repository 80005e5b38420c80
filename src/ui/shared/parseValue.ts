import { marksOf, parseFigure, withMarks, type NumberMarks } from './numberMarks.ts';

/**
 * The number in a typed text, or null: "16,000", "4 GB" (in MB), "2.5", "2,5". Units are looked up in `units`; a bare
 * number has the unit of `shown`, the text it replaces.
 */
export function parseValue(
  text: string,
  units: Readonly<Record<string, number>>,
  shown: string,
  marks: NumberMarks = marksOf(),
): number | null {
  const { figure, unit } = partsOf(text);
  const factor = unit === '' ? (units[partsOf(shown).unit] ?? 1) : units[unit];
  const value = parseFigure(figure, marks);
  if (factor === undefined || value === null || !(value >= 0 && Number.isFinite(value)))
    return null;
  return value * factor;
}

/** What stands in a field before somebody types: the text of the page with the marks that the browser's language has. */
export function fieldText(shown: string, marks: NumberMarks = marksOf()): string {
  return withMarks(shown, marks).replaceAll('\u00a0', ' ');
}

/**
 * "= 117.5 MB/s" where a number is shown otherwise than it was typed; else empty.
 *
 * @param shown  What was understood, as the page shows it.
 */
export function understoodText(
  typed: string,
  shown: string,
  marks: NumberMarks = marksOf(),
): string {
  const own = partsOf(typed);
  const isSame = [
    { ...partsOf(shown), group: ',' },
    { ...partsOf(fieldText(shown, marks)), group: marks.group },
  ].some(
    ({ figure, unit, group }) =>
      [figure, figure.replaceAll(group, '')].some((one) => same(one, own.figure)) &&
      (own.unit === '' || own.unit === unit),
  );
  return isSame ? '' : `= ${shown}`;
}

/** Begins the sentence that refuses it. */
export function notUnderstoodText(typed: string): string {
  return `“${typed.trim()}” is not understood.`;
}

function same(one: string, other: string): boolean {
  return one.replaceAll(/\s/g, '') === other.replaceAll(/\s/g, '');
}

/** "4 GB" is 4 and gb. */
function partsOf(text: string): { readonly figure: string; readonly unit: string } {
  const [, figure = '', unit = ''] = /^(.*?)([a-z/]*)\s*$/is.exec(text) ?? [];
  return { figure, unit: unit.toLowerCase() };
}
