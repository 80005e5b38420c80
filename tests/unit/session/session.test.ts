import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import { createFrameBuffers } from '../../../src/protocol/frameColumns.ts';
import type { SimCommand } from '../../../src/protocol/messages.ts';
import type { OutlineProgress } from '../../../src/protocol/outline.ts';
import { presets } from '../../../src/scenario/presets.ts';
import type { EngineWorker } from '../../../src/session/engineWorker.ts';
import { startSession, type SessionEvent } from '../../../src/session/session.ts';
import { LOOKS_UNTIL_SILENT } from '../../../src/session/watchdog.ts';
import { runOf, summaryOf } from '../../support/fakeSession.ts';
import { manualTimers } from '../../support/manualTimers.ts';

const { scenario } = at(presets, 0);

class FakeWorker {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: { message: string; preventDefault(): void }) => void) | null = null;
  onmessageerror: (() => void) | null = null;
  readonly received: SimCommand[] = [];
  terminated = false;
  postMessage(command: SimCommand): void {
    this.received.push(command);
  }
  terminate(): void {
    this.terminated = true;
  }
  says(data: unknown): void {
    this.onmessage?.({ data });
  }
}

function setup() {
  const workers: FakeWorker[] = [];
  const frames: (() => void)[] = [];
  const events: SessionEvent[] = [];
  const timers = manualTimers();
  const reported: unknown[] = [];
  const session = startSession({
    createWorker: () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker as EngineWorker;
    },
    requestFrame: (callback) => void frames.push(callback),
    repeat: timers.repeat,
    report: (error) => reported.push(error),
  });
  session.subscribe((event) => events.push(event));
  const worker = (): FakeWorker => at(workers, workers.length - 1);
  return {
    session,
    workers,
    worker,
    events,
    timers,
    reported,
    silences: () => events.flatMap((event) => (event.type === 'silent' ? [event.silent] : [])),
    animationFramesAsked: frames,
    nextAnimationFrame: () => frames.splice(0).forEach((callback) => callback()),
    frame: (runId: number, commandsReceived: number, timeNs = 0) => {
      const buffers = createFrameBuffers();
      worker().says({
        type: 'frame',
        runId,
        summary: summaryOf(scenario, { commandsReceived, timeNs }),
        buffers,
      });
      return buffers;
    },
    released: () =>
      worker().received.flatMap((command) =>
        command.type === 'releaseFrame' ? [command.buffers] : [],
      ),
    failures: () => events.flatMap((event) => (event.type === 'failed' ? [event.failure] : [])),
    idleStates: () => events.flatMap((event) => (event.type === 'idle' ? [event.idle] : [])),
  };
}

describe('the session', () => {
  it('paints only the newest frame of an animation frame and gives the others back', () => {
    const { session, frame, nextAnimationFrame, released } = setup();
    session.load(scenario);
    const painted: number[] = [];
    session.frames.subscribe(({ summary }) => painted.push(summary.timeNs));
    const skipped = frame(1, 1, 10);
    const shown = frame(1, 1, 20);
    nextAnimationFrame();
    expect(painted).toEqual([20]);
    expect(released()).toEqual([skipped]);
    frame(1, 1, 30);
    nextAnimationFrame();
    expect(released()).toEqual([skipped, shown]);
  });

  it('goes on when a painter throws: the others draw, buffers go back, and it is reported', () => {
    const { session, frame, nextAnimationFrame, released, reported, idleStates } = setup();
    session.load(scenario);
    const painted: number[] = [];
    const planted = new Error('planted');
    session.frames.subscribe(() => {
      throw planted;
    });
    session.frames.subscribe(({ summary }) => painted.push(summary.timeNs));
    const first = frame(1, 1, 10);
    nextAnimationFrame();
    frame(1, 1, 20);
    nextAnimationFrame();
    expect(painted).toEqual([10, 20]);
    expect(released()).toEqual([first]);
    expect(idleStates()).toEqual([true]);
    expect(reported).toEqual([planted, planted]);
  });

  it('asks for no animation frame while nothing is new', () => {
    const { session, frame, nextAnimationFrame, animationFramesAsked } = setup();
    session.load(scenario);
    frame(1, 1);
    frame(1, 1);
    expect(animationFramesAsked).toHaveLength(1);
    nextAnimationFrame();
    expect(animationFramesAsked).toHaveLength(0);
  });

  it('drops answers of an older run, but gives its buffers back', () => {
    const { session, worker, events, frame, released } = setup();
    session.load(scenario);
    session.load(scenario);
    worker().says({ type: 'run', runId: 1, run: { ...runOf(scenario), eventsFrom: 0 } });
    const old = frame(1, 1);
    expect(events.some(({ type }) => type === 'run')).toBe(false);
    expect(released()).toEqual([old]);
  });

  it('is idle when a frame that knows of the last command has been painted', () => {
    const { session, frame, nextAnimationFrame, idleStates } = setup();
    session.load(scenario);
    session.send({ type: 'seek', ns: 5 });
    frame(1, 1);
    nextAnimationFrame();
    expect(idleStates()).toEqual([]);
    frame(1, 2);
    expect(idleStates()).toEqual([]);
    nextAnimationFrame();
    expect(idleStates()).toEqual([true]);
    session.send({ type: 'seek', ns: 6 });
    expect(idleStates()).toEqual([true, false]);
  });

  it('turns a message that does not fit its type into an error with a name and a path', () => {
    const { worker, failures } = setup();
    worker().says({ type: 'loaded', runId: 'one' });
    expect(failures()).toMatchObject([
      { name: 'ProtocolError', message: expect.stringMatching(/^runId: /) as string },
    ]);
    expect(worker().terminated).toBe(true);
  });

  it('reports an error of the worker, a message that cannot be read, and a failed run', () => {
    const first = setup();
    first.worker().onerror?.({ message: 'boom', preventDefault: () => undefined });
    const second = setup();
    second.worker().onmessageerror?.();
    const third = setup();
    third.session.load(scenario);
    third.worker().says({ type: 'failed', runId: 1, name: 'InvariantError', message: 'bits' });
    expect([first, second, third].flatMap(({ failures }) => failures())).toEqual([
      { name: 'WorkerError', message: 'boom' },
      { name: 'WorkerError', message: 'A message could not be read' },
      { name: 'InvariantError', message: 'bits' },
    ]);
  });

  it('loads into a new worker after a failure, and keeps the old buffers to itself', () => {
    const { session, workers, worker, frame, nextAnimationFrame, released } = setup();
    session.load(scenario);
    frame(1, 1);
    nextAnimationFrame();
    worker().onmessageerror?.();
    session.load(scenario, 7);
    expect(workers).toHaveLength(2);
    expect(worker().received).toEqual([{ type: 'load', runId: 2, scenario, showNs: 7 }]);
    frame(2, 1);
    nextAnimationFrame();
    expect(released()).toEqual([]);
  });

  it('answers outlines in any order, beside the present run', async () => {
    const { session, workers, worker, idleStates } = setup();
    const outline = { run: runOf(scenario), moments: [], watched: null };
    const [first, second] = [session.outline(scenario), session.outline(scenario, 2)];
    // In one worker of their own: the run of the Lab waits for none of them.
    expect(workers.map(({ received }) => received.map(({ type }) => type))).toEqual([
      [],
      ['outline', 'outline'],
    ]);
    expect(worker().received).toMatchObject([{ scenario }, { watchedVm: 2 }]);
    worker().says({ type: 'outlined', requestId: 1, outline: { ...outline, moments: [] } });
    worker().says({ type: 'outlined', requestId: 0, outline });
    expect(await Promise.all([first, second])).toEqual([outline, outline]);
    expect(idleStates()).toEqual([]);
  });

  it('tells how far an outline is, and drops one that nobody waits for', async () => {
    const { session, worker } = setup();
    const told: OutlineProgress[] = [];
    const control = new AbortController();
    const { signal } = control;
    const outline = session.outline(scenario, 1, {
      signal,
      onProgress: (progress) => told.push(progress),
    });
    const progress = { timeNs: 5, pass: null };
    worker().says({ type: 'outlining', requestId: 0, progress });
    expect(told).toEqual([progress]);
    control.abort();
    await expect(outline).rejects.toThrow('Nobody waits');
    expect(worker().received.at(-1)).toEqual({ type: 'dropOutline', requestId: 0 });
    // What was on its way comes too late.
    worker().says({ type: 'outlining', requestId: 0, progress });
    expect(told).toHaveLength(1);
  });

  it('gives up outlines when their worker fails, and leaves the present run alone', async () => {
    const { session, workers, worker, failures } = setup();
    const outline = session.outline(scenario);
    worker().onmessageerror?.();
    await expect(outline).rejects.toThrow('WorkerError: A message could not be read');
    expect(workers.map(({ terminated }) => terminated)).toEqual([false, true]);
    expect(failures()).toEqual([]);
    void session.outline(scenario);
    expect(workers).toHaveLength(3);
  });

  it('gives up an outline that is no outline, or that could not be worked out', async () => {
    const { session, worker } = setup();
    const garbled = session.outline(scenario);
    worker().says({ type: 'outlined', requestId: 0, outline: {} });
    await expect(garbled).rejects.toThrow('ProtocolError');
    const failed = session.outline(scenario);
    worker().says({ type: 'failed', runId: 0, name: 'Error', message: 'a page is lost' });
    await expect(failed).rejects.toThrow('a page is lost');
  });

  it('ends both workers', () => {
    const { session, workers } = setup();
    session.outline(scenario).catch(() => undefined);
    session.dispose();
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, true]);
  });
});

describe('a worker that falls silent', () => {
  /** One look notices that nothing came, one asks, and then nobody answers. */
  const LOOKS = LOOKS_UNTIL_SILENT + 2;
  const pings = (received: readonly SimCommand[]): number =>
    received.filter(({ type }) => type === 'ping').length;

  it('is told of once, and asked once', () => {
    const { session, worker, timers, silences } = setup();
    session.load(scenario);
    timers.pass(LOOKS - 1);
    expect(silences()).toEqual([]);
    timers.pass(10);
    expect(silences()).toEqual([true]);
    expect(pings(worker().received)).toBe(1);
  });

  it('is not silent while it answers a ping, however long it works', () => {
    const { session, worker, timers, silences } = setup();
    session.load(scenario);
    for (let turn = 0; turn < 20; turn += 1) {
      timers.pass(LOOKS - 1);
      worker().says({ type: 'pong' });
    }
    expect(silences()).toEqual([]);
    expect(pings(worker().received)).toBe(20);
  });

  it('is not asked while it says something by itself, or while nothing is expected of it', () => {
    const { session, worker, frame, nextAnimationFrame, timers } = setup();
    expect(timers.running()).toBe(0);
    session.load(scenario);
    for (let turn = 0; turn < 20; turn += 1) {
      timers.pass(1);
      worker().says({ type: 'run', runId: 1, run: runOf(scenario) });
    }
    frame(1, 1);
    nextAnimationFrame();
    timers.pass(20);
    expect(pings(worker().received)).toBe(0);
    expect(timers.running()).toBe(0);
  });

  it('takes the alarm back when it was only slow', () => {
    const { session, worker, timers, silences } = setup();
    session.load(scenario);
    timers.pass(LOOKS);
    worker().says({ type: 'pong' });
    expect(silences()).toEqual([true, false]);
    timers.pass(LOOKS);
    expect(silences()).toEqual([true, false, true]);
  });

  it('is replaced by the next load, at the shown moment', () => {
    const { session, workers, timers, silences } = setup();
    session.load(scenario);
    timers.pass(LOOKS);
    session.load(scenario, 5);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    expect(silences()).toEqual([true, false]);
    expect(at(workers, 1).received).toEqual([{ type: 'load', runId: 2, scenario, showNs: 5 }]);
    timers.pass(LOOKS);
    expect(silences()).toEqual([true, false, true]);
  });

  it('beside the run fails its outlines, and the next one has a new worker', async () => {
    const { session, workers, timers } = setup();
    const outline = session.outline(scenario);
    timers.pass(LOOKS);
    await expect(outline).rejects.toThrow('WorkerError: It has not answered for 8 seconds');
    expect(at(workers, 1).terminated).toBe(true);
    expect(timers.running()).toBe(0);
    void session.outline(scenario).catch(() => undefined);
    expect(workers).toHaveLength(3);
  });
});
