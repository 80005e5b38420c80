/** The cells that each pass of the first migration sent pages of, in order. */
import type { RunRecord } from '../../src/engine/recording/runRecord.ts';

export function passSendsOf(record: RunRecord): number[][] {
  const phases = record.migrations[0]?.phases ?? [];
  return phases.flatMap((phase) => {
    const counts = record.passSends.get(phase);
    return counts === undefined ? [] : [[...counts]];
  });
}
