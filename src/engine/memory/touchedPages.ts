/**
 * Which pages hold something when a migration starts: the first `touchedMiB`, and whatever a writer wrote
 * since. Writes of a VM that nobody migrates are not simulated; they are drawn here, when somebody asks.
 * Rule WR7.
 */
import { allBitsSet, countBits, setBits } from '../../base/bits.ts';
import { at } from '../../base/assert.ts';
import { PAGES_PER_MIB, type Nanoseconds } from '../../base/units.ts';
import type { VmState } from '../cluster/vmState.ts';
import type { WriterSpec } from '../settings.ts';
import { createWriters, writesDue, type Writer } from './writers.ts';

/**
 * Writes of a writer that are looked at, for each page of its region. Of even writing this many leave no page out
 * (the chance for one page is e^-64); the pages that a writer with favourites has not reached by then it
 * hardly ever reaches. Chosen to bound the work.
 */
const WRITES_PER_PAGE_LIMIT = 64;

const drawn = new Int32Array(8192);

/**
 * Sets the bits of the pages that hold something.
 *
 * @param bits  One bit a page; set bits stay.
 * @returns Number of bits set.
 */
export function markTouched(
  bits: Int32Array,
  touchedPages: number,
  vm: VmState,
  stream: number,
  clockNs: Nanoseconds,
): number {
  setBits(bits, 0, touchedPages);
  vm.writerPeriods.forEach((period, index) => {
    const untilNs = vm.writerPeriods[index + 1]?.setAtNs ?? clockNs;
    const writers = createWriters(period.writers, stream, period.setAtNs, period.number);
    period.writers.forEach((spec, place) => {
      const end = (spec.startMiB + spec.sizeMiB) * PAGES_PER_MIB;
      if (end <= touchedPages) return;
      const writer = at(writers, place);
      markWritten(bits, spec, writer, writesDue(writer, untilNs));
    });
  });
  return countBits(bits);
}

/** Sets the bits of the pages of the first `due` writes. Once the region is full, further writes change nothing and are not drawn. */
export function markWritten(bits: Int32Array, spec: WriterSpec, writer: Writer, due: number): void {
  const first = spec.startMiB * PAGES_PER_MIB;
  const size = spec.sizeMiB * PAGES_PER_MIB;
  const inOrder = spec.kind === 'sweep' || spec.kind === 'once';
  const most = size * WRITES_PER_PAGE_LIMIT;
  if (inOrder || (spec.kind === 'uniform' && due > most)) {
    setBits(bits, first, first + Math.min(due, size));
    return;
  }
  const looked = Math.min(due, most);
  // To look costs as much as some writes, so a large region is looked at four times for as many writes as it has pages.
  const lookEvery = Math.max(drawn.length, size / 4);
  for (let next = 0; next < looked; next += drawn.length) {
    if (next % lookEvery < drawn.length && allBitsSet(bits, first, first + size)) return;
    const count = Math.min(drawn.length, looked - next);
    writer.draw(drawn, next, count);
    for (let i = 0; i < count; i++) bits[drawn[i]! >>> 5]! |= 1 << drawn[i]!;
  }
}
