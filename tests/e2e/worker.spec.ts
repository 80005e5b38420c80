/** The built worker in a real browser against the engine in Node: one recording, one run. */
import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { RecordedRun } from '../../src/engine/recording/recordedRun.ts';
import { createReport } from '../../src/engine/index.ts';
import { stateDigest } from '../../src/engine/stateDigest.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import { presets } from '../../src/scenario/presets.ts';

const workerFile = () => {
  const name = readdirSync('dist/assets').find((file) => /^simulation\.worker-.*\.js$/.test(file));
  if (name === undefined) throw new Error('the build holds no worker');
  return `./assets/${name}`;
};

const SEEKS = 250;
const SEED = 20261123;

/** The same moments in Node and in the browser: shares of the run out of a small generator. */
function moments(count: number, endNs: number): number[] {
  let state = SEED;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * endNs);
  });
}

function recordingOf(id: string): Scenario {
  const preset = presets.find((candidate) => candidate.id === id);
  if (preset === undefined) throw new Error(`no preset ${id}`);
  const [vm] = preset.scenario.vms;
  return {
    ...preset.scenario,
    commands: [{ atMs: 0, do: 'live-migrate', vm: vm?.id ?? '', to: 'node2' }],
  };
}

for (const id of ['calm', 'small', 'round-limit', 'untouched']) {
  test(`${id}: ${SEEKS} random moments have the digests that Node finds`, async ({ page }) => {
    const scenario = recordingOf(id);
    const run = new RecordedRun(scenario);
    while (!run.complete) run.workAhead(1 << 20);
    const times = moments(SEEKS, run.computedToNs);
    const expected = times.map((ns) => {
      run.seek(ns);
      return stateDigest(run.shown);
    });
    await page.goto('./');
    const found = await page.evaluate(digestsInWorker, { file: workerFile(), scenario, times });
    expect(found.digests).toEqual(expected);
    expect(found.report).toBe(createReport(run.ahead, run.record).digest);
  });
}

interface Work {
  readonly file: string;
  readonly scenario: Scenario;
  readonly times: readonly number[];
}

/** Runs in the page: drives a worker of its own through the moments. */
async function digestsInWorker({ file, scenario, times }: Work) {
  interface Answer {
    readonly type: string;
    readonly requestId?: number;
    readonly digest?: string;
    readonly run?: { readonly reportDigest: string | null };
    readonly summary?: { readonly commandsReceived: number };
    readonly buffers?: Record<string, { readonly buffer: ArrayBuffer }>;
  }
  const worker = new Worker(file, { type: 'module' });
  const waiting = new Set<{ is: (answer: Answer) => boolean; done: (answer: Answer) => void }>();
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    if (data.type === 'frame' && data.buffers !== undefined) {
      const transfer = Object.values(data.buffers).map((column) => column.buffer);
      worker.postMessage({ type: 'releaseFrame', buffers: data.buffers }, transfer);
    }
    for (const waiter of waiting) {
      if (!waiter.is(data)) continue;
      waiting.delete(waiter);
      waiter.done(data);
    }
  };
  const answer = (is: (answer: Answer) => boolean): Promise<Answer> =>
    new Promise((done) => waiting.add({ is, done }));
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
