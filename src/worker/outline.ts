/** A whole run without its memories: its record, and the cluster between any two changes. */
import { KeyframeStore } from '../engine/recording/keyframeStore.ts';
import { RunAhead } from '../engine/recording/runAhead.ts';
import { RunRecord } from '../engine/recording/runRecord.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { World } from '../engine/world.ts';
import type { Outline, OutlineMoment } from '../protocol/messages.ts';
import { volumeRows } from './clusterRows.ts';
import { runInfoOf } from './runInfo.ts';

/** Runs `scenario` to its end. */
export function outlineOf(scenario: Scenario): Outline {
  const record = new OutlineRecord();
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
  return { run: info, moments: record.moments };
}

/** Looks at the cluster whenever nothing more happens at an instant, and keeps what is new. */
class OutlineRecord extends RunRecord {
  readonly moments: OutlineMoment[] = [];
  #last = '';

  settled({ state }: World): void {
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
