import { expect, test } from 'vitest';
import {
  applyWrites,
  createGuestMemory,
  sendWord,
} from '../../../src/engine/memory/guestMemory.ts';
import { createFrameBuffers } from '../../../src/protocol/frameColumns.ts';
import { drawContent, pictureOf } from '../../../src/worker/contentPicture.ts';
import { textCovers } from '../../../src/worker/pixelLetters.ts';

test('letters are drawn as large as they fit, in the middle', () => {
  const covers = textCovers('T1', 12, 9);
  const drawn = Array.from({ length: 9 }, (_, y) =>
    Array.from({ length: 12 }, (__, x) => (covers(x, y) ? '#' : '.')).join(''),
  );
  expect(drawn).toEqual([
    '............',
    '#####...#...',
    '..#....##...',
    '..#.....#...',
    '..#.....#...',
    '..#.....#...',
    '..#.....#...',
    '..#....###..',
    '............',
  ]);
});

test('a name that is unknown or too long breaks nothing', () => {
  expect(pictureOf('', 8192)).toHaveLength(8192);
  expect(pictureOf('größe_'.repeat(20), 4096).every((tone) => tone < 150)).toBe(true);
});

test('a page shows its old tone on the target until it is sent again', () => {
  const memory = createGuestMemory(8192, true);
  const picture = pictureOf('web-01', memory.cellCount);
  const buffers = createFrameBuffers();
  const tones = (cell: number): number[] => {
    drawContent(memory, 32, picture, buffers);
    return [buffers.sourceTone[cell]!, buffers.targetTone[cell]!];
  };
  const first = picture[5]! + 1;
  expect(tones(5)).toEqual([first, 0]);
  sendWord(memory, 0, -1);
  expect(tones(5)).toEqual([first, first]);
  applyWrites(memory, Int32Array.of(5), 1);
  const [now, old] = tones(5);
  expect(old).toBe(first);
  expect(now).not.toBe(first);
  sendWord(memory, 0, 1 << 5);
  expect(tones(5)).toEqual([now, now]);
});
