/** While nothing is copied: which pages a guest writes in one second of its clock. Drawn, not simulated (rule GM7). */
import { countBits } from '../base/bits.ts';
import { NS_PER_S, PAGES_PER_MIB } from '../base/units.ts';
import { cellShiftOf } from '../engine/memory/guestMemory.ts';
import { writesDue } from '../engine/memory/writers.ts';
import type { Simulation } from '../engine/simulation.ts';

/** More writes than this are not drawn: by then a map is full. */
const WRITE_LIMIT = 2_000_000;

const drawn = new Int32Array(8192);

/** The whole second the guest's clock is in. */
export function idleClockSecond(simulation: Simulation, vm: number): number {
  return Math.floor(simulation.clockOf(vm) / NS_PER_S);
}

/**
 * Adds up the writes of one second, `second` after the present one, per map cell into `cells` (saturating at 65,535).
 *
 * @returns Number of distinct pages written.
 */
export function countIdleWrites(
  simulation: Simulation,
  vm: number,
  second: number,
  cells: Uint16Array,
): number {
  const pageCount = (simulation.scenario.vms[vm]?.memoryMiB ?? 0) * PAGES_PER_MIB;
  const pages = new Int32Array(pageCount / 32);
  const shift = cellShiftOf(pageCount);
  const clockNs = (idleClockSecond(simulation, vm) + second) * NS_PER_S;
  cells.fill(0);
  for (const writer of simulation.writersOf(vm)) {
    const from = writesDue(writer, clockNs);
    const to = Math.min(writesDue(writer, clockNs + NS_PER_S), from + WRITE_LIMIT);
    for (let next = from; next < to; next += drawn.length) {
      const count = Math.min(drawn.length, to - next);
      writer.draw(drawn, next, count);
      for (let i = 0; i < count; i++) {
        const page = drawn[i]!;
        pages[page >>> 5]! |= 1 << page;
        const cell = page >>> shift;
        if (cells[cell]! < 65535) cells[cell]!++;
      }
    }
  }
  return countBits(pages);
}
