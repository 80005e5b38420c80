/**
 * A run of a scenario, advanced to any time. The state at a time does not depend on how it was reached:
 * in one go, in slices, or from a keyframe. Rules SI1 to SI5.
 */
import { at, invariant } from '../base/assert.ts';
import { streamKey } from '../base/random.ts';
import { msToNs, type Nanoseconds } from '../base/units.ts';
import {
  copyClusterState,
  createClusterState,
  type ClusterState,
  type WriterPeriod,
} from './cluster/clusterState.ts';
import type { ClusterEventKind } from './clusterEvent.ts';
import {
  countDifferingPages,
  keyframeOfMemory,
  memoryFromKeyframe,
  type GuestMemory,
  type MemoryKeyframe,
} from './memory/guestMemory.ts';
import { packedBytes } from './memory/packedWords.ts';
import { createWriters, type Writer } from './memory/writers.ts';
import { DEFAULT_BATCH, advancePass } from './migration/copyBatch.ts';
import { endPhase, phaseEndNs } from './migration/liveMigration.ts';
import { passOf, type Migration } from './migration/migration.ts';
import { operate, startQueued } from './operate.ts';
import type { Scenario } from './scenario.ts';
import type { RunLog, World } from './world.ts';

export interface SimulationOptions {
  /** With versions the engine compares all pages at switchover; without, `verdicts` gives the answer. */
  readonly keepsVersions: boolean;
  readonly log?: RunLog;
  /** Differing pages by migration id, found by a run with versions. */
  readonly verdicts?: ReadonlyMap<number, number>;
  /** Sends per batch: changes the speed, never the result. */
  readonly batch?: number;
}

export interface Keyframe {
  readonly timeNs: Nanoseconds;
  readonly state: ClusterState;
  readonly memories: readonly (readonly [id: number, memory: MemoryKeyframe])[];
  /** Words of bitmap that were looked through to make it: what it cost. */
  readonly words: number;
  readonly bytes: number;
}

export class Simulation implements World {
  readonly scenario: Scenario;
  readonly keepsVersions: boolean;
  readonly log: RunLog | null;
  readonly memories = new Map<number, GuestMemory>();
  /** Sends and writes done so far by this object. */
  work = 0;
  #state: ClusterState;
  readonly #options: SimulationOptions;
  readonly #writers = new WeakMap<WriterPeriod, Writer[]>();

  constructor(scenario: Scenario, options: SimulationOptions) {
    this.scenario = scenario;
    this.keepsVersions = options.keepsVersions;
    this.log = options.log ?? null;
    this.#options = options;
    this.#state = createClusterState(scenario);
    this.#settle();
  }

  get state(): ClusterState {
    return this.#state;
  }

  get timeNs(): Nanoseconds {
    return this.#state.timeNs;
  }

  /** Advances to `toNs`, which must not lie in the past; everything due at `toNs` has happened then. */
  advanceTo(toNs: Nanoseconds): void {
    invariant(toNs >= this.timeNs, `cannot advance from ${this.timeNs} back to ${toNs}`);
    for (;;) {
      // Order inside an instant: 1. writes and sends, 2. phases that end, 3. the next command, then 2 again.
      const planned = Math.min(toNs, this.#nextNs());
      for (const migration of this.#state.migrations) this.#copy(migration, planned);
      this.#state.timeNs = Math.min(planned, this.#nextNs());
      this.#settle();
      if (this.timeNs === toNs && this.#nextNs() > toNs) return;
    }
  }

  /** A time by which about `work` further sends and writes are done; at the most the next event. */
  timeAfterWork(work: number): Nanoseconds {
    let perNs = 0;
    for (const migration of this.#state.migrations) {
      const pass = passOf(migration);
      if (pass === null) continue;
      perNs += 1 / pass.pageNs;
      for (const writer of this.writersOf(migration.vm)) perNs += writer.pagesPerSecond / 1e9;
    }
    const next = this.#nextNs();
    return perNs === 0 ? next : Math.min(next, this.timeNs + Math.ceil(work / perNs));
  }

  /** Whether nothing can happen any more without a new command. */
  get isQuiet(): boolean {
    return (
      this.#state.migrations.length === 0 &&
      this.#state.commandsDone === this.scenario.commands.length
    );
  }

  keyframe(): Keyframe {
    const memories = [...this.memories].map(
      ([id, memory]) => [id, keyframeOfMemory(memory)] as const,
    );
    const bytes = memories.reduce((sum, [, memory]) => sum + packedBytes(memory.bitmaps), 1024);
    const words = [...this.memories.values()].reduce((sum, { bitmaps }) => sum + bitmaps.length, 0);
    return { timeNs: this.timeNs, state: copyClusterState(this.#state), memories, words, bytes };
  }

  /** Goes to a keyframe of the same recording, or of one that agrees with it up to there. */
  restore(keyframe: Keyframe): void {
    invariant(!this.keepsVersions, 'keyframes hold no versions');
    this.#state = copyClusterState(keyframe.state);
    const old = new Map(this.memories);
    this.memories.clear();
    for (const [id, memory] of keyframe.memories) {
      this.memories.set(id, memoryFromKeyframe(memory, old.get(id) ?? null));
    }
  }

  emit(kind: ClusterEventKind, vm: number, text: string): void {
    this.log?.event({ atNs: this.timeNs, kind, vm, text });
  }

  nodeName(node: number): string {
    return at(this.scenario.nodes, node).name;
  }

  memoryOf(migration: Migration): GuestMemory {
    const memory = this.memories.get(migration.id);
    invariant(memory !== undefined, `migration ${migration.id} has no memory`);
    return memory;
  }

  volumeOf(vm: number): number {
    const { volume } = at(this.scenario.vms, vm);
    return this.scenario.volumes.findIndex(({ id }) => id === volume);
  }

  streamOf(vm: number): number {
    return streamKey(this.scenario.seed, vm);
  }

  clockOf(vm: number): Nanoseconds {
    const { running, pausedNs, outages } = at(this.#state.vms, vm);
    // While the VM is paused its clock shows the moment of the pause.
    const now = running ? this.timeNs : at(outages, outages.length - 1).fromNs;
    return now - pausedNs;
  }

  differingPages(migration: Migration): number {
    if (this.keepsVersions) return countDifferingPages(this.memoryOf(migration));
    const verdict = this.#options.verdicts?.get(migration.id);
    invariant(verdict !== undefined, `migration ${migration.id} was not compared yet`);
    return verdict;
  }

  /** The writers that are set now. */
  writersOf(vm: number): readonly Writer[] {
    const period = at(this.#state.vms, vm).writerPeriods.at(-1);
    invariant(period !== undefined, 'a VM has at least one period');
    let writers = this.#writers.get(period);
    if (writers === undefined) {
      writers = createWriters(period.writers, this.streamOf(vm), period.setAtNs);
      this.#writers.set(period, writers);
    }
    return writers;
  }

  #copy(migration: Migration, toNs: Nanoseconds): void {
    const { phase } = migration;
    if (phase.name !== 'round' && phase.name !== 'stop-and-copy') return;
    const vm = at(this.#state.vms, migration.vm);
    const inRound = phase.name === 'round';
    this.work += advancePass(
      {
        memory: this.memoryOf(migration),
        pass: phase.pass,
        writers: inRound ? this.writersOf(migration.vm) : [],
        pausedNs: vm.pausedNs,
        tracking: inRound ? phase.tracking : 'sync-per-round',
      },
      toNs,
      this.#options.batch ?? DEFAULT_BATCH,
    );
  }

  /** When the next phase ends or the next command comes. */
  #nextNs(): Nanoseconds {
    const command = this.scenario.commands[this.#state.commandsDone];
    let next = command === undefined ? Infinity : msToNs(command.atMs);
    for (const migration of this.#state.migrations) {
      const endNs = phaseEndNs(migration);
      if (endNs < next) next = endNs;
    }
    return next;
  }

  /** Ends the phases that are due and carries out the commands that are due, one by one. */
  #settle(): void {
    for (;;) {
      this.#endDuePhases();
      const command = this.scenario.commands[this.#state.commandsDone];
      if (command === undefined || msToNs(command.atMs) > this.timeNs) return;
      this.#state.commandsDone++;
      operate(this, command);
    }
  }

  #endDuePhases(): void {
    for (;;) {
      const due = this.#state.migrations.find((migration) => phaseEndNs(migration) <= this.timeNs);
      if (due === undefined) return;
      endPhase(this, due);
      startQueued(this);
    }
  }
}
