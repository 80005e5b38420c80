/**
 * All checks, one after the other: `node tests/run.mjs [--no-e2e] [stage ...]`.
 *
 * A failed stage does not stop the others. The last line is `N passed, N failed`: every test of
 * vitest and Playwright counts one, and so does every other stage.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { counted, countPlaywright, countVitest } from './quality/countTests.mjs';
import { bin, npmScript } from './quality/programs.mjs';

/**
 * @typedef {import('./quality/countTests.mjs').Count} Count
 * @typedef {{
 *   name: string,
 *   command: readonly string[],
 *   environment?: Readonly<Record<string, string>>,
 *   needs?: string,
 *   report?: { file: string, count: (report: any) => Count },
 * }} Stage `needs` names a stage without which this one cannot run
 */

const root = fileURLToPath(new URL('../', import.meta.url));
const reports = join(root, 'node_modules', '.cache', 'test-reports');
const vitestReport = join(reports, 'vitest.json');

/** @type {readonly Stage[]} */
const stages = [
  { name: 'typecheck', command: npmScript('typecheck') },
  { name: 'lint', command: npmScript('lint') },
  { name: 'format', command: npmScript('format') },
  { name: 'dead', command: npmScript('dead') },
  {
    name: 'unit',
    command: [
      ...bin('vitest', 'vitest'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${vitestReport}`,
    ],
    report: { file: vitestReport, count: countVitest },
  },
  { name: 'build', command: npmScript('build') },
  { name: 'size', command: npmScript('size'), needs: 'build' },
  { name: 'browser', command: [process.execPath, 'tests/quality/findBrowser.mjs'], needs: 'build' },
  inBrowser('e2e', ['--project', 'app']),
  // What reads a clock, alone: nothing runs beside it. It runs even where the tests before it failed.
  inBrowser('pace', ['--project', 'pace', '--no-deps']),
];

/** @param {string} name @param {readonly string[]} options @returns {Stage} */
function inBrowser(name, options) {
  const file = join(reports, `${name}.json`);
  const command = bin('@playwright/test', 'playwright');
  const config = 'tests/e2e/playwright.config.ts';
  return {
    name,
    command: [...command, 'test', '--config', config, ...options],
    environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    needs: 'browser',
    report: { file, count: countPlaywright },
  };
}

/** @param {Stage} stage @returns {Count} */
function run({ command, environment, report }) {
  const [program = '', ...args] = command;
  if (report) rmSync(report.file, { force: true });
  const env = { ...process.env, ...environment };
  const { status } = spawnSync(program, args, { cwd: root, env, stdio: 'inherit' });
  const succeeded = status === 0;
  return counted(succeeded, report && readReport(report));
}

/** @param {NonNullable<Stage['report']>} report @returns {Count | 'missing'} */
function readReport({ file, count }) {
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return 'missing';
  }
}

const { values: options, positionals } = parseArgs({
  options: { 'no-e2e': { type: 'boolean', default: false } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !stages.some((stage) => stage.name === name));
if (unknown.length > 0) throw new Error(`No such stage: ${unknown.join(', ')}`);

const chosen = stages.filter(
  ({ name, needs }) =>
    (positionals.length === 0 || positionals.includes(name)) &&
    !(options['no-e2e'] && (name === 'browser' || needs === 'browser')),
);

mkdirSync(reports, { recursive: true });
/** @type {Map<string, Count>} */
const results = new Map();
for (const stage of chosen) {
  const { name, needs } = stage;
  console.log(`\n== ${name}`);
  const cause = needs === undefined ? undefined : results.get(needs);
  if (cause && cause.failed > 0) {
    console.log(`not run: ${needs} failed`);
    results.set(name, { passed: 0, failed: 1 });
  } else {
    results.set(name, run(stage));
  }
}

console.log('');
let passed = 0;
let failed = 0;
for (const [name, result] of results) {
  passed += result.passed;
  failed += result.failed;
  console.log(`${name.padEnd(10)} ${result.failed === 0 ? 'ok' : 'FAILED'}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
