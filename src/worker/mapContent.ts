/** What the maps show beside page states: the content picture while copying, the idle writes before. */
import { at } from '../base/assert.ts';
import { migrationOf } from '../engine/cluster/clusterState.ts';
import { isRunning } from '../engine/cluster/vmState.ts';
import { cellShiftOf } from '../engine/memory/guestMemory.ts';
import type { RecordedRun } from '../engine/recording/recordedRun.ts';
import { Simulation } from '../engine/simulation.ts';
import type { Scenario } from '../engine/scenario.ts';
import { PAGES_PER_MIB } from '../base/units.ts';
import { MAP_CELLS, NO_CONTENT, type FrameBuffers } from '../protocol/frameColumns.ts';
import { drawContent, pictureOf } from './contentPicture.ts';
import { countIdleWrites, idleClockSecond } from './idleWrites.ts';

/** Sends and writes between two looks at the clock. */
const WORK_PER_LOOK = 1 << 15;

export interface MapChoice {
  readonly vm: number;
  readonly content: boolean;
  readonly idleSecond: number;
}

export class MapContent {
  /** A run with versions at the shown moment; it can only go forward. */
  #exact: Simulation | null = null;
  #exactOf: Scenario | null = null;
  #picture: { readonly vm: number; readonly tones: Uint8Array } | null = null;
  #idle: { readonly key: string; readonly cells: Uint16Array; readonly pages: number } | null =
    null;

  /** Brings the run with versions to the shown moment; false when `inTime` ran out first. */
  prepare(run: RecordedRun, inTime: () => boolean): boolean {
    const { shownNs, scenario } = run;
    if (this.#exact === null || this.#exactOf !== scenario || this.#exact.timeNs > shownNs) {
      this.#exact = new Simulation(scenario, { keepsVersions: true });
      this.#exactOf = scenario;
    }
    const exact = this.#exact;
    while (exact.timeNs < shownNs) {
      if (!inTime()) return false;
      exact.advanceTo(Math.min(shownNs, exact.timeAfterWork(WORK_PER_LOOK)));
    }
    return true;
  }

  /**
   * Fills `sourceTone`, `targetTone` and `written`.
   *
   * @returns Distinct pages written in the idle second; 0 while the VM is being copied or does not run.
   */
  draw(run: RecordedRun, choice: MapChoice, buffers: FrameBuffers): number {
    const { vm } = choice;
    const migration = migrationOf(run.shown.state, vm);
    const exact = this.#exact;
    const memory =
      migration === null || exact === null ? undefined : exact.memories.get(migration.id);
    if (choice.content && memory !== undefined && exact !== null) {
      const { touchedMiB } = at(run.scenario.vms, vm);
      drawContent(memory, touchedMiB, this.#pictureOf(run, vm), buffers);
    } else {
      this.#drawWhole(run, choice, buffers);
    }
    const copying = migration !== null && run.shown.memories.has(migration.id);
    if (copying || !isRunning(at(run.shown.state.vms, vm))) {
      buffers.written.fill(0);
      return 0;
    }
    return this.#drawIdle(run, choice, buffers);
  }

  /** Before pages are tracked, and after: the VM's picture at the source, nothing at the target. */
  #drawWhole(run: RecordedRun, choice: MapChoice, buffers: FrameBuffers): void {
    buffers.sourceTone.fill(NO_CONTENT, 0, MAP_CELLS);
    buffers.targetTone.fill(NO_CONTENT, 0, MAP_CELLS);
    if (!choice.content) return;
    this.#pictureOf(run, choice.vm).forEach((tone, cell) => {
      buffers.sourceTone[cell] = tone + 1;
    });
  }

  #pictureOf(run: RecordedRun, vm: number): Uint8Array {
    if (this.#picture?.vm !== vm) {
      const { name, memoryMiB } = at(run.scenario.vms, vm);
      const pages = memoryMiB * PAGES_PER_MIB;
      const cells = Math.ceil(pages / 2 ** cellShiftOf(pages));
      this.#picture = { vm, tones: pictureOf(name, cells) };
    }
    return this.#picture.tones;
  }

  #drawIdle(run: RecordedRun, { vm, idleSecond }: MapChoice, buffers: FrameBuffers): number {
    const periods = at(run.shown.state.vms, vm).writerPeriods.length;
    const clock = idleClockSecond(run.shown, vm);
    const key = `${vm} ${idleSecond} ${clock} ${periods}`;
    if (this.#idle?.key !== key) {
      const cells = new Uint16Array(MAP_CELLS);
      const pages = countIdleWrites(run.shown, vm, idleSecond, cells);
      this.#idle = { key, cells, pages };
    }
    buffers.written.set(this.#idle.cells);
    return this.#idle.pages;
  }
}
