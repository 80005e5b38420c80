/**
 * The whole of every trial of which `npm test` holds a sample, one after the other: `npm run test:long [-- --seed N] [NAME ...]`.
 *
 * Each trial draws from the seed, a new one where none is given; a trial that failed is repeated by its name and its seed.
 * The last line is `N passed, N failed`: every trial counts one.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bin, npmScript } from './quality/programs.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));

const { values, positionals: names } = parseArgs({
  options: { seed: { type: 'string' } },
  allowPositionals: true,
});
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
if (!Number.isSafeInteger(seed) || seed < 0) throw new Error('--seed: a whole number');

/**
 * @typedef {{
 *   name: string,
 *   what: string,
 *   command: readonly string[],
 *   environment?: Readonly<Record<string, string>>,
 * }} Trial
 */

/** @type {readonly Trial[]} */
const trials = [
  {
    name: 'cases',
    what: 'the cases that take more than 5 s',
    command: vitest('tests/unit/cases', 'tests/corpus'),
    environment: { MIGRASCOPE_LONG: '1' },
  },
  {
    name: 'chaos',
    what: 'the laws of the model under 1,000,000 random operations',
    command: npmScript('chaos', ['--operations', '1000000', '--seed', String(seed)]),
  },
  {
    name: 'links',
    what: '100,000 share links that suffered on their way',
    command: vitest('tests/property/shareLink.test.ts'),
    environment: { MIGRASCOPE_LINKS: '100000' },
  },
  {
    name: 'files',
    what: '100,000 scenario files that suffered',
    command: vitest('tests/property/mutatedFiles.test.ts'),
    environment: { MIGRASCOPE_FILES: '100000' },
  },
  {
    name: 'browsers',
    what: 'the same digests in Node and in each browser of this machine',
    command: npmScript('test:browsers'),
  },
  {
    name: 'monkey',
    what: '30 minutes of random clicks, keys and reloads',
    command: npmScript('monkey', ['--minutes', '30', '--seed', String(seed)]),
  },
];

/** @param {readonly string[]} files */
function vitest(...files) {
  return [...bin('vitest', 'vitest'), 'run', ...files];
}

const unknown = names.filter((name) => !trials.some((trial) => trial.name === name));
if (unknown.length > 0) throw new Error(`No such trial: ${unknown.join(', ')}`);

/** @type {string[]} */
const results = [];
let failed = 0;
for (const { name, what, command, environment } of trials) {
  if (names.length > 0 && !names.includes(name)) continue;
  console.log(`\n== ${name}: ${what} (seed ${seed})`);
  const startMs = performance.now();
  const [program = '', ...args] = command;
  const env = { ...process.env, SEED: String(seed), ...environment };
  const { status } = spawnSync(program, args, { cwd: root, env, stdio: 'inherit' });
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  if (status !== 0) failed++;
  results.push(
    `${name.padEnd(10)} ${status === 0 ? 'ok' : 'FAILED'} in ${seconds} s, seed ${seed}`,
  );
}
console.log(`\n${results.join('\n')}`);
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
