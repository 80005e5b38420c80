import { expect, test } from 'vitest';
import {
  applyWrites,
  createGuestMemory,
  sendWord,
} from '../../../src/engine/memory/guestMemory.ts';
import { lensOf } from '../../../src/worker/pageLens.ts';

test('the lens tells the four states of a page apart', () => {
  const memory = createGuestMemory(4096 * 4, false);
  // Cells of 2 pages. Pages 0 to 31 sent once, page 2 three times; pages 1 and 2 written again.
  sendWord(memory, 0, -1);
  sendWord(memory, 0, 1 << 2);
  sendWord(memory, 0, 1 << 2);
  applyWrites(memory, Int32Array.of(1, 2), 2);
  expect(lensOf(memory, 0)).toMatchObject({ firstPage: 0, pages: 2, sent: 2, dirty: 1 });
  expect(lensOf(memory, 0)?.codes).toEqual([1, 2]);
  expect(lensOf(memory, 1)?.codes).toEqual([3, 1]);
  expect(lensOf(memory, 16)?.codes).toEqual([0, 0]);
  expect(lensOf(memory, 8192)).toBeNull();
});

test('a large cell is shown in at most 128 squares, each the worst of its pages', () => {
  const memory = createGuestMemory(8192 * 512, false);
  for (let word = 0; word < 16; word++) sendWord(memory, word, -1);
  applyWrites(memory, Int32Array.of(5), 1);
  const lens = lensOf(memory, 0);
  expect(lens).toMatchObject({ pages: 512, pagesPerCode: 4, sent: 512, dirty: 1 });
  expect(lens?.codes).toHaveLength(128);
  expect(lens?.codes.slice(0, 3)).toEqual([1, 2, 1]);
});
