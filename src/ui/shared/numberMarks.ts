/** How numbers are written in a language, and how written ones are read: with a decimal comma as well as a point. */

export interface NumberMarks {
  /** Before the fraction. */
  readonly decimal: string;
  /** Between groups of three digits. */
  readonly group: string;
}

/** @param language  That of the browser when absent: a person writes numbers as there. */
export function marksOf(language = globalThis.navigator?.language ?? 'en'): NumberMarks {
  const format = new Intl.NumberFormat(language, { numberingSystem: 'latn' });
  const parts = format.formatToParts(1_234_567.8);
  const markOf = (kind: 'decimal' | 'group', usual: string): string =>
    parts.find(({ type }) => type === kind)?.value ?? usual;
  return { decimal: markOf('decimal', '.'), group: markOf('group', ',') };
}

/** A text of the page, "16,000.5 pages/s", with these marks. */
export function withMarks(text: string, { decimal, group }: NumberMarks): string {
  return text.replaceAll(/\d[\d,]*(?:\.\d+)?/g, (figure) =>
    figure.replaceAll(/[,.]/g, (mark) => (mark === '.' ? decimal : group)),
  );
}

/**
 * The number that a figure without unit means, or null where it cannot be understood. Spaces and apostrophes group
 * digits. Of points and commas the last begins the fraction where it stands alone; of one mark before three digits, as in
 * "1,024", the language says whether it groups.
 */
export function parseFigure(text: string, marks: NumberMarks): number | null {
  const [, sign = '', figure = ''] = /^\s*([-−]?)(.*?)\s*$/s.exec(text) ?? [];
  const value = unsigned(figure, marks);
  return value === null || sign === '' ? value : -value;
}

/** "16 384", "16'384", "16’384,5"; every sort of space counts. */
const SPACED = /^\d{1,3}(?:[\s'’]\d{3})+(?=[.,]|$)/;

function unsigned(figure: string, marks: NumberMarks): number | null {
  const isSpaced = SPACED.test(figure);
  const plain = isSpaced ? figure.replaceAll(/[\s'’]/g, '') : figure;
  if (!/^[\d.,]*\d[\d.,]*$/.test(plain)) return null;
  const count = plain.replaceAll(/\d/g, '').length;
  if (count === 0) return Number(plain);
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
  const [whole, mark, fraction] = [plain.slice(0, last), plain.charAt(last), plain.slice(last + 1)];
  if (count === 1) {
    // Neither 0,125 nor 16384,125 are groups, whatever the language.
    const mayGroup = !isSpaced && /^[1-9]\d{0,2}$/.test(whole) && fraction.length === 3;
    return Number(`${whole}${mayGroup && mark === marks.group ? '' : '.'}${fraction}`);
  }
  if (isSpaced) return null;
  if (whole.includes(mark)) return grouped(plain, mark);
  const before = grouped(whole, mark === '.' ? ',' : '.');
  return before === null ? null : Number(`${before}.${fraction}`);
}

/** In threes, or as in India in twos before the last three. */
function grouped(figure: string, mark: string): number | null {
  const [first = '', ...groups] = figure.split(mark);
  const fits =
    /^\d{1,3}$/.test(first) &&
    groups.every(
      (group, place) => group.length === 3 || (group.length === 2 && place < groups.length - 1),
    );
  return fits && /^\d+$/.test(groups.join('')) ? Number(first + groups.join('')) : null;
}
