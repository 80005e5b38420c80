/** What each preset ends with, as a table. After a wanted change: GOLDEN=accept npx vitest run tests/golden, then read the difference. */
import { expect, it } from 'vitest';
import { simulate } from '../../src/engine/recording/simulate.ts';
import { presets } from '../../src/scenario/presets.ts';
import { movesAlone } from '../support/clusterStory.ts';
import { goldenText } from '../support/clusterText.ts';

it('[SI1] each preset ends as its table says', () => {
  const rows = presets.map(({ id, scenario }) => {
    const [vm] = scenario.vms;
    const method = movesAlone(scenario) ? 'live-migrate' : 'quick-migrate';
    const { migrations, digest } = simulate({
      ...scenario,
      commands: [{ atMs: 0, do: method, vm: vm?.id ?? '', to: 'node2' }],
    });
    const [move] = migrations;
    if (vm === undefined || move === undefined) throw new Error(`${id} moves nothing`);
    const memoryBytes = vm.memoryMiB * 1_048_576;
    return [
      id.padEnd(14),
      move.method === 'quick' ? '    quick' : `${move.rounds.length} rounds`.padStart(9),
      `${(move.totalMs / 1000).toFixed(2)} s`.padStart(10),
      `blackout ${(move.blackoutMs / 1000).toFixed(3)} s`.padStart(18),
      `${(move.bytesSent / memoryBytes).toFixed(2)} x memory`.padStart(14),
      (move.stopReason ?? '').padStart(13),
      move.memoryIdentical === true ? 'identical' : 'DIFFERENT',
      digest,
    ].join('  ');
  });
  const text = `${rows.join('\n')}\n`;
  expect(text).toBe(goldenText('presets', text));
});
