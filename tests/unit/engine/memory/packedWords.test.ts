import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packWords, packedBytes, unpackWords } from '../../../../src/engine/memory/packedWords.ts';

/** Stretches of zeros, ones and mixed words, as a sweep leaves them. */
const bitmap = fc
  .array(fc.tuple(fc.constantFrom(0, -1, 0x5a5a), fc.integer({ min: 1, max: 3000 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((runs) => Int32Array.from(runs.flatMap(([word, count]) => Array(count).fill(word))));

test('[RE2] words come back as they were packed, whatever was in the way', () => {
  fc.assert(
    fc.property(bitmap, (words) => {
      const out = new Int32Array(words.length).fill(77);
      unpackWords(packWords(words), out);
      expect(out).toEqual(words);
    }),
    { numRuns: 100, seed: 20261123 },
  );
});

test('[RE2] what a sweep has passed costs a byte for each 1,024 words', () => {
  expect(packedBytes(packWords(new Int32Array(524_288)))).toBe(512);
  expect(packedBytes(packWords(new Int32Array(524_288).fill(-1)))).toBe(512);
});
