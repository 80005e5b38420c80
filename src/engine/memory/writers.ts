/**
 * What the guest writes. Write number i of a writer is a pure function of seed, VM, writer and i, and how
 * many writes are due at a moment is a pure function of the guest's clock; so a writer has no state,
 * and writes can be drawn in batches of any size. Rules WR1 to WR7.
 */
import { drawBits, eachBlock, mix32, streamKey } from '../../base/random.ts';
import { NS_PER_S, PAGES_PER_MIB, msToNs, type Nanoseconds } from '../../base/units.ts';
import { assertNever } from '../../base/assert.ts';
import type { WriterSpec } from '../settings.ts';
import { powerLawDraw } from './powerLaw.ts';

/** Tag of the sub-streams of writers that were set anew. */
const PERIOD = 0x77726974;

/** Fills `out[0 … count)` with the pages of writes `from`, `from + 1`, … */
export type DrawPages = (out: Int32Array, from: number, count: number) => void;

export interface Writer {
  /** Of the guest's clock. The first write comes one interval later. */
  readonly startsNs: Nanoseconds;
  readonly endsNs: Nanoseconds;
  readonly pagesPerSecond: number;
  /** Its region: no page outside is written. */
  readonly firstPage: number;
  readonly endPage: number;
  /** Infinity, except for `once`, which stops after its region. */
  readonly writeLimit: number;
  /** Whether it comes to every page of its region alike, so that all of them are marked before long. */
  readonly reachesAll: boolean;
  readonly draw: DrawPages;
}

/**
 * @param setAtNs  The guest's clock when these writers were set: none writes before.
 * @param stream   Key of the VM's random stream; each writer takes a sub-stream by its place in the list.
 * @param period   How often the VM's writers had been set: who is set anew draws new pages. Rule OP3.
 */
export function createWriters(
  specs: readonly WriterSpec[],
  stream: number,
  setAtNs: Nanoseconds,
  period = 0,
): Writer[] {
  const draws = period === 0 ? stream : streamKey(stream, PERIOD, period);
  return specs.map((spec, index) => {
    const size = spec.sizeMiB * PAGES_PER_MIB;
    const firstPage = spec.startMiB * PAGES_PER_MIB;
    return {
      startsNs: Math.max(setAtNs, spec.fromMs === undefined ? 0 : msToNs(spec.fromMs)),
      endsNs: spec.toMs === undefined ? Infinity : msToNs(spec.toMs),
      pagesPerSecond: spec.pagesPerSecond,
      firstPage,
      endPage: firstPage + size,
      writeLimit: spec.kind === 'once' ? size : Infinity,
      reachesAll: spec.kind !== 'hot' && spec.kind !== 'power-law',
      draw: createDraw(spec, streamKey(draws, index), streamKey(stream, index)),
    };
  });
}

/** Number of writes made by the time the guest's clock shows `clockNs`. Rule WR1. */
export function writesDue(writer: Writer, clockNs: Nanoseconds): number {
  const active = Math.min(clockNs, writer.endsNs) - writer.startsNs;
  if (active <= 0) return 0;
  return Math.min(Math.floor((active * writer.pagesPerSecond) / NS_PER_S), writer.writeLimit);
}

/** @param places  Key of what stays when the writer is set anew: which pages are popular. */
function createDraw(spec: WriterSpec, stream: number, places: number): DrawPages {
  const first = spec.startMiB * PAGES_PER_MIB;
  const size = spec.sizeMiB * PAGES_PER_MIB;
  switch (spec.kind) {
    case 'uniform':
      return uniformDraw(stream, first, size);
    case 'sweep':
    case 'once':
      return sweepDraw(first, size);
    case 'hot':
      return hotDraw(stream, first, size, spec.hotMiB * PAGES_PER_MIB, spec.hotShare);
    case 'power-law':
      return powerLawDraw(stream, places, first, size, spec.exponent);
    default:
      return assertNever(spec);
  }
}

/** Every page of the region is equally likely. Rule WR2. */
function uniformDraw(stream: number, first: number, size: number): DrawPages {
  const scale = size / 4294967296;
  return (out, from, count) =>
    eachBlock(stream, from, count, (key, outAt, offset, length) => {
      const end = outAt + length;
      for (let i = outAt, n = offset; i < end; i++, n++) {
        out[i] = first + (((drawBits(key, n) >>> 0) * scale) | 0);
      }
    });
}

/** In address order, round and round. Rules WR3 and WR6. */
function sweepDraw(first: number, size: number): DrawPages {
  return (out, from, count) => {
    let place = from % size;
    for (let i = 0; i < count; i++) {
      out[i] = first + place;
      if (++place === size) place = 0;
    }
  };
}

/** A share of the writes goes to the first `hotSize` pages of the region, the rest anywhere in it. Rule WR4. */
function hotDraw(
  stream: number,
  first: number,
  size: number,
  hotSize: number,
  hotShare: number,
): DrawPages {
  const scales = Float64Array.of(hotSize / 4294967296, size / 4294967296);
  return (out, from, count) =>
    eachBlock(stream, from, count, (key, outAt, offset, length) => {
      const end = outAt + length;
      for (let i = outAt, n = offset; i < end; i++, n++) {
        const bits = drawBits(key, n);
        // -1 below the share, 0 above: no branch, since the wrong guess of one costs as much as a draw.
        const side = Math.floor((bits >>> 0) / 4294967296 - hotShare);
        out[i] = first + (((mix32(bits ^ 0x68bc21eb) >>> 0) * scales[1 + side]!) | 0);
      }
    });
}
