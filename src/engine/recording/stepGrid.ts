/**
 * The moments a step can stop at. They depend on the record alone, not on where one stands, so n steps
 * forward and n back end where they began. Rule RE4.
 */
import type { Nanoseconds } from '../../base/units.ts';
import type { PhaseName } from '../migration/migration.ts';
import type { RunRecord } from './runRecord.ts';

/** A page batch: this share of a phase that copies pages. */
const STEPS_PER_PHASE = 64;

export type StepUnit = 'batch' | 'event' | 'round';

const copying: ReadonlySet<PhaseName> = new Set(['round', 'stop-and-copy', 'saving', 'restoring']);

/** Whether pages travel in this phase. */
export function copiesPages(phase: PhaseName): boolean {
  return copying.has(phase);
}

/**
 * Sorted moments without repetition: the start of the run, then every stop of this unit, then its end.
 * While the run is not complete, only what is settled is in it: phases that go on have no stops yet.
 *
 * @param endNs  End of the run, or null while that is not known.
 */
export function stepGrid(
  record: RunRecord,
  unit: StepUnit,
  endNs: Nanoseconds | null,
): Nanoseconds[] {
  const stops = new Set<Nanoseconds>([0]);
  if (endNs !== null) stops.add(endNs);
  if (unit !== 'round') for (const { atNs } of record.events) stops.add(atNs);
  for (const { phases } of record.migrations) {
    for (const phase of phases) {
      stops.add(phase.startNs);
      const phaseEndNs = phase.endNs ?? endNs;
      if (phaseEndNs === null) continue;
      stops.add(phaseEndNs);
      if (unit !== 'batch' || !copiesPages(phase.name)) continue;
      const lengthNs = phaseEndNs - phase.startNs;
      for (let step = 1; step < STEPS_PER_PHASE; step++) {
        stops.add(phase.startNs + Math.round((step / STEPS_PER_PHASE) * lengthNs));
      }
    }
  }
  return [...stops].toSorted((a, b) => a - b);
}

/** The next stop after `ns`, or the last before it; null where there is none. */
export function nextStop(
  grid: readonly Nanoseconds[],
  ns: Nanoseconds,
  direction: 1 | -1,
): Nanoseconds | null {
  const found =
    direction === 1 ? grid.find((stop) => stop > ns) : grid.findLast((stop) => stop < ns);
  return found ?? null;
}
