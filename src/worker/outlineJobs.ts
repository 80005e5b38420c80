/**
 * Whole runs that were asked for beside the present one: one after the other, in slices, so that a question that nobody
 * asks any more can be dropped. Port and clock are arguments, so it is tested without a worker.
 */
import type { SimCommand } from '../protocol/messages.ts';
import { OutlineRun } from './outline.ts';
import type { HostClock, HostPort } from './hostPort.ts';

type OutlineCommand = Extract<SimCommand, { type: 'outline' }>;

/** Sends and writes between two looks at the clock. */
const WORK_PER_LOOK = 1 << 16;
/** A question that is dropped meanwhile waits for no longer. */
const SLICE_MS = 12;
const PROGRESS_EVERY_MS = 100;

export class OutlineJobs {
  readonly #port: HostPort;
  readonly #clock: Pick<HostClock, 'nowMs'>;
  #waiting: OutlineCommand[] = [];
  #present: { readonly requestId: number; readonly run: OutlineRun } | null = null;
  #toldMs = 0;

  constructor(port: HostPort, clock: Pick<HostClock, 'nowMs'>) {
    this.#port = port;
    this.#clock = clock;
  }

  get isBusy(): boolean {
    return this.#present !== null || this.#waiting.length > 0;
  }

  add(command: OutlineCommand): void {
    this.#waiting.push(command);
  }

  drop(requestId: number): void {
    this.#waiting = this.#waiting.filter((command) => command.requestId !== requestId);
    if (this.#present?.requestId === requestId) this.#present = null;
  }

  /** All that was asked for; after a failure of one of them. */
  dropAll(): void {
    this.#waiting = [];
    this.#present = null;
  }

  /** Works on the oldest question for the length of a slice. */
  work(): void {
    const startMs = this.#clock.nowMs();
    const job = this.#next(startMs);
    if (job === null) return;
    const { requestId, run } = job;
    while (!run.complete && this.#clock.nowMs() - startMs < SLICE_MS) run.advance(WORK_PER_LOOK);
    if (run.complete) {
      this.#present = null;
      this.#port.post({ type: 'outlined', requestId, outline: run.outline() }, []);
    } else if (this.#clock.nowMs() - this.#toldMs >= PROGRESS_EVERY_MS) {
      this.#toldMs = this.#clock.nowMs();
      this.#port.post({ type: 'outlining', requestId, progress: run.progress() }, []);
    }
  }

  #next(nowMs: number): { readonly requestId: number; readonly run: OutlineRun } | null {
    if (this.#present !== null) return this.#present;
    const command = this.#waiting.shift();
    if (command === undefined) return null;
    const { requestId, scenario, watchedVm } = command;
    this.#toldMs = nowMs;
    this.#present = { requestId, run: new OutlineRun(scenario, watchedVm ?? null) };
    return this.#present;
  }
}
