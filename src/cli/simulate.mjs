/** `npm run --silent simulate -- FILE...`: joins this process to `main` of `main.ts`. */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { loadTypeScript } from './loadTypeScript.mjs';

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

const { main } = /** @type {typeof import('./main.ts')} */ (
  await loadTypeScript(new URL('./main.ts', import.meta.url))
);

// The exit code is left for the end of the process, so that a slow pipe receives everything.
process.exitCode = await main(process.argv.slice(2), {
  readStdin: () => text(process.stdin),
  readFile: (path) => readFile(path, 'utf8'),
  out: (line) => void process.stdout.write(line),
  err: (line) => void process.stderr.write(line),
});
