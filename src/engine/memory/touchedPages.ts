/**
 * Which pages hold something when a migration starts: the first `touchedMiB`, and whatever a writer wrote
 * since. Writes of a VM that nobody migrates are not simulated; they are drawn here, when somebody asks.
 * Rule WR7.
 */
import { countBits, setBits } from '../../base/bits.ts';
import { at } from '../../base/assert.ts';
import { PAGES_PER_MIB, type Nanoseconds } from '../../base/units.ts';
import type { VmState } from '../cluster/clusterState.ts';
import type { GuestMemory } from './guestMemory.ts';
import { createWriters, writesDue } from './writers.ts';

/**
 * After this many writes for each page of its region a writer is taken to have touched all of it
 * (for even writing, the chance to be wrong in one page is e^-64). Chosen to bound the work.
 */
const WRITES_PER_PAGE_LIMIT = 64;

const drawn = new Int32Array(8192);

/**
 * Adds the pages written outside the first `touchedPages` to the send set.
 *
 * @returns Number of pages in the send set.
 */
export function markTouched(
  memory: GuestMemory,
  touchedPages: number,
  vm: VmState,
  stream: number,
  clockNs: Nanoseconds,
): number {
  vm.writerPeriods.forEach((period, index) => {
    const untilNs = vm.writerPeriods[index + 1]?.setAtNs ?? clockNs;
    const writers = createWriters(period.writers, stream, period.setAtNs);
    period.writers.forEach((spec, place) => {
      const first = spec.startMiB * PAGES_PER_MIB;
      const end = first + spec.sizeMiB * PAGES_PER_MIB;
      if (end <= touchedPages) return;
      const writer = at(writers, place);
      const due = writesDue(writer, untilNs);
      if (due > (end - first) * WRITES_PER_PAGE_LIMIT) {
        setBits(memory.sendSet, first, end);
        return;
      }
      for (let next = 0; next < due; next += drawn.length) {
        const count = Math.min(drawn.length, due - next);
        writer.draw(drawn, next, count);
        for (let i = 0; i < count; i++) memory.sendSet[drawn[i]! >>> 5]! |= 1 << drawn[i]!;
      }
    });
  });
  return countBits(memory.sendSet);
}
