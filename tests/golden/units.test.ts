/**
 * Memory is counted in GB and MB of powers of two, a rate in MB/s of powers of ten. Nobody should have to divide one by the
 * other, so no sentence has both without the time it takes. And numbers are rounded for people. Looks at every sentence that
 * the other files of this folder hold.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const SIZE = /\d[\s\u00a0](?:GB|MB)(?!\/s|[\w/])/u;
const RATE = /\d[\s\u00a0](?:GB|MB)\/s/u;
const TIME = /\d[\s\u00a0]m?s(?![\w/])/u;
const LONG_NUMBER = /\d\.\d{4,}/u;

const files = readdirSync(new URL('./', import.meta.url)).filter((name) => name.endsWith('.txt'));

/** The words of a line, without the moment and the kind before them. */
function sentencesOf(file: string): string[] {
  const lines = readFileSync(new URL(file, import.meta.url), 'utf8').split('\n');
  return lines
    .filter((line) => /^\s+\d+\.\d+ {2}/u.test(line))
    .map((line) => line.replace(/^\s+\d+\.\d+ {2}(?:[a-z]+(?:-[a-z]+)+\s{2,})?/u, ''));
}

function faultOf(sentence: string): string | null {
  if (LONG_NUMBER.test(sentence)) return `a number that nobody reads: ${sentence}`;
  const divides = SIZE.test(sentence) && RATE.test(sentence) && !TIME.test(sentence);
  return divides ? `a size and a rate without a time: ${sentence}` : null;
}

describe('the units of a sentence', () => {
  it.each(files)('%s', (file) => {
    expect(
      sentencesOf(file)
        .map(faultOf)
        .filter((fault) => fault !== null),
    ).toEqual([]);
  });

  it('are looked for in every sentence', () => {
    expect(files.flatMap(sentencesOf).length).toBeGreaterThan(300);
    expect(faultOf('its 2\u00a0GB go over the network at 117\u00a0MB/s')).toMatch(/^a size/);
    expect(faultOf('its 2\u00a0GB take 18.4\u00a0s at 117\u00a0MB/s')).toBeNull();
    expect(faultOf('over the network at 33.554432\u00a0MB/s')).toMatch(/^a number/);
  });
});
