/**
 * The content of memory, drawn: every page of a VM is one grey tone of a picture that belongs to that VM, and
 * each write changes the tone of its page. So the destination becomes the same picture as pages arrive,
 * and a page that is out of date shows its old tone. A map cell shows one of its pages: the first that is
 * out of date, else its first. Needs a run with versions.
 */
import { mix32, streamKey } from '../base/random.ts';
import { PAGES_PER_MIB } from '../base/units.ts';
import type { GuestMemory } from '../engine/memory/guestMemory.ts';
import { MAP_COLUMNS, NO_CONTENT, type FrameBuffers } from '../protocol/frameColumns.ts';

const TONES = 255;
/** Far from a divisor of 255, so that successive versions differ visibly. */
const TONE_PER_VERSION = 97;

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
  return 1 + ((tone + version * TONE_PER_VERSION) % TONES);
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

/** The VM's picture, one tone (0 … 254) per cell: discs over a slope, placed by seed and VM. */
export function pictureOf(seed: number, vm: number, cellCount: number): Uint8Array {
  const key = streamKey(seed, vm, 0x70696374);
  const rows = Math.max(1, Math.ceil(cellCount / MAP_COLUMNS));
  const discs = [0, 1, 2, 3, 4].map((i) => {
    const bits = mix32(key + i * 0x9e3779b1);
    return {
      x: ((bits >>> 0) % 1000) / 1000,
      y: ((bits >>> 10) % 1000) / 1000,
      radius: 0.12 + ((bits >>> 20) % 100) / 500,
      tone: 30 + i * 45,
    };
  });
  const picture = new Uint8Array(cellCount);
  for (let cell = 0; cell < cellCount; cell++) {
    const x = (cell % MAP_COLUMNS) / MAP_COLUMNS;
    const y = Math.floor(cell / MAP_COLUMNS) / rows;
    let tone = 150 + 70 * (x * 0.6 + y * 0.4);
    for (const disc of discs) {
      const dx = x - disc.x;
      const dy = (y - disc.y) / 2;
      if (dx * dx + dy * dy < disc.radius * disc.radius) tone = disc.tone + 60 * (y - disc.y);
    }
    picture[cell] = Math.max(0, Math.min(TONES - 1, Math.round(tone)));
  }
  return picture;
}
