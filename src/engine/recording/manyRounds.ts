/**
 * Thousands of rounds in a bounded record: the first and the last stand alone, between them neighbours share a row whose sums
 * are those of its rounds. Nothing of the run depends on it. Rule RE7.
 */
import { at } from '../../base/assert.ts';
import type { Nanoseconds } from '../../base/units.ts';
import type { PhaseName } from '../migration/migration.ts';

/** Of a phase in the record, what belongs to rounds that share a row. */
interface RoundRow {
  readonly name: PhaseName;
  readonly number: number;
  readonly lastNumber?: number;
  readonly startNs: Nanoseconds;
  readonly endNs: Nanoseconds | null;
  readonly plannedNs: Nanoseconds;
  readonly pagesToSend: number;
  readonly pagesSent: number;
  readonly pagesDirtied: number;
  readonly pagesLeft: number;
  readonly dirtiedCurve: number[];
}

export interface Joined<Row> {
  readonly row: Row;
  readonly joining: Row;
}

/** At each end so many rounds stand alone. */
const ENDS = 300;
/** Rows between the ends at most, so that up to 1,000 rounds all stand alone. */
const MOST_INNER_ROWS = 400;

/**
 * Brings `phases` to their rows when another round has ended, the last of them.
 *
 * @returns What shares a row from now on: `row` with `joining`, which begins later.
 */
export function shareRows<Row extends RoundRow>(phases: Row[]): Joined<Row>[] {
  const rounds = at(phases, phases.length - 1).number;
  const perRow = roundsPerRow(rounds);
  if (perRow === 1) return [];
  // Only what leaves the last rounds is new, unless all rows become longer.
  const begin = perRow === roundsPerRow(rounds - 1) ? phases.length - ENDS - 2 : 0;
  const end = phases.length - ENDS;
  const rows: Row[] = [];
  const gone: Joined<Row>[] = [];
  for (const phase of phases.slice(begin, end)) {
    const row = rows.at(-1);
    if (row === undefined || rowOf(row, perRow) !== rowOf(phase, perRow)) rows.push(phase);
    else {
      rows[rows.length - 1] = joined(row, phase);
      gone.push({ row, joining: phase });
    }
  }
  phases.splice(begin, end - begin, ...rows);
  return gone;
}

/** The least power of two with which the inner rounds fit. */
function roundsPerRow(rounds: number): number {
  let perRow = 1;
  while (Math.ceil((rounds - 2 * ENDS) / perRow) > MOST_INNER_ROWS) perRow *= 2;
  return perRow;
}

/** Equal for rounds that share a row. What comes before the rounds, and the first of them, have rows of their own. */
function rowOf({ name, number, startNs }: RoundRow, perRow: number): number | string {
  if (name !== 'round') return `${name} ${startNs}`;
  return number <= ENDS ? number - ENDS : Math.floor((number - ENDS - 1) / perRow) + 1;
}

function joined<Row extends RoundRow>(row: Row, round: RoundRow): Row {
  return {
    ...row,
    lastNumber: round.lastNumber ?? round.number,
    endNs: round.endNs,
    plannedNs: row.plannedNs + round.plannedNs,
    pagesToSend: row.pagesToSend + round.pagesToSend,
    pagesSent: row.pagesSent + round.pagesSent,
    pagesDirtied: row.pagesDirtied + round.pagesDirtied,
    pagesLeft: round.pagesLeft,
    dirtiedCurve: [],
  };
}
