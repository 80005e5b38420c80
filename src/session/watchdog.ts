/**
 * Notices that a worker has fallen silent. A worker looks at its messages between slices of a few milliseconds, so it answers
 * a ping soon, however much it has to do. It is asked only while something is expected of it, and only when it has said
 * nothing by itself.
 *
 * Silence is counted in looks, not read off a clock: while the machine sleeps, the page stands in a debugger or the browser
 * holds up a tab in the background, nobody looks. A worker that was only slow takes the alarm back with its next message.
 */

const LOOK_EVERY_MS = 1000;
/** About 8 s: far longer than a starved worker on a busy machine, and short enough that somebody still waits. */
export const LOOKS_UNTIL_SILENT = 8;

/** What is said of a worker that nobody waits for any longer. */
export const silenceText = `It has not answered for ${(LOOKS_UNTIL_SILENT * LOOK_EVERY_MS) / 1000} seconds`;

export interface WatchdogDeps {
  /** Calls the task again and again. @returns Ends it. */
  readonly repeat: (task: () => void, everyMs: number) => () => void;
  readonly ping: () => void;
  /** Once when the worker falls silent, and once when it is heard again. */
  readonly tell: (isSilent: boolean) => void;
}

export class Watchdog {
  readonly #deps: WatchdogDeps;
  #end: (() => void) | null = null;
  #heard = true;
  #isAsked = false;
  #looks = 0;

  constructor(deps: WatchdogDeps) {
    this.#deps = deps;
  }

  get isSilent(): boolean {
    return this.#looks >= LOOKS_UNTIL_SILENT;
  }

  /** Something is expected of the worker. */
  watch(): void {
    if (this.#end !== null) return;
    this.#heard = true;
    this.#isAsked = false;
    this.#end = this.#deps.repeat(() => this.#look(), LOOK_EVERY_MS);
  }

  /** Nothing is expected any more, or the worker is gone. */
  rest(): void {
    this.#end?.();
    this.#end = null;
    this.#hear();
  }

  /** The worker said something. */
  hear(): void {
    this.#heard = true;
    this.#hear();
  }

  #hear(): void {
    const wasSilent = this.isSilent;
    this.#looks = 0;
    this.#isAsked = false;
    if (wasSilent) this.#deps.tell(false);
  }

  #look(): void {
    if (this.#heard) {
      this.#heard = false;
      return;
    }
    if (!this.#isAsked) {
      this.#isAsked = true;
      return this.#deps.ping();
    }
    this.#looks += 1;
    if (this.#looks === LOOKS_UNTIL_SILENT) this.#deps.tell(true);
  }
}
