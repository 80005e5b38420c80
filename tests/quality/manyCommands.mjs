/** The laws under 100,000 random commands, or as many as the first argument says: the nightly size. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [, , commands = '100000'] = process.argv;
const vitest = createRequire(import.meta.url).resolve('vitest/package.json');
const { status } = spawnSync(
  process.execPath,
  [join(vitest, '..', 'vitest.mjs'), 'run', 'tests/property/commands.test.ts'],
  { stdio: 'inherit', env: { ...process.env, MIGRASCOPE_COMMANDS: commands } },
);
process.exitCode = status ?? 1;
