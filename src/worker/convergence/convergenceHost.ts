/**
 * Runs cells of the convergence map in short slices: whole ones that a person points at first, then those of the grid.
 * Port and clock are arguments, so it is tested without a worker.
 */
import { assertNever } from '../../base/assert.ts';
import {
  columnBuffers,
  createCellColumns,
  type CellColumns,
  type ConvergenceAnswer,
  type ConvergenceCommand,
  type ConvergenceQuestion,
} from '../../protocol/convergenceMessages.ts';
import { cellScenario, lossesOf, targetOf } from './cellQuestion.ts';
import { CellRun, type CellFigures } from './cellRun.ts';
import { sketchDivisor, wantedDivisor } from './cellSize.ts';
import { withFewerPages } from './smallerMemory.ts';

export interface ConvergencePort {
  post(answer: ConvergenceAnswer, transfer: ArrayBuffer[]): void;
}

export interface ConvergenceClock {
  nowMs(): number;
  /** After the messages that are waiting. */
  soon(task: () => void): void;
}

/** Length of a slice of work, so that commands get in. */
const SLICE_MS = 8;
/** Sends and writes between two looks at the clock. */
const WORK_PER_LOOK = 1 << 18;
/** Cells are told in batches, at most this often. */
const POST_EVERY_MS = 40;

interface GridCell {
  readonly cell: number;
  /** 0: a sketch. */
  readonly divisor: number;
}

interface RunningCell extends GridCell {
  readonly run: CellRun;
}

interface DoneCell extends GridCell {
  readonly wanted: number;
  readonly figures: CellFigures;
  readonly losing: boolean;
}

interface Asked {
  readonly questionId: number;
  readonly question: ConvergenceQuestion;
  /** Node id. */
  readonly to: string;
  readonly sketchDivisor: number;
}

export class ConvergenceHost {
  readonly #port: ConvergencePort;
  readonly #clock: ConvergenceClock;
  #asked: Asked | null = null;
  #waiting: GridCell[] = [];
  #running: RunningCell | null = null;
  #done: DoneCell[] = [];
  #full: RunningCell[] = [];
  #lastPostMs = -Infinity;
  #turnPlanned = false;

  constructor(port: ConvergencePort, clock: ConvergenceClock) {
    this.#port = port;
    this.#clock = clock;
  }

  receive(command: ConvergenceCommand): void {
    this.#guard(() => {
      this.#carryOut(command);
      this.#planTurn();
    });
  }

  #guard(task: () => void): void {
    try {
      task();
    } catch (error) {
      this.#asked = null;
      this.#forget();
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      this.#port.post({ type: 'failed', name, message }, []);
    }
  }

  #carryOut(command: ConvergenceCommand): void {
    switch (command.type) {
      case 'ask':
        return this.#ask(command.questionId, command.question);
      case 'run':
        if (this.#asked === null) return;
        for (const [i, cell] of command.cells.entries()) {
          this.#waiting.push({ cell, divisor: command.divisors[i] ?? 0 });
        }
        return;
      case 'run-full':
        if (this.#asked !== null) this.#full.push(this.#start(this.#asked, command.cell, 1));
        return;
      case 'drop-full':
        this.#full = this.#full.filter(({ cell }) => cell !== command.cell);
        return;
      case 'stop':
        return this.#forget();
      case 'ping':
        return this.#port.post({ type: 'pong' }, []);
      default:
        return assertNever(command);
    }
  }

  #forget(): void {
    this.#waiting = [];
    this.#running = null;
    this.#done = [];
    this.#full = [];
  }

  #ask(questionId: number, question: ConvergenceQuestion): void {
    this.#forget();
    const target = targetOf(question);
    const isPossible = 'node' in target;
    const size = sketchDivisor(question.scenario, question.vm);
    this.#asked = isPossible
      ? { questionId, question, to: target.node, sketchDivisor: size }
      : null;
    const refusal = isPossible ? null : target.refusal;
    this.#port.post({ type: 'asked', questionId, refusal, losses: lossesOf(question) }, []);
  }

  #start({ question, to }: Asked, cell: number, divisor: number): RunningCell {
    const scenario = withFewerPages(cellScenario(question, cell, to), question.vm, divisor);
    return { cell, divisor, run: new CellRun(scenario) };
  }

  #planTurn(): void {
    if (this.#turnPlanned || this.#asked === null) return;
    this.#turnPlanned = true;
    this.#clock.soon(() => {
      this.#turnPlanned = false;
      this.#guard(() => this.#turn());
    });
  }

  #turn(): void {
    const asked = this.#asked;
    if (asked === null) return;
    const startMs = this.#clock.nowMs();
    do {
      if (!this.#workOnFull(asked) && !this.#workOnGrid(asked)) break;
    } while (this.#clock.nowMs() - startMs < SLICE_MS);
    this.#postCells(asked);
    if (this.#isBusy) this.#planTurn();
  }

  get #isBusy(): boolean {
    return this.#full.length > 0 || this.#running !== null || this.#waiting.length > 0;
  }

  #workOnFull({ questionId }: Asked): boolean {
    const first = this.#full[0];
    if (first === undefined) return false;
    first.run.advance(WORK_PER_LOOK);
    if (!first.run.isOver) return true;
    this.#full.shift();
    const { cell, run } = first;
    this.#port.post(
      { type: 'full', questionId, cell, result: { ...run.figures(), clients: run.clients() } },
      [],
    );
    return true;
  }

  #workOnGrid(asked: Asked): boolean {
    this.#running ??= this.#next(asked);
    if (this.#running === null) return false;
    const { cell, divisor, run } = this.#running;
    run.advance(WORK_PER_LOOK);
    if (!run.isOver) return true;
    this.#running = null;
    const { question, to } = asked;
    const whole = cellScenario(question, cell, to);
    const figures = run.figures();
    const wanted = wantedDivisor(whole, question.vm, divisor, run.rounds(), figures);
    this.#done.push({ cell, divisor, wanted, figures, losing: run.losesConnections() });
    return true;
  }

  #next(asked: Asked): RunningCell | null {
    const next = this.#waiting.shift();
    if (next === undefined) return null;
    return this.#start(asked, next.cell, next.divisor === 0 ? asked.sketchDivisor : next.divisor);
  }

  #postCells({ questionId }: Asked): void {
    if (this.#done.length === 0) return;
    const left = this.#waiting.length + (this.#running === null ? 0 : 1);
    const nowMs = this.#clock.nowMs();
    if (left > 0 && nowMs - this.#lastPostMs < POST_EVERY_MS) return;
    this.#lastPostMs = nowMs;
    const columns = columnsOf(this.#done);
    this.#done = [];
    this.#port.post({ type: 'cells', questionId, columns }, columnBuffers(columns));
  }
}

/** Counts of pages and bytes as of the whole memory. */
function columnsOf(done: readonly DoneCell[]): CellColumns {
  const columns = createCellColumns(done.length);
  done.forEach(({ cell, divisor, wanted, figures, losing }, i) => {
    columns.cells[i] = cell;
    columns.divisors[i] = divisor;
    columns.wanted[i] = wanted;
    columns.outageNs[i] = figures.outageNs;
    columns.totalNs[i] = figures.totalNs;
    columns.bytesSent[i] = figures.bytesSent * divisor;
    columns.rounds[i] = figures.rounds;
    columns.pagesLeft[i] = figures.pagesLeft * divisor;
    columns.limited[i] = figures.stopReason === 'round-limit' ? 1 : 0;
    columns.losing[i] = losing ? 1 : 0;
  });
  return columns;
}
