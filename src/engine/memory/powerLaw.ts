/**
 * Power-law popularity: page of rank r is written in proportion to r^-exponent. Ranks are grouped in
 * bands whose borders grow by a quarter; a band is chosen by its share (alias table, one look), a rank
 * inside it evenly. Ranks are then scattered over the region, so that the popular pages do not lie together.
 * Only + - * / are used: tables are the same in every browser.
 */
import { drawBits, eachBlock, mix32 } from '../../base/random.ts';
import { powerOf } from './power.ts';

const TWO_32 = 4294967296;
const CHUNKS = 256;

interface AliasTable {
  /** A share of the slot: below it the slot's own band is meant, else the other. */
  readonly limit: Float64Array;
  /** Two for each slot: its own, and the other. */
  readonly bands: Int32Array;
  readonly firstRank: Int32Array;
  readonly ranks: Int32Array;
}

/**
 * Draws pages of [firstPage, firstPage + size) for write numbers `from` and on; `size` is a multiple of 256.
 *
 * @param places  Key of the scatter: which pages are popular.
 */
export function powerLawDraw(
  stream: number,
  places: number,
  firstPage: number,
  size: number,
  exponent: number,
): (out: Int32Array, from: number, count: number) => void {
  const { limit, bands, ranks, firstRank } = aliasTable(size, exponent);
  const chunkPages = size / CHUNKS;
  const { order, shift } = scatter(places, chunkPages);
  const chunkStart = order.map((place) => firstPage + place * chunkPages);
  const slots = limit.length;
  return (out, from, count) =>
    eachBlock(stream, from, count, (key, outAt, offset, length) => {
      const end = outAt + length;
      // No branches: which way they went would be a matter of chance, and each wrong guess costs as much as a draw.
      for (let i = outAt, n = offset; i < end; i++, n++) {
        const bits = drawBits(key, n);
        const place = ((bits >>> 0) / TWO_32) * slots;
        const slot = place | 0;
        // -1 below the limit, 0 above: the sign of a difference is exact.
        const side = Math.floor(place - slot - limit[slot]!);
        const band = bands[2 * slot + 1 + side]!;
        const inside = ((mix32(bits + 0x51ed270b) >>> 0) / TWO_32) * ranks[band]!;
        const rank = firstRank[band]! + (inside | 0);
        const chunk = rank & (CHUNKS - 1);
        // Both parts are below `chunkPages`, so that it is taken off once at most.
        const turned = (rank >>> 8) + shift[chunk]!;
        out[i] = chunkStart[chunk]! + turned - (chunkPages & ((chunkPages - 1 - turned) >> 31));
      }
    });
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
  const limit = new Float64Array(bands).fill(1);
  const pairs = Int32Array.from({ length: 2 * bands }, (_, i) => i >> 1);
  const small = [...share.keys()].filter((band) => share[band]! < 1);
  const large = [...share.keys()].filter((band) => share[band]! >= 1);
  while (small.length > 0 && large.length > 0) {
    const less = small.pop()!;
    const more = large.at(-1)!;
    limit[less] = share[less]!;
    pairs[2 * less + 1] = more;
    share[more] = share[more]! + share[less]! - 1;
    if (share[more]! < 1) small.push(large.pop()!);
  }
  return {
    limit,
    bands: pairs,
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
