/**
 * The engine in a worker; where the browser gives none, in the page itself. There may be no workers at all, the host may
 * forbid them, a frame without an origin of its own gets none, and without a connection its file may not come. Then all
 * that was asked so far is asked again of an engine in the page, whose slices of work are as short as in a worker.
 */

/** What is used of a `Worker`, or of an engine in the page. */
export interface EngineWorker {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onerror: ((event: EngineError) => void) | null;
  onmessageerror: (() => void) | null;
}

export interface EngineError {
  /** Absent where the file did not come. */
  readonly message?: string;
  preventDefault(): void;
}

export interface EngineStart {
  /** Throws, or fails later, where there is no worker. */
  readonly inWorker: () => EngineWorker;
  readonly inPage: () => Promise<EngineWorker>;
}

export function startEngine(start: EngineStart): EngineWorker {
  return new WorkerOrPage(start);
}

class WorkerOrPage implements EngineWorker {
  onmessage: EngineWorker['onmessage'] = null;
  onerror: EngineWorker['onerror'] = null;
  onmessageerror: EngineWorker['onmessageerror'] = null;
  readonly #start: EngineStart;
  #engine: EngineWorker | null = null;
  #ended = false;
  /** What was asked until the worker has said something; then it has started, and is the one that stays. */
  #asked: unknown[] | null = [];

  constructor(start: EngineStart) {
    this.#start = start;
    try {
      this.#use(start.inWorker());
    } catch {
      void this.#goOnInPage();
    }
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    // Buffers are given back for frames only, which a worker sends that has started.
    this.#asked?.push(message);
    this.#engine?.postMessage(message, transfer);
  }

  terminate(): void {
    this.#ended = true;
    this.#engine?.terminate();
  }

  #use(engine: EngineWorker): void {
    this.#engine = engine;
    engine.onmessage = (event) => {
      this.#asked = null;
      this.onmessage?.(event);
    };
    engine.onmessageerror = () => this.onmessageerror?.();
    engine.onerror = (event) => {
      // An error of the engine itself has a message, and would come again in the page.
      if (this.#asked === null || event.message) return this.onerror?.(event);
      event.preventDefault();
      engine.terminate();
      this.#engine = null;
      return void this.#goOnInPage();
    };
  }

  async #goOnInPage(): Promise<void> {
    try {
      const engine = await this.#start.inPage();
      if (this.#ended) return engine.terminate();
      const asked = this.#asked ?? [];
      this.#asked = null;
      this.#use(engine);
      for (const message of asked) engine.postMessage(message);
    } catch (error) {
      if (this.#ended) return;
      const message = error instanceof Error ? error.message : String(error);
      this.onerror?.({ message, preventDefault: () => undefined });
    }
  }
}
