/**
 * Random commands on the engine with all laws: `npm run chaos -- --operations 1000000 --seed N`. Without a seed a new one is
 * drawn. It is printed with the time, and gives the same commands again. The work is divided among the processors.
 */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { bin } from './programs.mjs';

/** Seeds of the parts lie so far apart; a part takes one for every 2,000 commands. */
const SEEDS_A_PART = 1_000_000;

const { values } = parseArgs({
  options: {
    operations: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(randomInt(1_000_000_000)) },
  },
});
const [operations, seed] = [Number(values.operations), Number(values.seed)];
if (!Number.isSafeInteger(operations) || operations < 1) throw new Error('--operations: a number');
if (!Number.isSafeInteger(seed)) throw new Error('--seed: a whole number');

/**
 * @param {number} part
 * @param {number} count
 * @returns {Promise<number>} The exit code.
 */
function runPart(part, count) {
  const [program = '', ...args] = bin('vitest', 'vitest');
  const env = {
    ...process.env,
    MIGRASCOPE_COMMANDS: String(count),
    SEED: String(seed + part * SEEDS_A_PART),
  };
  const child = spawn(program, [...args, 'run', 'tests/property/commands.test.ts'], {
    stdio: 'inherit',
    env,
  });
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

const startMs = performance.now();
// Few operations are not worth a second process.
const parts = operations < 20_000 ? 1 : availableParallelism();
const each = Math.ceil(operations / parts);
const codes = await Promise.all(Array.from({ length: parts }, (_, part) => runPart(part, each)));
const failed = codes.filter((code) => code !== 0).length;
const how = failed === 0 ? '0 violations' : `violations in ${failed} of ${parts} parts`;
const seconds = ((performance.now() - startMs) / 1000).toFixed(0);
console.log(`${operations.toLocaleString('en')} operations: ${how} in ${seconds} s, seed ${seed}`);
process.exitCode = failed === 0 ? 0 : 1;
