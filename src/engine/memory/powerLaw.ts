/**
 * Power-law popularity: page of rank r is written in proportion to r^-exponent. Ranks are grouped in
 * bands whose borders grow by a quarter; a band is chosen by its share (alias table, one look), a rank
 * inside it evenly. Ranks are then scattered over the region, so that the popular pages do not lie together.
 * Only + - * / are used: tables are the same in every browser.
 */
import { DRAWS_PER_BLOCK, blockKey, drawBits, mix32 } from '../../base/random.ts';
import { powerOf } from './power.ts';

const TWO_32 = 4294967296;
const CHUNKS = 256;

interface AliasTable {
  /** Of 2^32: below it the slot's own band is meant, else `other`. */
  readonly limit: Float64Array;
  readonly other: Int32Array;
  readonly firstRank: Int32Array;
  readonly ranks: Int32Array;
}

/** Draws pages of [firstPage, firstPage + size) for write numbers `from` and on; `size` is a multiple of 256. */
export function powerLawDraw(
  stream: number,
  firstPage: number,
  size: number,
  exponent: number,
): (out: Int32Array, from: number, count: number) => void {
  const table = aliasTable(size, exponent);
  const chunkPages = size / CHUNKS;
  const { order, shift } = scatter(stream, chunkPages);
  const bands = table.other.length;
  return (out, from, count) => {
    for (let i = 0; i < count; i++) {
      const index = from + i;
      const block = Math.floor(index / DRAWS_PER_BLOCK);
      const bits = drawBits(blockKey(stream, block), index - block * DRAWS_PER_BLOCK);
      const place = ((bits >>> 0) / TWO_32) * bands;
      const slot = place | 0;
      const own = (place - slot) * TWO_32 < table.limit[slot]!;
      const band = own ? slot : table.other[slot]!;
      const inside = ((mix32(bits + 0x51ed270b) >>> 0) / TWO_32) * table.ranks[band]!;
      const rank = table.firstRank[band]! + (inside | 0);
      const chunk = rank & (CHUNKS - 1);
      const offset = ((rank >>> 8) + shift[chunk]!) % chunkPages;
      out[i] = firstPage + order[chunk]! * chunkPages + offset;
    }
  };
}

export interface RankBand {
  readonly firstRank: number;
  readonly ranks: number;
  /** How often its ranks are written together, in proportion. */
  readonly weight: number;
}

/** The bands of the ranks 0 to `size` - 1; every rank of a band is taken at the band's middle. */
export function rankBands(size: number, exponent: number): RankBand[] {
  const bands: RankBand[] = [];
  for (let firstRank = 0; firstRank < size;) {
    const ranks = Math.min(Math.max(1, firstRank >> 2), size - firstRank);
    const weight = ranks * powerOf(firstRank + (ranks + 1) / 2, -exponent);
    bands.push({ firstRank, ranks, weight });
    firstRank += ranks;
  }
  return bands;
}

/** Vose's alias method: every slot holds its own band and at most one other. */
function aliasTable(size: number, exponent: number): AliasTable {
  const list = rankBands(size, exponent);
  const bands = list.length;
  const total = list.reduce((sum, { weight }) => sum + weight, 0);
  const share = list.map(({ weight }) => (weight / total) * bands);
  const limit = new Float64Array(bands).fill(TWO_32);
  const other = Int32Array.from(share.keys());
  const small = [...share.keys()].filter((band) => share[band]! < 1);
  const large = [...share.keys()].filter((band) => share[band]! >= 1);
  while (small.length > 0 && large.length > 0) {
    const less = small.pop()!;
    const more = large.at(-1)!;
    limit[less] = share[less]! * TWO_32;
    other[less] = more;
    share[more] = share[more]! + share[less]! - 1;
    if (share[more]! < 1) small.push(large.pop()!);
  }
  return {
    limit,
    other,
    firstRank: Int32Array.from(list, ({ firstRank }) => firstRank),
    ranks: Int32Array.from(list, ({ ranks }) => ranks),
  };
}

function scatter(stream: number, chunkPages: number): { order: Int32Array; shift: Int32Array } {
  const order = new Int32Array(CHUNKS);
  const shift = new Int32Array(CHUNKS);
  for (let i = 0; i < CHUNKS; i++) {
    const j = (drawBits(stream, i) >>> 0) % (i + 1);
    order[i] = order[j]!;
    order[j] = i;
    shift[i] = (drawBits(stream, CHUNKS + i) >>> 0) % chunkPages;
  }
  return { order, shift };
}
