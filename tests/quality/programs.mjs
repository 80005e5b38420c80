/** How the scripts of the tests start other programs. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** @param {string} name @param {readonly string[]} [options] */
export function npmScript(name, options = []) {
  const command = [
    'npm',
    'run',
    '--silent',
    name,
    ...(options.length > 0 ? ['--', ...options] : []),
  ];
  return process.platform === 'win32' ? ['cmd', '/c', ...command] : command;
}

/** The program of a package, started without npm in between. @param {string} packageName @param {string} program */
export function bin(packageName, program) {
  const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  const { bin: programs } = JSON.parse(readFileSync(manifest, 'utf8'));
  return [process.execPath, join(manifest, '..', programs[program])];
}
