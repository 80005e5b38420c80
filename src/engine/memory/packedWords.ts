/**
 * Bitmaps for keeping: blocks of 1,024 words that are all zeros or all ones cost one byte. Behind and ahead
 * of the sweep that is most of a send set, so a keyframe is two to five times smaller than its bitmaps.
 */

const BLOCK_WORDS = 1024;

const ALL_ZEROS = 0;
const ALL_ONES = 1;
const KEPT = 2;

export interface PackedWords {
  /** One entry per block: all zeros, all ones, or kept. */
  readonly kinds: Uint8Array;
  /** The kept blocks, one after the other. */
  readonly words: Int32Array;
}

export function packWords(words: Int32Array): PackedWords {
  const kinds = new Uint8Array(Math.ceil(words.length / BLOCK_WORDS));
  let kept = 0;
  for (let block = 0; block < kinds.length; block++) {
    const from = block * BLOCK_WORDS;
    const to = Math.min(from + BLOCK_WORDS, words.length);
    kinds[block] = kindOf(words, from, to);
    if (kinds[block] === KEPT) kept += to - from;
  }
  const packed = new Int32Array(kept);
  let at = 0;
  eachKept(kinds, words.length, (from, to) => {
    packed.set(words.subarray(from, to), at);
    at += to - from;
  });
  return { kinds, words: packed };
}

/** @param out  Written in full; as long as the words that were packed. */
export function unpackWords(packed: PackedWords, out: Int32Array): void {
  packed.kinds.forEach((kind, block) => {
    const from = block * BLOCK_WORDS;
    if (kind !== KEPT) out.fill(kind === ALL_ONES ? -1 : 0, from, from + BLOCK_WORDS);
  });
  let at = 0;
  eachKept(packed.kinds, out.length, (from, to) => {
    out.set(packed.words.subarray(at, at + to - from), from);
    at += to - from;
  });
}

export function packedBytes({ kinds, words }: PackedWords): number {
  return kinds.byteLength + words.byteLength;
}

function kindOf(words: Int32Array, from: number, to: number): number {
  const first = words[from]!;
  if (first !== 0 && first !== -1) return KEPT;
  for (let i = from + 1; i < to; i++) if (words[i] !== first) return KEPT;
  return first === 0 ? ALL_ZEROS : ALL_ONES;
}

function eachKept(
  kinds: Uint8Array,
  length: number,
  visit: (from: number, to: number) => void,
): void {
  for (let block = 0; block < kinds.length; block++) {
    if (kinds[block] !== KEPT) continue;
    visit(block * BLOCK_WORDS, Math.min((block + 1) * BLOCK_WORDS, length));
  }
}
