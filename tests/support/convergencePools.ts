/** Pools for tests without workers: the host runs in the same process, turn by turn. */
import type { ConvergenceCommand } from '../../src/protocol/convergenceMessages.ts';
import type { EngineWorker } from '../../src/session/engineWorker.ts';
import { createConvergencePool, type ConvergencePool } from '../../src/session/convergencePool.ts';
import { ConvergenceHost } from '../../src/worker/convergence/convergenceHost.ts';
import { manualTimers } from './manualTimers.ts';

export class InlineWorker {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: { message: string; preventDefault(): void }) => void) | null = null;
  onmessageerror: (() => void) | null = null;
  readonly received: ConvergenceCommand[] = [];
  terminated = false;
  readonly #host: ConvergenceHost;
  #tasks: (() => void)[] = [];
  #nowMs = 0;

  constructor() {
    this.#host = new ConvergenceHost(
      { post: (data) => this.onmessage?.({ data }) },
      // A slice is some four pieces of work long.
      { nowMs: () => (this.#nowMs += 2), soon: (task) => void this.#tasks.push(task) },
    );
  }

  postMessage(command: ConvergenceCommand): void {
    this.received.push(command);
    this.#host.receive(command);
  }

  terminate(): void {
    this.terminated = true;
  }

  /** @returns false when nothing is left to do. */
  turn(): boolean {
    const tasks = this.#tasks;
    this.#tasks = [];
    for (const task of tasks) task();
    return tasks.length > 0;
  }
}

export interface InlinePool {
  readonly pool: ConvergencePool;
  readonly workers: readonly InlineWorker[];
  /** Lets so many looks of the watchdogs pass. */
  readonly pass: (looks: number) => void;
  /** Takes turns until `done`, or until nothing is left to do. */
  readonly run: (done?: () => boolean) => void;
}

/** A pool with `cores` - 1 workers in this process. @param canStartOther Whether there is more than the first. */
export function inlinePool(cores = 2, canStartOther = true): InlinePool {
  const workers: InlineWorker[] = [];
  const createWorker = (): EngineWorker => {
    const worker = new InlineWorker();
    workers.push(worker);
    return worker as EngineWorker;
  };
  const timers = manualTimers();
  const pool = createConvergencePool({
    createFirst: createWorker,
    createOther: () => {
      if (!canStartOther) throw new Error('no worker here');
      return createWorker();
    },
    cores,
    repeat: timers.repeat,
  });
  const run = (done?: () => boolean): void => {
    while (done?.() !== true && workers.filter((worker) => worker.turn()).length > 0);
  };
  return { pool, workers, pass: timers.pass, run };
}
