/**
 * A run of a scenario, advanced to any time. The state at a time does not depend on how it was reached:
 * in one go, in slices, or from a keyframe. Rules SI1 to SI5.
 */
import { isolated } from '../base/isolated.ts';
import { at, invariant } from '../base/assert.ts';
import { streamKey } from '../base/random.ts';
import { NS_PER_S, msToNs, type Nanoseconds } from '../base/units.ts';
import { copyClusterState, createClusterState, type ClusterState } from './cluster/clusterState.ts';
import { endFailureStage, failureEndNs } from './cluster/failover.ts';
import { recover } from './cluster/recover.ts';
import { endStatus, statusEndNs } from './cluster/vmLife.ts';
import { isRunning, type WriterPeriod } from './cluster/vmState.ts';
import type { ClusterEventKind } from './clusterEvent.ts';
import {
  countDifferingPages,
  keyframeOfMemory,
  memoryFromKeyframe,
  type GuestMemory,
  type MemoryKeyframe,
} from './memory/guestMemory.ts';
import { packedBytes } from './memory/packedWords.ts';
import { countRestoreFaults, stampKey } from './memory/savedMemory.ts';
import { strideOf } from './memory/thinning.ts';
import { createWriters, type Writer } from './memory/writers.ts';
import { DEFAULT_BATCH, advancePass } from './migration/copyBatch.ts';
import { endPhase, phaseEndNs } from './migration/liveMigration.ts';
import { waitsForDisk } from './migration/switchover.ts';
import { plannedPassNs } from './migration/copyPass.ts';
import { passOf, type Migration } from './migration/migration.ts';
import type { PageWatch } from './migration/pageWatch.ts';
import { operate } from './operate.ts';
import type { Scenario } from './scenario.ts';
import { endVolumeChange } from './storage/volumeMoves.ts';
import type { RunLog, World } from './world.ts';

export interface SimulationOptions {
  /** With versions the engine compares all pages at switchover; without, `verdicts` gives the answer. */
  readonly keepsVersions: boolean;
  readonly log?: RunLog;
  /** Differing pages by migration id, found by a run with versions. */
  readonly verdicts?: ReadonlyMap<number, number>;
  /** Sends per batch: changes the speed, never the result. */
  readonly batch?: number;
  /** Changed while its migration copies. */
  readonly watch?: PageWatch;
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
  readonly savedFiles = new Map<number, Uint16Array<ArrayBuffer>>();
  told = 0;
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
    recover(this);
    this.#settle();
  }

  get state(): ClusterState {
    return this.#state;
  }

  get timeNs(): Nanoseconds {
    return this.#state.timeNs;
  }

  /** Advances to `toNs`, which must not lie in the past; everything due at `toNs` has happened then. A run that is spent stops before. */
  advanceTo(toNs: Nanoseconds): void {
    invariant(toNs >= this.timeNs, `cannot advance from ${this.timeNs} back to ${toNs}`);
    for (;;) {
      // Order inside an instant: 1. writes and sends, 2. phases that end, 3. the next command, then 2 again.
      const planned = Math.min(toNs, this.#nextNs());
      for (const migration of this.#state.migrations) this.#copy(migration, planned);
      this.#state.timeNs = Math.min(planned, this.#nextNs());
      this.#settle();
      if (this.log?.isSpent === true) return;
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
      perNs += this.#drawnPerNs(migration);
    }
    const next = this.#nextNs();
    return perNs === 0 ? next : Math.min(next, this.timeNs + Math.ceil(work / perNs));
  }

  /** Whether nothing can happen any more without a new command. */
  get isQuiet(): boolean {
    const { migrations } = this.#state;
    return (
      // Who waits in the queue waits for one that waits for its disk.
      migrations.every((each) => each.phase.name === 'queued' || waitsForDisk(each)) &&
      this.#state.commandsDone === this.scenario.commands.length &&
      this.#nextNs() === Infinity
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
    this.told++;
    this.log?.event({ atNs: this.timeNs, kind, vm, text });
  }

  nodeName(node: number): string {
    return isolated(at(this.scenario.nodes, node).name);
  }

  vmName(vm: number): string {
    return isolated(at(this.scenario.vms, vm).name);
  }

  volumeName(volume: number): string {
    return isolated(at(this.scenario.volumes, volume).name);
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
    const own = at(this.#state.vms, vm);
    // While the VM does not run its clock shows the moment it stopped.
    const now = isRunning(own) ? this.timeNs : at(own.outages, own.outages.length - 1).fromNs;
    return now - own.pausedNs;
  }

  differingPages(migration: Migration): number {
    if (this.keepsVersions) {
      const memory = this.memoryOf(migration);
      const { vm, method } = migration;
      if (method === 'live') return countDifferingPages(memory);
      const pauses = at(this.#state.vms, vm).outages.length;
      return countRestoreFaults(memory, stampKey(this.streamOf(vm), pauses));
    }
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
      const { setAtNs, number } = period;
      writers = createWriters(period.writers, this.streamOf(vm), setAtNs, number);
      this.#writers.set(period, writers);
    }
    return writers;
  }

  /** Writes that are drawn, in a nanosecond. */
  #drawnPerNs({ id, vm, phase }: Migration): number {
    if (phase.name !== 'round') return 0;
    const clearsMarks = phase.tracking === 'clear-on-send';
    const full = this.memories.get(id)?.fullWriters;
    let perNs = 0;
    for (const writer of this.writersOf(vm)) {
      if (full?.has(writer) === true) continue;
      const stride = strideOf(writer, plannedPassNs(phase), clearsMarks);
      perNs += writer.pagesPerSecond / stride / NS_PER_S;
    }
    return perNs;
  }

  #copy(migration: Migration, toNs: Nanoseconds): void {
    const { phase } = migration;
    if (!('pass' in phase)) return;
    const vm = at(this.#state.vms, migration.vm);
    const inRound = phase.name === 'round';
    const { watch } = this.#options;
    this.work += advancePass(
      {
        memory: this.memoryOf(migration),
        pass: phase.pass,
        writers: inRound ? this.writersOf(migration.vm) : [],
        pausedNs: vm.pausedNs,
        tracking: inRound ? phase.tracking : 'sync-per-round',
        passNs: inRound ? plannedPassNs(phase) : 0,
        watch: watch?.migration === migration.id ? watch : undefined,
      },
      toNs,
      this.#options.batch ?? DEFAULT_BATCH,
    );
  }

  /** When the next thing ends by itself or the next command comes. */
  #nextNs(): Nanoseconds {
    const command = this.scenario.commands[this.#state.commandsDone];
    const { migrations, volumes, nodes, vms } = this.#state;
    let next = command === undefined ? Infinity : msToNs(command.atMs);
    for (const migration of migrations) next = Math.min(next, phaseEndNs(migration));
    for (const { change } of volumes) if (change !== null) next = Math.min(next, change.endNs);
    for (const node of nodes) next = Math.min(next, failureEndNs(node));
    for (const vm of vms) next = Math.min(next, statusEndNs(vm));
    return next;
  }

  /** Ends what is due and carries out the commands that are due, one by one. */
  #settle(): void {
    for (;;) {
      for (let end = this.#due(); end !== null; end = this.#due()) {
        end();
        recover(this);
      }
      const command = this.scenario.commands[this.#state.commandsDone];
      if (command === undefined || msToNs(command.atMs) > this.timeNs) break;
      this.#state.commandsDone++;
      operate(this, command);
      recover(this);
    }
    this.log?.settled?.(this);
  }

  /**
   * What ends one thing that is due: 1. the phase of a migration, 2. the move of a volume, 3. a stage of dealing with a
   * crash, 4. the status of a VM; of several the first in its list. null when nothing is due.
   */
  #due(): (() => void) | null {
    const { migrations, volumes, nodes, vms } = this.#state;
    const now = this.timeNs;
    const migration = migrations.find((each) => phaseEndNs(each) <= now);
    if (migration !== undefined) return () => endPhase(this, migration);
    const volume = volumes.findIndex(({ change }) => change !== null && change.endNs <= now);
    if (volume >= 0) return () => endVolumeChange(this, volume);
    const node = nodes.findIndex((each) => failureEndNs(each) <= now);
    if (node >= 0) return () => endFailureStage(this, node);
    const vm = vms.findIndex((each) => statusEndNs(each) <= now);
    return vm >= 0 ? () => endStatus(this, vm) : null;
  }
}
