/** The built worker in a real browser against the engine in Node: one recording, one run. */
import { expect, test } from '@playwright/test';
import type { Scenario } from '../../src/engine/scenario.ts';
import { presets } from '../../src/scenario/presets.ts';
import { engineDigests } from '../support/engineDigests.ts';
import { digestsInWorker, workerFile } from '../support/digestsInWorker.ts';

const SEEKS = 250;

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
    const { times, digests, report } = engineDigests(scenario, SEEKS);
    await page.goto('./');
    const found = await page.evaluate(digestsInWorker, { file: workerFile(), scenario, times });
    expect(found.digests).toEqual(digests);
    expect(found.report).toBe(report);
  });
}
