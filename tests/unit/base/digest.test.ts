import { describe, expect, it } from 'vitest';
import { Digest } from '../../../src/base/digest.ts';

const ofWords = (...words: number[]): string =>
  new Digest().addWords(Int32Array.from(words)).toString();

describe('the digest', () => {
  it('is 16 hexadecimal digits, the same everywhere', () => {
    expect(new Digest().toString()).toBe('811c9dc51b873593');
    expect(new Digest().addText('migrascope').toString()).toBe('a3c16f0ef4dcca99');
  });

  it('tells apart every single bit, the order and the length', () => {
    const seen = new Set([
      ofWords(0, 0),
      ofWords(0, 0, 0),
      ofWords(1, 2),
      ofWords(2, 1),
      ofWords(),
    ]);
    for (let bit = 0; bit < 31; bit++) {
      seen.add(ofWords(2 ** bit, 7));
      seen.add(ofWords(7, 2 ** bit, 7));
    }
    expect(seen.size).toBe(5 + 62);
  });

  it('tells one text in two parts from the whole', () => {
    const parts = new Digest().addText('ab').addText('c').toString();
    expect(parts).not.toBe(new Digest().addText('abc').toString());
    expect(parts).not.toBe(new Digest().addText('a').addText('bc').toString());
  });
});
