/** A whole run without its memories: its record, and the cluster between any two changes. */
import { PAGE_BYTES } from '../base/units.ts';
import { migrationOf, type ClusterState } from '../engine/cluster/clusterState.ts';
import { quorumOf } from '../engine/cluster/quorum.ts';
import { bytesSentNow, pagesRestoredNow, passOf } from '../engine/migration/migration.ts';
import { KeyframeStore } from '../engine/recording/keyframeStore.ts';
import { RunAhead } from '../engine/recording/runAhead.ts';
import { RunRecord } from '../engine/recording/runRecord.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { World } from '../engine/world.ts';
import type { Outline, OutlineMoment, OutlineProgress, WatchedVm } from '../protocol/outline.ts';
import { vmRows, volumeRows } from './clusterRows.ts';
import { runInfoOf } from './runInfo.ts';
import { watchedVmOf } from './watchedVm.ts';

/** Runs `scenario` to its end. @param watchedVm  Its clients and bytes are told too; null: of no VM. */
export function outlineOf(scenario: Scenario, watchedVm: number | null = null): Outline {
  const run = new OutlineRun(scenario, watchedVm);
  while (!run.complete) run.advance(Infinity);
  return run.outline();
}

/** The same in slices. */
export class OutlineRun {
  readonly #scenario: Scenario;
  readonly #watchedVm: number | null;
  readonly #record: OutlineRecord;
  readonly #run: RunAhead;

  constructor(scenario: Scenario, watchedVm: number | null) {
    this.#scenario = scenario;
    this.#watchedVm = watchedVm;
    this.#record = new OutlineRecord(scenario, watchedVm);
    // Nobody looks back, so one keyframe at the start is enough.
    this.#run = new RunAhead(scenario, new KeyframeStore(0), this.#record);
  }

  get complete(): boolean {
    return this.#run.complete;
  }

  /** Does about `work` sends and writes more. */
  advance(work: number): void {
    this.#run.advance(work);
  }

  progress(): OutlineProgress {
    const { simulation, timeNs } = this.#run;
    const moving = this.#watchedVm === null ? null : migrationOf(simulation.state, this.#watchedVm);
    const pass = moving === null ? null : passOf(moving);
    if (moving === null || pass === null) return { timeNs, pass: null };
    const { phase, id } = moving;
    const left = simulation.memories.get(id)?.sendSetPages ?? 0;
    const round = phase.name === 'round' ? phase.number : 0;
    const pagesToSend = pass.sent + left;
    return { timeNs, pass: { phase: phase.name, round, pagesSent: pass.sent, pagesToSend } };
  }

  /** Of the complete run. */
  outline(): Outline {
    const { simulation, timeNs } = this.#run;
    const info = runInfoOf({
      scenario: this.#scenario,
      record: this.#record,
      ahead: simulation,
      computedToNs: timeNs,
      complete: true,
    });
    const { moments, bytes } = this.#record;
    const watched =
      this.#watchedVm === null ? null : watchedVmOf(simulation, this.#watchedVm, bytes);
    return { run: info, moments, watched };
  }
}

/** Of the curve of bytes: more than a screen has columns. */
const MOST_POINTS = 4096;

/** Looks at the cluster whenever nothing more happens at an instant, and keeps what is new. */
class OutlineRecord extends RunRecord {
  readonly moments: OutlineMoment[] = [];
  /** Rates change only where something happens, so that the curve is straight between these. */
  bytes: WatchedVm['bytes'] = [];
  readonly #scenario: Scenario;
  readonly #watchedVm: number | null;
  #last = '';

  constructor(scenario: Scenario, watchedVm: number | null) {
    super();
    this.#scenario = scenario;
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
      const sent = running === undefined ? row.bytesSent : bytesSentNow(running, state.timeNs);
      const restored = running === undefined ? row.pagesRestored : pagesRestoredNow(running);
      return sum + sent + restored * PAGE_BYTES;
    }, 0);
    if (this.bytes.at(-1)?.ns === state.timeNs) this.bytes.pop();
    this.bytes.push({ ns: state.timeNs, bytes });
    // Thousands of rounds: every second point is as good a line.
    if (this.bytes.length > MOST_POINTS) {
      const { length } = this.bytes;
      this.bytes = this.bytes.filter((_, place) => place % 2 === 0 || place === length - 1);
    }
  }

  #noteMoment({ state }: World): void {
    const moment = momentOf(this.#scenario, state);
    const text = JSON.stringify(moment);
    if (text === this.#last) return;
    this.#last = text;
    // Several looks at one instant: the last one counts.
    if (this.moments.at(-1)?.fromNs === state.timeNs) this.moments.pop();
    this.moments.push({ fromNs: state.timeNs, ...moment });
  }
}

function momentOf(scenario: Scenario, state: ClusterState): Omit<OutlineMoment, 'fromNs'> {
  const { has, votes, total } = quorumOf(scenario, state);
  return {
    vms: vmRows(scenario, state).map(({ node, status, statusEndNs, disk, lostMiB, blocked }) => ({
      node,
      status,
      statusEndNs,
      disk,
      lostMiB,
      blocked,
    })),
    nodes: state.nodes.map(({ up, downSinceNs, member, paused }) => ({
      up,
      downSinceNs,
      member,
      paused,
    })),
    volumes: volumeRows(state),
    quorum: { has, votes, total },
  };
}
