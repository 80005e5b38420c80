/** Every preset, every step: forward to the end and back to the start through the same states. */
import { expect, test } from 'vitest';
import { RecordedRun } from '../../src/engine/recording/recordedRun.ts';
import { stateDigest } from '../../src/engine/stateDigest.ts';
import { presets } from '../../src/scenario/presets.ts';
import { movesAlone } from '../support/clusterStory.ts';

test.each(presets.map(({ id, scenario }) => ({ id, scenario })))(
  '[RE4] $id: n steps forward and n back lead through the same digests',
  ({ scenario }) => {
    const [vm] = scenario.vms;
    const run = new RecordedRun(scenario);
    while (!run.complete) run.workAhead(1 << 20);
    const method = movesAlone(scenario) ? 'live-migrate' : 'quick-migrate';
    run.operate({ do: method, vm: vm?.id ?? '', to: 'node2' });
    while (!run.complete) run.workAhead(1 << 20);
    expect(run.record.migrations[0]?.outcome).toBe('completed');

    const digests = [stateDigest(run.shown)];
    for (;;) {
      const ns = run.stepTarget('batch', 1);
      if (ns === null || ns === run.shownNs) break;
      run.seek(ns);
      digests.push(stateDigest(run.shown));
    }
    expect(run.shownNs).toBe(run.computedToNs);
    expect(digests.length).toBeGreaterThan(64);
    for (let step = digests.length - 2; step >= 0; step--) {
      run.seek(run.stepTarget('batch', -1) ?? -1);
      expect(stateDigest(run.shown)).toBe(digests[step]);
    }
    expect(run.shownNs).toBe(0);
  },
);
