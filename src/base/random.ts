/**
 * Counter-based randomness: draw `i` of a stream is a pure function of the stream's key and `i`,
 * so a rewound run needs no generator state. Draws come in blocks of 65,536 with a key of their own,
 * because a 32-bit counter alone would repeat in a long run.
 */

/** Scrambles 32 bits so that every input bit reaches every output bit (murmur3's finalizer). */
export function mix32(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Key of a named sub-stream: adding a consumer with other numbers shifts nobody else. */
export function streamKey(...parts: readonly number[]): number {
  let key = 0x2545f491;
  for (const part of parts) {
    const low = part | 0;
    const high = Math.floor(part / 4294967296) | 0;
    key = mix32(Math.imul(key, 0x9e3779b1) ^ mix32(low + 0x7f4a7c15) ^ Math.imul(high, 0x27d4eb2f));
  }
  return key;
}

export const DRAWS_PER_BLOCK = 65_536;

/** Calls `fill` with the key of each block that draws `from` to `from + count` of a stream lie in, and which of them do. */
export function eachBlock(
  stream: number,
  from: number,
  count: number,
  fill: (key: number, outAt: number, offset: number, length: number) => void,
): void {
  for (let done = 0; done < count;) {
    const block = Math.floor((from + done) / DRAWS_PER_BLOCK);
    const offset = from + done - block * DRAWS_PER_BLOCK;
    const length = Math.min(count - done, DRAWS_PER_BLOCK - offset);
    fill(streamKey(stream, block), done, offset, length);
    done += length;
  }
}

/** Draw number `offset` of a block: 32 random bits as a signed integer. */
export function drawBits(key: number, offset: number): number {
  return mix32(key + Math.imul(offset, 0x9e3779b1));
}
