/** Letters on a grid of 5 x 7: enough to write the name of a VM across its memory map. */

/** Seven rows from the top, one base-32 digit each; bit 4 is the leftmost column. */
const ROWS: Readonly<Record<string, string>> = {
  A: 'ehhvhhh',
  B: 'uhhuhhu',
  C: 'ehggghe',
  D: 'uhhhhhu',
  E: 'vgguggv',
  F: 'vgguggg',
  G: 'ehgnhhe',
  H: 'hhhvhhh',
  I: 'e44444e',
  J: '72222ic',
  K: 'hikokih',
  L: 'ggggggv',
  M: 'hrllhhh',
  N: 'hpljhhh',
  O: 'ehhhhhe',
  P: 'uhhuggg',
  Q: 'ehhhlid',
  R: 'uhhukih',
  S: 'fgge11u',
  T: 'v444444',
  U: 'hhhhhhe',
  V: 'hhhhha4',
  W: 'hhhllrh',
  X: 'hha4ahh',
  Y: 'hha4444',
  Z: 'v1248gv',
  '0': 'ehjlphe',
  '1': '4c4444e',
  '2': 'eh1248v',
  '3': 'v2421he',
  '4': '26aiv22',
  '5': 'vgu11he',
  '6': '68guhhe',
  '7': 'v124888',
  '8': 'ehhehhe',
  '9': 'ehhf12c',
  '-': '000e000',
  '.': '0000004',
};

const LETTER_COLUMNS = 5;
const LETTER_ROWS = 7;
/** A letter and the gap to the next. */
const PITCH = LETTER_COLUMNS + 1;

/** Whether `text`, as large as it fits in the middle of a field, covers the place (x, y). Unknown letters are gaps. */
export function textCovers(
  text: string,
  columns: number,
  rows: number,
): (x: number, y: number) => boolean {
  const letters = Array.from(text.toUpperCase()).slice(0, Math.floor(columns / PITCH));
  const wide = Math.max(1, Math.floor(columns / (PITCH * Math.max(1, letters.length))));
  // Cells stand close in a map twice as wide as high: tall letters fill it.
  const high = Math.max(1, Math.floor((rows * 0.75) / LETTER_ROWS));
  const left = Math.floor((columns - (letters.length * PITCH - 1) * wide) / 2);
  const top = Math.floor((rows - LETTER_ROWS * high) / 2);
  return (x, y) => {
    const column = Math.floor((x - left) / wide);
    const row = Math.floor((y - top) / high);
    if (column < 0 || row < 0 || row >= LETTER_ROWS) return false;
    const digit = ROWS[letters[Math.floor(column / PITCH)] ?? '']?.[row];
    if (digit === undefined || column % PITCH === LETTER_COLUMNS) return false;
    return ((Number.parseInt(digit, 32) >>> (LETTER_COLUMNS - 1 - (column % PITCH))) & 1) === 1;
  };
}
