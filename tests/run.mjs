/**
 * All checks, one after the other: `node tests/run.mjs [--no-e2e] [stage ...]`.
 *
 * A failed stage does not stop the others. The last line is `N passed, N failed`: every test of
 * vitest and Playwright counts one, and so does every other stage.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { counted, countPlaywright, countVitest } from './quality/countTests.mjs';

/**
 * @typedef {import('./quality/countTests.mjs').Count} Count
 * @typedef {{
 *   name: string,
 *   command: readonly string[],
 *   needs?: string,
 *   report?: { file: string, count: (report: any) => Count },
 * }} Stage `needs` names a stage without which this one cannot run
 */

const root = fileURLToPath(new URL('../', import.meta.url));
const reports = join(root, 'node_modules', '.cache', 'test-reports');
const vitestReport = join(reports, 'vitest.json');
const playwrightReport = join(reports, 'e2e.json');
const playwrightConfig = 'tests/e2e/playwright.config.ts';

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
  {
    name: 'e2e',
    command: [...bin('@playwright/test', 'playwright'), 'test', '--config', playwrightConfig],
    needs: 'browser',
    report: { file: playwrightReport, count: countPlaywright },
  },
];

/** @param {string} name */
function npmScript(name) {
  return process.platform === 'win32'
    ? ['cmd', '/c', 'npm', 'run', '--silent', name]
    : ['npm', 'run', '--silent', name];
}

/** The program of a package, started without npm in between. @param {string} packageName @param {string} program */
function bin(packageName, program) {
  const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  const { bin: programs } = JSON.parse(readFileSync(manifest, 'utf8'));
  return [process.execPath, join(manifest, '..', programs[program])];
}

/** @param {Stage} stage @returns {Count} */
function run({ command, report }) {
  const [program = '', ...args] = command;
  if (report) rmSync(report.file, { force: true });
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
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
  ({ name }) =>
    (positionals.length === 0 || positionals.includes(name)) &&
    !(options['no-e2e'] && (name === 'browser' || name === 'e2e')),
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
