/**
 * Thousands of rounds in a bounded record: the first and the last stand alone, between them neighbours share a row whose sums
 * are those of its rounds. Nothing of the run depends on it. Rule RE7.
 */
import { at } from '../../base/assert.ts';
import type { PhaseRecord } from './runRecord.ts';

export interface Joined {
  readonly row: PhaseRecord;
  readonly joining: PhaseRecord;
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
export function shareRows(phases: PhaseRecord[]): Joined[] {
  const rounds = at(phases, phases.length - 1).number;
  const perRow = roundsPerRow(rounds);
  if (perRow === 1) return [];
  // Only what leaves the last rounds is new, unless all rows become longer.
  const begin = perRow === roundsPerRow(rounds - 1) ? phases.length - ENDS - 2 : 0;
  const end = phases.length - ENDS;
  const rows: PhaseRecord[] = [];
  const gone: Joined[] = [];
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
function rowOf({ name, number, startNs }: PhaseRecord, perRow: number): number | string {
  if (name !== 'round') return `${name} ${startNs}`;
  return number <= ENDS ? number - ENDS : Math.floor((number - ENDS - 1) / perRow) + 1;
}

function joined(row: PhaseRecord, round: PhaseRecord): PhaseRecord {
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
