/** The addresses beside a memory map: at most five, round in powers of two, the last one with its unit. */
import { memoryText, withThousands } from '../base/numberText.ts';
import { PAGE_BYTES, PAGES_PER_MIB } from '../base/units.ts';
import { MAP_COLUMNS } from '../protocol/frameColumns.ts';

export interface AddressTick {
  readonly mib: number;
  /** Of the map's height: 0 at the top, 1 at the bottom. */
  readonly fraction: number;
  readonly text: string;
}

/** Rows of cells from one address to the next, at least: 2 px cells and 11 px text. */
const ROWS_PER_STEP = 12;
const MOST_STEPS = 4;

/**
 * @param memoryMiB  Of the VM.
 * @param rows       Of the map.
 * @param shownMiB   What all rows of the map together hold; more than the memory when the last row is not full.
 */
export function addressTicks(
  memoryMiB: number,
  rows: number,
  shownMiB: number = memoryMiB,
): AddressTick[] {
  if (memoryMiB <= 0) return [];
  const steps = Math.max(1, Math.min(MOST_STEPS, Math.floor(rows / ROWS_PER_STEP)));
  const step = 2 ** Math.ceil(Math.log2(memoryMiB / steps));
  const ticks: AddressTick[] = [];
  // An address closer than half a step to the end would run into the end's text.
  for (let mib = 0; mib <= memoryMiB - step / 2; mib += step) {
    ticks.push({ mib, fraction: mib / shownMiB, text: addressText(mib, memoryMiB) });
  }
  ticks.push({ mib: memoryMiB, fraction: memoryMiB / shownMiB, text: memoryText(memoryMiB) });
  return ticks;
}

/** The ticks of the map of a VM with `pageCount` pages. */
export function mapAddressTicks(pageCount: number, pagesPerCell: number): AddressTick[] {
  const pagesPerRow = pagesPerCell * MAP_COLUMNS;
  if (pagesPerRow === 0) return [];
  const rows = Math.ceil(pageCount / pagesPerRow);
  return addressTicks(pageCount / PAGES_PER_MIB, rows, (rows * pagesPerRow) / PAGES_PER_MIB);
}

/** In the unit that the end of the axis says. */
function addressText(mib: number, memoryMiB: number): string {
  if (mib === 0) return '0';
  const unitMiB = memoryMiB >= 1_048_576 ? 1_048_576 : memoryMiB >= 1024 ? 1024 : 1;
  return trimmed(mib / unitMiB, 2);
}

/**
 * An address for a sentence, fine enough to tell the cells of a VM apart: "457 MB", "12.25 GB", "48 KB".
 */
export function placeText(page: number, memoryMiB: number): string {
  const mib = page / PAGES_PER_MIB;
  if (memoryMiB < 256) return `${withThousands((page * PAGE_BYTES) / 1024)}\u00a0KB`;
  if (memoryMiB <= 16_384) return `${trimmed(mib, 1)}\u00a0MB`;
  return `${trimmed(mib / 1024, 2)}\u00a0GB`;
}

function trimmed(value: number, decimals: number): string {
  const [whole = '0', fraction] = String(Number(value.toFixed(decimals))).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
