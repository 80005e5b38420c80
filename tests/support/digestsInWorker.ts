/** One recording in the built worker, in whatever browser has the page open. */
import { readdirSync } from 'node:fs';
import type { Scenario } from '../../src/engine/scenario.ts';

export interface WorkerTask {
  /** Address of the built worker. */
  readonly file: string;
  readonly scenario: Scenario;
  readonly times: readonly number[];
}

export interface WorkerDigests {
  /** Of the state at each of the times. */
  readonly digests: readonly (string | undefined)[];
  readonly report: string | null | undefined;
}

/** Its address, from the page. */
export function workerFile(): string {
  const name = readdirSync('dist/assets').find((file) => /^simulation\.worker-.*\.js$/.test(file));
  if (name === undefined) throw new Error('the build holds no worker');
  return `./assets/${name}`;
}

/**
 * Runs in the page: drives a worker of its own through the moments. Uses nothing from outside itself, since its text goes
 * into the browser.
 */
export async function digestsInWorker({
  file,
  scenario,
  times,
}: WorkerTask): Promise<WorkerDigests> {
  interface Answer {
    readonly type: string;
    readonly message?: string;
    readonly requestId?: number;
    readonly digest?: string;
    readonly run?: { readonly reportDigest: string | null };
    readonly summary?: { readonly commandsReceived: number };
    readonly buffers?: Record<string, { readonly buffer: ArrayBuffer }>;
  }
  const worker = new Worker(file, { type: 'module' });
  interface Waiter {
    readonly is: (answer: Answer) => boolean;
    readonly done: (answer: Answer) => void;
    readonly fail: (error: Error) => void;
  }
  const waiting = new Set<Waiter>();
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    if (data.type === 'frame' && data.buffers !== undefined) {
      const transfer = Object.values(data.buffers).map((column) => column.buffer);
      worker.postMessage({ type: 'releaseFrame', buffers: data.buffers }, transfer);
    }
    for (const waiter of waiting) {
      if (data.type === 'failed') waiter.fail(new Error(`the worker: ${data.message}`));
      if (!waiter.is(data)) continue;
      waiting.delete(waiter);
      waiter.done(data);
    }
  };
  const answer = (is: (answer: Answer) => boolean): Promise<Answer> =>
    new Promise((done, fail) => waiting.add({ is, done, fail }));
  const complete = answer(({ run }) => run !== undefined && run.reportDigest !== null);
  worker.postMessage({ type: 'load', runId: 1, scenario });
  const report = (await complete).run?.reportDigest;
  const digests: (string | undefined)[] = [];
  let sent = 1;
  for (const ns of times) {
    sent++;
    const drawn = answer(({ summary }) => summary?.commandsReceived === sent);
    worker.postMessage({ type: 'seek', ns });
    await drawn;
    const inspected = answer(({ requestId }) => requestId === sent);
    worker.postMessage({ type: 'inspect', requestId: sent });
    digests.push((await inspected).digest);
  }
  worker.terminate();
  return { digests, report };
}
