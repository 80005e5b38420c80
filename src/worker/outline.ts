/** A whole run without its memories: its record, and the cluster between any two changes. */
import { PAGE_BYTES } from '../base/units.ts';
import { bytesSentNow, pagesRestoredNow } from '../engine/migration/migration.ts';
import { KeyframeStore } from '../engine/recording/keyframeStore.ts';
import { RunAhead } from '../engine/recording/runAhead.ts';
import { RunRecord } from '../engine/recording/runRecord.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { World } from '../engine/world.ts';
import type { Outline, OutlineMoment, WatchedVm } from '../protocol/outline.ts';
import { volumeRows } from './clusterRows.ts';
import { runInfoOf } from './runInfo.ts';
import { watchedVmOf } from './watchedVm.ts';

/** Runs `scenario` to its end. @param watchedVm  Its clients and bytes are told too; null: of no VM. */
export function outlineOf(scenario: Scenario, watchedVm: number | null = null): Outline {
  const record = new OutlineRecord(watchedVm);
  // Nobody looks back, so one keyframe at the start is enough.
  const run = new RunAhead(scenario, new KeyframeStore(0), record);
  while (!run.complete) run.advance(Infinity);
  const { simulation, timeNs } = run;
  const info = runInfoOf({
    scenario,
    record,
    ahead: simulation,
    computedToNs: timeNs,
    complete: true,
  });
  const watched = watchedVm === null ? null : watchedVmOf(simulation, watchedVm, record.bytes);
  return { run: info, moments: record.moments, watched };
}

/** Looks at the cluster whenever nothing more happens at an instant, and keeps what is new. */
class OutlineRecord extends RunRecord {
  readonly moments: OutlineMoment[] = [];
  /** Rates change only where something happens, so that the curve is straight between these. */
  readonly bytes: WatchedVm['bytes'] = [];
  readonly #watchedVm: number | null;
  #last = '';

  constructor(watchedVm: number | null) {
    super();
    this.#watchedVm = watchedVm;
  }

  settled(world: World): void {
    this.#noteBytes(world);
    this.#noteMoment(world);
  }

  #noteBytes({ state }: World): void {
    if (this.#watchedVm === null) return;
    const rows = this.migrations.filter(({ vm }) => vm === this.#watchedVm);
    const bytes = rows.reduce((sum, row) => {
      const running = state.migrations.find(({ id }) => id === row.id);
      const sent = running === undefined ? row.bytesSent : bytesSentNow(running);
      const restored = running === undefined ? row.pagesRestored : pagesRestoredNow(running);
      return sum + sent + restored * PAGE_BYTES;
    }, 0);
    if (this.bytes.at(-1)?.ns === state.timeNs) this.bytes.pop();
    this.bytes.push({ ns: state.timeNs, bytes });
  }

  #noteMoment({ state }: World): void {
    const moment = {
      vms: state.vms.map(({ node, status }) => ({ node, status: status.name })),
      nodes: state.nodes.map(({ up }) => ({ up })),
      volumes: volumeRows(state),
    };
    const text = JSON.stringify(moment);
    if (text === this.#last) return;
    this.#last = text;
    // Several looks at one instant: the last one counts.
    if (this.moments.at(-1)?.fromNs === state.timeNs) this.moments.pop();
    this.moments.push({ fromNs: state.timeNs, ...moment });
  }
}
