import { describe, expect, it } from 'vitest';
import { addressTicks, mapAddressTicks, placeText } from '../../../src/charts/addressAxis.ts';

const texts = (mib: number, rows = 64): string =>
  addressTicks(mib, rows)
    .map(({ text }) => text.replace('\u00a0', ' '))
    .join(' | ');

describe('addressTicks', () => {
  it('are round, at most five, and the last one has the unit', () => {
    expect(texts(4096)).toBe('0 | 1 | 2 | 3 | 4 GB');
    expect(texts(16, 32)).toBe('0 | 8 | 16 MB');
    expect(texts(24 * 1024)).toBe('0 | 8 | 16 | 24 GB');
    expect(texts(512)).toBe('0 | 128 | 256 | 384 | 512 MB');
  });

  it('are parts of the unit that the end names', () => {
    expect(texts(1_048_576)).toBe('0 | 0.25 | 0.5 | 0.75 | 1 TB');
    expect(texts(1536)).toBe('0 | 0.5 | 1 | 1.5 GB');
  });

  it('leave out an address that would run into the end', () => {
    expect(texts(4600)).toBe('0 | 2 | 4.5 GB');
  });

  it('stand at their row when the last row is not full', () => {
    // 129 cells of 1 MB: two rows of 128 MB, of which the second holds 1 MB.
    const ticks = mapAddressTicks(129 * 256, 256);
    expect(ticks.at(-1)?.fraction).toBeCloseTo(129 / 256);
  });

  it('are none before the first frame', () => {
    expect(mapAddressTicks(0, 0)).toEqual([]);
  });
});

describe('placeText', () => {
  it('tells the cells of a VM apart', () => {
    expect(placeText(914 * 128, 4096)).toBe('457\u00a0MB');
    expect(placeText(915 * 128, 4096)).toBe('457.5\u00a0MB');
    expect(placeText(5315 * 128, 4096)).toBe('2,657.5\u00a0MB');
    expect(placeText(12, 16)).toBe('48\u00a0KB');
    expect(placeText(3_211_264, 65_536)).toBe('12.25\u00a0GB');
  });
});
