/** `npm run monkey -- [--minutes 30] [--seed N]`: serves the built page and lets `runMonkey` of `monkey.ts` at it. */
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { loadTypeScript } from '../../src/cli/loadTypeScript.mjs';
import { launchOptions } from '../quality/findBrowser.mjs';

const { runMonkey } = /** @type {typeof import('./monkey.ts')} */ (
  await loadTypeScript(new URL('./monkey.ts', import.meta.url))
);
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, seed: { type: 'string' } },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
if (!(minutes > 0) || !Number.isSafeInteger(seed)) throw new Error('minutes and seed: numbers');

console.log(`seed ${seed}, ${minutes} minutes`);
const server = await preview({ preview: { host: '127.0.0.1', port: 4180 }, logLevel: 'error' });
const browser = await chromium.launch(launchOptions());
try {
  const address = server.resolvedUrls?.local[0] ?? '';
  const say = (/** @type {string} */ line) => console.log(line);
  const outcome = await runMonkey({ browser, address, seed, minutes, say });
  console.log(`acts: ${counted(outcome.counts)}`);
  console.log(`seen: ${counted(outcome.places)}`);
  console.log(`${outcome.faults.length} faults with seed ${seed} in ${minutes} minutes`);
  for (const fault of outcome.faults) console.log(`- ${fault.split('\n  after ')[0]}`);
  process.exitCode = outcome.faults.length === 0 ? 0 : 1;
} finally {
  await browser.close();
  await server.close();
}

/** "click 120, key 60", most frequent first. @param {ReadonlyMap<string, number>} counts */
function counted(counts) {
  const pairs = [...counts].toSorted(([, a], [, b]) => b - a);
  return pairs.map(([name, count]) => `${name} ${count}`).join(', ');
}
