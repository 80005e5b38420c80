/**
 * The JavaScript that index.html loads before anything can be clicked (the entry and its preloads),
 * with gzip, against the budget. What comes later (workers, lazy parts) is listed, not limited.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const budgetBytes = 155_000;
const dist = new URL('../../dist/', import.meta.url);

/** @param {string} html */
function loadedFirst(html) {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  return tags
    .filter((tag) => tag.startsWith('<script') || /\brel="modulepreload"/.test(tag))
    .flatMap((tag) => /\b(?:src|href)="(?:\.?\/)?([^"]+\.js)"/.exec(tag)?.[1] ?? []);
}

/** @param {string} file */
function gzipBytes(file) {
  return gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
}

/** @param {string} label @param {number} bytes */
function row(label, bytes) {
  console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${label}`);
}

const first = loadedFirst(readFileSync(new URL('index.html', dist), 'utf8'));
const later = readdirSync(fileURLToPath(dist), { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.js') && !first.includes(file))
  .toSorted();

let total = 0;
for (const file of first) {
  const bytes = gzipBytes(file);
  total += bytes;
  row(file, bytes);
}
row(`first page together, at most ${budgetBytes / 1000} kB`, total);
for (const file of later) row(`${file} (later)`, gzipBytes(file));

if (first.length === 0) console.error('index.html loads no JavaScript: was it built?');
if (first.length === 0 || total > budgetBytes) process.exitCode = 1;
