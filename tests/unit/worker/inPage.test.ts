/** The engine in the page gives the run that it gives in a worker. */
import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { SimAnswer } from '../../../src/protocol/messages.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { createReport } from '../../../src/engine/index.ts';
import { RecordedRun } from '../../../src/engine/recording/recordedRun.ts';
import { simulationInPage } from '../../../src/worker/inPage.ts';

const small = presets.find(({ id }) => id === 'small') ?? at(presets, 0);
const scenario = {
  ...small.scenario,
  commands: [
    { atMs: 0, do: 'live-migrate', vm: at(small.scenario.vms, 0).id, to: 'node2' },
  ] as const,
};

describe('the engine in the page', () => {
  it('works the run out, with the digest of Node', async () => {
    const run = new RecordedRun(scenario);
    while (!run.complete) run.workAhead(1 << 20);
    const engine = simulationInPage();
    const digest = new Promise((resolve) => {
      engine.onmessage = ({ data }) => {
        const answer = data as SimAnswer;
        if (answer.type === 'run' && answer.run.reportDigest !== null) {
          resolve(answer.run.reportDigest);
        }
      };
    });
    engine.postMessage({ type: 'load', runId: 1, scenario });
    expect(await digest).toBe(createReport(run.ahead, run.record).digest);
    engine.terminate();
  });

  it('says nothing any more once it was ended', async () => {
    const engine = simulationInPage();
    const heard: unknown[] = [];
    engine.onmessage = ({ data }) => heard.push(data);
    engine.postMessage({ type: 'load', runId: 1, scenario });
    engine.terminate();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(heard).toEqual([]);
  });
});
