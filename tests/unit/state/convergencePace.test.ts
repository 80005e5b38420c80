/** How long the rest of a map takes, from the work of its cells. */
import { describe, expect, it } from 'vitest';
import { createCellColumns } from '../../../src/protocol/convergenceMessages.ts';
import { createPace, workLeft } from '../../../src/state/convergencePace.ts';

describe('the work that is left', () => {
  it('is the sends and writes of the cells that are run again, by the share of pages they are run with', () => {
    const cells = createCellColumns(4);
    cells.divisors.set([64, 64, 8, 0]);
    // The first stands, the second needs all pages, the third half of them, and of the last nothing is known.
    cells.wanted.set([64, 1, 2, 0]);
    cells.bytesSent.fill(4096 * 1000);
    cells.totalNs.fill(3e9);
    // Rates of the two columns: 100 and 200 writes a second.
    expect(workLeft({ columns: [100, 200] }, cells)).toBe(1000 + 600 + (1000 + 300) / 2);
  });
});

describe('the pace', () => {
  it('says how long the rest takes as soon as that is more than chance', () => {
    let nowMs = 1000;
    const pace = createPace(() => nowMs);
    expect(pace.secondsLeft(10_000)).toBeNull();
    nowMs += 4000;
    expect(pace.secondsLeft(9000)).toBeNull();
    nowMs += 4000;
    // 2,000 in 8 s: 8,000 take 32 s.
    expect(pace.secondsLeft(8000)).toBe(32);
  });

  it('begins anew after a rest, and says nothing while cells turn out to need more', () => {
    let nowMs = 0;
    const pace = createPace(() => nowMs);
    pace.secondsLeft(10_000);
    nowMs += 10_000;
    expect(pace.secondsLeft(11_000)).toBeNull();
    expect(pace.secondsLeft(5000)).toBe(10);
    pace.restart();
    expect(pace.secondsLeft(5000)).toBeNull();
  });
});
