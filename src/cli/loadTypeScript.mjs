/**
 * Runs TypeScript source on a Node that does not strip types: the entry and all it imports are
 * bundled into one module (about a tenth of a second), kept by its content, and imported.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const cacheFolder = fileURLToPath(new URL('../../node_modules/.cache/bundles/', import.meta.url));
const keepForMilliseconds = 24 * 60 * 60 * 1000;

/**
 * @param {URL} entry the file to run
 * @returns {Promise<Record<string, unknown>>} what it exports
 */
export async function loadTypeScript(entry) {
  const path = fileURLToPath(entry);
  const bundle = await rolldown({
    input: path,
    platform: 'node',
    // Warnings belong to the build and the linter; standard output and error belong to the program.
    logLevel: 'silent',
    transform: { define: { 'import.meta.env': '{"DEV":false,"PROD":true,"BASE_URL":"./"}' } },
  });
  const { output } = await bundle.generate({
    format: 'esm',
    sourcemap: 'inline',
    codeSplitting: false,
  });
  await bundle.close();
  process.setSourceMapsEnabled(true);
  return import(keep(basename(path), output[0].code).href);
}

/**
 * @param {string} name
 * @param {string} code
 * @returns {URL} a file with this code; several processes may ask at once
 */
function keep(name, code) {
  const digest = createHash('sha256').update(code).digest('hex').slice(0, 16);
  const file = join(cacheFolder, `${name}-${digest}.mjs`);
  if (!existsSync(file)) {
    mkdirSync(cacheFolder, { recursive: true });
    forgetOldBundles();
    const partial = `${file}.${process.pid}`;
    writeFileSync(partial, code);
    renameSync(partial, file);
  }
  return pathToFileURL(file);
}

function forgetOldBundles() {
  for (const name of readdirSync(cacheFolder)) {
    const file = join(cacheFolder, name);
    const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
    if (age > keepForMilliseconds) rmSync(file, { force: true });
  }
}
