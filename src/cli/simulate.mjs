/** `npm run --silent simulate -- FILE...`: joins this process to `main` of `main.ts`. */
import { createReadStream } from 'node:fs';
import { loadTypeScript } from './loadTypeScript.mjs';

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

/**
 * A file may be of any size, or have no end.
 *
 * @param {AsyncIterable<Buffer>} stream
 * @param {number} most
 */
async function firstBytes(stream, most) {
  const chunks = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= most) break;
  }
  return new Uint8Array(Buffer.concat(chunks)).subarray(0, most);
}

const { main } = /** @type {typeof import('./main.ts')} */ (
  await loadTypeScript(new URL('./main.ts', import.meta.url))
);

// The exit code is left for the end of the process, so that a slow pipe receives everything.
process.exitCode = await main(process.argv.slice(2), {
  readStdin: (most) => firstBytes(process.stdin, most),
  readFile: (path, most) => firstBytes(createReadStream(path), most),
  out: (line) => void process.stdout.write(line),
  err: (line) => void process.stderr.write(line),
});
