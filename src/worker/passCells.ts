/** Which pass sends which cells: from a pass to its cells, and from a cell to its passes. */
import { migrationOf } from '../engine/cluster/clusterState.ts';
import type { RecordedRun } from '../engine/recording/recordedRun.ts';
import type { PhaseRecord } from '../engine/recording/runRecord.ts';
import type { CellPass, FrameSummary } from '../protocol/frameSummary.ts';

interface PassCells {
  readonly phase: PhaseRecord;
  readonly endNs: number;
  /** Pages it sends, of each cell. */
  readonly sends: Uint16Array;
}

/** The passes of the migration whose memory is on the maps, as far as they are worked out to their ends. */
function passesOf(run: RecordedRun, vm: number): PassCells[] {
  const migration = migrationOf(run.shown.state, vm);
  const phases = migration === null ? [] : (run.record.migrations[migration.id]?.phases ?? []);
  return phases.flatMap((phase) => {
    const sends = run.record.passSends.get(phase);
    return sends === undefined || phase.endNs === null
      ? []
      : [{ phase, endNs: phase.endNs, sends }];
  });
}

/** The passes that send pages of a cell, and have begun. */
export function passesOfCell(run: RecordedRun, vm: number, cell: number | null): CellPass[] {
  if (cell === null) return [];
  return passesOf(run, vm).flatMap(({ phase: { name, number, startNs }, endNs, sends }) => {
    const pages = sends[cell] ?? 0;
    if (pages === 0 || startNs > run.shownNs) return [];
    return [{ name, round: number, startNs, endNs, pages }];
  });
}

/**
 * Fills `column` with what the pass sends in which `span` lies, or begins. A quick migration sends every cell twice:
 * nothing tells its passes apart.
 */
export function lightPass(
  run: RecordedRun,
  vm: number,
  span: { readonly fromNs: number; readonly toNs: number } | null,
  column: Uint16Array,
): FrameSummary['lit'] {
  column.fill(0);
  if (span === null) return null;
  const { fromNs, toNs } = span;
  const pass = passesOf(run, vm).find(({ phase: { name, startNs }, endNs }) => {
    if (name !== 'round' && name !== 'stop-and-copy') return false;
    // An event has no length; at a border it belongs to what begins there.
    return fromNs === toNs ? startNs <= fromNs && fromNs < endNs : startNs < toNs && fromNs < endNs;
  });
  if (pass === undefined) return null;
  column.set(pass.sends);
  const cells = pass.sends.reduce((count, sent) => count + (sent > 0 ? 1 : 0), 0);
  return { round: pass.phase.number, pages: pass.phase.pagesSent, cells };
}
