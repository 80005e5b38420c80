/**
 * The nightly size of a property test: `commands` or `links`, 100,000 of them or as many as the second argument says.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** @type {Readonly<Record<string, { readonly file: string, readonly variable: string }>>} */
const tests = {
  commands: { file: 'tests/property/commands.test.ts', variable: 'MIGRASCOPE_COMMANDS' },
  links: { file: 'tests/property/shareLink.test.ts', variable: 'MIGRASCOPE_LINKS' },
};

const [, , name = '', runs = '100000'] = process.argv;
const test = tests[name];
if (test === undefined) throw new Error(`first argument: one of ${Object.keys(tests).join(', ')}`);
const vitest = createRequire(import.meta.url).resolve('vitest/package.json');
const { status } = spawnSync(
  process.execPath,
  [join(vitest, '..', 'vitest.mjs'), 'run', test.file],
  { stdio: 'inherit', env: { ...process.env, [test.variable]: runs } },
);
process.exitCode = status ?? 1;
