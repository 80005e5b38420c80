/**
 * The page's side of the worker: sends typed commands, checks every answer, keeps the newest frame, gives
 * buffers back, and turns whatever goes wrong into one failure that can be shown and recovered from.
 */
import { assertNever } from '../base/assert.ts';
import { transferables, type FrameBuffers } from '../protocol/frameColumns.ts';
import type { FrameSummary } from '../protocol/frameSummary.ts';
import type { FrameMessage, RunId, SimAnswer, SimCommand } from '../protocol/messages.ts';
import type { Outline, OutlineProgress } from '../protocol/outline.ts';
import type { RunInfo } from '../protocol/runInfo.ts';
import type { EngineWorker } from './engineWorker.ts';
import { createFrameInbox, type FrameInbox } from './frameInbox.ts';
import { parseAnswer, ProtocolError } from './parseAnswer.ts';
import { silenceText, Watchdog, type WatchdogDeps } from './watchdog.ts';
import { withNews } from './withNews.ts';

/** What may be asked of the present run. */
export type RunCommand = Exclude<
  SimCommand,
  { type: 'load' | 'releaseFrame' | 'inspect' | 'outline' | 'dropOutline' | 'ping' }
>;
type LoadCommand = Extract<SimCommand, { type: 'load' }>;

export interface SessionFailure {
  /** Name of the error: `ProtocolError`, `WorkerError`, or as the worker calls it. */
  readonly name: string;
  readonly message: string;
}

export type SessionEvent =
  | { readonly type: 'run'; readonly run: RunInfo }
  /** In the animation frame in which it was painted. */
  | { readonly type: 'painted'; readonly summary: FrameSummary }
  | { readonly type: 'failed'; readonly failure: SessionFailure }
  /** The worker does not answer, or answers again. */
  | { readonly type: 'silent'; readonly silent: boolean }
  /** Whether everything asked for has been answered and drawn. */
  | { readonly type: 'idle'; readonly idle: boolean };

export interface SessionDeps {
  readonly createWorker: () => EngineWorker;
  readonly requestFrame: (callback: () => void) => void;
  readonly repeat: WatchdogDeps['repeat'];
  /** Of what was thrown where nobody waits for it. */
  readonly report: (error: unknown) => void;
}

export interface Session {
  readonly frames: Pick<FrameInbox, 'latest' | 'subscribe'>;
  /** Starts a run from its recording; a worker that has failed or fallen silent is replaced by a new one. */
  load(scenario: LoadCommand['scenario'], showNs?: number): void;
  send(command: RunCommand): void;
  /**
   * Runs another scenario to its end, beside the present run and in a worker of its own, so that the present run never
   * waits for it. Rejects when that worker fails, and when the signal is given.
   *
   * @param watchedVm  The VM whose clients are told too.
   */
  outline(
    scenario: LoadCommand['scenario'],
    watchedVm?: number,
    watch?: OutlineWatch,
  ): Promise<Outline>;
  subscribe(listener: (event: SessionEvent) => void): () => void;
  dispose(): void;
}

export interface OutlineWatch {
  /** Given when nobody waits for the outline any more. */
  readonly signal?: AbortSignal;
  /** Some times a second. */
  readonly onProgress?: (progress: OutlineProgress) => void;
}

/** Commands that no frame answers. */
const withoutFrame: ReadonlySet<SimCommand['type']> = new Set([
  'releaseFrame',
  'inspect',
  'outline',
  'dropOutline',
  'ping',
]);

interface OutlineRequest extends Pick<OutlineWatch, 'onProgress'> {
  readonly resolve: (outline: Outline) => void;
  readonly reject: (error: Error) => void;
}

export function startSession(deps: SessionDeps): Session {
  return new WorkerSession(deps);
}

class WorkerSession implements Session {
  readonly frames: FrameInbox;
  readonly #deps: SessionDeps;
  readonly #listeners = new Set<(event: SessionEvent) => void>();
  readonly #watchdog: Watchdog;
  readonly #watchdogBeside: Watchdog;
  #worker: EngineWorker | null;
  /** Works outlines out; started with the first of them. */
  #beside: EngineWorker | null = null;
  #runId: RunId = 0;
  /** As it has been told so far. */
  #run: RunInfo | null = null;
  /** Commands that this worker was sent and answers with a frame; frames tell how many had come. */
  #commandsSent = 0;
  #idle = false;
  #outlinesAsked = 0;
  readonly #outlines = new Map<number, OutlineRequest>();

  constructor(deps: SessionDeps) {
    this.#deps = deps;
    this.frames = createFrameInbox({
      requestFrame: deps.requestFrame,
      release: (buffers) => this.#release(buffers),
      failed: deps.report,
      painted: (frame) => this.#painted(frame),
    });
    this.#watchdog = new Watchdog({
      repeat: deps.repeat,
      ping: () => this.#post({ type: 'ping' }),
      tell: (silent) => this.#emit({ type: 'silent', silent }),
    });
    this.#watchdogBeside = new Watchdog({
      repeat: deps.repeat,
      ping: () => this.#beside?.postMessage({ type: 'ping' } satisfies SimCommand),
      tell: (silent) => {
        if (silent) this.#failBeside('WorkerError', silenceText);
      },
    });
    this.#worker = this.#start();
  }

  load(scenario: LoadCommand['scenario'], showNs?: number): void {
    if (this.#watchdog.isSilent) this.#stop();
    this.#worker ??= this.#start();
    this.#runId += 1;
    this.#run = null;
    const command = { type: 'load', runId: this.#runId, scenario } as const;
    this.#post(showNs === undefined ? command : { ...command, showNs });
  }

  send(command: RunCommand): void {
    this.#post(command);
  }

  outline(
    scenario: LoadCommand['scenario'],
    watchedVm?: number,
    { signal, ...watch }: OutlineWatch = {},
  ): Promise<Outline> {
    this.#beside ??= this.#startBeside();
    const requestId = this.#outlinesAsked++;
    const command: SimCommand = { type: 'outline', requestId, scenario };
    const asked = watchedVm === undefined ? command : { ...command, watchedVm };
    return new Promise((resolve, reject) => {
      this.#outlines.set(requestId, { ...watch, resolve, reject });
      this.#watchdogBeside.watch();
      this.#beside?.postMessage(asked);
      signal?.addEventListener('abort', () => this.#dropOutline(requestId), { once: true });
    });
  }

  #dropOutline(requestId: number): void {
    const request = this.#outlines.get(requestId);
    if (request === undefined) return;
    this.#forgetOutline(requestId);
    const command: SimCommand = { type: 'dropOutline', requestId };
    this.#beside?.postMessage(command);
    request.reject(new Error('Nobody waits for this run any more'));
  }

  #forgetOutline(requestId: number): void {
    this.#outlines.delete(requestId);
    if (this.#outlines.size === 0) this.#watchdogBeside.rest();
  }

  subscribe(listener: (event: SessionEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispose(): void {
    this.#listeners.clear();
    this.#stop();
    this.#watchdogBeside.rest();
    this.#beside?.terminate();
    this.#beside = null;
  }

  #start(): EngineWorker {
    this.#commandsSent = 0;
    const worker = listenTo(this.#deps.createWorker(), {
      receive: (data) => {
        if (worker !== this.#worker) return;
        this.#watchdog.hear();
        this.#receive(data);
      },
      fail: (name, message) => {
        if (worker === this.#worker) this.#fail(name, message);
      },
    });
    return worker;
  }

  #startBeside(): EngineWorker {
    const worker = listenTo(this.#deps.createWorker(), {
      receive: (data) => {
        if (worker !== this.#beside) return;
        this.#watchdogBeside.hear();
        this.#receiveBeside(data);
      },
      fail: (name, message) => {
        if (worker === this.#beside) this.#failBeside(name, message);
      },
    });
    return worker;
  }

  #stop(): void {
    this.#watchdog.rest();
    this.#worker?.terminate();
    this.#worker = null;
    this.frames.disown();
  }

  #post(command: SimCommand, transfer: Transferable[] = []): void {
    if (this.#worker === null) return;
    this.#worker.postMessage(command, transfer);
    if (withoutFrame.has(command.type)) return;
    this.#commandsSent += 1;
    this.#setIdle(false);
  }

  #release(buffers: FrameBuffers): void {
    this.#post({ type: 'releaseFrame', buffers }, transferables(buffers));
  }

  #receive(data: unknown): void {
    const answer = parseAnswer(data);
    if (answer instanceof ProtocolError) return this.#fail(answer.name, answer.message);
    if (isBeside(answer)) return;
    if (answer.runId !== this.#runId) {
      // The buffers belong to the worker, not to the run.
      if (answer.type === 'frame') this.#release(answer.buffers);
      return;
    }
    this.#take(answer);
  }

  #receiveBeside(data: unknown): void {
    const answer = parseAnswer(data);
    if (answer instanceof ProtocolError) return this.#failBeside(answer.name, answer.message);
    if (answer.type === 'failed') return this.#failBeside(answer.name, answer.message);
    if (answer.type === 'outlining') {
      return this.#outlines.get(answer.requestId)?.onProgress?.(answer.progress);
    }
    if (answer.type !== 'outlined') return;
    this.#outlines.get(answer.requestId)?.resolve(answer.outline);
    this.#forgetOutline(answer.requestId);
  }

  /** The next outline starts a new worker. */
  #failBeside(name: string, message: string): void {
    this.#beside?.terminate();
    this.#beside = null;
    this.#watchdogBeside.rest();
    for (const { reject } of this.#outlines.values()) reject(new Error(`${name}: ${message}`));
    this.#outlines.clear();
  }

  #take(answer: Exclude<SimAnswer, Beside>): void {
    switch (answer.type) {
      case 'loaded':
      case 'inspected':
        return;
      case 'run':
        this.#run = withNews(this.#run, answer.run);
        return this.#emit({ type: 'run', run: this.#run });
      case 'frame':
        return this.frames.receive(answer);
      case 'failed':
        return this.#fail(answer.name, answer.message);
      default:
        return assertNever(answer);
    }
  }

  #painted({ summary }: FrameMessage): void {
    this.#emit({ type: 'painted', summary });
    const answered = summary.commandsReceived >= this.#commandsSent;
    this.#setIdle(answered && !summary.playing && !summary.catchingUp);
  }

  #fail(name: string, message: string): void {
    this.#stop();
    this.#emit({ type: 'failed', failure: { name, message } });
    this.#setIdle(true);
  }

  #setIdle(idle: boolean): void {
    if (idle) this.#watchdog.rest();
    else this.#watchdog.watch();
    if (idle === this.#idle) return;
    this.#idle = idle;
    this.#emit({ type: 'idle', idle });
  }

  #emit(event: SessionEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** Answers that are not about the present run. */
type Beside = Extract<SimAnswer, { type: (typeof besides)[number] }>;

const besides = ['ready', 'pong', 'outlining', 'outlined'] as const;

function isBeside(answer: SimAnswer): answer is Beside {
  return besides.some((type) => type === answer.type);
}

interface WorkerListener {
  readonly receive: (data: unknown) => void;
  readonly fail: (name: string, message: string) => void;
}

function listenTo(worker: EngineWorker, { receive, fail }: WorkerListener): EngineWorker {
  worker.onmessage = ({ data }) => receive(data);
  worker.onerror = (event) => {
    event.preventDefault();
    fail('WorkerError', event.message || 'It did not start');
  };
  worker.onmessageerror = () => fail('WorkerError', 'A message could not be read');
  return worker;
}
