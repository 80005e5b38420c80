/** Packed bitmaps: bit `i & 31` of word `i >>> 5`, in an Int32Array (no conversion to double). */

/** Number of bits set in one 32-bit word. */
export function popcount(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Number of bits set in `words`. */
export function countBits(words: Int32Array): number {
  let total = 0;
  const length = words.length;
  for (let i = 0; i < length; i++) total += popcount(words[i]!);
  return total;
}

export function hasBit(words: Int32Array, index: number): boolean {
  return ((words[index >>> 5]! >>> (index & 31)) & 1) === 1;
}

/** Sets the bits `from` (included) to `to` (excluded). */
export function setBits(words: Int32Array, from: number, to: number): void {
  for (let i = from; i < to;) {
    if ((i & 31) === 0 && to - i >= 32) {
      words[i >>> 5] = -1;
      i += 32;
    } else {
      words[i >>> 5]! |= 1 << (i & 31);
      i++;
    }
  }
}

/** Whether the bits `from` (included) to `to` (excluded) are all set. */
export function allBitsSet(words: Int32Array, from: number, to: number): boolean {
  for (let i = from; i < to;) {
    if ((i & 31) === 0 && to - i >= 32) {
      if (words[i >>> 5] !== -1) return false;
      i += 32;
    } else {
      if (!hasBit(words, i)) return false;
      i++;
    }
  }
  return true;
}

/** The lowest `count` bits that are set in `word`; all of them when there are fewer. */
export function lowestBits(word: number, count: number): number {
  let rest = word;
  for (let i = 0; i < count && rest !== 0; i++) rest &= rest - 1;
  return word & ~rest;
}
