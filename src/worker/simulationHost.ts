/**
 * The run behind the page: takes commands, works the run out ahead in short slices, moves the shown time,
 * and hands out frames against free sets of buffers. Port and clock are arguments, so it is tested
 * without a worker.
 */
import { assertNever } from '../base/assert.ts';
import type { Nanoseconds } from '../base/units.ts';
import { RecordedRun } from '../engine/recording/recordedRun.ts';
import { stateDigest } from '../engine/stateDigest.ts';
import { createFrameBuffers, transferables, type FrameBuffers } from '../protocol/frameColumns.ts';
import type { RunId, SimAnswer, SimCommand } from '../protocol/messages.ts';
import type { HostClock, HostPort } from './hostPort.ts';
import { ChosenPage } from './chosenPage.ts';
import { MapContent } from './mapContent.ts';
import { encodeFrame } from './encodeFrame.ts';
import { OutlineJobs } from './outlineJobs.ts';
import { pace, type Blackout } from './pacer.ts';
import { lightPass, passesOfCell } from './passCells.ts';
import { RunTeller } from './runNews.ts';

/** Length of a slice of work, so that commands get in. */
const SLICE_MS = 6;
/** Sends and writes between two looks at the clock. */
const WORK_PER_LOOK = 1 << 15;
const FRAME_MS = 1000 / 60;
const RUN_INFO_EVERY_MS = 100;
const BUFFER_SETS = 2;
/** A frame waits so long for what it is to say of the chosen page, then it goes without. What takes less is not felt as waiting. */
const PAGE_WAIT_MS = 150;

/** Commands that no frame answers. */
const withoutFrame: ReadonlySet<SimCommand['type']> = new Set([
  'releaseFrame',
  'inspect',
  'outline',
  'dropOutline',
  'ping',
]);

type ShowCommand = Extract<SimCommand, { type: 'show' }>;
type Move = Extract<SimCommand, { type: 'seek' | 'step' }>;

export class SimulationHost {
  readonly #port: HostPort;
  readonly #clock: HostClock;
  #free: FrameBuffers[] = Array.from({ length: BUFFER_SETS }, createFrameBuffers);
  #runId: RunId = 0;
  #run: RecordedRun | null = null;
  #teller = new RunTeller();
  #content: MapContent | null = null;
  #page = new ChosenPage();
  /** Since when frames wait for the chosen page, or null. */
  #pageSinceMs: number | null = null;
  #show: ShowCommand = {
    type: 'show',
    vm: 0,
    lensCell: null,
    page: null,
    content: false,
    idleSecond: 0,
    lit: null,
  };
  #commandsReceived = 0;
  #frameDue = false;
  #turnPlanned = false;
  #playing = false;
  #speed = 1;
  #pacedSpeed = 1;
  #lastTurnMs = 0;
  #lastInfoMs = 0;
  #infoDue = false;
  /** Moves that lead where the run is not worked out yet. */
  #waiting: Move[] = [];
  readonly #outlines: OutlineJobs;

  constructor(port: HostPort, clock: HostClock) {
    this.#outlines = new OutlineJobs(port, clock);
    this.#port = port;
    this.#clock = clock;
    this.#port.post({ type: 'ready' }, []);
  }

  receive(command: SimCommand): void {
    this.#guard(() => {
      if (!withoutFrame.has(command.type)) {
        this.#commandsReceived++;
        this.#frameDue = true;
      }
      this.#carryOut(command);
      this.#planTurn(0);
    });
  }

  /** A broken invariant ends the run; the page can start it anew from the recording. */
  #guard(task: () => void): void {
    try {
      task();
    } catch (error) {
      this.#run = null;
      this.#playing = false;
      this.#outlines.dropAll();
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      this.#port.post({ type: 'failed', runId: this.#runId, name, message }, []);
    }
  }

  #carryOut(command: SimCommand): void {
    switch (command.type) {
      case 'load':
        return this.#load(command);
      case 'play':
        if (!this.#playing) this.#lastTurnMs = this.#clock.nowMs();
        this.#speed = command.speed;
        this.#playing = true;
        return;
      case 'pause':
        this.#playing = false;
        return;
      case 'seek':
      case 'step':
        this.#playing = false;
        this.#waiting.push(command);
        return;
      case 'operate':
        this.#run?.operate(command.operation);
        this.#waiting = [];
        this.#tellOfRunSoon();
        return;
      case 'show':
        this.#show = command;
        return;
      case 'releaseFrame':
        if (this.#free.length < BUFFER_SETS) this.#free.push(command.buffers);
        return;
      case 'inspect':
        return this.#inspect(command.requestId);
      case 'outline':
        return this.#outlines.add(command);
      case 'dropOutline':
        return this.#outlines.drop(command.requestId);
      case 'ping':
        return this.#port.post({ type: 'pong' }, []);
      default:
        return assertNever(command);
    }
  }

  #load({ runId, scenario, showNs }: Extract<SimCommand, { type: 'load' }>): void {
    this.#runId = runId;
    this.#run = new RecordedRun(scenario);
    this.#teller = new RunTeller();
    this.#content = new MapContent();
    this.#page = new ChosenPage();
    this.#pageSinceMs = null;
    this.#playing = false;
    this.#waiting = showNs === undefined ? [] : [{ type: 'seek', ns: showNs }];
    this.#show = { ...this.#show, vm: Math.min(this.#show.vm, scenario.vms.length - 1) };
    this.#tellOfRunSoon();
    this.#port.post({ type: 'loaded', runId }, []);
  }

  /** What the page knows of the run is out of date. */
  #tellOfRunSoon(): void {
    this.#infoDue = true;
    this.#lastInfoMs = -Infinity;
  }

  #inspect(requestId: number): void {
    const run = this.#run;
    if (run === null) return;
    const answer: SimAnswer = {
      type: 'inspected',
      requestId,
      runId: this.#runId,
      timeNs: run.shownNs,
      digest: stateDigest(run.shown),
    };
    this.#port.post(answer, []);
  }

  #planTurn(ms: number): void {
    if (this.#turnPlanned) return;
    this.#turnPlanned = true;
    const turn = (): void => {
      this.#turnPlanned = false;
      this.#guard(() => this.#turn());
    };
    if (ms > 0) this.#clock.later(turn, ms);
    else this.#clock.soon(turn);
  }

  #turn(): void {
    // The page asks a worker of its own for outlines, so that the present run waits for none.
    this.#outlines.work();
    if (this.#outlines.isBusy) this.#planTurn(0);
    const run = this.#run;
    if (run === null) return;
    const startMs = this.#clock.nowMs();
    this.#workAhead(run, startMs);
    this.#carryOutMoves(run);
    if (this.#playing) this.#play(run, startMs);
    this.#lastTurnMs = startMs;
    this.#postRun(run, startMs);
    const framesDone = this.#postFrame(run, startMs);
    if (!run.complete || this.#waiting.length > 0 || !framesDone) this.#planTurn(0);
    else if (this.#playing) {
      this.#planTurn(Math.max(1, FRAME_MS - (this.#clock.nowMs() - startMs)));
    }
  }

  #workAhead(run: RecordedRun, startMs: number): void {
    if (run.complete) return;
    this.#infoDue = true;
    const wasBehind = run.catchingUp;
    do run.workAhead(WORK_PER_LOOK);
    while (!run.complete && this.#clock.nowMs() - startMs < SLICE_MS);
    if (wasBehind && !run.catchingUp) this.#frameDue = true;
  }

  /** In the order they came; the first that cannot be done yet holds up the rest. */
  #carryOutMoves(run: RecordedRun): void {
    for (;;) {
      const move = this.#waiting[0];
      if (move === undefined || run.catchingUp) return;
      const ns = move.type === 'seek' ? move.ns : run.stepTarget(move.unit, move.direction);
      if (ns === null || !run.reaches(ns)) return;
      run.seek(ns);
      this.#waiting.shift();
      this.#frameDue = true;
    }
  }

  #play(run: RecordedRun, nowMs: number): void {
    if (run.catchingUp) return;
    const before = run.shownNs;
    const blackouts = run.record.migrations.flatMap(({ pausedNs, resumedNs }): Blackout[] =>
      pausedNs === null || resumedNs === null ? [] : [{ fromNs: pausedNs, toNs: resumedNs }],
    );
    const paced = pace(before, Math.max(0, nowMs - this.#lastTurnMs), this.#speed, blackouts);
    this.#pacedSpeed = paced.speed;
    run.seek(Math.max(before, paced.ns));
    if (run.complete && run.shownNs >= run.computedToNs) this.#playing = false;
    this.#frameDue = true;
  }

  /** Newest wins, but the last word on a finished run is always sent. */
  #postRun(run: RecordedRun, nowMs: number): void {
    if (!this.#infoDue || run.catchingUp) return;
    if (!run.complete && nowMs - this.#lastInfoMs < RUN_INFO_EVERY_MS) return;
    this.#lastInfoMs = nowMs;
    this.#infoDue = false;
    const news = this.#teller.news(run);
    this.#port.post({ type: 'run', runId: this.#runId, run: news }, []);
  }

  /** @returns false while something that a frame is to show is not worked out for the shown moment. */
  #postFrame(run: RecordedRun, startMs: number): boolean {
    if (!this.#frameDue || this.#waiting.length > 0) return true;
    const content = this.#content;
    const deadline: Nanoseconds = startMs + 2 * SLICE_MS;
    const inTime = (): boolean => this.#clock.nowMs() < deadline;
    if (this.#show.content && content?.prepare(run, inTime) === false) return false;
    const pageReady = this.#preparePage(run, startMs, inTime);
    if (!pageReady && startMs - (this.#pageSinceMs ?? startMs) < PAGE_WAIT_MS) return false;
    const buffers = this.#free.pop();
    // No set is free: the page is still drawing. It gives one back, and the newest moment is sent then.
    if (buffers === undefined) return true;
    // A frame that had to go without the page is followed by one with it.
    this.#frameDue = !pageReady;
    const { vm, lensCell, page, lit } = this.#show;
    const writtenPages = content?.draw(run, this.#show, buffers) ?? 0;
    const play = {
      commandsReceived: this.#commandsReceived,
      playing: this.#playing,
      speed: this.#playing ? this.#pacedSpeed : this.#speed,
      catchingUp: run.catchingUp,
      writtenPages,
      page: this.#page.facts(run, page),
      lit: lightPass(run, vm, lit, buffers.lit),
      cellPasses: passesOfCell(run, vm, lensCell),
    };
    const summary = encodeFrame(run.shown, vm, lensCell, play, buffers);
    this.#port.post(
      { type: 'frame', runId: this.#runId, summary, buffers },
      transferables(buffers),
    );
    return pageReady;
  }

  #preparePage(run: RecordedRun, startMs: number, inTime: () => boolean): boolean {
    const { vm, page } = this.#show;
    const ready = run.catchingUp || this.#page.prepare(run, vm, page, inTime);
    this.#pageSinceMs = ready ? null : (this.#pageSinceMs ?? startMs);
    return ready;
  }
}
