import { describe, expect, it } from 'vitest';
import {
  DRAWS_PER_BLOCK,
  drawBits,
  eachBlock,
  mix32,
  streamKey,
} from '../../../src/base/random.ts';

describe('counter-based random', () => {
  it('gives every bit half the time', () => {
    const key = streamKey(streamKey(1, 2), 3);
    const counts = new Int32Array(32);
    const draws = 65_536;
    for (let i = 0; i < draws; i++) {
      const bits = drawBits(key, i);
      for (let bit = 0; bit < 32; bit++) counts[bit]! += (bits >>> bit) & 1;
    }
    // Five standard deviations.
    for (const count of counts) expect(Math.abs(count - draws / 2)).toBeLessThan(5 * 128);
  });

  it('changes about half of the bits when one input bit changes', () => {
    let changed = 0;
    for (let value = 0; value < 1000; value++) {
      for (let bit = 0; bit < 32; bit++) {
        const difference = mix32(value) ^ mix32(value ^ (1 << bit));
        changed += (difference >>> 0).toString(2).replaceAll('0', '').length;
      }
    }
    expect(changed / 32_000).toBeGreaterThan(15.5);
    expect(changed / 32_000).toBeLessThan(16.5);
  });

  it('has a stream of its own for every seed, VM, writer and block', () => {
    const keys = new Set<number>();
    const seeds = [0, 1, 2, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 52, Number.MAX_SAFE_INTEGER];
    for (const seed of seeds) {
      for (let vm = 0; vm < 20; vm++) {
        for (let writer = 0; writer < 10; writer++)
          keys.add(streamKey(streamKey(seed, vm), writer));
      }
    }
    expect(keys.size).toBe(seeds.length * 200);
    expect(streamKey(1, 2)).not.toBe(streamKey(2, 1));
  });

  it('goes through draws block by block, each with its key', () => {
    const parts: number[][] = [];
    const stream = streamKey(4, 5);
    eachBlock(stream, 2 * DRAWS_PER_BLOCK - 3, DRAWS_PER_BLOCK + 8, (...part) => parts.push(part));
    expect(parts).toEqual([
      [streamKey(stream, 1), 0, DRAWS_PER_BLOCK - 3, 3],
      [streamKey(stream, 2), 3, 0, DRAWS_PER_BLOCK],
      [streamKey(stream, 3), DRAWS_PER_BLOCK + 3, 0, 5],
    ]);
  });
});
