/**
 * The content of memory, drawn: every page of a VM is one grey tone of a picture that belongs to that VM (its
 * name), and each write changes the tone of its page. So the destination becomes the same picture as pages arrive,
 * and a page that is out of date shows its old tone. A map cell shows one of its pages: the first that is
 * out of date, else its first. Needs a run with versions.
 */
import { PAGES_PER_MIB } from '../base/units.ts';
import type { GuestMemory } from '../engine/memory/guestMemory.ts';
import { MAP_COLUMNS, NO_CONTENT, type FrameBuffers } from '../protocol/frameColumns.ts';
import { textCovers } from './pixelLetters.ts';

/** The picture: a slope, and the letters lighter by this. */
const SLOPE_TONES = 60;
const LETTER_TONES = 90;

/** Each write makes its page lighter by a step, until after four it is as dark as at first: the picture stays readable. */
const TONE_STEP = 25;
const TONE_STEPS = 5;

/** Fills `sourceTone` and `targetTone` for every cell. */
export function drawContent(
  memory: GuestMemory,
  touchedMiB: number,
  picture: Uint8Array,
  buffers: FrameBuffers,
): void {
  const { versions, sentOnce, cellCount } = memory;
  if (versions === null) return;
  const touchedPages = touchedMiB * PAGES_PER_MIB;
  for (let cell = 0; cell < cellCount; cell++) {
    const page = shownPage(memory, cell);
    memory.fillWord?.(page >>> 5);
    const source = versions.source[page]!;
    const tone = picture[cell]!;
    const empty = page >= touchedPages && source === 0;
    const sent = ((sentOnce[page >>> 5]! >>> page) & 1) === 1 && !empty;
    buffers.sourceTone[cell] = empty ? NO_CONTENT : toneOf(tone, source);
    buffers.targetTone[cell] = sent ? toneOf(tone, versions.destination[page]!) : NO_CONTENT;
  }
  buffers.sourceTone.fill(NO_CONTENT, cellCount);
  buffers.targetTone.fill(NO_CONTENT, cellCount);
}

function toneOf(tone: number, version: number): number {
  return 1 + tone + (version % TONE_STEPS) * TONE_STEP;
}

function shownPage(memory: GuestMemory, cell: number): number {
  const { cellShift, wordCount, dirtyBitmap, sendSet, sentOnce } = memory;
  const first = cell << cellShift;
  if (cellShift < 5) {
    for (let page = first; page < first + (1 << cellShift); page++) {
      const word = page >>> 5;
      const stale = (dirtyBitmap[word]! | sendSet[word]!) & sentOnce[word]!;
      if (((stale >>> page) & 1) === 1) return page;
    }
    return first;
  }
  const end = Math.min((first >>> 5) + (1 << (cellShift - 5)), wordCount);
  for (let word = first >>> 5; word < end; word++) {
    const stale = (dirtyBitmap[word]! | sendSet[word]!) & sentOnce[word]!;
    if (stale !== 0) return (word << 5) + 31 - Math.clz32(stale & -stale);
  }
  return first;
}

/** The VM's picture, one tone (0 … 149) per cell: its name, light on a slope. */
export function pictureOf(name: string, cellCount: number): Uint8Array {
  const rows = Math.max(1, Math.ceil(cellCount / MAP_COLUMNS));
  const covered = textCovers(name, MAP_COLUMNS, rows);
  return Uint8Array.from({ length: cellCount }, (_, cell) => {
    const x = cell % MAP_COLUMNS;
    const y = Math.floor(cell / MAP_COLUMNS);
    const slope = Math.floor((SLOPE_TONES * (x / MAP_COLUMNS + y / rows)) / 2);
    return slope + (covered(x, y) ? LETTER_TONES : 0);
  });
}
