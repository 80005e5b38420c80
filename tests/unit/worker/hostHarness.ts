/** A host with a manual clock and a port that remembers: turns are taken by hand. */
import type { Scenario } from '../../../src/engine/scenario.ts';
import type { FrameMessage, SimAnswer, SimCommand } from '../../../src/protocol/messages.ts';
import type { RunInfo } from '../../../src/protocol/runInfo.ts';
import { withNews } from '../../../src/session/withNews.ts';
import { SimulationHost } from '../../../src/worker/simulationHost.ts';

export function calmScenario(change: Partial<Scenario> = {}): Scenario {
  return {
    title: 'test',
    seed: 1,
    nodes: [
      { id: 'node1', name: 'Node 1', memoryMiB: 1024 },
      { id: 'node2', name: 'Node 2', memoryMiB: 1024 },
      { id: 'node3', name: 'Node 3', memoryMiB: 32 },
    ],
    volumes: [{ id: 'csv1', name: 'CSV 1', kind: 'csv', owner: 'node1' }],
    vms: [
      {
        id: 'web01',
        name: 'web-01',
        node: 'node1',
        volume: 'csv1',
        memoryMiB: 64,
        touchedMiB: 64,
        writers: [{ kind: 'uniform', pagesPerSecond: 8000, startMiB: 0, sizeMiB: 32 }],
        clients: [{ kind: 'ping', count: 3, requestEveryMs: 300 }],
        possibleOwners: null,
      },
    ],
    network: { migrationMBps: 117, clusterMBps: 117, storageMBps: 268 },
    liveMigration: {
      setupMs: 300,
      resumeMs: 100,
      deviceStateMB: 2,
      maxRounds: 10,
      stopBelowMs: 10,
      tracking: 'sync-per-round',
      lookEveryMs: 100,
      diskMoveMs: 3000,
      pageHeaderBytes: 8,
    },
    quickMigration: { secondsPerGiB: 8 },
    failover: {
      heartbeatMs: 1000,
      missedHeartbeats: 5,
      regroupMs: 2000,
      diskTakeoverMs: 3000,
      bootMs: 60000,
      quorum: 'automatic',
      failback: false,
    },
    commands: [],
    untilMs: 600000,
    ...change,
  };
}

export const MOVE = { do: 'live-migrate', vm: 'web01', to: 'node2' } as const;

export function startHost(): HostHarness {
  return new HostHarness();
}

export class HostHarness {
  readonly answers: SimAnswer[] = [];
  nowMs = 0;
  /** The page of this harness draws at once, unless it is told to hold its frames. */
  holdFrames = false;
  readonly #tasks: { dueMs: number; task: () => void }[] = [];
  readonly #host: SimulationHost;

  constructor() {
    this.#host = new SimulationHost(
      { post: (answer) => this.answers.push(answer) },
      {
        nowMs: () => this.nowMs,
        soon: (task) => this.#tasks.push({ dueMs: this.nowMs, task }),
        later: (task, ms) => this.#tasks.push({ dueMs: this.nowMs + ms, task }),
      },
    );
  }

  send(...commands: SimCommand[]): this {
    for (const command of commands) this.#host.receive(command);
    return this;
  }

  /** Lets wall time pass; whatever is planned by then happens. */
  wait(ms: number): this {
    const end = this.nowMs + ms;
    for (;;) {
      this.#tasks.sort((a, b) => a.dueMs - b.dueMs);
      const next = this.#tasks[0];
      if (next === undefined || next.dueMs > end) break;
      this.#tasks.shift();
      this.nowMs = Math.max(this.nowMs, next.dueMs);
      next.task();
      // Work takes time, or a clock by hand would never end a slice.
      this.nowMs += 0.5;
      this.#release();
    }
    this.nowMs = Math.max(end, this.nowMs);
    return this;
  }

  get frames(): FrameMessage[] {
    return this.answers.filter((answer) => answer.type === 'frame');
  }

  get frame(): FrameMessage {
    const last = this.frames.at(-1);
    if (last === undefined) throw new Error('no frame came');
    return last;
  }

  /** As the page knows it, from all that was told of it. */
  get run(): RunInfo {
    let run: RunInfo | null = null;
    let runId = -1;
    for (const answer of this.answers) {
      if (answer.type !== 'run') continue;
      run = withNews(answer.runId === runId ? run : null, answer.run);
      runId = answer.runId;
    }
    if (run === null) throw new Error('no run came');
    return run;
  }

  digest(): string {
    this.send({ type: 'inspect', requestId: this.answers.length });
    const last = this.answers.findLast((answer) => answer.type === 'inspected');
    if (last?.type !== 'inspected') throw new Error('not inspected');
    return last.digest;
  }

  #released = 0;

  #release(): void {
    if (this.holdFrames) return;
    const { frames } = this;
    // As the page does: the frame before the newest is given back.
    for (; this.#released < frames.length - 1; this.#released++) {
      this.send({ type: 'releaseFrame', buffers: frames[this.#released]!.buffers });
    }
  }
}
