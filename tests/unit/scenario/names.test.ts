import { describe, expect, it } from 'vitest';
import { isBlank, plainName } from '../../../src/scenario/names.ts';
import { parseScenarioValue } from '../../../src/scenario/parse.ts';

const blank: readonly string[] = [
  ' ',
  '\u00a0\u2003\u3000',
  '\t\n',
  '\u0000\u007f\u009f',
  '\u200b\u200c\u200d\u2060\ufeff',
  '\u202e\u2066\u200f',
  '\u00ad',
  '\u3164\uffa0\u115f',
  '\u2800',
  '\u{e0020}\ufe0f',
];

const seen: readonly string[] = [
  '0',
  'مرحبا',
  '字',
  '👩‍👩‍👧‍👦',
  '\u0301',
  '\u202eresrever\u2066',
  '\ud800',
];

describe('a name', () => {
  it('is blank when nothing of it can be seen', () => {
    expect(blank.filter((name) => !isBlank(name))).toEqual([]);
    expect(seen.filter(isBlank)).toEqual([]);
  });

  it('keeps its line and its direction', () => {
    expect(plainName('a\r\nb\tc\u2028d')).toBe('a  b c d');
    expect(plainName('\u202eresrever\u2066')).toBe('resrever');
    expect(plainName('a\u0000\u009fb\u2069')).toBe('ab');
    expect(plainName('\ud800x')).toBe('\ufffdx');
    for (const name of ['مرحبا بالعالم', 'שלום', '👩‍👩‍👧‍👦', 'a\u0301', 'a\u200fb']) {
      expect(plainName(name)).toBe(name);
    }
  });

  const places = ['title', 'nodes[0].name', 'volumes[0].name', 'vms[0].name'];
  const fileWith = (name: string): unknown => ({
    migrascope: 1,
    title: name,
    nodes: [{ name }],
    volumes: [{ name }],
    vms: [{ name }],
  });

  it.each(blank)('that is blank is refused by its path: %j', (name) => {
    const result = parseScenarioValue(fileWith(name));
    const problems = result.ok ? [] : result.problems;
    expect(problems.map(({ path }) => path).toSorted()).toEqual(places.toSorted());
    for (const { message } of problems) {
      expect(message).toMatch(
        /is blank, allowed: a text of 1 to \d+ characters, one of which can be seen$/,
      );
      // The message itself shows what cannot be seen.
      expect(message).toMatch(/^[ -~]+$/);
    }
  });

  it('is read without control characters, and else as it stands', () => {
    const result = parseScenarioValue(fileWith('\u202eresrever\u2066'));
    expect(result.ok && result.scenario).toMatchObject({
      title: 'resrever',
      nodes: [{ name: 'resrever' }],
      volumes: [{ name: 'resrever' }],
      vms: [{ name: 'resrever' }],
    });
  });
});
