/**
 * The page's side of the convergence map: a pool of workers, as many as the machine has cores to spare, and the order in which
 * cells are handed to them. First a sketch of every cell, coarse to fine, so that the whole map shows early; then, in the
 * same order, the cells whose sketch could be off, with more pages; among them the row that is drawn as a curve goes first.
 * Cells that a person points at go before all others.
 */
import * as v from 'valibot';
import { at } from '../base/assert.ts';
import {
  convergenceAnswerSchema,
  createCellColumns,
  type CellColumns,
  type ConvergenceAnswer,
  type ConvergenceCommand,
  type ConvergenceQuestion,
  type FullCell,
} from '../protocol/convergenceMessages.ts';
import type { EngineWorker } from './engineWorker.ts';
import { silenceText, Watchdog, type WatchdogDeps } from './watchdog.ts';

export type AskedAnswer = Extract<ConvergenceAnswer, { type: 'asked' }>;

export type ConvergenceEvent =
  | { readonly type: 'asked'; readonly answer: AskedAnswer }
  /** These cells have new figures in `cells`. */
  | { readonly type: 'cells'; readonly changed: Uint16Array }
  | { readonly type: 'full'; readonly cell: number; readonly result: FullCell }
  | { readonly type: 'failed'; readonly message: string };

/** What is known of the grid: one entry for each cell. Owned by the pool, newest figures in place. */
export interface ConvergenceCells extends CellColumns {
  /** Cells with figures, and of these the ones whose figures are final. */
  readonly sketched: number;
  readonly final: number;
}

export interface ConvergencePool {
  readonly cells: ConvergenceCells;
  /** Begins with an empty grid; whatever is under way for another question is forgotten. @param firstRow  The row that is drawn as a curve. */
  ask(question: ConvergenceQuestion, firstRow: number): void;
  /** The cells to be run with all pages, in this order; others that wait for that are dropped. */
  runFull(cells: readonly number[]): void;
  /** Lets the workers rest; what is known stays. */
  pause(): void;
  /** Goes on with the question asked last. */
  resume(): void;
  subscribe(listener: (event: ConvergenceEvent) => void): () => void;
}

export interface PoolDeps {
  /** The first of them runs in the page where there are no workers. */
  readonly createFirst: () => EngineWorker;
  /** Throws, or fails later, where there is no other worker. */
  readonly createOther: () => EngineWorker;
  /** Cores of the machine. */
  readonly cores: number;
  readonly repeat: WatchdogDeps['repeat'];
}

/** More than these bring little: the page has to take in what they send. */
const MOST_WORKERS = 8;
/** Cells a worker is given at a time: some 50 ms of work each. */
const SKETCH_BATCH = 64;
const FINAL_BATCH = 12;

/** One core stays for the page. @param cores  NaN where the browser does not say. */
export function workersFor(cores: number): number {
  return Math.max(1, Math.min(MOST_WORKERS, (Math.floor(cores) || 1) - 1));
}

/** All cells of a grid, coarse to fine: every eighth in both directions, then every fourth, second, and the rest. */
export function fillOrder(columns: number, rows: number): number[] {
  const order: number[] = [];
  const isIn = (row: number, column: number, step: number): boolean =>
    row % step === 0 && column % step === 0;
  for (const step of [8, 4, 2, 1]) {
    for (let row = 0; row < rows; row += step) {
      for (let column = 0; column < columns; column += step) {
        if (step === 8 || !isIn(row, column, step * 2)) order.push(row * columns + column);
      }
    }
  }
  return order;
}

interface PoolWorker {
  readonly worker: EngineWorker;
  readonly watchdog: Watchdog;
  /** Cells given to it that have not come back. */
  readonly given: Set<number>;
}

export function createConvergencePool(deps: PoolDeps): ConvergencePool {
  return new Pool(deps);
}

interface Grid extends CellColumns {
  sketched: number;
  final: number;
}

function emptyGrid(length: number): Grid {
  return { ...createCellColumns(length), sketched: 0, final: 0 };
}

class Pool implements ConvergencePool {
  readonly #deps: PoolDeps;
  readonly #listeners = new Set<(event: ConvergenceEvent) => void>();
  #workers: PoolWorker[] = [];
  #grid: Grid = emptyGrid(0);
  #question: ConvergenceQuestion | null = null;
  #firstRow = 0;
  #questionId = 0;
  #isRunning = false;
  /** Cells without figures. */
  #sketches: number[] = [];
  /** Cells whose figures could be off. */
  #again: number[] = [];
  /** Asked for with all pages, and not there yet. */
  #full: number[] = [];

  constructor(deps: PoolDeps) {
    this.#deps = deps;
  }

  get cells(): ConvergenceCells {
    return this.#grid;
  }

  ask(question: ConvergenceQuestion, firstRow: number): void {
    this.pause();
    this.#question = question;
    this.#firstRow = firstRow;
    this.#grid = emptyGrid(question.columns.length * question.rows.length);
    this.#full = [];
    this.resume();
  }

  runFull(cells: readonly number[]): void {
    const dropped = this.#full.filter((cell) => !cells.includes(cell));
    const added = cells.filter((cell) => !this.#full.includes(cell));
    this.#full = [...cells];
    if (!this.#isRunning) return;
    for (const cell of dropped) this.#postToFirst({ type: 'drop-full', cell });
    for (const cell of added) this.#postToFirst({ type: 'run-full', cell });
  }

  pause(): void {
    this.#isRunning = false;
    for (const { worker, watchdog, given } of this.#workers) {
      watchdog.rest();
      given.clear();
      post(worker, { type: 'stop' });
    }
  }

  resume(): void {
    const question = this.#question;
    if (question === null || this.#isRunning) return;
    this.#isRunning = true;
    // What workers still say about the time before the pause is not meant any more.
    this.#questionId += 1;
    this.#plan(question);
    this.#startWorkers();
    for (const { watchdog } of this.#workers) watchdog.watch();
    // The others begin when it is known that the VM can be moved at all.
    this.#postToFirst({ type: 'ask', questionId: this.#questionId, question });
    for (const cell of this.#full) this.#postToFirst({ type: 'run-full', cell });
    this.#give(at(this.#workers, 0));
  }

  subscribe(listener: (event: ConvergenceEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What is still to be done for the question. */
  #plan({ columns, rows }: ConvergenceQuestion): void {
    const { divisors, wanted } = this.#grid;
    const order = fillOrder(columns.length, rows.length);
    this.#sketches = order.filter((cell) => divisors[cell] === 0);
    this.#again = [];
    for (const cell of order) if (divisors[cell] !== wanted[cell]) this.#runAgain(cell);
  }

  /** Later, or next when it lies in the row that is drawn as a curve: there a cell that is off stands out. */
  #runAgain(cell: number): void {
    const columns = this.#question?.columns.length ?? 1;
    if (Math.floor(cell / columns) === this.#firstRow) this.#again.unshift(cell);
    else this.#again.push(cell);
  }

  #startWorkers(): void {
    const { createFirst, createOther, cores } = this.#deps;
    if (this.#workers.length === 0) this.#workers.push(this.#listenTo(createFirst()));
    try {
      for (let count = this.#workers.length; count < workersFor(cores); count++) {
        this.#workers.push(this.#listenTo(createOther()));
      }
    } catch {
      // The first does all the work.
    }
  }

  #listenTo(worker: EngineWorker): PoolWorker {
    const watchdog = new Watchdog({
      repeat: this.#deps.repeat,
      ping: () => post(worker, { type: 'ping' }),
      tell: (silent) => {
        if (silent) this.#fail(`WorkerError: ${silenceText}`);
      },
    });
    const own: PoolWorker = { worker, watchdog, given: new Set<number>() };
    worker.onmessage = ({ data }) => {
      watchdog.hear();
      this.#receive(own, data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      // Its file did not come; the first has the engine of the page then.
      if (!event.message && own !== this.#workers[0]) return this.#dismiss(own);
      this.#fail(`WorkerError: ${event.message ?? 'It did not start'}`);
    };
    worker.onmessageerror = () => this.#fail('WorkerError: A message could not be read');
    return own;
  }

  /** The others do its work. */
  #dismiss(own: PoolWorker): void {
    this.#workers = this.#workers.filter((other) => other !== own);
    own.watchdog.rest();
    own.worker.terminate();
    const open = [...own.given];
    const isSketched = (cell: number): boolean => this.#grid.divisors[cell] !== 0;
    this.#sketches.unshift(...open.filter((cell) => !isSketched(cell)));
    this.#again.unshift(...open.filter(isSketched));
  }

  #postToFirst(command: ConvergenceCommand): void {
    post(at(this.#workers, 0).worker, command);
  }

  #receive(from: PoolWorker, data: unknown): void {
    if (!this.#workers.includes(from)) return;
    const parsed = v.safeParse(convergenceAnswerSchema, data);
    if (!parsed.success) {
      const [issue] = parsed.issues;
      return this.#fail(`ProtocolError: ${v.getDotPath(issue) ?? 'message'}: ${issue.message}`);
    }
    const answer = parsed.output;
    if (answer.type === 'failed') return this.#fail(`${answer.name}: ${answer.message}`);
    if (answer.type === 'pong') return;
    if (answer.questionId !== this.#questionId || !this.#isRunning) return;
    switch (answer.type) {
      case 'asked':
        return this.#begin(from, answer);
      case 'cells':
        return this.#take(from, answer.columns);
      case 'full':
        this.#full = this.#full.filter((cell) => cell !== answer.cell);
        return this.#emit({ type: 'full', cell: answer.cell, result: answer.result });
    }
  }

  /** The first worker has looked at the question: now all work on it. */
  #begin(from: PoolWorker, answer: AskedAnswer): void {
    if (from !== this.#workers[0]) return this.#give(from);
    this.#emit({ type: 'asked', answer });
    const question = this.#question;
    if (answer.refusal !== null || question === null) return;
    for (const { worker } of this.#workers.slice(1)) {
      post(worker, { type: 'ask', questionId: this.#questionId, question });
    }
  }

  #take(from: PoolWorker, columns: CellColumns): void {
    const { cells, divisors, wanted } = columns;
    for (const [i, cell] of cells.entries()) {
      from.given.delete(cell);
      if (this.#grid.divisors[cell] === 0) this.#grid.sketched++;
      if (divisors[i] === wanted[i]) this.#grid.final++;
      else this.#runAgain(cell);
      copyEntry(columns, i, this.#grid, cell);
    }
    this.#emit({ type: 'cells', changed: cells });
    for (const worker of this.#workers) this.#give(worker);
  }

  /** The next cells for a worker that has few left: while it works on them there is time to send more. */
  #give({ worker, given }: PoolWorker): void {
    const sketching = this.#sketches.length > 0;
    const size = sketching ? SKETCH_BATCH : FINAL_BATCH;
    const batch = (sketching ? this.#sketches : this.#again).slice(0, size);
    if (batch.length === 0 || given.size >= size) return;
    (sketching ? this.#sketches : this.#again).splice(0, size);
    for (const cell of batch) given.add(cell);
    const divisors = batch.map((cell) => (sketching ? 0 : (this.#grid.wanted[cell] ?? 1)));
    post(worker, {
      type: 'run',
      cells: Uint16Array.from(batch),
      divisors: Uint16Array.from(divisors),
    });
  }

  #fail(message: string): void {
    const workers = this.#workers;
    this.#workers = [];
    for (const { worker, watchdog } of workers) {
      watchdog.rest();
      worker.terminate();
    }
    this.#isRunning = false;
    this.#emit({ type: 'failed', message });
  }

  #emit(event: ConvergenceEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function post(worker: EngineWorker, command: ConvergenceCommand): void {
  worker.postMessage(command);
}

function copyEntry(from: CellColumns, i: number, to: Grid, cell: number): void {
  to.cells[cell] = cell;
  to.divisors[cell] = from.divisors[i]!;
  to.wanted[cell] = from.wanted[i]!;
  to.outageNs[cell] = from.outageNs[i]!;
  to.totalNs[cell] = from.totalNs[i]!;
  to.bytesSent[cell] = from.bytesSent[i]!;
  to.rounds[cell] = from.rounds[i]!;
  to.pagesLeft[cell] = from.pagesLeft[i]!;
  to.limited[cell] = from.limited[i]!;
  to.losing[cell] = from.losing[i]!;
}
